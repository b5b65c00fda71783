"""Two editions of one claim side by side: by field and by word.

Both are kept for ever, and so is the difference between them. A tombstone has no fields to compare:
its page says what it is, what it withdrew, and where the editions before it can be compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from claims.editions.models import Edition, PublishedClaim

from . import record, redacted
from .comparison import Names, changed, parts
from .freshness import etag, public, unchanged
from .pages import site
from .people import Claimant, headline
from .printed import Printed, Publication, editions_of
from .text import Said


@public
def choose(request: HttpRequest, ref: str) -> HttpResponseBase:
    """From the form below a claim (`?from=1&to=3`) to the address of that comparison.

    Without a choice: what the latest edition changed.
    """
    standing = record.standing(ref)
    last = standing.edition.number
    asked = {name: request.GET.get(name, "") for name in ("from", "to")}
    if not any(asked.values()):
        numbers = [max(last - 1, 1), last]
    elif all(number.isascii() and number.isdigit() for number in asked.values()):
        numbers = [int(number[:9]) for number in asked.values()]
    else:
        raise Http404
    if not all(1 <= number <= last for number in numbers):
        raise Http404
    return redirect(reverse("claim-compare", args=[ref, min(numbers), max(numbers)]))


@public
@redacted.or_told(redacted.as_page)
def compare(request: HttpRequest, ref: str, older: int, newer: int) -> HttpResponseBase:
    """What one edition says and another does not, the older one first."""
    standing = record.standing(ref)
    if max(older, newer) > standing.edition.number:
        raise Http404
    if older > newer:
        return redirect(reverse("claim-compare", args=[ref, newer, older]), permanent=True)
    if older == newer:
        return redirect(reverse("claim-edition", args=[ref, older]))
    record.refuse_redacted(standing, older, newer)
    tag = etag(standing.etag, older, newer)
    if answer := unchanged(request, tag):
        return answer
    old, new = record.editions(standing, older, newer)
    return HttpResponse(_page(standing, old, new), headers={"ETag": tag})


@dataclass(frozen=True)
class Step:
    """The comparison of two editions that follow each other, or of any two."""

    older: int
    newer: int
    path: str


def _page(standing: PublishedClaim, old: Edition, new: Edition) -> str:
    publication = Publication(new.ref, new.number, new.kind, new.digest, new.published_at)
    editions = editions_of(standing.facts, publication)["editions"]
    tombstone = next((one for one in (new, old) if one.is_tombstone), None)
    names = _names(standing.facts)
    compared = parts(old.document, new.document, names) if tombstone is None else []
    claimant, statement = _what_it_is(new)
    context = {
        "site": site(),
        "area": "claims",
        "ref": new.ref,
        "claimant": claimant,
        "statement": statement,
        "title": headline(claimant.plain, statement.plain),
        "old": old,
        "new": new,
        "ends": [_listed(editions, old), _listed(editions, new)],
        "before": _edition(old),
        "after": _edition(new),
        "between": [one for one in editions if old.number < (one.number or 0) <= new.number],
        "editions": editions,
        "parts": [part for part in changed(compared) if part.key != "change"],  # told above
        "same": [part.title for part in compared if not part.differs and part.groups],
        "tombstone": _listed(editions, tombstone) if tombstone else None,
        "instead": _instead(old, new, standing.facts),
        "permalink": site().url + reverse("claim-compare", args=[new.ref, old.number, new.number]),
        "claim_path": publication.path,
    }
    return render_to_string("web/compare.html", context)


def _what_it_is(edition: Edition) -> tuple[Said, Said]:
    """Who says what, also where the newer edition is the one that withdrew it."""
    document = edition.document
    if edition.is_tombstone:
        cited = document["citation"]
        return Said(cited["claimant_name"]), Said(cited["statement"], cited["language"])
    return Claimant.of(document).name, Said(document["statement"], document["language"])


def _listed(editions: Iterable[Printed], edition: Edition) -> Printed:
    return next(one for one in editions if one.number == edition.number)


def _edition(edition: Edition) -> str:
    return _("Edition %(number)s") % {"number": edition.number}


def _names(derived: Mapping[str, Any]) -> Names:
    """What related claims say, claimant first. One that is no longer related is called by its
    ref."""
    return {
        one["ref"]: headline(one["claimant_name"], one["statement"]) for one in derived["outgoing"]
    }


def _instead(old: Edition, new: Edition, derived: Mapping[str, Any]) -> Step | None:
    """Where a tombstone stands at an end: the widest comparison inside of what was asked for."""
    numbers = [
        one["number"]
        for one in derived["editions"]
        if old.number <= one["number"] <= new.number
        and one["kind"] not in ("retracted", "merged")
        and not one["redacted_in"]
    ]
    if len(numbers) < 2 or numbers == [old.number, new.number]:
        return None
    return Step(
        numbers[0],
        numbers[-1],
        reverse("claim-compare", args=[new.ref, numbers[0], numbers[-1]]),
    )
