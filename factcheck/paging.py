"""Pages of a list that never overlap and cost the same however deep.

Named by the settings, so that the rooms that answer need not know where the plumbing is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from hashlib import blake2b
from typing import Any
from urllib.parse import urlencode

from django.core import signing
from django.db.models import F, Q, QuerySet
from django.http import HttpResponse
from rest_framework.pagination import BasePagination
from rest_framework.request import Request

from factcheck.rest import refused

WHOLE_NUMBER = re.compile(r"0|[1-9][0-9]{0,14}", re.ASCII)
PAGING = ("cursor", "limit")  # what says which page, and not what is asked for

Position = list[Any]


class KeysetPagination(BasePagination):
    """Pages that begin after the last item of the one before.

    A view says `orderings`: each order that can be asked for, by its name, as columns that together
    are different in every row; the first is what nobody has to ask for. "-" before a column means
    falling; all columns of an order go the same way, and rows without a value come last. A view
    with one order says `order`.

    Where the position is public (`position_parameter`) the reader keeps it as a number; else it
    is a `cursor`: signed, and good only for the address and the question it was made with.

    `total=true` adds how many there are, counted up to `counted`: `total_bound` says whether that
    is `exact` or `at_least`.
    """

    default_limit = 50
    longest = 200
    counted = 10_000
    signer = signing.Signer(salt="factcheck.paging.cursor", sep=".")

    def parameters(self, view: Any) -> list[str]:
        if hasattr(view, "position_parameter"):
            return [view.position_parameter, "limit"]
        ordering = ["ordering"] if len(self.orderings(view)) > 1 else []
        return ["cursor", "limit", "total", *ordering]

    @staticmethod
    def orderings(view: Any) -> Mapping[str, tuple[str, ...]]:
        found: Mapping[str, tuple[str, ...]] = getattr(view, "orderings", None) or {
            view.order: (view.order,)
        }
        return found

    # --- What is asked for ---

    def begin(self, request: Request, view: Any) -> None:
        """Read all that the request says about pages; what cannot be read is refused."""
        self.request, self.view = request, view
        self.by_number = hasattr(view, "position_parameter")
        self.limit = self.read_limit()
        self.ordering = self.read_ordering()
        self.counting = not self.by_number and self.read_total()
        self.total: int | None = None
        self.bound = ""
        self.position = self.read_position()
        self.following: Position | None = None
        self.stopped = False

    def read_limit(self) -> int:
        text = self.request.query_params.get("limit")
        if text is None:
            return self.default_limit
        if WHOLE_NUMBER.fullmatch(text) and 1 <= (limit := int(text)) <= self.longest:
            return limit
        raise refused("limit", f"Allowed: a whole number from 1 to {self.longest}.")

    def read_ordering(self) -> str:
        allowed = self.orderings(self.view)
        name = self.request.query_params.get("ordering")
        if name is None:
            return next(iter(allowed))
        if name in allowed:
            return str(name)
        raise refused("ordering", f"Allowed: {', '.join(allowed)}.")

    def read_total(self) -> bool:
        text = self.request.query_params.get("total", "false")
        if text in ("true", "false"):
            return bool(text == "true")
        raise refused("total", "Allowed: true, false.")

    def read_position(self) -> Position | None:
        if self.by_number:
            name = self.view.position_parameter
            text = self.request.query_params.get(name)
            if text is None or WHOLE_NUMBER.fullmatch(text):
                return [int(text)] if text else None
            raise refused(name, "Allowed: a whole number from 0, of at most 15 digits.")
        text = self.request.query_params.get("cursor")
        return self.opened(text) if text else None

    # --- The rows ---

    def keys(self) -> tuple[str, ...]:
        """The columns that say where a row stands."""
        return tuple(name.removeprefix("-") for name in self.orderings(self.view)[self.ordering])

    def paginate_queryset(  # type: ignore[override]
        self, queryset: QuerySet, request: Request, view: Any = None
    ) -> QuerySet:
        """The query for one page and one row more; `cut` takes what was read.

        Rows are those of a `values_list` that ends with the columns of `keys`.
        """
        order = self.orderings(view)[self.ordering]
        if self.position is not None:
            beyond = "lt" if order[0].startswith("-") else "gt"
            queryset = queryset.filter(self.after(queryset, beyond))
        return queryset.order_by(*_written(queryset, order))[: self.limit + 1]

    def after(self, queryset: QuerySet, beyond: str) -> Q:
        """All rows beyond the position, in a form that begins in an index and not at its start."""
        condition = Q()
        for name, value in reversed(list(zip(self.keys(), self.position or (), strict=True))):
            if value is None:  # nobody knows, and these come last
                condition = Q(**{f"{name}__isnull": True}) & condition
                continue
            further = Q(**{f"{name}__{beyond}": value})
            here = (Q(**{name: value}) & condition) if condition else Q(pk__in=[])
            known = Q(**{f"{name}__{beyond}e": value}) & (further | here) if condition else further
            nullable = queryset.model._meta.get_field(name).null
            condition = known | Q(**{f"{name}__isnull": True}) if nullable else known
        return condition

    def cut(self, rows: list[Any]) -> list[Any]:
        """The page itself; the row more only tells that there is something after it."""
        width = len(self.keys())
        more = len(rows) > self.limit
        rows = rows[: self.limit]
        if rows:
            self.last = [_plain(value) for value in rows[-1][-width:]]
        else:
            self.last = self.position or [0]
        self.go_on(self.last if more else None)
        return [row[:-width] for row in rows]

    def go_on(self, following: Position | None, *, stopped: bool = False) -> None:
        """Where the next page begins, if there is one. `stopped`: the search ran out of time."""
        self.following, self.stopped = following, stopped
        self.address = self.next_address()

    def count(self, number: int, *, whole: bool) -> None:
        """How many there are: counted up to one more than is told, or not even so far."""
        self.total = min(number, self.counted)
        self.bound = "exact" if whole else "at_least"

    # --- The answer ---

    def get_paginated_response(self, data: Iterable[bytes]) -> HttpResponse:  # type: ignore[override]
        """The page, joined from pieces of JSON that make up the items."""
        if self.by_number:
            more = self.following is not None
            tail = f'"after":{self.last[0]},"more":{"true" if more else "false"}'
        else:
            tail = f'"next":"{self.address}"' if self.address else '"next":null'
            if self.total is not None:
                tail += f',"total":{self.total},"total_bound":"{self.bound}"'
            if self.stopped:
                tail += ',"stopped_early":true'
        body = b"".join([b'{"items":[', *data, f"],{tail}}}".encode()])
        return HttpResponse(body, content_type="application/json", headers=self.links())

    def links(self) -> dict[str, str]:
        links = {"next": self.address, "first": self.first_address()}
        found = ", ".join(f'<{to}>; rel="{rel}"' for rel, to in links.items() if to)
        return {"Link": found} if found else {}

    def tag(self, tags: Iterable[str]) -> str:
        """The entity tag of this page: what its items are, and whether something follows."""
        tail = [
            self.address or str(self.last if self.by_number else ""),
            f"{self.total} {self.bound}",
        ]
        whole = "\n".join([*map(str, tags), *tail])
        return f'"{blake2b(whole.encode(), digest_size=16).hexdigest()}"'

    def next_address(self) -> str | None:
        """Where the page after this one is. Holds nothing that would need escaping in JSON."""
        if self.following is None:
            return None
        if self.by_number:
            return self.page_address(self.view.position_parameter, str(self.following[0]))
        return self.page_address("cursor", self.cursor(self.following))

    def first_address(self) -> str | None:
        """Where the list begins, for who is further on."""
        if self.position is None:
            return None
        return self.page_address(self.view.position_parameter if self.by_number else "cursor", None)

    def page_address(self, name: str, position: str | None) -> str:
        asked = self.request.query_params.dict()
        asked.pop(name, None)
        if position is not None:
            asked[name] = position
        question = f"?{urlencode(asked)}" if asked else ""
        return self.request.build_absolute_uri(f"{self.request.path}{question}")

    # --- The cursor ---

    def cursor(self, position: Position) -> str:
        return self.signer.sign_object([self.question(), *position], compress=True)

    def opened(self, cursor: str) -> Position:
        try:
            question, *position = self.signer.unsign_object(cursor)
        except (signing.BadSignature, ValueError) as error:
            raise refused(
                "cursor",
                "This is no cursor of ours. Leave it out to begin with the first page, then follow "
                "`next`.",
            ) from error
        if question != self.question():
            raise refused(
                "cursor",
                "This cursor was made at another address or with other filters. Leave it out to "
                "begin with the first page.",
                code="other_question",
            )
        return list(position)

    def question(self) -> str:
        """A short name for the address and all that is asked there, but for which page."""
        asked = sorted(
            (name, value) for name, value in self.request.query_params.items() if name not in PAGING
        )
        question = repr((self.request.path, asked))
        return blake2b(question.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def _plain(value: Any) -> Any:
    """A value of a row as a cursor holds it; the database reads it as it was."""
    if isinstance(value, bytes):
        return value.decode()
    return value.isoformat() if isinstance(value, date | datetime) else value


def _written(queryset: QuerySet, order: tuple[str, ...]) -> list[Any]:
    """Rows without a value come last, whichever way the order goes."""
    return [
        _nulls_last(name) if queryset.model._meta.get_field(name.removeprefix("-")).null else name
        for name in order
    ]


def _nulls_last(name: str) -> Any:
    column = F(name.removeprefix("-"))
    return column.desc(nulls_last=True) if name.startswith("-") else column.asc(nulls_last=True)
