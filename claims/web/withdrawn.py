"""What stands where a claim stood: that it was retracted or merged, why, and what was cited."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import capfirst

from claims.editions.citation import Citation

from .citing import cite_block, withdrawn_words
from .dispute import Other
from .languages import permanent_address
from .pages import site
from .people import headline
from .printed import Publication, editions_of
from .text import Said


def tombstone_page(
    content: dict[str, Any],
    derived: dict[str, Any],
    publication: Publication,
    *,
    permanent: bool = False,
) -> str:
    """A retracted claim: we no longer stand by what this page said."""
    context = _context(content, derived, publication, permanent=permanent)
    return render_to_string("web/tombstone.html", context)


def merged_page(
    content: dict[str, Any],
    derived: dict[str, Any],
    publication: Publication,
    *,
    permanent: bool = False,
) -> str:
    """A merged claim: another one says the same, and stands for both."""
    other = derived.get("merged_into")
    context = {
        **_context(content, derived, publication, permanent=permanent),
        "other": Other.of(other) if other else None,
        "into": content["into"],
        "path": survivor_path(content, derived),
    }
    return render_to_string("web/merged.html", context)


def _still_there(derived: dict[str, Any], cited: dict[str, Any], ref: str) -> Publication | None:
    """The edition that is cited, for whoever wants to check it; none if it was redacted."""
    gone = any(
        one["number"] == cited["edition"] and one["redacted_in"] for one in derived["editions"]
    )
    return None if gone else Publication(ref, cited["edition"], digest=cited["digest"])


def survivor_path(content: dict[str, Any], derived: dict[str, Any]) -> str:
    """Where readers of a merged claim go on: at the end of all merges that followed."""
    other = derived.get("merged_into")
    return reverse("claim", args=[other["ref"] if other else content["into"]])


def _context(
    content: dict[str, Any],
    derived: dict[str, Any],
    publication: Publication,
    *,
    permanent: bool,
) -> dict[str, Any]:
    cited = content["citation"]
    return {
        "site": site(),
        "area": "claims",
        "publication": publication,
        "withdrawn": _still_there(derived, cited, publication.ref),
        "permanent": permanent,
        "title": headline(cited["claimant_name"], cited["statement"]),
        "claimant_name": Said(capfirst(cited["claimant_name"])),
        "statement": Said(cited["statement"], cited["language"]),
        "reason": content["reason"],
        **editions_of(derived, publication),
        **cite_block(content, derived, publication),
        "citation": Citation.of_withdrawn(
            content,
            findings=withdrawn_words(derived),
            site_name=settings.SITE_NAME,
            url=permanent_address("claim-edition", content["ref"], cited["edition"]),
        ),
    }
