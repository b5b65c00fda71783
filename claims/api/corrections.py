"""The log of corrections: every edition by which something else is said than before."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from drf_spectacular.utils import extend_schema_view

from claims.editions import items
from claims.editions.choices import TOLD, EditionKind
from claims.editions.corrections import Correction
from claims.editions.models import Edition

from .narrowing import CorrectionFilter, parameters
from .reading import RecordList
from .schema import CURSOR, LIMIT, LINK, TOTAL, fields, operation, ordering

correction_list = operation(
    "corrections", "What was corrected, updated or withdrawn", *parameters(CorrectionFilter),
    fields("Correction"), CURSOR, LIMIT, TOTAL,
    ordering(**{"-sequence": "the newest first", "sequence": "the oldest first"}),
    LINK, component="CorrectionPage",
)  # fmt: skip


@extend_schema_view(get=correction_list)
class CorrectionList(RecordList):
    """Every edition by which something else is said than before, with the day and the reason.

    Minor edits are not told: they leave the substance alone. What stood before stays at its
    address.
    """

    queryset = Edition.objects.filter(kind__in=TOLD)
    filterset_class = CorrectionFilter
    parameters = ("fields",)
    component = "Correction"
    orderings = {"-sequence": ("-sequence",), "sequence": ("sequence",)}

    def columns(self) -> tuple[str, ...]:
        return (*items.EDITION, "content")

    def pieces(self, row: items.Row) -> Iterator[bytes]:
        *head, text = row
        told = _told(row[items.EDITION.index("kind")], json.loads(text))
        return items.pieces(tuple(head), {name: items.as_json(one) for name, one in told.items()})


def _told(kind: str, content: dict[str, Any]) -> dict[str, Any]:
    """What readers are told of an edition: whose claim, in which words, and what changed."""
    last = content.get("citation") or content
    change = content.get("change") or {}
    note = content.get("reason") or change.get("note", "")
    correction = Correction.read(note) if kind == EditionKind.CORRECTED else None
    return {
        **{name: last.get(name) for name in ("claimant_name", "statement", "language")},
        "note": note,
        "correction": asdict(correction) if correction else None,
    }
