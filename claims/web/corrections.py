"""The log of corrections: every edition by which something else is said than before."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from claims.editions.choices import TOLD, EditionKind
from claims.editions.corrections import Correction
from claims.editions.models import Edition, Ledger

from . import words
from .freshness import etag, public, unchanged
from .pages import site
from .reading import Reading
from .record import PAGE
from .text import Said

SEQUENCE = re.compile(r"[1-9][0-9]{0,17}")


@dataclass(frozen=True)
class Told:
    """One correction, update, retraction or merge, as the log tells it: claimant first."""

    ref: str
    number: int
    kind: str
    said: str
    published_at: datetime
    claimant: Said
    statement: Said
    language_note: str
    note: str
    path: str
    claim_path: str

    @classmethod
    def of(cls, edition: Edition) -> Told:
        content = edition.document
        if edition.redacted_in:
            content = _nothing_left(edition)
        last = content.get("citation", content)
        reading = Reading.of(last)
        return cls(
            ref=edition.ref,
            number=edition.number,
            kind=edition.kind,
            said=words.word(words.EDITION_KINDS, edition.kind),
            published_at=edition.published_at,
            claimant=Said(capfirst(last["claimant_name"])),
            statement=reading.shown,
            language_note=reading.brief,
            note=edition.note,
            path=edition.get_absolute_url(),
            claim_path=reverse("claim", args=[edition.ref]),
        )

    @property
    def correction(self) -> Correction | None:
        return Correction.read(self.note) if self.kind == EditionKind.CORRECTED else None


def _nothing_left(edition: Edition) -> dict[str, Any]:
    """What is told of an edition whose content was taken out: that there was one."""
    return {
        "claimant_name": _("Claim %(ref)s") % {"ref": edition.ref},
        "statement": _("What this edition said was taken out of the record."),
        "language": get_language(),
    }


@public
def corrections(request: HttpRequest) -> HttpResponseBase:
    """What was corrected, updated, retracted or merged, the newest first, month by month."""
    last = Ledger.objects.values_list("last_sequence", flat=True).first() or 0
    tag = etag(last)
    if answer := unchanged(request, tag):
        return answer
    query = request.GET
    kind = query.get("kind", "")
    before = query.get("before", "")
    found = Edition.objects.filter(kind__in=TOLD).order_by("-sequence")
    if kind in TOLD:
        found = found.filter(kind=kind)
    if SEQUENCE.fullmatch(before):
        found = found.filter(sequence__lt=int(before))
    rows = list(found[: PAGE + 1])
    shown = rows[:PAGE]
    ignored = [
        name[:40]
        for name in query
        if not (name == "kind" and kind in ("", *TOLD))
        and not (name == "before" and SEQUENCE.fullmatch(before))
    ]
    chosen = f"&kind={kind}" if kind in TOLD else ""
    context = {
        "site": site(),
        "area": "corrections",
        "kinds": [(one.value, words.word(words.EDITION_KINDS, one.value)) for one in TOLD],
        "kind": kind if kind in TOLD else "",
        "ignored": ignored,
        "months": _by_month([Told.of(row) for row in shown]),
        "older": f"?before={shown[-1].sequence}{chosen}" if len(rows) > len(shown) else "",
        "newest": f"?{chosen.removeprefix('&')}" if before else "",
    }
    html = render_to_string("web/corrections.html", context)
    return HttpResponse(html, headers={"ETag": tag})


def _by_month(told: list[Told]) -> list[dict[str, Any]]:
    return [
        {"name": capfirst(date_format(first, "F Y")), "id": f"{first:%Y-%m}", "told": list(group)}
        for first, group in groupby(told, key=lambda one: one.published_at.date().replace(day=1))
    ]
