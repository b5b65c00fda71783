"""Who speaks, and the claims they are part of."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse
from django_filters.rest_framework import FilterSet
from drf_spectacular.utils import extend_schema_view
from rest_framework.exceptions import ErrorDetail, ValidationError

from claims.editions import described, items
from claims.editions.choices import Part
from claims.editions.models import PublishedAgent, PublishedMention

from .columns import one_of
from .described import DescribedDetail, DescribedItem, DescribedList
from .narrowing import AgentFilter, parameters
from .reading import RecordList
from .resources import PARTS_IN_CLAIMS
from .schema import CURSOR, LIMIT, LINK, REF, TOTAL, fields, operation, ordering

MISSING = "No published claim mentions an agent with this ref."
MENTIONED = tuple("sequence" if name == "sequence" else f"claim__{name}" for name in items.CLAIM)


class PartFilter(FilterSet):
    """In which part?"""

    part = one_of(PARTS_IN_CLAIMS, "The part they have in the claims. It has to be said.")

    class Meta:
        model = PublishedMention
        fields: list[str] = []


agent_list = operation(
    "agents", "Everybody that published claims mention", *parameters(AgentFilter),
    fields("AgentItem"), CURSOR, LIMIT, TOTAL,
    ordering(**{
        "name": "by name, without capitals and accents", "-name": "by name, from the end",
        "-sequence": "the last described first", "sequence": "the last described last",
    }),
    LINK, component="AgentPage",
)  # fmt: skip
agent = operation(
    "agent", "Somebody who speaks or is spoken of", REF, fields("AgentDetail"),
    component="AgentDetail", missing=MISSING,
)  # fmt: skip
agent_claims = operation(
    "agent_claims", "The claims an agent is part of", REF, *parameters(PartFilter),
    fields("Claim"), CURSOR, LIMIT, TOTAL, LINK, component="ClaimPage", missing=MISSING,
)  # fmt: skip


class AgentItem(DescribedItem):
    name = "agent"
    component = "AgentItem"
    queryset = described.agents()
    tag_column = "state"

    def more(self, row: items.Row) -> dict[str, bytes]:
        counted = dict.fromkeys(PARTS_IN_CLAIMS, 0)
        for part, _attribution, _finding, number in json.loads(row[len(described.COLUMNS)]):
            counted[part] += number
        return {"claims": items.as_json(counted)}


@extend_schema_view(get=agent_list)
class AgentList(AgentItem, DescribedList):
    """Everybody whom claims that stand mention, with the number of claims by part."""

    filterset_class = AgentFilter
    tag_column = "state"
    orderings = {
        "name": ("sorted_as", "ref"),
        "-name": ("-sorted_as", "-ref"),
        "-sequence": ("-sequence", "-ref"),
        "sequence": ("sequence", "ref"),
    }

    def columns(self) -> tuple[str, ...]:
        return (*described.COLUMNS, "tally", "state")


@extend_schema_view(get=agent)
class AgentDetail(AgentItem, DescribedDetail):
    """Names, roles, kind, reliability, and the answers to the claims they are part of.

    Counts are exact and nothing is made of them: which claims are looked into is the desk's
    choice, so they measure nobody.
    """

    component = "AgentDetail"
    columns = (*described.COLUMNS, "tally", "state")
    missing = MISSING

    def more(self, row: items.Row) -> dict[str, bytes]:
        tally = json.loads(row[len(described.COLUMNS)])
        parts = [
            self.part(row[1], part, rows)
            for part in PARTS_IN_CLAIMS
            if (rows := [one[1:] for one in tally if one[0] == part])
        ]
        return {**super().more(row), "parts": items.as_json(parts)}

    def part(self, ref: str, part: str, rows: list[Any]) -> dict[str, Any]:
        findings, attributions = Counter[str](), Counter[str]()
        for attribution, finding, number in rows:
            attributions[attribution] += number
            findings[finding] += number
        path = f"{reverse('api-agent-claims', args=[ref])}?{urlencode({'part': part})}"
        return {
            "part": part,
            "claims": findings.total(),
            "findings": _counted(findings),
            "attributions": _counted(attributions),
            "list": self.request.build_absolute_uri(path),
        }


def _counted(numbers: Counter[str]) -> list[dict[str, Any]]:
    return [{"code": code, "claims": number} for code, number in sorted(numbers.items())]


@extend_schema_view(get=agent_claims)
class AgentClaims(RecordList):
    """The claims that stand in which an agent has one part, the newest first."""

    queryset = PublishedMention.objects.all()
    filterset_class = PartFilter
    parameters = ("fields",)
    component = "Claim"
    order = "-sequence"
    tag_column = "claim__etag"

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if "part" not in request.query_params:
            allowed = f"Say which part. Allowed: {', '.join(Part.values)}."
            raise ValidationError({"part": [ErrorDetail(allowed, code="required")]})
        return super().get(request, *args, **kwargs)

    def about(self) -> dict[str, Any]:
        return {"agent": self.kwargs["ref"]}

    def columns(self) -> tuple[str, ...]:
        return MENTIONED

    def explain_emptiness(self) -> None:
        if not PublishedAgent.objects.filter(ref=self.kwargs["ref"]).exists():
            raise Http404(MISSING)
