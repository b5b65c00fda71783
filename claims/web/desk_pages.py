"""What the desk says of itself: its own pages, its vocabulary, and the log of what it corrected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import groupby
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from claims.editions.models import PageText, StatusDefinition
from claims.editions.page_texts import PageSlug

from . import words
from .freshness import etag, public, unchanged
from .pages import site
from .reading import of_the_desk
from .text import Said, markdown

VERSIONS = 200  # of one page, in all its languages


@dataclass(frozen=True)
class Text:
    """What a page says, or said, in one language."""

    title: str
    html: SafeString
    language: str
    since: datetime

    @property
    def direction(self) -> str:
        return Said("", self.language).direction


@dataclass(frozen=True)
class Version:
    """A page as it was from one moment to the next."""

    title: Said
    since: datetime
    until: datetime | None
    address: str


@public
def desk_page(request: HttpRequest, slug: str) -> HttpResponseBase:
    """A page whose words are the desk's; until it wrote them, what is true of every such site."""
    asked = request.GET.get("as-of", "")
    moment = _moment(asked)
    versions = list(PageText.objects.of(slug)[:VERSIONS])
    told = (settings.LETTER_CONTACT_DAYS, settings.LICENCE_NAME, settings.LICENCE_URL)
    tag = etag(slug, versions[0].pk if versions else 0, moment, *told)
    if answer := unchanged(request, tag):
        return answer
    context = {
        "area": slug,
        "slug": slug,
        "name": PageSlug(slug).label,
        "text": _text(versions, moment),
        "versions": _versions(slug, versions),
        "as_of": moment,
        "not_understood": bool(asked) and moment is None,
        "contact_days": settings.LETTER_CONTACT_DAYS,
        "licence": {"name": settings.LICENCE_NAME, "url": settings.LICENCE_URL},
    }
    return _page("web/desk_page.html", context, tag)


def _moment(value: str) -> datetime | None:
    """A moment, or the end of a day; None for what is neither."""
    try:
        if len(value) == 10:
            return datetime.combine(date.fromisoformat(value), time.max, UTC)
        moment = datetime.fromisoformat(value)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _text(versions: list[PageText], moment: datetime | None) -> Text | None:
    """The newest in the reader's language, else in the desk's, else in any. One query."""
    if moment is not None:
        versions = [one for one in versions if one.published_at <= moment]
    by_language: dict[str, PageText] = {}
    for one in versions:
        by_language.setdefault(one.language, one)
    wanted = [by_language.get(get_language()), by_language.get(settings.LANGUAGE_CODE), *versions]
    found = next((one for one in wanted if one is not None), None)
    if found is None:
        return None
    return Text(found.title, markdown(found.text), found.language, found.published_at)


def _versions(slug: str, versions: list[PageText]) -> list[Version]:
    """All that the page ever said, the newest first. Each leads to the page of its first day."""
    address = reverse("desk-page", args=[slug])
    newer: dict[str, datetime] = {}
    shown = []
    for one in versions:
        shown.append(
            Version(
                Said(one.title, one.language),
                one.published_at,
                newer.get(one.language),
                f"{address}?as-of={one.published_at:%Y-%m-%dT%H:%M:%S.%fZ}",
            )
        )
        newer[one.language] = one.published_at
    return shown


@public
def how_we_verify(request: HttpRequest) -> HttpResponseBase:
    """The rules that the software itself keeps, and above them how the desk says it works."""
    versions = list(PageText.objects.of(PageSlug.METHODOLOGY)[:VERSIONS])
    tag = etag(versions[0].pk if versions else 0)
    if answer := unchanged(request, tag):
        return answer
    context = {
        "area": "how",
        "text": _text(versions, None),
        "versions": _versions(PageSlug.METHODOLOGY, versions),
    }
    return _page("web/how_we_verify.html", context, tag)


@dataclass(frozen=True)
class Definition:
    """What a status meant from one moment to the next. `number` counts from the first."""

    number: int
    label: str
    text: str
    since: datetime
    until: datetime | None


@dataclass(frozen=True)
class Status:
    """An answer that can be given, with every definition it ever had."""

    axis: str
    code: str
    tone: str
    retired: bool
    definitions: list[Definition]  # the newest first

    @property
    def now(self) -> Definition:
        return self.definitions[0]

    @property
    def before(self) -> list[Definition]:
        return self.definitions[1:]

    @property
    def list_address(self) -> str:
        name = "finding" if self.axis == "content" else "attribution"
        return f"{reverse('claims')}?{name}={self.code}"


@public
def statuses(request: HttpRequest) -> HttpResponseBase:
    """What each verification status means, and what it meant before."""
    rows = list(StatusDefinition.objects.order_by("axis", "code", "id"))
    tag = etag(max((row.pk for row in rows), default=0))
    if answer := unchanged(request, tag):
        return answer
    axes = [
        {"code": code, "label": label, "statuses": _vocabulary(rows, code)}
        for code, label in words.AXES.items()
    ]
    return _page("web/statuses.html", {"area": "how", "axes": axes}, tag)


def _vocabulary(rows: list[StatusDefinition], axis: str) -> list[Status]:
    of_axis = [row for row in rows if row.axis == axis]
    found = [_status(list(history)) for _, history in groupby(of_axis, key=lambda row: row.code)]
    found.sort(key=lambda pair: (pair[0], pair[1].code))
    return [status for _, status in found]


def _status(history: list[StatusDefinition]) -> tuple[int, Status]:
    """With its place in the desk's order. A row that changes nothing a reader sees is left out."""
    told: list[StatusDefinition] = []
    for row in history:
        if not told or (row.label, row.definition) != (told[-1].label, told[-1].definition):
            told.append(row)
    ends = [row.valid_from for row in told[1:]]
    definitions = [
        Definition(number, of_the_desk(row.label), of_the_desk(row.definition), row.valid_from, end)
        for number, (row, end) in enumerate(zip(told, [*ends, None], strict=True), 1)
    ]
    newest = history[-1]
    return newest.position, Status(
        newest.axis, newest.code, newest.tone, newest.retired, definitions[::-1]
    )


def _page(template: str, context: dict[str, Any], tag: str) -> HttpResponse:
    html = render_to_string(template, {"site": site(), **context})
    return HttpResponse(html, headers={"ETag": tag})
