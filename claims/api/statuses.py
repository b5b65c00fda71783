"""The verification statuses and what they mean."""

from __future__ import annotations

from abc import ABC, abstractmethod
from hashlib import sha256
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Any

from django.http import HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema_view
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.request import Request

from claims.editions.items import as_json
from claims.editions.models import StatusDefinition
from claims.editions.stamps import stamp

from .reading import RecordView, asks_for_news_only, is_held
from .schema import include, operation, query
from .words import AXES

status_list = operation(
    "statuses", "What the statuses mean",
    query("axis", "Which question: was it said, or is it so?", {"type": "string", "enum": [*AXES]}),
    query("code", "Which status.", {"type": "string", "pattern": "^[A-Za-z0-9_-]{1,40}$"}),
    include(past="what each meant before"), component="StatusList",
)  # fmt: skip


class DeskList(RecordView, ABC):
    """A short list of the desk's own words, whole, with what they were before on request."""

    choices: dict[str, tuple[str, ...]] = {}  # parameters, and what is allowed
    includes = ("past",)

    @property
    def parameters(self) -> tuple[str, ...]:  # type: ignore[override]
        return (*self.choices, "include")

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.filter_queryset(self.get_queryset())  # refuses what is no parameter
        for name, allowed in self.choices.items():
            value = request.query_params.get(name)
            if value is not None and allowed and value not in allowed:
                raise _refused(name, allowed)
        body = as_json({"items": self.items(request)})
        tag = f'"{sha256(body).hexdigest()[:32]}"'
        if asks_for_news_only(request) and is_held(request, tag):
            return HttpResponseNotModified(headers={"ETag": tag})
        return HttpResponse(body, content_type="application/json", headers={"ETag": tag})

    @abstractmethod
    def items(self, request: Request) -> list[dict[str, Any]]:
        """What the list holds for who asks so."""


def _refused(name: str, allowed: tuple[str, ...]) -> ValidationError:
    detail = ErrorDetail(f"Allowed: {', '.join(allowed)}.", code="invalid")
    return ValidationError({name: [detail]})


def history(
    rows: list[dict[str, Any]], keys: tuple[str, ...], texts: tuple[str, ...], *, past: bool
) -> list[dict[str, Any]]:
    """The newest row of each that has the same keys, with `past`: what its texts were before.

    `rows` come in the order of their keys, the newest first. A row by which no text changed is not
    told; what is told held from the first row that said so.
    """
    told = []
    for _key, of_one in groupby(rows, key=itemgetter(*keys)):
        said: list[dict[str, Any]] = []
        for row in of_one:
            if said and all(row[name] == said[-1][name] for name in texts):
                said[-1]["valid_from"] = row["valid_from"]
            else:
                said.append(dict(row))
        newest = said[0]
        if past:
            newest["past"] = [
                {name: row[name] for name in texts}
                | {"valid_from": row["valid_from"], "valid_until": after["valid_from"]}
                for after, row in pairwise(said)
            ]
        told.append(newest)
    return told


@extend_schema_view(get=status_list)
class StatusList(DeskList):
    """The verification statuses as the desk defines them today, in the desk's order.

    An edition holds the label and the definition of when it was made; `include=past` tells all
    that a status ever meant. `valid_from`: since when label and definition are as they are.
    """

    queryset = StatusDefinition.objects.all()
    choices = {"axis": AXES, "code": ()}
    columns = (
        "axis",
        "code",
        "label",
        "definition",
        "tone",
        "rating",
        "position",
        "retired",
        "valid_from",
    )

    def items(self, request: Request) -> list[dict[str, Any]]:
        rows = list(self.get_queryset().order_by("axis", "code", "-id").values(*self.columns))
        for row in rows:
            row["valid_from"] = stamp(row["valid_from"])
        asked = request.query_params
        code = asked.get("code")
        if code is not None and code not in (known := {row["code"] for row in rows}):
            raise _refused("code", tuple(sorted(known)))
        found = [
            one
            for one in history(
                rows, ("axis", "code"), ("label", "definition"), past=bool(self.included)
            )
            if asked.get("axis") in (None, one["axis"]) and code in (None, one["code"])
        ]
        return sorted(found, key=itemgetter("axis", "position", "code"))
