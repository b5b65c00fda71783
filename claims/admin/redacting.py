"""Taking earlier editions out of the record: which, and what will be gone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from claims.choices import ChangeKind, State
from claims.editions.models import Edition
from claims.models import Claim
from claims.moves import REDACT
from claims.web.people import headline

from .moving import MoveForm


@dataclass(frozen=True)
class Gone:
    """An edition that still holds its content, and what of it would be gone."""

    edition: Edition
    claimant: str
    statement: str
    holds: str

    @property
    def name(self) -> str:
        return _("Edition %(number)s, %(day)s (%(kind)s)") % {
            "number": self.edition.number,
            "day": date_format(self.edition.published_at, "DATE_FORMAT"),
            "kind": self.edition.get_kind_display(),
        }

    @classmethod
    def of(cls, edition: Edition) -> Gone:
        content = edition.document
        said = content.get("citation", content)
        pieces = len(content.get("evidence", []))
        holds = (
            ngettext("with %(n)s piece of evidence", "with %(n)s pieces of evidence", pieces)
            % {"n": pieces}
            if "evidence" in content
            else _("with the reason")
        )
        return cls(edition, said["claimant_name"], said["statement"], holds)

    @property
    def line(self) -> str:
        return _("%(edition)s, %(holds)s: %(claim)s") % {
            "edition": self.name,
            "claim": f"\u2068{headline(self.claimant, self.statement)}\u2069",
            "holds": self.holds,
        }


def still_held(claim: Claim) -> list[Gone]:
    found = Edition.objects.filter(ref=claim.ref, redacted_in=None).order_by("number")
    return [Gone.of(edition) for edition in found]


def what_goes(claim: Claim) -> str:
    """What publishing this draft takes out of the record, in a sentence; mostly nothing."""
    if claim.change_kind != ChangeKind.REDACTED:
        return ""
    numbers = ", ".join(str(number) for number in claim.redacts)
    return ngettext(
        "With it the content of edition %(numbers)s is taken out of the record, for good: nobody "
        "can bring it back.",
        "With it the content of the editions %(numbers)s is taken out of the record, for good: "
        "nobody can bring it back.",
        len(claim.redacts),
    ) % {"numbers": numbers}


class RedactForm(MoveForm):
    """Which editions, and what readers are told in their place."""

    page = "redact"
    field_order = ["editions", "note"]

    editions = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Editions to take out"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one edition.")},
    )

    class Media:
        css = {"all": ["desk/merge.css"]}

    def __init__(self, claim: Claim, data: Any = None) -> None:
        super().__init__(REDACT.action, needs_note=True, data=data)
        self.held = still_held(claim)
        editions: Any = self.fields["editions"]
        editions.choices = [(one.edition.number, one.line) for one in self.held]
        if data is None and claim.redacts and claim.state == State.DRAFT:  # begun already
            self.initial = {"editions": claim.redacts, "note": claim.change_note}
