"""When what is on file happened, was said, was published and was looked into.

A day is drawn as a point, a span as a line between its ends, an open end open. What has no date is
listed with the words as they were printed, and gets no mark. The words are the text equivalent of
the drawing, so the drawing itself is hidden from screen readers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from . import words
from .figures import Mark
from .people import When, day_words
from .text import Said

SOURCES_SHOWN = 12  # of hundreds, the others are folded away
MOST_TICKS = 4
MOST_STRETCHED = 3


@dataclass(frozen=True)
class Moment:
    """One thing that has a date, or should have one."""

    label: str
    thing: Said | None
    when: When | None
    earliest: date | None = None
    latest: date | None = None
    rough: bool = False
    anchor: str = ""
    note: str = ""
    mark: Mark | None = None

    @property
    def is_dated(self) -> bool:
        return bool(self.earliest or self.latest)

    @property
    def begins(self) -> date:
        return self.earliest or self.latest or date.max


@dataclass(frozen=True)
class Timeline:
    """`moments` have a date, the earliest first; `more` are dated sources beyond the first ones;
    `undated` have none."""

    moments: list[Moment]
    more: list[Moment]
    undated: list[Moment]
    ticks: list[tuple[str, str]]

    def __bool__(self) -> bool:
        return bool(self.moments or self.undated)


def timeline(content: Mapping[str, Any], editions: Iterable[Mapping[str, Any]]) -> Timeline:
    """`editions` are those of the record; a candidate has none yet."""
    sources = list(_sources(content["evidence"]))
    told = [*_claim(content), *sources, *_replies(content["replies"])]
    ours = list(_ours(content, editions))
    drawn, span = _drawn(told, ours)
    marked = [replace(one, mark=_mark(one, *span)) if span else one for one in drawn]
    marked += [] if len(drawn) > len(told) else ours
    dated = sorted((one for one in marked if one.is_dated), key=lambda one: one.begins)
    published = [one for one in dated if one.anchor]
    more = published[SOURCES_SHOWN:]
    return Timeline(
        moments=[one for one in dated if one not in more] if more else dated,
        more=more,
        undated=[one for one in marked if not one.is_dated],
        ticks=_ticks(*span) if span else [],
    )


# --- What has a date ------------------------------------------------------------------------------


def _claim(content: Mapping[str, Any]) -> Iterator[Moment]:
    if event := content["event"]:
        label = Said(event["label"], event["language"])
        yield _moment(_("The event, as asserted"), event["time"], label)
    yield _moment(_("The claim was made"), content["made"])


def _sources(evidence: Sequence[Mapping[str, Any]]) -> Iterator[Moment]:
    """Each public source once, with a link to the first piece that rests on it."""
    seen: set[str] = set()
    for item in evidence:
        source = item["source"]
        if source["access"] == "protected" or source["ref"] in seen:
            continue
        seen.add(source["ref"])
        title = Said(source["title"], source["language"])
        moment = _moment(_("A source was published"), source["published"], title)
        yield replace(moment, anchor=f"e-{item['ref']}")


def _replies(replies: Iterable[Mapping[str, Any]]) -> Iterator[Moment]:
    for reply in replies:
        party = Said(reply["party"]["name"], reply["party"].get("language", ""))
        yield _on(_("We asked for a reply"), _day(reply["asked_on"]), party)
        state = words.word(words.REPLY_STATES, reply["state"])
        yield _on(_("We asked to have it by"), _day(reply["deadline"]), party, state)


def _ours(content: Mapping[str, Any], editions: Iterable[Mapping[str, Any]]) -> Iterator[Moment]:
    if content["assessed_at"]:
        yield _on(_("We assessed the claim"), _day(content["assessed_at"]))
    for one in editions:
        day = datetime.fromisoformat(one["published_at"]).date()
        label = _("Edition %(number)s") % {"number": one["number"]}
        note = words.word(words.EDITION_KINDS, one["kind"])
        if one.get("redacted_in"):  # told since redactions are known
            note = _("its content was taken out by edition %(n)s") % {"n": one["redacted_in"]}
        yield _on(label, day, note=capfirst(note))


def _moment(label: str, value: Mapping[str, Any] | None, thing: Said | None = None) -> Moment:
    if value is None:
        return Moment(label, thing, None)
    return Moment(
        label,
        thing,
        When.of(dict(value)),
        earliest=_day(value["earliest"]),
        latest=_day(value["latest"]),
        rough=any(sign in value["edtf"] for sign in "~?%"),
    )


def _on(label: str, day: date | None, thing: Said | None = None, note: str = "") -> Moment:
    when = When("", day_words(day)) if day else None
    return Moment(label, thing, when, earliest=day, latest=day, note=note)


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


# --- Where it is drawn ----------------------------------------------------------------------------


def _drawn(told: list[Moment], ours: list[Moment]) -> tuple[list[Moment], tuple[date, date] | None]:
    """What shares an axis. What we did ourselves years later would press all else into a point:
    then it stands below in words alone."""
    both = _span([*told, *ours])
    alone = _span(told)
    if both and alone and both[1] - both[0] > MOST_STRETCHED * (alone[1] - alone[0]):
        return told, alone
    return [*told, *ours], both


def _span(moments: Iterable[Moment]) -> tuple[date, date] | None:
    """The first and the last day there is; a single day needs no drawing."""
    days = [day for one in moments for day in (one.earliest, one.latest) if day]
    return (min(days), max(days)) if len(set(days)) > 1 else None


def _mark(moment: Moment, first: date, last: date) -> Mark | None:
    earliest, latest = moment.earliest, moment.latest
    if earliest and latest:
        ends = _at(earliest, first, last), _at(latest, first, last)
        if earliest == latest:
            return Mark(ends[:1], rough=moment.rough)
        return Mark(ends, line=ends, rough=moment.rough)
    if earliest:
        at = _at(earliest, first, last)
        return Mark((at,), rough=moment.rough, open_from=at)
    if latest:
        at = _at(latest, first, last)
        return Mark((at,), rough=moment.rough, open_to=at)
    return None


def _at(day: date, first: date, last: date) -> str:
    return f"{(day - first) / (last - first):.2%}"


def _ticks(first: date, last: date) -> list[tuple[str, str]]:
    """The first and the last day in full, and round dates between them that have room."""
    between = next(
        found for step in _STEPS if len(found := _round(first, last, step)) <= MOST_TICKS
    )
    room = (last - first) / 5
    inner = [
        (_at(day, first, last), _apart(_label(day, last - first)))
        for day in between
        if first + room < day < last - room
    ]
    ends = [(_at(day, first, last), _apart(date_format(day, "j M Y"))) for day in (first, last)]
    return [ends[0], *inner, ends[1]]


_STEPS = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12_000, 120_000)  # months


def _round(first: date, last: date, step: int) -> list[date]:
    """The first of every month that is a multiple of `step` months, inside of a span."""
    begin, end = (day.year * 12 + day.month - 1 for day in (first, last))
    months = range(begin - begin % step, end + 1, step)
    return [
        day
        for month in months
        if month >= 12 and first < (day := date(month // 12, month % 12 + 1, 1)) < last
    ]


def _label(day: date, span: timedelta) -> str:
    return date_format(day, "Y" if day.month == 1 and span.days > 730 else "M Y")


def _apart(words: str) -> str:
    """In its own direction, inside of a drawing that runs from left to right for everybody."""
    return f"\u2068{words}\u2069"
