"""What may be asked of the list of claims, and how an address says it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import Group, User
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.choices import Aspect, Axis, Dispute, Harm, State
from claims.models import Assignment, Claim, Event, VerificationStatus
from claims.models.line import holding
from sources.models import Agent

from .piles import PILES, piles_of

KEY = re.compile(r"[1-9][0-9]{0,17}")
TAG = re.compile(r"[A-Za-z0-9]{1,8}(-[A-Za-z0-9]{1,8}){0,5}")
POOL = "pool-"
LONGEST_SEARCH = 300
MOST_VALUES = 20  # of one filter at once
HITS = 1_000  # of a search: as many as are counted


@dataclass(frozen=True)
class Facet:
    """One thing claims can be filtered by. `column` is what is counted by, where it is one."""

    name: str
    title: Promise
    column: str = ""
    is_open: bool = False  # its values are whatever is on file: the most frequent are offered

    def condition(self, values: list[str], user: User) -> Q:
        if self.column:
            return Q(**{f"{self.column}__in": values})
        either = Q()
        for value in values:
            either |= CONDITIONS[self.name](value, user)
        return either


FACETS = (
    Facet("pile", gettext_lazy("My desk")),  # shown when the desk's home has led here
    Facet("state", gettext_lazy("State"), "state"),
    Facet("assignee", gettext_lazy("Assigned to")),
    Facet("due", gettext_lazy("Due")),
    Facet("created_by", gettext_lazy("Entered by")),
    Facet("harm", gettext_lazy("Harm level"), "harm"),
    Facet("attribution", gettext_lazy("Was it said?"), "attribution_id"),
    Facet("finding", gettext_lazy("Is it so?"), "finding_id"),
    Facet("disputed", gettext_lazy("Disputed"), "disputed"),
    Facet("reply", gettext_lazy("Right of reply")),
    Facet("aspect", gettext_lazy("Aspect"), "aspect"),
    Facet("claimant", gettext_lazy("Claimant"), "claimant_id", is_open=True),
    Facet("event", gettext_lazy("Event"), "event_id", is_open=True),
    Facet("language", gettext_lazy("Language"), "language", is_open=True),
)
BY_NAME = {facet.name: facet for facet in FACETS}


def _assigned(value: str, user: User) -> Q:
    if value == "nobody":
        return Q(is_assigned=False)
    still = Assignment.objects.filter(done=False)
    if value.startswith(POOL):
        still = still.filter(pool=int(value.removeprefix(POOL)))
    else:
        still = still.filter(assignee=user.pk if value == "me" else int(value))
    return Q(claim__in=still.values("claim"))


def _due(value: str, user: User) -> Q:
    today = timezone.localdate()
    if value == "overdue":
        return Q(due__lt=today)
    return Q(due__gte=today, due__lt=today + dt.timedelta(days=7))


def _in_pile(value: str, user: User) -> Q:
    return Q(claim__in=PILES[value].of(Claim.objects.all(), user).values("pk"))


CONDITIONS: Mapping[str, Any] = {
    "pile": _in_pile,
    "assignee": _assigned,
    "due": _due,
    "created_by": lambda value, user: Q(created_by=user.pk if value == "me" else value),
    "reply": lambda value, user: Q(awaits_reply=True),
}
FIXED: Mapping[str, Mapping[str, str | Promise]] = {
    "state": dict(State.choices),
    "harm": dict(Harm.choices),
    "aspect": dict(Aspect.choices),
    "disputed": dict(Dispute.choices),
    "due": {"overdue": gettext_lazy("overdue"), "week": gettext_lazy("in the next seven days")},
    "created_by": {"me": gettext_lazy("me")},
    "reply": {"open": gettext_lazy("has an open request")},
    "assignee": {"me": gettext_lazy("me"), "nobody": gettext_lazy("nobody")},
}


@dataclass(frozen=True)
class Order:
    """An order of the list: each page begins where the one before ended, however long it is."""

    label: Promise
    columns: tuple[str, ...]
    falling: bool

    def by(self, *, backwards: bool = False) -> list[str]:
        sign = "-" if self.falling != backwards else ""
        return [f"{sign}{column}" for column in self.columns]


ORDERS: Mapping[str, Order] = {
    "newest": Order(gettext_lazy("newest first"), ("claim_id",), falling=True),
    "due": Order(gettext_lazy("due first"), ("due", "claim_id"), falling=False),
    "waiting": Order(gettext_lazy("unmoved for longest"), ("moved_at", "claim_id"), falling=False),
    "moved": Order(gettext_lazy("moved last"), ("moved_at", "claim_id"), falling=True),
}


@dataclass
class Asked:
    """What one address asks for. `refused` says in sentences what of it was not understood."""

    user: User
    values: dict[str, list[str]] = field(default_factory=dict)
    text: str = ""
    order: str = "newest"
    after: str = ""
    before: str = ""
    refused: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, query: QueryDict, user: User) -> Asked:
        asked = cls(user)
        statuses = VerificationStatus.objects.in_bulk()
        axes = {"attribution": Axis.ATTRIBUTION, "finding": Axis.CONTENT}
        for parameter in query:
            # Addresses that Django's own lists would write are understood as well.
            name = parameter.removesuffix("__exact").removesuffix("__id")
            given = [value for value in map(str.strip, query.getlist(parameter)) if value]
            if name in BY_NAME and given:
                known: Any = FIXED.get(name, ())
                if name in axes:
                    known = {str(pk) for pk, one in statuses.items() if one.axis == axes[name]}
                elif name == "pile":
                    known = {pile.name for pile in piles_of(user)}
                asked._take(BY_NAME[name], list(dict.fromkeys(given)), known)
        asked.text = query.get("q", "").strip()
        if len(asked.text) > LONGEST_SEARCH:
            asked.text = asked.text[:LONGEST_SEARCH]
            asked.refused.append(
                _("A search has at most %s characters: the rest was left out.") % LONGEST_SEARCH
            )
        asked.order = query.get("order") or "newest"
        if asked.order not in ORDERS:
            asked.refused.append(_("The list has no order “%s”.") % asked.order)
            asked.order = "newest"
        asked.after, asked.before = query.get("after", ""), query.get("before", "")
        return asked

    def _take(self, facet: Facet, given: list[str], known: Any) -> None:
        for value in given[:MOST_VALUES]:
            if value in known or self._is_shaped(facet, value):
                self.values.setdefault(facet.name, []).append(value)
            else:
                self.refused.append(
                    _("“%(value)s” is nothing that “%(filter)s” can be filtered by: left out.")
                    % {"value": value[:60], "filter": facet.title}
                )

    @staticmethod
    def _is_shaped(facet: Facet, value: str) -> bool:
        if facet.name == "language":
            return bool(TAG.fullmatch(value))
        if facet.name == "assignee" and value.startswith(POOL):
            return bool(KEY.fullmatch(value.removeprefix(POOL)))
        return facet.name in {"claimant", "event", "created_by", "assignee"} and bool(
            KEY.fullmatch(value)
        )

    def conditions(self, *, but: str = "", counting: bool = False) -> Q:
        """All that is asked for, or all but one filter: that is what its own counts go by."""
        every = self.search(counting=counting)
        for name, values in self.values.items():
            if name != but:
                every &= BY_NAME[name].condition(values, self.user)
        return every

    @cached_property
    def hits(self) -> list[int]:
        """Claims that a search finds, if they are few; else some of them, one more than `HITS`."""
        found = holding(self.text, for_user=self.user).values_list("claim_id", flat=True)
        return list(found[: HITS + 1])

    @property
    def is_cut(self) -> bool:
        """Whether a search finds more than are counted."""
        return bool(self.text) and len(self.hits) > HITS

    def search(self, *, counting: bool) -> Q:
        """What a search finds, or as much of it as is counted."""
        if not self.text:
            return Q()
        if self.is_cut and not counting:
            return Q(claim__in=holding(self.text, for_user=self.user).values("claim"))
        return among(self.hits)

    def address(self, **change: Any) -> str:
        """The address of this list with something changed; it begins at its first page again."""
        asked: dict[str, Any] = {"q": self.text, **self.values}
        asked["order"] = "" if self.order == "newest" else self.order
        return "?" + urlencode({k: v for k, v in (asked | change).items() if v}, doseq=True)

    def toggled(self, facet: Facet, value: str) -> str:
        held = self.values.get(facet.name, [])
        now = [one for one in held if one != value] if value in held else [*held, value]
        return self.address(**{facet.name: now})

    def hidden(self) -> Iterator[tuple[str, str]]:
        """What a new search keeps."""
        for name, values in self.values.items():
            for value in values:
                yield name, value
        if self.order != "newest":
            yield "order", self.order


def among(keys: list[int]) -> Q:
    """These claims. One array: thousands of parameters take longer to write than to look up."""
    return Q(claim__in=RawSQL("SELECT unnest(%s::bigint[])", [keys]))


def labels(found: Mapping[str, list[str]]) -> dict[str, dict[str, str]]:
    """What the values of each filter are called, where they are rows; one question a filter."""

    def keys(name: str) -> list[str]:
        return [value for value in found.get(name, []) if KEY.fullmatch(value)]

    def named(user: User) -> str:
        return user.get_full_name() or user.get_username()

    people = User.objects.in_bulk({*keys("assignee"), *keys("created_by")})
    pools = [value for value in found.get("assignee", []) if value.startswith(POOL)]
    groups = Group.objects.in_bulk([value.removeprefix(POOL) for value in pools])
    names = {str(pk): named(person) for pk, person in people.items()}
    return {
        "pile": {name: str(PILES[name].title) for name in found.get("pile", [])},
        "claimant": {
            str(pk): one.name for pk, one in Agent.objects.in_bulk(keys("claimant")).items()
        },
        "event": {str(pk): one.label for pk, one in Event.objects.in_bulk(keys("event")).items()},
        "created_by": names,
        "assignee": names | {f"{POOL}{pk}": _("pool: %s") % group for pk, group in groups.items()},
    }
