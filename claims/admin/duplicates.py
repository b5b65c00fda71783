"""What a merge of two agents, sources or events means for claims and for what was published."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import Count, Model, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.choices import State
from claims.editions.models import Edition
from claims.models import Claim, Event, Evidence, ReplyRequest
from sources.admin.duplicates import SHOWN, Part, Row, tells
from sources.models import Agent, Source

from .record import headline

UNDER_WAY = (State.IN_REVIEW, State.APPROVED)


@tells(Agent, first=True)
def claims_of_agent(merged: Agent, survivor: Agent, request: HttpRequest) -> Iterator[Part]:
    evidence = Evidence.objects.filter(Q(source__publisher=merged) | Q(source__author=merged))
    asked = ReplyRequest.objects.filter(party=merged)
    yield from _parts(
        merged,
        Q(claimant=merged.pk)
        | Q(on_behalf_of=merged.pk)
        | Q(about__agent=merged.pk)
        | Q(pk__in=evidence.values("claim"))
        | Q(pk__in=asked.values("claim")),
    )


@tells(Source, first=True)
def claims_of_source(merged: Source, survivor: Source, request: HttpRequest) -> Iterator[Part]:
    evidence = Evidence.objects.filter(Q(source=merged) | Q(source__derived_from__parent=merged))
    answers = ReplyRequest.objects.filter(source=merged)
    yield from _parts(
        merged, Q(pk__in=evidence.values("claim")) | Q(pk__in=answers.values("claim"))
    )


@tells(Event, first=True)
def claims_of_event(merged: Event, survivor: Event, request: HttpRequest) -> Iterator[Part]:
    yield from _parts(merged, Q(event=merged.pk))


def _parts(merged: Agent | Source | Event, named: Q) -> Iterator[Part]:
    """The claims that name it, by where they stand: first those for which work begins anew."""
    claims = Claim.objects.filter(named).order_by("-pk")
    counts = dict(claims.order_by().values_list("state").annotate(Count("pk")))
    for states, title, note in (
        (
            UNDER_WAY,
            _("Claims in review and approved claims"),
            _(
                "Their content changes, so what was approved no longer counts: each has to be "
                "taken back and submitted again."
            ),
        ),
        ((State.DRAFT,), _("Drafts"), ""),
        (
            (State.PUBLISHED,),
            _("Published claims"),
            _("What readers see does not change until the next edition of each."),
        ),
        ((State.RETRACTED, State.MERGED), _("Retracted and merged claims"), ""),
    ):
        count = sum(counts.get(state, 0) for state in states)
        if count:
            found = claims.filter(state__in=states).select_related("claimant")[:SHOWN]
            yield Part(title, count, _rows(merged, list(found)), note)


def _rows(merged: Model, claims: list[Claim]) -> list[Row]:
    name = str(getattr(merged, "ref", ""))
    editions = Edition.objects.filter(
        ref__in=[claim.ref for claim in claims], content__contains=f'"{name}"'
    )
    mentions: dict[str, list[str]] = defaultdict(list)
    for ref, number in editions.order_by("number").values_list("ref", "number"):
        mentions[ref].append(str(number))
    return [
        Row(
            headline(claim),
            reverse("admin:claims_claim_change", args=[claim.pk]),
            _stands(mentions[claim.ref]),
            claim.language,
        )
        for claim in claims
    ]


def _stands(numbers: list[str]) -> str:
    if not numbers:
        return ""
    return ngettext(
        "edition %(numbers)s names it and stays as it is",
        "editions %(numbers)s name it and stay as they are",
        len(numbers),
    ) % {"numbers": get_text_list(numbers, _("and"))}
