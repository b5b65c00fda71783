"""Who speaks: all agents by name, and one with its names, its roles and the claims it is part of.

Claims are counted by their answers and never made into a score: which claims are on file is the
desk's choice, and says nothing of whoever makes them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, Subquery, Sum
from django.db.models.expressions import RawSQL
from django.db.models.functions import JSONObject
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse

from claims.editions.choices import Part
from claims.editions.models import (
    REF_FORMAT,
    PublishedAgent,
    PublishedMention,
    PublishedTally,
    StatusDefinition,
)

from . import record, words
from .dates import period
from .entries import Entry
from .freshness import etag, public, unchanged
from .pages import site
from .people import Party
from .reading import of_the_desk
from .text import Said, language_name

SECTION = 20  # claims of one kind on an agent's page
NAMES = 60  # agents on a page of the list
# Where the list of names goes on: a ref, and the name it stands under, which is good also when
# that agent has left the list.
PLACE = re.compile(rf"({REF_FORMAT.strip('^$')})([^\0]{{0,100}})", re.DOTALL)
# What a section of the page lists, and the parts an agent has in those claims.
SECTIONS: dict[str, tuple[Part, ...]] = {
    "made": (Part.CLAIMANT, Part.ON_BEHALF_OF),
    "about": (Part.ABOUT,),
    "carried": (Part.SOURCE,),
}
# Within a subquery the agents have another name: this is the agent whose page is asked for.
ORGANISATIONS = """
    SELECT jsonb_path_query(editions_publishedagent.document::jsonb,
                            '$.roles[*].organisation.ref') #>> '{}'
"""


@dataclass(frozen=True)
class Name:
    """Another name: what it is, and in which language."""

    name: Said
    kind: str
    language: str


@dataclass(frozen=True)
class Role:
    """A role that an edition says somebody has or had. `url` only where there is a page."""

    title: str
    organisation: Said
    url: str
    period: str


@dataclass(frozen=True)
class Count:
    """How many claims have one answer; `url` leads to them where a list can show just them."""

    label: str
    tone: str
    claims: int
    url: str


@dataclass(frozen=True)
class Section:
    """Claims in which the agent has one part, the newest first, with all of them counted."""

    code: str
    claims: int
    findings: list[Count]
    attributions: list[Count]
    entries: list[Entry]
    older: str
    newest: str


@public
def agents(request: HttpRequest) -> HttpResponseBase:
    """All agents that the record mentions, by name."""
    tag = etag(record.now().tag)
    if answer := unchanged(request, tag):
        return answer
    place = PLACE.fullmatch(request.GET.get("after", ""))
    found = PublishedAgent.objects.order_by("sorted_as", "ref").annotate(
        **{code: _in_all(parts) for code, parts in SECTIONS.items()}
    )
    if place:
        ref, name = place.groups()
        found = found.filter(Q(sorted_as__gt=name) | Q(sorted_as=name, ref__gt=ref))
    rows = list(found[: NAMES + 1])
    shown = rows[:NAMES]
    context = {
        "site": site(),
        "area": "agents",
        "people": [(Party.of(row.facts), row) for row in shown],
        "older": _after(shown[-1]) if len(rows) > len(shown) else "",
        "newest": reverse("agents") if place else "",
    }
    return HttpResponse(render_to_string("web/agents.html", context), headers={"ETag": tag})


def _after(agent: PublishedAgent) -> str:
    return f"?{urlencode({'after': f'{agent.ref}{agent.sorted_as}'})}"


def _in_all(parts: Sequence[Part]) -> Subquery:
    """In how many claims an agent has one of these parts; nothing where in none."""
    rows = PublishedTally.objects.filter(agent=OuterRef("ref"), part__in=parts).order_by()
    return Subquery(rows.values("agent").annotate(n=Sum("claims")).values("n"))


@public
def agent(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Somebody who speaks or is spoken of: names, roles, and the claims they are part of."""
    found = agent_on_record(ref)
    statuses = {(one["axis"], one["code"]): one for one in found.statuses}  # type: ignore[attr-defined]
    newest = max((one["pk"] for one in statuses.values()), default=0)
    tag = etag(found.last_sequence, newest)  # type: ignore[attr-defined]
    if answer := unchanged(request, tag):
        return answer
    before = {code: _place(request.GET.get(code, "")) for code in SECTIONS}
    facts = found.facts
    linked = set(found.linked)  # type: ignore[attr-defined]
    tally = found.tally  # type: ignore[attr-defined]
    mentions = claims_with(ref, before)
    context = {
        "site": site(),
        "area": "agents",
        "agent": Party.of(facts),
        "path": found.get_absolute_url(),
        "described": found,
        "names": [
            Name(
                Said(one["name"], one["language"]),
                words.word(words.NAME_KINDS, one["kind"]),
                language_name(one["language"]),
            )
            for one in facts.get("names", [])
        ],
        "written_in": language_name(facts["language"]),
        "wikidata": facts["wikidata"],
        "roles": [_role(one, linked) for one in facts.get("roles", [])],
        "sections": [
            section
            for code in SECTIONS
            if (section := _section(code, ref, tally, statuses, mentions, before[code])).claims
        ],
        "asked": sum(row["claims"] for row in tally if row["part"] == Part.ASKED),
    }
    return HttpResponse(render_to_string("web/agent.html", context), headers={"ETag": tag})


