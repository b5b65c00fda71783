"""What leaves the site to stand elsewhere: a card, a share image, a PDF, and what names them.

Wherever it lands, the claimant stands before the statement, and edition and day are told.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Any
from unicodedata import bidirectional
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from claims.editions.choices import TOMBSTONES, EditionKind
from claims.editions.models import Edition, PublishedClaim
from claims.editions.vocabulary import status_in_words

from . import drawing, record
from .people import Claimant, headline
from .printed import Publication
from .text import Said

IMAGE_WIDTH, IMAGE_HEIGHT = 1200, 630  # what the networks ask for
# A card: how wide where nobody says otherwise, and what takes how many pixels (static/embed.css).
WIDTH, MARGINS = 640, 45
# A sign and a line of the statement, by its extent.
SIGNS = {"short": (11.5, 30), "long": (9.5, 25), "longer": (8, 24)}
# Claimant, answers, edition and link, from this width on: the answers move into a column.
FRAMES = {560: 275, 440: 360, 340: 430, 0: 495}


def edition(ref: str, number: int | None = None) -> tuple[PublishedClaim, Edition]:
    """An edition, or the latest one, and how the claim stands: two questions.

    Raises Redacted where its content was taken out of the record.
    """
    standing = record.standing(ref)
    newest = standing.edition.number
    if number is not None and number > newest:
        raise Http404
    record.refuse_redacted(standing, number or newest)
    return standing, record.edition(standing, number or newest)


def absolute(name: str, *args: Any) -> str:
    """An address with the site in front, in the language of the page that names it."""
    return settings.SITE_URL + reverse(name, args=args)


@dataclass(frozen=True)
class Told:
    """Who says what in an edition. A tombstone still tells it of the claim that it withdraws."""

    publication: Publication
    claimant: Claimant | None
    name: Said
    statement: Said
    attribution: dict[str, Any] | None
    finding: dict[str, Any] | None

    @classmethod
    def of(cls, content: dict[str, Any], publication: Publication) -> Told:
        if publication.kind in TOMBSTONES:
            cited = content["citation"]
            name, statement = cited["claimant_name"], Said(cited["statement"], cited["language"])
            return cls(publication, None, Said(capfirst(name)), statement, None, None)
        claimant = Claimant.of(content)
        statement = Said(content["statement"], content["language"])
        answers = status_in_words(content["attribution"]), status_in_words(content["finding"])
        return cls(publication, claimant, claimant.name, statement, *answers)

    @classmethod
    def by(cls, shown: Edition) -> Told:
        facts = shown.ref, shown.number, shown.kind, shown.digest, shown.published_at
        return cls.of(shown.document, Publication(*facts))

    @property
    def title(self) -> str:
        """One line, in which what was withdrawn is never taken for what stands."""
        line = headline(self.name.plain, self.statement.plain)
        if self.publication.kind == EditionKind.RETRACTED:
            return _("Retracted: %(title)s") % {"title": line}
        if self.publication.kind == EditionKind.MERGED:
            return _("Merged: %(title)s") % {"title": line}
        return line

    @property
    def answers(self) -> str:
        """Both answers as a sentence each; of a tombstone there are none."""
        if self.attribution is None or self.finding is None:
            return ""
        return _("Was it said? %(attribution)s. Is it so? %(finding)s.") % {
            "attribution": self.attribution["label"],
            "finding": self.finding["label"],
        }

    @property
    def imprint(self) -> str:
        """Whose edition this is, which one, and of which day."""
        day = self.publication.published_at
        return _("%(site)s, claim %(ref)s, edition %(number)s, %(day)s") % {
            "site": settings.SITE_NAME,
            "ref": self.publication.ref,
            "number": self.publication.number,
            "day": date_format(day, "j F Y") if day else "",
        }


@dataclass(frozen=True)
class Share:
    """What a claim's page tells those who link to it: its picture, its card, its oEmbed address."""

    told: Told
    permanent: bool
    width = IMAGE_WIDTH
    height = IMAGE_HEIGHT

    @classmethod
    def of(
        cls, content: dict[str, Any], publication: Publication, *, permanent: bool
    ) -> Share | None:
        """Nothing for a candidate, which nobody outside of the desk can see."""
        return None if publication.is_candidate else cls(Told.of(content, publication), permanent)

    @property
    def image(self) -> str:
        """The share image's address; nothing where this machine cannot draw."""
        return self._of_edition("edition-card") if drawing.is_possible() else ""

    @property
    def alt(self) -> str:
        """The same words as on the image."""
        parts = self.told.title, self.told.answers, self.told.imprint
        return " ".join(f"{part.removesuffix('.')}." for part in parts if part)

    @property
    def pdf(self) -> str:
        return self._of_edition("edition-pdf") if drawing.is_possible() else ""

    @property
    def oembed(self) -> dict[str, str]:
        """By format: where to ask how to embed the page at hand."""
        publication = self.told.publication
        page = (
            self._of_edition("claim-edition")
            if self.permanent
            else absolute("claim", publication.ref)
        )
        return {
            form: f"{absolute('oembed')}?{urlencode({'url': page, 'format': form})}"
            for form in ("json", "xml")
        }

    @property
    def code(self) -> str:
        """To copy: the claim as it stands, or on an edition's page that edition."""
        address = (
            self._of_edition("edition-embed")
            if self.permanent
            else absolute("claim-embed", self.told.publication.ref)
        )
        return frame(self.told, address, "100%", card_height(self.told.statement, WIDTH))

    @property
    def script(self) -> str:
        """To copy, once a page, by whoever wants cards exactly as high as what they say."""
        return f'<script async src="{absolute("embed-script")}"></script>'

    def _of_edition(self, name: str) -> str:
        return absolute(name, self.told.publication.ref, self.told.publication.number)


def frame(told: Told, address: str, width: int | str, height: int) -> str:
    """The HTML that puts a card into another page. Nothing runs in it, and nothing is told of who
    reads it."""
    return (
        f'<iframe src="{escape(address)}" title="{escape(told.title)}" width="{width}" '
        f'height="{height}" frameborder="0" loading="lazy"></iframe>'
    )


def card_height(statement: Said, width: int) -> int:
    """About how high a card of this width is. What does not fit can be scrolled to."""
    sign, line = SIGNS[statement.extent]
    lines = ceil(len(statement) * sign / max(width - MARGINS, MARGINS))
    return lines * line + next(high for wide, high in FRAMES.items() if width >= wide)


def direction_of(words: Said) -> str:
    """Of words in no known language: as their first letter runs. For what is drawn: there is no
    `dir="auto"` on paper."""
    if words.direction != "auto":
        return words.direction
    strong = (way for way in map(bidirectional, words) if way in ("L", "R", "AL"))
    return "ltr" if next(strong, "L") == "L" else "rtl"
