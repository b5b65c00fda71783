"""The list of claims: what each is, where it stands, who has it, and what it rests on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.choices import Axis
from claims.models import Assignment, Claim, Line, VerificationStatus
from claims.models.line import holding
from claims.review.independence import independence_of

from .bulk import BulkAdmin, name_of, tasks_for
from .counts import ENOUGH, Count, count
from .filters import FACETS, FIXED, ORDERS, Asked, Facet, labels
from .paging import page_of


class Counted(Paginator):
    """Never counts further than a person would turn pages."""

    @cached_property
    def count(self) -> int:
        found: Any = self.object_list
        return int(found.order_by()[: ENOUGH + 1].count())


@dataclass(frozen=True)
class Choice:
    """One value of a filter: a link that takes it in or out."""

    label: str
    count: Count | None
    is_chosen: bool
    address: str


@dataclass(frozen=True)
class Given:
    """An open assignment in a row of the list."""

    who: str
    is_pool: bool
    due: dt.date | None

    @property
    def is_overdue(self) -> bool:
        return self.due is not None and self.due < timezone.localdate()

    @property
    def is_today(self) -> bool:
        return self.due == timezone.localdate()


@dataclass(frozen=True)
class Row:
    """One claim in the list."""

    claim: Claim
    line: Line
    attribution: VerificationStatus | None
    finding: VerificationStatus | None
    given: list[Given]
    counts: Mapping[str, int]

    @property
    def reports(self) -> str:
        number = self.counts["reports"]
        return ngettext("%s report", "%s reports", number) % number

    @property
    def origins(self) -> str:
        low, high = self.counts["low"], self.counts["high"]
        if low == high:
            return ngettext("%s independent origin", "%s independent origins", low) % low
        return _("%(low)s to %(high)s independent origins") % {"low": low, "high": high}

    @property
    def age(self) -> str:
        if timezone.now() - self.line.moved_at < dt.timedelta(minutes=1):
            return _("just now")
        return _("%s ago") % timesince(self.line.moved_at, depth=1)


def rows_of(lines: Iterable[Line]) -> Iterator[Row]:
    """All that is shown of these claims, in a handful of questions however many there are."""
    lines = list(lines)
    keys = [line.pk for line in lines]
    claims = Claim.objects.select_related("claimant", "on_behalf_of", "event").in_bulk(keys)
    statuses = VerificationStatus.objects.in_bulk()
    given: dict[int, list[Given]] = {}
    for one in Assignment.objects.filter(claim__in=keys, done=False).select_related(
        "assignee", "pool"
    ):
        person = one.assignee
        name = name_of(person) if person else str(one.pool)
        given.setdefault(one.claim_id, []).append(Given(name, person is None, one.due))
    counts = independence_of(claims.values())
    for line in lines:
        yield Row(
            claims[line.pk],
            line,
            statuses.get(line.attribution_id),
            statuses.get(line.finding_id),
            given.get(line.pk, []),
            counts[line.pk],
        )


class ClaimListAdmin(BulkAdmin):
    """The list of claims, and how claims are found wherever one is chosen."""

    search_fields = ["ref"]  # that there is a search at all; see get_search_results

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Claim], search_term: str
    ) -> tuple[QuerySet[Claim], bool]:
        if not search_term.strip():
            return queryset, False
        found = holding(search_term, for_user=request.user)
        return queryset.filter(pk__in=found.values("claim")), False

    def get_paginator(
        self,
        request: HttpRequest,
        queryset: Any,
        per_page: int,
        orphans: int = 0,
        allow_empty_first_page: bool = True,  # noqa: FBT001, FBT002
    ) -> Paginator:
        return Counted(queryset, per_page, orphans, allow_empty_first_page)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        assert isinstance(request.user, User)  # noqa: S101 - admin_view has let them in
        asked = Asked.of(request.GET, request.user)
        total, counts = count(asked)
        page = page_of(asked, of=total)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": capfirst(self.opts.verbose_name_plural),
            "asked": asked,
            "rows": list(rows_of(page.lines)),
            "page": page,
            "total": total,
            "facets": _facets(asked, counts),
            "orders": [
                (order.label, name == asked.order, asked.address(order=name))
                for name, order in ORDERS.items()
            ],
            "tasks": tasks_for(request.user),
            "has_add_permission": self.has_add_permission(request),
            **(extra_context or {}),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(
            request,
            "admin/claims/claim/change_list.html",
            context,
            status=400 if asked.refused else 200,
        )


def _facets(
    asked: Asked, counts: Mapping[str, Mapping[str, Count]]
) -> list[tuple[Facet, list[Choice]]]:
    """Each filter with its values: those in force, and those that would find something."""
    statuses = VerificationStatus.objects.all()
    words: dict[str, dict[str, Any]] = {name: dict(known) for name, known in FIXED.items()}
    words["attribution"] = {
        str(one.pk): str(one) for one in statuses if one.axis == Axis.ATTRIBUTION
    }
    words["finding"] = {str(one.pk): str(one) for one in statuses if one.axis == Axis.CONTENT}
    for name, rows in labels({name: list(values) for name, values in counts.items()}).items():
        words[name] = words.get(name, {}) | rows
    return [
        (facet, choices)
        for facet in FACETS
        if (choices := list(_choices(facet, asked, counts[facet.name], words.get(facet.name, {}))))
    ]


def _choices(
    facet: Facet, asked: Asked, counts: Mapping[str, Count], words: Mapping[str, Any]
) -> Iterator[Choice]:
    chosen = asked.values.get(facet.name, [])
    order = list(words) if not facet.is_open else []
    for value in dict.fromkeys([*order, *counts]):
        number = counts.get(value)
        is_chosen = value in chosen
        if is_chosen or (number and not number.is_none):
            yield Choice(
                str(words.get(value, value)), number, is_chosen, asked.toggled(facet, value)
            )
