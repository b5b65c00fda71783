"""What some moves ask beyond a note: the kind of change, another claim, what to take along."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.forms.widgets import Script
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.choices import ChangeKind, State
from claims.editions.corrections import Correction
from claims.models import Claim, Evidence, Move, Relation
from claims.moves import MERGE, MOVES, REDACT, REVISE, SPLIT
from sources.admin.duplicates import AnotherForm
from sources.admin.suggesting import Suggestions
from sources.models import Source

from .moving import LONGEST_NOTE, MoveForm
from .redacting import RedactForm


def form_for(
    action: str,
    claim: Claim,
    user: User,
    site: Any,
    *,
    data: Any = None,
) -> MoveForm:
    """The form of a move of this claim, for this person."""
    if action == REVISE.action:
        return ReviseForm(action, needs_note=True, data=data)
    if action == MERGE.action:
        return MergeForm(claim, site, data=data)
    if action == REDACT.action:
        return RedactForm(claim, data=data)
    if action == SPLIT.action:
        return SplitForm(claim, user, data=data)
    needs_note = any(move.needs_note for move in MOVES if move.action == action)
    return MoveForm(action, needs_note=needs_note, data=data)


def _lines(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )


class ReviseForm(MoveForm):
    """The kind of change, and what readers are told of it: for a correction in three parts."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of change"),
        choices=[one for one in ChangeKind.choices if one[0] != ChangeKind.REDACTED],
        widget=forms.RadioSelect(attrs={"data-kinds": "true"}),
    )
    was = _lines(
        gettext_lazy("A correction: what was"), gettext_lazy("What we published, in short.")
    )
    now = _lines(gettext_lazy("A correction: what is"), gettext_lazy("What is right instead."))
    why = _lines(
        gettext_lazy("A correction: why"), gettext_lazy("How it came about, or how we learned it.")
    )

    field_order = ["kind", "note", "was", "now", "why"]

    class Media:
        js = [Script("desk/moves.js", defer=True)]
        css = {"all": ["desk/merge.css"]}

    def __init__(self, action: str, *, needs_note: bool, data: Any = None) -> None:
        super().__init__(action, needs_note=needs_note, data=data)
        self.fields["note"].required = False  # unless it is no correction, see below

    def clean(self) -> None:
        super().clean()
        said = self.cleaned_data
        missing = _("Readers are told this: please write it down.")
        if said.get("kind") != ChangeKind.CORRECTED:
            if not said.get("note") and not self.has_error("note"):
                self.add_error("note", missing)
        elif Correction.read(said.get("note", "")) is None:
            parts = {name: said.get(name, "").strip() for name in ("was", "now", "why")}
            for name, part in parts.items():
                if not part and not self.has_error(name):
                    self.add_error(name, missing)
            said["note"] = str(Correction(**parts))


class MergeForm(MoveForm, AnotherForm):
    """Which claim stands for both, and why."""

    page = "merge"
    field_order = ["into", "ref", "note"]

    class Media:
        css = {"all": ["desk/merge.css"]}

    def __init__(self, claim: Claim, site: Any, data: Any = None) -> None:
        super().__init__(MERGE.action, needs_note=True, data=data)
        standing = Claim.objects.exclude(pk=claim.pk).exclude(
            state__in=[State.RETRACTED, State.MERGED]
        )
        self.choose_from(standing, Suggestions(Move._meta.get_field("other"), site))
        self.claim = claim

    @property
    def said_of_it(self) -> QuerySet[Relation]:
        """What other claims say of this one: it will count for the survivor."""
        return self.claim.related_by.select_related("claim__claimant").order_by("pk")


class SplitForm(MoveForm):
    """What the part says, and which evidence and figures it takes along."""

    statement = forms.CharField(
        label=gettext_lazy("Statement of the part"),
        help_text=gettext_lazy("One proposition, in neutral words."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    evidence = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Evidence to take along"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    figures = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Figures to take along"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    field_order = ["statement", "evidence", "figures", "note"]

    class Media:
        css = {"all": ["desk/merge.css"]}

    def __init__(self, claim: Claim, user: User, data: Any = None) -> None:
        super().__init__(SPLIT.action, needs_note=True, data=data)
        self.fields["statement"].widget.attrs.pop("maxlength", None)
        visible = set(
            Source.objects.visible_to(user)
            .filter(evidence__claim=claim)
            .values_list("pk", flat=True)
        )
        pieces = claim.evidence.select_related("source").order_by("pk")
        evidence: Any = self.fields["evidence"]
        evidence.choices = [(one.pk, _piece(one, one.source_id in visible)) for one in pieces]
        figures: Any = self.fields["figures"]
        figures.choices = [
            (
                one.pk,
                _("%(harm)s: %(words)s") % {"harm": one.get_harm_display(), "words": one.words},
            )
            for one in claim.figures.order_by("pk")
        ]
        for name in ("evidence", "figures"):
            if not self.fields[name].choices:  # type: ignore[attr-defined]
                del self.fields[name]

    def clean(self) -> None:
        super().clean()
        for name in ("evidence", "figures"):
            self.cleaned_data.setdefault(name, [])


def _piece(one: Evidence, visible: bool) -> str:  # noqa: FBT001
    """A piece of evidence in one line; of a protected source what everybody may know."""
    title = one.source.title if visible else one.source.placeholder
    said = Truncator(one.exact).chars(120) if visible and one.exact else ""
    named = {"source": title, "bears_on": one.get_bears_on_display(), "words": said}
    if said:
        return _("%(source)s (%(bears_on)s): “%(words)s”") % named
    return _("%(source)s (%(bears_on)s)") % named
