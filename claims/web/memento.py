"""What was there on that day: the Memento protocol (RFC 7089).

The address of a claim is both the original and the gate in time; its editions are the mementos. An
edition was in force from its publication until the next one, tombstones included.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import http_date, parse_http_date
from django.utils.translation import gettext as _

from claims.editions.models import PublishedClaim

from . import record
from .citing import places
from .freshness import etag, public, unchanged

LINK_FORMAT = "application/link-format"


@dataclass(frozen=True)
class Memento:
    """An edition, and since when it was in force (to the second, as HTTP tells time)."""

    number: int
    kind: str
    url: str
    since: int

    @property
    def date(self) -> str:
        return http_date(self.since)

    def link(self, *relations: str) -> str:
        said = " ".join((*relations, "memento"))
        return f'<{self.url}>; rel="{said}"; datetime="{self.date}"'


def mementos(standing: PublishedClaim) -> list[Memento]:
    """All editions of a claim, oldest first."""
    return [
        Memento(
            number=one["number"],
            kind=one["kind"],
            url=places().edition(standing.ref, one["number"]),
            since=int(datetime.fromisoformat(one["published_at"]).timestamp()),
        )
        for one in standing.facts["editions"]
    ]


def links(standing: PublishedClaim, shown: Memento | None = None) -> list[str]:
    """The way through time: the gate, the map, the first and the last, and those beside `shown`."""
    found = mementos(standing)
    relations: dict[int, list[str]] = {found[0].number: ["first"]}
    relations.setdefault(found[-1].number, []).append("last")
    if shown:
        place = found.index(shown)
        relations.setdefault(shown.number, [])
        for name, near in (("prev", place - 1), ("next", place + 1)):
            if 0 <= near < len(found):
                relations.setdefault(found[near].number, []).append(name)
    return [
        *_gate(standing),
        *(one.link(*relations[one.number]) for one in found if one.number in relations),
    ]


def _gate(standing: PublishedClaim) -> list[str]:
    original, timemap = places().page(standing.ref), places().timemap(standing.ref)
    return [
        f'<{original}>; rel="original timegate"',
        f'<{timemap}>; rel="timemap"; type="{LINK_FORMAT}"',
    ]


def asked(request: HttpRequest) -> bool:
    return "accept-datetime" in request.headers


def negotiated(request: HttpRequest, standing: PublishedClaim) -> HttpResponseBase:
    """To the edition that was in force at the time that the reader names."""
    try:
        moment = parse_http_date(request.headers["accept-datetime"].strip())
    except (ValueError, OverflowError):
        return _unreadable()
    found = mementos(standing)
    chosen = next((one for one in reversed(found) if one.since <= moment), found[0])
    path = reverse("claim-edition", args=[standing.ref, chosen.number])
    return HttpResponseRedirect(path, headers={"Link": ", ".join(links(standing, chosen))})


def _unreadable() -> HttpResponse:
    """The answer to an Accept-Datetime that names no moment."""
    says = _(
        "Accept-Datetime names no moment that can be read. "
        "Write it like this: Thu, 05 Mar 2026 12:00:00 GMT"
    )
    return HttpResponse(f"{says}\n", "text/plain; charset=utf-8", 400)


@public
def timemap(request: HttpRequest, ref: str) -> HttpResponseBase:
    """All editions of a claim and since when each was in force, as links (RFC 6690)."""
    standing = record.standing(ref)
    tag = etag(standing.etag, "timemap")
    if answer := unchanged(request, tag):
        return answer
    found = mementos(standing)
    span = f'from="{found[0].date}"; until="{found[-1].date}"'
    ends = {found[0].number: ["first"]}
    ends.setdefault(found[-1].number, []).append("last")
    lines = [
        f'<{places().page(ref)}>; rel="original timegate"',
        f'<{places().timemap(ref)}>; rel="self"; type="{LINK_FORMAT}"; {span}',
        *(one.link(*ends.get(one.number, [])) for one in found),
    ]
    body = ",\n".join(lines) + "\n"
    return HttpResponse(body, LINK_FORMAT, headers={"ETag": tag})
