"""What a merge of two agents or two sources means for the other rows about who and what."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from sources.models import Affiliation, Agent, Derivation, Source

from .duplicates import SHOWN, Part, Row, tells


@tells(Agent)
def names(merged: Agent, survivor: Agent, request: HttpRequest) -> Iterator[Part]:
    known = set(survivor.names.values_list("name", "language"))
    known.add((survivor.name, survivor.language))
    own = [(merged.name, merged.language), *merged.names.values_list("name", "language")]
    rows = [
        Row(
            name,
            language=language,
            becomes=_("known already")
            if (name, language) in known
            else _("becomes another name of the one that stands"),
        )
        for name, language in own
    ]
    yield Part(_("Names"), len(rows), rows[:SHOWN])


@tells(Agent)
def affiliations(merged: Agent, survivor: Agent, request: HttpRequest) -> Iterator[Part]:
    rows = Affiliation.objects.filter(Q(agent=merged) | Q(organisation=merged))
    held = set(
        Affiliation.objects.filter(Q(agent=survivor) | Q(organisation=survivor)).values_list(
            "agent", "organisation", "role", "begins", "ends"
        )
    )
    after = {merged.pk: survivor.pk}
    shown = []
    for row in rows.select_related("agent", "organisation")[:SHOWN]:
        ends = [after.get(pk, pk) for pk in (row.agent_id, row.organisation_id)]
        if ends[0] == ends[1]:
            becomes = _("disappears: nobody belongs to themselves")
        elif (*ends, row.role, row.begins, row.ends) in held:
            becomes = _("on file already, kept once")
        else:
            becomes = _("is a role of the one that stands")
        text = _("%(agent)s, %(role)s of %(organisation)s") % {
            "agent": row.agent.name,
            "role": row.role or "–",
            "organisation": row.organisation.name,
        }
        shown.append(Row(text, becomes=becomes))
    yield Part(_("Roles in organisations"), rows.count(), shown)


@tells(Agent)
def published(merged: Agent, survivor: Agent, request: HttpRequest) -> Iterator[Part]:
    rows = Source.objects.filter(Q(publisher=merged) | Q(author=merged))
    yield Part(_("Sources published or written"), rows.count(), _named(rows, request))


@tells(Agent)
def ratings(merged: Agent, survivor: Agent, request: HttpRequest) -> Iterator[Part]:
    rows = merged.ratings.order_by("-pk")
    yield Part(
        _("Reliability ratings"),
        rows.count(),
        [Row(row.get_grade_display(), becomes=_("stays with the merged one")) for row in rows[:5]],
        note=_("The ratings of the one that stands are its own. Rate it anew where they differ."),
    )


@tells(Source)
def derivations(merged: Source, survivor: Source, request: HttpRequest) -> Iterator[Part]:
    rows = Derivation.objects.filter(Q(child=merged) | Q(parent=merged))
    held = set(
        Derivation.objects.filter(Q(child=survivor) | Q(parent=survivor)).values_list(
            "child", "parent", "kind"
        )
    )
    visible = set(
        Source.objects.visible_to(request.user)
        .filter(Q(derived_from__in=rows) | Q(derivatives__in=rows))
        .values_list("pk", flat=True)
    )
    after = {merged.pk: survivor.pk}
    shown = []
    for row in rows.select_related("child", "parent")[:SHOWN]:
        ends = [after.get(pk, pk) for pk in (row.child_id, row.parent_id)]
        if ends[0] == ends[1]:
            becomes = _("disappears: nothing comes from itself")
        elif (*ends, row.kind) in held:
            becomes = _("on file already, kept once")
        else:
            becomes = _("is told of the one that stands")
        text = _("“%(child)s” %(does)s “%(parent)s”") % {
            "child": row.child.title if row.child_id in visible else row.child.placeholder,
            "does": row.get_kind_display(),
            "parent": row.parent.title if row.parent_id in visible else row.parent.placeholder,
        }
        shown.append(Row(text, becomes=becomes))
    yield Part(_("What came from what"), rows.count(), shown)


def _named(rows: QuerySet[Source], request: HttpRequest) -> list[Row]:
    """Sources by title, and those that this person may not see by their placeholder."""
    shown = list(rows.order_by("-pk")[:SHOWN])
    seen = Source.objects.visible_to(request.user).in_bulk([row.pk for row in shown])
    return [
        Row(row.title, reverse("admin:sources_source_change", args=[row.pk]), language=row.language)
        if row.pk in seen
        else Row(row.placeholder, becomes=_("protected: you may not see it"))
        for row in shown
    ]
