"""The part of a page that says how to cite it, and the tags by which programs read the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from claims.editions.addresses import Addresses
from claims.editions.choices import TOMBSTONES
from claims.editions.citing.cited import Cited, Withdrawal
from claims.editions.citing.styles import references

from . import drawing
from .people import day_words
from .printed import Publication
from .text import Said


def places() -> Addresses:
    return Addresses(settings.SITE_URL)


def cited(
    content: dict[str, Any], publication: Publication, withdrawal: Withdrawal | None = None
) -> Cited:
    """An edition as it is cited. `withdrawal`: what became of it since, where that may be told."""
    number, published_at = publication.number, publication.published_at
    if number is None or published_at is None:
        raise ValueError("What is not published cannot be cited.")
    if "citation" in content:
        return Cited.of_withdrawn(
            content,
            site=settings.SITE_NAME,
            url=places().edition(publication.ref, content["citation"]["edition"]),
            withdrawal=withdrawal or Withdrawal.of_edition(content, published_at),
        )
    return Cited.of_claim(
        content,
        number=number,
        published_at=published_at,
        digest=publication.digest,
        site=settings.SITE_NAME,
        url=places().edition(publication.ref, number),
        withdrawal=withdrawal,
    )


@dataclass(frozen=True)
class Licence:
    """Under what terms others may use what the desk wrote."""

    name: str
    url: str


@dataclass(frozen=True)
class Download:
    """The edition as a file. `name` is what the file is called, not translated."""

    name: str
    path: str


DOWNLOADS = {
    "bib": "BibTeX",
    "ris": "RIS",
    "csl.json": "CSL-JSON",
    "jsonld": "JSON-LD",
    "json": "JSON",
}


def cite_block(
    content: dict[str, Any], derived: dict[str, Any], publication: Publication
) -> dict[str, Any]:
    """For the template: references in each style, files, licence, the tags for the head."""
    licence = Licence(settings.LICENCE_NAME, settings.LICENCE_URL)
    stated = content.get("citation", content)
    words = Said(stated["statement"], stated["language"])
    if publication.is_candidate:
        return {"licence": licence, "citation_words": words}
    told = cited(content, publication, _withdrawal(derived))
    at, ref = places(), publication.ref
    number = _cited_in(derived, publication)
    pieces = [f"e-{one['ref']}" for one in content.get("evidence", [])[:1]]
    return {
        "licence": licence,
        "citation_words": words,
        "cited": told,
        "cited_words": Said(told.claim, told.language),
        "references": references(told),
        "downloads": [
            Download(name, at.file(ref, number, ending).removeprefix(at.site))
            for ending, name in DOWNLOADS.items()
        ],
        "linked": at.file(ref, number, "jsonld"),
        "pdf": at.file(ref, number, "pdf") if drawing.is_possible() else "",
        "pieces": pieces,
    }


def _withdrawal(derived: dict[str, Any]) -> Withdrawal | None:
    return Withdrawal.on_record(derived) if derived["editions"] else None


def _cited_in(derived: dict[str, Any], publication: Publication) -> int:
    """The edition whose files say what the page says: once a claim is withdrawn, the tombstone's
    do so for the edition before it."""
    number, last = publication.number or 1, derived["editions"][-1]
    return last["number"] if last["kind"] in TOMBSTONES and last["number"] == number + 1 else number


def withdrawn_words(derived: dict[str, Any]) -> str:
    """What a citation says of a claim that no longer stands; empty while it does."""
    withdrawal = _withdrawal(derived)
    return said_of(withdrawal) if withdrawal else ""


def said_of(withdrawal: Withdrawal) -> str:
    """What a citation says in place of the findings of a claim that was withdrawn."""
    day = day_words(withdrawal.day)
    if withdrawal.into:
        return _("Merged into claim %(ref)s on %(day)s.") % {"ref": withdrawal.into, "day": day}
    return _("Retracted on %(day)s.") % {"day": day}
