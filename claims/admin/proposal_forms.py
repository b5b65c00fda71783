"""What the desk says when it begins a draft from a proposal, or declines one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.choices import Harm
from claims.intake.models import Proposal
from claims.intake.models.proposal import LONGEST_ANSWER
from claims.models import Claim, Event
from claims.review.proposed import on_file
from sources.admin.suggesting import Suggestions
from sources.choices import AgentKind
from sources.models import Agent

FIELDS = (
    *("claimant", "claimant_role", "statement", "language", "made", "made_as_printed"),
    *("event", "aspect", "harm"),
)


class DeclineForm(forms.Form):
    """Why the desk does not go into it."""

    answer = forms.CharField(
        label=gettext_lazy("Why it is declined"),
        help_text=gettext_lazy("The partner reads this sentence."),
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class BeginForm(forms.ModelForm):
    """A draft as it was proposed, for the desk to put right. A claimant is chosen, or made."""

    new_claimant = forms.CharField(
        label=gettext_lazy("Or a claimant who is not on file yet"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    new_claimant_kind = forms.ChoiceField(
        label=gettext_lazy("What they are"),
        required=False,
        choices=[("", "–"), *AgentKind.choices],
    )
    field_order = ["claimant", "new_claimant", "new_claimant_kind"]

    class Meta:
        model = Claim
        fields = FIELDS

    def __init__(self, proposal: Proposal, site: Any, data: Any = None) -> None:
        super().__init__(data, initial=_initial(proposal))
        boxes: tuple[tuple[str, Any], ...] = (
            ("claimant", Agent.objects.standing()),
            ("event", Event.objects.standing()),
        )
        for name, rows in boxes:
            field: Any = self.fields[name]
            field.queryset = rows
            field.widget = Suggestions(Claim._meta.get_field(name), site)
            field.widget.choices = field.choices
        for field in self.fields.values():
            if isinstance(field.widget, forms.TextInput | forms.Textarea):
                field.widget.attrs |= {"dir": "auto"}
                field.widget.attrs.pop("maxlength", None)
        self.fields["statement"].widget.attrs["rows"] = 3

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        chosen, name = said.get("claimant"), said.get("new_claimant", "").strip()
        if bool(chosen) == bool(name) and not self.has_error("claimant"):
            self.add_error("claimant", _("Choose who says it, or name somebody new."))
        if name and not said.get("new_claimant_kind"):
            self.add_error("new_claimant_kind", _("Say what they are."))
        return said

    def _get_validation_exclusions(self) -> set[str]:
        """A claim without a claimant is refused above, in our words."""
        return {*super()._get_validation_exclusions(), "voice"}  # type: ignore[misc]

    def new_agent(self) -> Agent | None:
        """The claimant who is not on file yet."""
        if name := self.cleaned_data["new_claimant"].strip():
            kind = self.cleaned_data["new_claimant_kind"]
            return Agent(name=name, kind=kind, language=self.cleaned_data["language"])
        return None


def _initial(proposal: Proposal) -> dict[str, Any]:
    said = proposal.content
    claimant, event = on_file(said["claimant"]), said["event"] or {"ref": ""}
    made = said["made"] or {"edtf": "", "as_printed": ""}
    return {
        "claimant": claimant and claimant.pk,
        "new_claimant": "" if claimant else said["claimant"]["name"],
        "new_claimant_kind": "" if claimant else said["claimant"]["kind"],
        "claimant_role": said["claimant_role"],
        "statement": said["statement"],
        "language": said["language"],
        "made": made["edtf"],
        "made_as_printed": made["as_printed"],
        "event": Event.objects.standing().filter(ref=event["ref"]).first()
        if event["ref"]
        else None,
        "aspect": said["aspect"],
        "harm": Harm.SERIOUS,
    }