def agent_on_record(ref: str) -> PublishedAgent:
    """An agent with all that its page says of it, but for the claims: one query.

    `tally`: how many claims, by part and answers. `statuses`: the vocabulary today. `linked`: the
    organisations among its roles that have a page too.
    """
    tally = PublishedTally.objects.filter(agent=OuterRef("ref")).values(
        row=JSONObject(
            part="part",
            attribution="attribution_status",
            content="content_status",
            claims="claims",
        )
    )
    statuses = StatusDefinition.objects.latest().values(
        row=JSONObject(pk="pk", axis="axis", code="code", label="label", tone="tone")
    )
    linked = PublishedAgent.objects.filter(ref__in=RawSQL(ORGANISATIONS, [])).order_by("ref")  # noqa: S611 - a constant
    found = (
        PublishedAgent.objects.filter(pk=ref)
        .annotate(
            last_sequence=record.LAST_SEQUENCE,
            tally=ArraySubquery(tally),
            statuses=ArraySubquery(statuses),
            linked=ArraySubquery(linked.values("ref")),
        )
        .first()
    )
    if found is None:
        raise Http404
    return found


def claims_with(ref: str, before: dict[str, int | None]) -> list[PublishedMention]:
    """The newest claims of each section, and one beyond each, all in one query.

    Each part is looked up by itself, so that it costs the same for an agent with a million claims.
    """
    newest = [
        _before(PublishedMention.objects.filter(agent=ref, part=part), before[code])
        .order_by("-sequence")
        .values("pk")[: SECTION + 1]
        for code, parts in SECTIONS.items()
        for part in parts
    ]
    found = PublishedMention.objects.filter(pk__in=newest[0].union(*newest[1:], all=True))
    return list(found.select_related("claim__edition").order_by("-sequence"))


def _before(mentions: Any, place: int | None) -> Any:
    return mentions if place is None else mentions.filter(sequence__lt=place)


def _place(value: str) -> int | None:
    """Where a list goes on; what cannot be a place is none, and the list begins anew."""
    return int(value) if record.SEQUENCE.fullmatch(value) else None


def _section(
    code: str,
    ref: str,
    tally: Iterable[dict[str, Any]],
    statuses: dict[tuple[str, str], dict[str, Any]],
    mentions: Iterable[PublishedMention],
    before: int | None,
) -> Section:
    rows = [row for row in tally if row["part"] in SECTIONS[code]]
    claims = {one.claim_id: one.claim for one in mentions if one.part in SECTIONS[code]}
    found = list(claims.values())
    shown = found[:SECTION]
    return Section(
        code=code,
        claims=sum(row["claims"] for row in rows),
        findings=_counts("content", rows, statuses, ref if code == "made" else ""),
        attributions=_counts("attribution", rows, statuses, ref if code == "made" else ""),
        entries=[Entry.of(claim) for claim in shown],
        older=f"?{code}={shown[-1].sequence}#{code}" if len(found) > len(shown) else "",
        newest=f"?#{code}" if before is not None else "",
    )


def _counts(
    axis: str,
    rows: Iterable[dict[str, Any]],
    statuses: dict[tuple[str, str], dict[str, Any]],
    claimant: str,
) -> list[Count]:
    """The answers to one question that were given at all, in the desk's order."""
    numbers = Counter[str]()
    for row in rows:
        numbers[row[axis]] += row["claims"]
    order = [code for of, code in statuses if of == axis]
    codes = [code for code in order if code in numbers]
    codes += sorted(numbers.keys() - set(order))
    field = "finding" if axis == "content" else "attribution"
    return [
        Count(
            of_the_desk(statuses[axis, code]["label"]) if (axis, code) in statuses else code,
            statuses[axis, code]["tone"] if (axis, code) in statuses else "open",
            numbers[code],
            f"{reverse('claims')}?{urlencode({'claimant': claimant, field: code})}"
            if claimant
            else "",
        )
        for code in codes
    ]


def _role(value: dict[str, Any], linked: set[str]) -> Role:
    organisation = value["organisation"]
    return Role(
        title=value["title"],
        organisation=Said(organisation["name"]),
        url=reverse("agent", args=[organisation["ref"]]) if organisation["ref"] in linked else "",
        period=period(value["from"], value["to"]),
    )
