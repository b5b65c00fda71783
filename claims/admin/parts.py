"""What belongs to one claim, on the claim's own page, in the order of work."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import ForeignKey, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.choices import Axis
from claims.models import (
    About,
    Assessment,
    Claim,
    Figure,
    Relation,
    Translation,
    VerificationStatus,
)
from claims.review.warnings import SAID

from .beginning import ANSWER
from .evidence import AttributionInline, ContentInline
from .part import DeskPart
from .record import headline
from .replies import ReplyInline
from .wording import WordsForm


class AboutInline(DeskPart):
    """Whom the claim is about stands with who says it, in one part."""

    part = SAID
    model = About
    fields = ["agent"]
    autocomplete_fields = ["agent"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[About]:
        return super().get_queryset(request).select_related("claim", "agent")

    def get_extra(self, request: HttpRequest, obj: Claim | None = None, **kwargs: Any) -> int:
        return int(obj is None or (obj.can_be_edited and not obj.about.exists()))


class FigureForm(WordsForm):
    words_in = {"words": "language"}


class FigureInline(DeskPart):
    part = "figures"
    model = Figure
    form = FigureForm
    fields = [
        ("words", "language"),
        ("harm", "population", "subgroup"),
        ("bound", "minimum", "maximum", "rule"),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Figure]:
        return super().get_queryset(request).select_related("claim")


class RelationInline(DeskPart):
    part = "relations"
    model = Relation
    form = WordsForm
    fk_name = "claim"
    fields = [("relation", "target")]
    autocomplete_fields = ["target"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Relation]:
        return super().get_queryset(request).select_related("claim", "target__claimant")

    def get_extra(self, request: HttpRequest, obj: Claim | None = None, **kwargs: Any) -> int:
        return int(ANSWER in request.GET)

    def in_short(self, row: Relation) -> str:
        return f"{row.get_relation_display()} · {headline(row.target)}"


class AssessmentForm(WordsForm):
    words_in = {"rationale": "language", "methods": "language"}


class AssessmentInline(DeskPart):
    """Answers are added, never changed: the newest counts."""

    part = "assessment"
    model = Assessment
    form = AssessmentForm
    fieldsets = [
        (None, {"fields": [("attribution", "finding"), "rationale", ("language", "methods")]}),
        (None, {"fields": [("assessed_by", "assessed_at")], "classes": ["only-kept"]}),
    ]
    readonly_fields = ["assessed_by", "assessed_at"]
    ordering = ["-pk"]

    def get_extra(self, request: HttpRequest, obj: Claim | None = None, **kwargs: Any) -> int:
        return int(obj is None or (obj.can_be_edited and not obj.assessments.exists()))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Assessment]:
        rows = super().get_queryset(request)
        return rows.select_related("claim", "attribution", "finding", "assessed_by")

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> Any:
        axes = {"attribution": Axis.ATTRIBUTION, "finding": Axis.CONTENT}
        if axis := axes.get(db_field.name):
            kwargs["queryset"] = VerificationStatus.objects.on_axis(axis)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class TranslationForm(WordsForm):
    """A translation, and whether somebody else has read it against the original."""

    words_in = {"text": "language", "rationale": "language"}

    reviewed = forms.BooleanField(
        label=gettext_lazy("Read against the original"),
        required=False,
        help_text=gettext_lazy(
            "Tick this in your own name, on somebody else’s translation. Only then is it "
            "published. A change of the words takes it back."
        ),
    )
    reviewer: Any = None  # who is signed in; set by the inline

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reviewed"].initial = bool(self.instance.reviewed_by_id)

    def clean(self) -> None:
        super().clean()
        own = self.instance._state.adding or self.instance.created_by_id == self.reviewer.pk
        newly = not self.instance.reviewed_by_id or self._words_changed()
        if self.cleaned_data.get("reviewed") and newly and own:
            raise ValidationError({"reviewed": _("Nobody reviews their own translation.")})

    def save(self, commit: bool = True) -> Translation:  # noqa: FBT001, FBT002
        if not self.cleaned_data["reviewed"]:
            self.instance.reviewed_by = None
        elif not self.instance.reviewed_by_id or self._words_changed():
            self.instance.reviewed_by = self.reviewer
        translation: Translation = super().save(commit)
        return translation

    def _words_changed(self) -> bool:
        return not {"text", "rationale", "language"}.isdisjoint(self.changed_data)


class TranslationInline(DeskPart):
    part = "translations"
    model = Translation
    form = TranslationForm
    fieldsets = [
        (None, {"fields": [("language", "method", "translator"), "text", "rationale"]}),
        (None, {"fields": [("reviewed", "reviewed_by", "created_by")], "classes": ["only-kept"]}),
    ]
    readonly_fields = ["reviewed_by", "created_by"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Translation]:
        rows = super().get_queryset(request)
        return rows.select_related("claim", "reviewed_by", "created_by")

    def get_formset(self, request: HttpRequest, obj: Claim | None = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.reviewer = request.user
        return formset


PARTS = [
    AboutInline,
    AttributionInline,
    ContentInline,
    FigureInline,
    RelationInline,
    AssessmentInline,
    ReplyInline,
    TranslationInline,
]
# What a claim needs before it can be reviewed; the rest is added on its own page.
AT_FIRST = [AboutInline, AttributionInline, AssessmentInline]
