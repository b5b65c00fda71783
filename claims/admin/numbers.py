"""The desk in numbers: pages that are looked at rather than read, with the numbers beside them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from claims.review import counts
from claims.review.people import SEE_CLAIMS

from .charts import Bar, Columns, Table, bars, share

PERIODS = (4, 13, 26, 52)
USUAL = 26
ON_THE_HOME = 8

STEPS = {
    counts.SUBMITTED: gettext_lazy("Submitted for review"),
    counts.APPROVED: gettext_lazy("Approved"),
    counts.PUBLISHED: pgettext_lazy("number of claims", "Published"),
    counts.WITHDRAWN: gettext_lazy("Retracted or merged"),
}


@dataclass(frozen=True)
class Pair:
    """What was found, of the claims by a party and of those about it."""

    label: str
    by: int
    about: int
    by_width: str
    about_width: str


@dataclass(frozen=True)
class Party:
    name: str
    by: int
    about: int
    pairs: list[Pair]


def numbers_page(request: HttpRequest, context: dict[str, object]) -> HttpResponse:
    """All charts of a period that is chosen in the address."""
    weeks = _asked(request)
    since = counts.weeks_until_now(weeks)
    steps = counts.throughput(since)
    waiting = counts.queue()
    found = counts.balance(since[0])
    return TemplateResponse(
        request,
        "admin/numbers.html",
        {
            **context,
            "title": _("The desk in numbers"),
            "weeks": weeks,
            "periods": PERIODS,
            "since": since[0],
            "throughput": columns(steps),
            "throughput_table": throughput_table(since, steps),
            "queue": ages(waiting),
            "waiting": waiting,
            "queue_table": queue_table(waiting),
            "parties": parties(found),
            "balance_table": balance_table(found),
        },
    )


def numbers_file(request: HttpRequest, table: str) -> HttpResponse:
    """One of the tables, for a spreadsheet."""
    since = counts.weeks_until_now(_asked(request))
    if table == "throughput":
        return throughput_table(since, counts.throughput(since)).as_file()
    if table == "queue":
        return queue_table(counts.queue()).as_file()
    if table == "balance":
        return balance_table(counts.balance(since[0])).as_file()
    raise Http404


def _asked(request: HttpRequest) -> int:
    if not request.user.has_perm(SEE_CLAIMS):
        raise PermissionDenied
    wanted = request.GET.get("weeks", str(USUAL))
    if wanted not in {str(weeks) for weeks in PERIODS}:
        raise BadRequest(_("Choose a period of 4, 13, 26 or 52 weeks."))
    return int(wanted)


def columns(steps: dict[str, list[int]]) -> list[Columns]:
    """One chart a step, all in one measure."""
    top = max((number for numbers in steps.values() for number in numbers), default=0)
    return [Columns(str(STEPS[step]), numbers, top) for step, numbers in steps.items()]


def throughput_table(weeks: list[date], steps: dict[str, list[int]]) -> Table:
    return Table(
        "throughput",
        _("Claims by week and step"),
        [_("Week from"), *(str(STEPS[step]) for step in steps)],
        [
            [week.isoformat(), *(numbers[place] for numbers in steps.values())]
            for place, week in enumerate(weeks)
        ],
    )


def ages(waiting: counts.Queue) -> list[Bar]:
    return bars([(_days(first, last), number) for first, last, number in waiting.classes])


def queue_table(waiting: counts.Queue) -> Table:
    return Table(
        "queue",
        _("Claims in review, by how long they have waited"),
        [_("Days since it was submitted"), _("Claims")],
        [[_days(first, last), number] for first, last, number in waiting.classes],
    )


def _days(first: int, last: int | None) -> str:
    if last is None:
        return _("more than %(days)s days") % {"days": first - 1}
    if first == last:
        return ngettext("%(days)s day", "%(days)s days", first) % {"days": first}
    return _("%(first)s to %(last)s days") % {"first": first, "last": last}


def parties(found: counts.Balance) -> list[Party]:
    """Each party with its findings, all bars in one measure; those without claims say so."""
    longest = max(
        (number for side in found.sides for number in (*side.by.values(), *side.about.values())),
        default=0,
    )
    return [
        Party(
            _name(side),
            side.by.total(),
            side.about.total(),
            [
                Pair(
                    finding.label,
                    side.by[finding.code],
                    side.about[finding.code],
                    share(side.by[finding.code], longest),
                    share(side.about[finding.code], longest),
                )
                for finding in found.findings
                if side.by[finding.code] or side.about[finding.code]
            ],
        )
        for side in found.sides
    ]


def balance_table(found: counts.Balance) -> Table:
    rows: list[list[str | int]] = []
    for side in found.sides:
        for question, counted in (
            (pgettext("claims", "by"), side.by),
            (pgettext("claims", "about"), side.about),
        ):
            findings = [counted[finding.code] for finding in found.findings]
            rows.append([_name(side), question, *findings, counted.total()])
    return Table(
        "balance",
        _("Published claims by and about each party, by what was found"),
        [
            _("Party to the conflict"),
            _("Claims"),
            *(finding.label for finding in found.findings),
            _("All"),
        ],
        rows,
    )


def _name(side: counts.Side) -> str:
    return side.party.name if side.party else _("No party to the conflict")


def at_a_glance() -> dict[str, object]:
    """The two small charts of the home."""
    weeks = counts.weeks_until_now(ON_THE_HOME)
    waiting = counts.queue()
    return {
        "glance_since": date_format(weeks[0]),
        "glance_throughput": columns(counts.throughput(weeks)),
        "glance_queue": ages(waiting),
        "glance_waiting": waiting,
    }
