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
    Assessment,
    Claim,
    Evidence,
    Figure,
    Relation,
    ReplyRequest,
    Translation,
    VerificationStatus,
)
from sources.admin.desk import DeskStacked, DeskTabular
from sources.models import Source


class EvidenceInline(DeskStacked):
    """Pieces from protected sources are shown to those only who may see the source."""

    model = Evidence
    fields = [
        "source",
        ("bears_on", "stance", "basis", "credibility"),
        "exact",
        ("prefix", "suffix", "language"),
        ("locator", "note"),
    ]
    autocomplete_fields = ["source"]
    verbose_name_plural = gettext_lazy(
        "evidence: what shows that it was said, and whether it is so"
    )

    def get_extra(self, request: HttpRequest, obj: Claim | None = None, **kwargs: Any) -> int:
        return 0 if obj else 1

    def get_queryset(self, request: HttpRequest) -> QuerySet[Evidence]:
        evidence = super().get_queryset(request).select_related("claim", "source")
        return evidence.filter(source__in=Source.objects.visible_to(request.user))


class FigureInline(DeskStacked):
    model = Figure
    fields = [
        ("words", "language"),
        ("harm", "population", "subgroup"),
        ("bound", "minimum", "maximum", "rule"),
    ]
    verbose_name_plural = gettext_lazy("figures, as worded")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Figure]:
        return super().get_queryset(request).select_related("claim")


class RelationInline(DeskTabular):
    model = Relation
    fk_name = "claim"
    fields = ["relation", "target"]
    autocomplete_fields = ["target"]
    verbose_name_plural = gettext_lazy("what this claim does to other claims")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Relation]:
        return super().get_queryset(request).select_related("claim", "target")


class AssessmentInline(DeskStacked):
    """Answers are added, never changed: the newest counts."""

    model = Assessment
    fields = [
        ("attribution", "finding"),
        "rationale",
        ("language", "methods"),
        ("assessed_by", "assessed_at"),
    ]
    readonly_fields = ["assessed_by", "assessed_at"]
    ordering = ["-pk"]
    verbose_name_plural = gettext_lazy("assessment: the answers to both questions")

    def get_extra(self, request: HttpRequest, obj: Claim | None = None, **kwargs: Any) -> int:
        return 0 if obj and obj.assessments.exists() else 1

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


class ReplyInline(DeskStacked):
    model = ReplyRequest
    fields = [("party", "channel"), ("asked_on", "deadline", "state"), "text", "answer"]
    autocomplete_fields = ["party"]
    verbose_name_plural = gettext_lazy("right of reply")

    def get_queryset(self, request: HttpRequest) -> QuerySet[ReplyRequest]:
        return super().get_queryset(request).select_related("claim", "party")


class TranslationForm(forms.ModelForm):
    """A translation, and whether somebody else has read it against the original."""

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


class TranslationInline(DeskStacked):
    model = Translation
    form = TranslationForm
    fields = [
        ("language", "method", "translator"),
        "text",
        "rationale",
        ("reviewed", "reviewed_by", "created_by"),
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
    EvidenceInline,
    FigureInline,
    RelationInline,
    AssessmentInline,
    ReplyInline,
    TranslationInline,
]
