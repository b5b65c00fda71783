"""Sources that published claims rest on. A protected one has no address: it is a placeholder."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse
from drf_spectacular.utils import extend_schema_view

from claims.editions import described, items
from claims.editions.models import PublishedSource, PublishedUse

from .agents import MENTIONED
from .described import DescribedDetail, DescribedItem, DescribedList
from .narrowing import SourceFilter, parameters
from .reading import RecordList
from .schema import CURSOR, LIMIT, LINK, REF, TOTAL, fields, operation, ordering

MISSING = "No published claim rests on a source with this ref."

source_list = operation(
    "sources", "Sources that published claims rest on", *parameters(SourceFilter),
    fields("SourceItem"), CURSOR, LIMIT, TOTAL,
    ordering(**{"-sequence": "the last described first", "sequence": "the last described last"}),
    LINK, component="SourcePage",
)  # fmt: skip
source = operation(
    "source", "A source, and what came from it", REF, fields("SourceDetail"),
    component="SourceDetail", missing=MISSING,
)  # fmt: skip
source_claims = operation(
    "source_claims", "The claims that rest on a source", REF, fields("Claim"),
    CURSOR, LIMIT, TOTAL, LINK, component="ClaimPage", missing=MISSING,
)  # fmt: skip


class SourceItem(DescribedItem):
    name = "source"
    component = "SourceItem"


@extend_schema_view(get=source_list)
class SourceList(SourceItem, DescribedList):
    """The sources that claims which stand rest on. Protected ones are in no list."""

    queryset = described.sources()
    filterset_class = SourceFilter
    orderings = {"-sequence": ("-sequence", "-ref"), "sequence": ("sequence", "ref")}


@extend_schema_view(get=source)
class SourceDetail(SourceItem, DescribedDetail):
    """A source: what it is, what it came from (`source.derived_from`), and what came from it."""

    queryset = described.sources_with_children()
    component = "SourceDetail"
    columns = (*described.COLUMNS, "children", "state")
    missing = MISSING

    def more(self, row: items.Row) -> dict[str, bytes]:
        ref = row[1]
        children = json.loads(row[len(described.COLUMNS)])
        told = children[: described.MOST_CHILDREN]
        derived = f"{reverse('api-sources')}?{urlencode({'derived_from': ref})}"
        return {
            "derivations": items.as_json(list(_derivations(told, ref))),
            "more_derivations": items.as_json(len(children) > len(told)),
            "derived": self.address(derived),
            "claims": self.address(reverse("api-source-claims", args=[ref])),
        }


def _derivations(children: Iterable[dict[str, Any]], ref: str) -> Iterator[dict[str, Any]]:
    for child in children:
        for parent in child["derived_from"]:
            if parent["source"] == ref and parent["certainty"] != "rejected":
                yield {
                    "source": child["ref"],
                    "title": child["title"],
                    "language": child["language"],
                    "kind": parent["kind"],
                    "certainty": parent["certainty"],
                }


@extend_schema_view(get=source_claims)
class SourceClaims(RecordList):
    """The claims that stand and rest on a source, the newest first; `content.evidence` says what
    the source does for each."""

    queryset = PublishedUse.objects.all()
    parameters = ("fields",)
    component = "Claim"
    order = "-sequence"
    tag_column = "claim__etag"

    def about(self) -> dict[str, Any]:
        return {"source": self.kwargs["ref"]}

    def columns(self) -> tuple[str, ...]:
        return MENTIONED

    def explain_emptiness(self) -> None:
        if not PublishedSource.objects.filter(ref=self.kwargs["ref"]).exists():
            raise Http404(MISSING)
