"""How an edition is cited: one form, the same on the page and in its print."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from .vocabulary import translated


@dataclass(frozen=True)
class Citation:
    """A claim with its claimant, the edition, its day and its permanent address.

    Names who says it before what is said, and what was found, so that no quotation of it can be
    read as the desk's own finding.
    """

    claimant: str
    statement: str
    language: str
    findings: str
    publication: str
    digest: str
    url: str

    @classmethod
    def of_claim(
        cls,
        content: dict[str, Any],
        *,
        number: int | None,
        published_at: datetime | None,
        digest: str,
        site_name: str,
        url: str,
        withdrawn: str = "",
    ) -> Self:
        """`withdrawn`: a sentence that says since when the claim no longer stands."""
        findings = _("Was it said? %(attribution)s. Is it so? %(finding)s.") % {
            "attribution": translated(content["attribution"]["label"]),
            "finding": translated(content["finding"]["label"]),
        }
        return cls(
            claimant=capfirst(content["claimant_name"]),
            statement=content["statement"],
            language=content["language"],
            findings=f"{findings} {withdrawn}".rstrip(),
            publication=_publication(site_name, content["ref"], number, published_at),
            digest=digest,
            url=url,
        )

    @classmethod
    def of_withdrawn(
        cls, content: dict[str, Any], *, findings: str, site_name: str, url: str
    ) -> Self:
        """The citation of what was withdrawn, from the tombstone that stands in its place."""
        cited = content["citation"]
        published_at = datetime.fromisoformat(cited["published_at"])
        return cls(
            claimant=capfirst(cited["claimant_name"]),
            statement=cited["statement"],
            language=cited["language"],
            findings=findings,
            publication=_publication(site_name, content["ref"], cited["edition"], published_at),
            digest=cited["digest"],
            url=url,
        )

    def __str__(self) -> str:
        parts = [
            f"{self.claimant}: “{self.statement}”",
            self.findings,
            self.publication,
            self.url,
            f"SHA-256 {self.digest}" if self.digest else "",
        ]
        return " ".join(part for part in parts if part)


def _publication(site_name: str, ref: str, number: int | None, day: datetime | None) -> str:
    if number is None or day is None:
        return _("%(site)s, claim %(ref)s, not published.") % {"site": site_name, "ref": ref}
    return _("%(site)s, claim %(ref)s, edition %(number)s, %(day)s.") % {
        "site": site_name,
        "ref": ref,
        "number": number,
        "day": date_format(day, "j F Y"),
    }
