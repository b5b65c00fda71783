"""What a citation is made from: one edition, as reference managers know such things (CSL-JSON).

The desk is the author of the page and publishes it; whoever makes the claim stands in the title,
before what is claimed, so that no reference can be read as the desk's own finding. Everything here
is English whatever language a page is read in: a reference is the same for everybody, and the terms
around it are those of the styles.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self

from claims.editions.choices import TOMBSTONES, EditionKind

# The name an edition gives to whoever speaks when a publisher says something itself.
OWN_VOICE = "The publisher’s own voice"
ENDS_A_SENTENCE = ("?", "!", "…", "؟", "。")
FULL_STOPS = (".", "۔", "。")

Content = Mapping[str, Any]


@dataclass(frozen=True)
class Withdrawal:
    """That a claim no longer stands, since when, and which one stands for it if it was merged."""

    day: date
    into: str = ""

    @classmethod
    def of_edition(cls, content: Content, published_at: datetime) -> Self:
        """From the edition that stands where the claim stood."""
        return cls(published_at.date(), content.get("into", ""))

    @classmethod
    def on_record(cls, derived: Content) -> Self | None:
        """From all that is on record: whether the claim is withdrawn now."""
        last = derived["editions"][-1]
        if last["kind"] not in TOMBSTONES:
            return None
        survivor = derived.get("merged_into") if last["kind"] == EditionKind.MERGED else None
        day = datetime.fromisoformat(last["published_at"]).date()
        return cls(day, survivor["ref"] if survivor else "")

    @property
    def participle(self) -> str:
        return "Merged" if self.into else "Retracted"

    def words(self, day: str) -> str:
        """The sentence at the end of a reference, with the day as its style writes it."""
        return f"Merged into claim {self.into} on {day}." if self.into else f"Retracted on {day}."


@dataclass(frozen=True)
class Cited:
    """One edition, as it is cited. `number` and `day` are those of the words that are cited."""

    ref: str
    number: int
    day: date
    digest: str
    claimant: str
    statement: str
    language: str
    findings: str
    site: str
    url: str
    withdrawal: Withdrawal | None = None

    @classmethod
    def of_claim(
        cls,
        content: Content,
        *,
        number: int,
        published_at: datetime,
        digest: str,
        site: str,
        url: str,
        withdrawal: Withdrawal | None = None,
    ) -> Self:
        attribution, finding = content["attribution"]["label"], content["finding"]["label"]
        return cls(
            ref=content["ref"],
            number=number,
            day=published_at.date(),
            digest=digest,
            claimant=_one_line(content["claimant_name"]),
            statement=_one_line(content["statement"]),
            language=content["language"],
            findings=f"Was it said? {attribution}. Is it so? {finding}.",
            site=site,
            url=url,
            withdrawal=withdrawal,
        )

    @classmethod
    def of_withdrawn(
        cls, content: Content, *, site: str, url: str, withdrawal: Withdrawal | None
    ) -> Self:
        """From a tombstone, which keeps what is left to cite. `url`: of the edition it names."""
        cited = content["citation"]
        return cls(
            ref=content["ref"],
            number=cited["edition"],
            day=datetime.fromisoformat(cited["published_at"]).date(),
            digest=cited["digest"],
            claimant=_one_line(cited["claimant_name"]),
            statement=_one_line(cited["statement"]),
            language=cited["language"],
            findings="",
            site=site,
            url=url,
            withdrawal=withdrawal,
        )

    @property
    def id(self) -> str:
        return f"{self.ref}-v{self.number}"

    @property
    def lead(self) -> str:
        """What comes before the claimant's name in a title."""
        said_by = "in" if self.claimant == OWN_VOICE else "by"
        if self.withdrawal:
            return f"{self.withdrawal.participle} claim {said_by} "
        return f"Claim {said_by} "

    @property
    def speaker(self) -> str:
        """The claimant's name, as it stands inside a line."""
        if self.claimant == OWN_VOICE:
            return self.claimant[:1].lower() + self.claimant[1:]
        return self.claimant

    @property
    def claim(self) -> str:
        """The statement without its last full stop: the title ends as each style ends one."""
        return (
            self.statement.removesuffix(self.statement[-1:]).rstrip()
            if self._stopped
            else (self.statement)
        )

    @property
    def _stopped(self) -> bool:
        return self.statement.endswith(FULL_STOPS) and not self.statement.endswith("..")

    @property
    def title(self) -> str:
        return f"{self.lead}{self.speaker}: {self.claim}"

    @property
    def is_sentence(self) -> bool:
        """Whether the title ends with a sign after which no full stop is set."""
        return self.claim.endswith(ENDS_A_SENTENCE)

    @property
    def note(self) -> str:
        """What was found, and how to tell the edition from any other text."""
        withdrawn = (
            self.withdrawal.words(self.withdrawal.day.isoformat()) if self.withdrawal else ""
        )
        parts = (self.findings, withdrawn, f"SHA-256 {self.digest}")
        return " ".join(part for part in parts if part)

    def csl(self) -> dict[str, Any]:
        """The same as a CSL-JSON item: a page that the desk wrote and publishes, in a version."""
        return {
            "id": self.id,
            "type": "webpage",
            "title": self.title,
            "author": [{"literal": self.site}],
            "publisher": self.site,
            "version": str(self.number),
            "issued": {"date-parts": [[self.day.year, self.day.month, self.day.day]]},
            "URL": self.url,
            "language": self.language,
            "note": self.note,
            **({"status": self.withdrawal.participle.lower()} if self.withdrawal else {}),
        }


def _one_line(words: str) -> str:
    return " ".join(words.split())
