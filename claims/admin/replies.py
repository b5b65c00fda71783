"""The right of reply on a claim's page: whom we asked, until when, and what became of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims.choices import BearsOn, ReplyState, Stance
from claims.models import ReplyRequest
from sources.fields import valid_language

from .part import DAY, DeskPart
from .wording import WordsForm


class ReplyForm(WordsForm):
    """An answer that was written down makes a request answered, today unless another day is named.

    Nobody has to say the same thing in three fields.
    """

    def clean(self) -> None:
        super().clean()
        said = self.cleaned_data
        if said.get("answer", "").strip() and said.get("state") == ReplyState.OPEN:
            said["state"] = ReplyState.ANSWERED
        if said.get("state") == ReplyState.ANSWERED and not said.get("answered_on"):
            said["answered_on"] = timezone.localdate()


class ReplyInline(DeskPart):
    part = "replies"
    model = ReplyRequest
    form = ReplyForm
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("party", "channel"),
                    ("asked_on", "deadline", "reminded_on"),
                    "text",
                    ("state", "answered_on"),
                    "answer",
                ]
            },
        ),
        (None, {"fields": ["filing"], "classes": ["only-kept"]}),
    ]
    readonly_fields = ["filing"]
    autocomplete_fields = ["party"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ReplyRequest]:
        return super().get_queryset(request).select_related("claim", "party", "source")

    def in_short(self, row: ReplyRequest) -> str:
        return f"{row.party} · {row.asked_on} – {row.deadline} · {row.get_state_display()}"

    @admin.display(description=_("The answer as a source"))
    def filing(self, row: ReplyRequest) -> str | SafeString:
        """An answer is words of somebody's own: it is filed like any other."""
        if row.state != ReplyState.ANSWERED:
            return gettext("Once there is an answer, and the claim is saved, it can be filed here.")
        if row.source is None:
            return format_html(
                '<a class="act" href="{}">{}</a>',
                reverse("admin:claims_claim_file_answer", args=[row.claim_id, row.pk]),
                _("File the answer as a source"),
            )
        return format_html(
            '<a href="{}"><bdi>{}</bdi></a> · <a class="act" href="{}?answer={}">{}</a>',
            reverse("admin:sources_source_change", args=[row.source_id]),
            row.source,
            reverse("admin:claims_claim_add"),
            row.pk,
            _("Start a claim from this answer"),
        )


class FilingForm(forms.Form):
    """What has to be said of an answer to file it as a source; most of it is known."""

    title = forms.CharField(
        label=_("Title"),
        max_length=500,
        help_text=_("In neutral words: what it is, not what it says."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    language = forms.CharField(
        label=_("Language of the answer"), max_length=35, validators=[valid_language]
    )
    published = forms.DateField(label=_("Answered on"), widget=DAY)
    bears_on = forms.ChoiceField(label=_("It bears on"), choices=BearsOn.choices)
    stance = forms.ChoiceField(label=_("What it does to the claim"), choices=Stance.choices)

    def said(self) -> dict[str, Any]:
        """What was answered, in the words of the desk's own types."""
        said = self.cleaned_data
        return {
            **said,
            "bears_on": BearsOn(said["bears_on"]),
            "stance": Stance(said["stance"]),
        }
