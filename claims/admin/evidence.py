"""The two parts of a claim's page that hold evidence: was it said, and is it so?

Both are rows of one model; a piece moves to the other part by saying what it bears on.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget, RelatedFieldWidgetWrapper
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.choices import BearsOn
from claims.models import Claim, Evidence
from sources.admin.suggesting import Suggestions
from sources.choices import SourceKind
from sources.fields import valid_edtf, valid_language
from sources.models import Agent, Source

from .part import DeskPart
from .wording import WordsForm

# The field of the form, and the field of the source that it fills.
NEW = {
    "new_url": "url",
    "new_title": "title",
    "new_kind": "kind",
    "new_publisher": "publisher",
    "new_published": "published",
    "new_language": "language",
}


class EvidenceForm(WordsForm):
    """A piece of evidence, and with it a source that is not on file yet.

    The address of a source that is on file already stands for that source.
    """

    words_in = {"exact": "language", "prefix": "language", "suffix": "language"}

    by: Any = None  # who is signed in; set by the inline

    new_url = forms.URLField(
        label=gettext_lazy("Address"),
        required=False,
        max_length=2000,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"class": "vURLField", "placeholder": "https://"}),
    )
    new_title = forms.CharField(
        label=gettext_lazy("Title, as printed"),
        required=False,
        max_length=500,
        widget=AdminTextInputWidget(attrs={"dir": "auto"}),
    )
    new_kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        required=False,
        choices=SourceKind.choices,
        initial=SourceKind.ARTICLE,
    )
    new_publisher = forms.ModelChoiceField(
        label=gettext_lazy("Publisher"), required=False, queryset=Agent.objects.all()
    )
    new_published = forms.CharField(
        label=gettext_lazy("Published on"),
        required=False,
        max_length=60,
        validators=[valid_edtf],
        help_text=gettext_lazy("2024-02-11, or 2024-02. Empty when it is not known."),
        widget=AdminTextInputWidget,
    )
    new_language = forms.CharField(
        label=gettext_lazy("Language"),
        required=False,
        max_length=35,
        initial="en",
        validators=[valid_language],
        widget=AdminTextInputWidget,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.new_source: Source | None = None
        self.fields["source"].required = False
        for name in NEW:
            if name in self.fields:
                self.fields[name].widget.attrs.pop("maxlength", None)
                self.fields[name].disabled = bool(self.instance.pk)

    def clean(self) -> None:
        super().clean()
        if not self.cleaned_data.get("source") and "source" not in self.errors:
            self._clean_source()
        source, said = self.cleaned_data.get("source"), self.cleaned_data
        if said.get("exact") and not said.get("language"):
            said["language"] = source.language if source else said.get("new_language", "")

    def _clean_source(self) -> None:
        """The source named by what was typed: on file under that address, or new."""
        typed = {field: self.cleaned_data.get(name) for name, field in NEW.items()}
        if not typed["url"] and not typed["title"]:
            self.add_error("source", _("Choose a source on file, or enter a new one."))
            return
        on_file = Source.objects.visible_to(self.by).filter(url=typed["url"]).first()
        if typed["url"] and on_file:
            self.cleaned_data["source"] = on_file
            return
        if any(name in self.errors for name in NEW):
            return
        source = Source(**{field: value for field, value in typed.items() if value})
        source.created_by = self.by
        try:
            source.full_clean(exclude=["created_by"])
        except ValidationError as error:
            asked = {field: name for name, field in NEW.items()}
            for field, messages in error.message_dict.items():
                self.add_error(asked.get(field, "source"), messages)
        else:
            self.new_source = source
            self.cleaned_data["source"] = source

    def _post_clean(self) -> None:
        """The row's own rules are checked without the source where that is not on file yet."""
        source = self.cleaned_data.get("source")
        if self.new_source is not None:
            del self.cleaned_data["source"]
        super()._post_clean()  # type: ignore[misc]
        if source is not None:
            self.cleaned_data["source"] = source

    def save(self, commit: bool = True) -> Evidence:  # noqa: FBT001, FBT002
        if self.new_source is not None:
            self.new_source.save()
            self.instance.source = self.new_source
        evidence: Evidence = super().save(commit)
        return evidence


class EvidenceInline(DeskPart):
    """Pieces from protected sources are shown to those only who may see the source."""

    model = Evidence
    form = EvidenceForm
    autocomplete_fields = ["source"]
    verbose_name = gettext_lazy("piece of evidence")
    bears_on: tuple[BearsOn, ...]
    prefix: str
    first: list[Any]
    more: list[Any]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Evidence]:
        evidence = super().get_queryset(request).select_related("claim", "source__publisher")
        return evidence.filter(
            bears_on__in=self.bears_on, source__in=Source.objects.visible_to(request.user)
        )

    def get_fieldsets(self, request: HttpRequest, obj: Claim | None = None) -> Any:
        fieldsets: list[Any] = [
            (None, {"fields": ["source"]}),
            (None, {"fields": self.first}),
            (
                gettext_lazy("More about this piece"),
                {"fields": self.more, "classes": ["collapse"]},
            ),
        ]
        if request.user.has_perm("sources.add_source") and (obj is None or obj.can_be_edited):
            new = [
                ("new_url", "new_title"),
                ("new_kind", "new_publisher", "new_published", "new_language"),
            ]
            title = gettext_lazy("Not on file yet? Enter the source here")
            classes = ["only-new", *(["collapse"] if obj else [])]
            fieldsets.insert(1, (title, {"fields": new, "classes": classes}))
        return fieldsets

    def get_formset(self, request: HttpRequest, obj: Claim | None = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        formset.get_default_prefix = classmethod(lambda _formset: self.prefix)
        assert isinstance(request.user, User)  # noqa: S101 - admin_view has let them in
        formset.form.by = request.user
        fields = formset.form.base_fields
        fields["bears_on"].initial = self.bears_on[0]
        if obj is not None:
            fields["new_language"].initial = obj.language
        publisher = Source._meta.get_field("publisher")
        fields["new_publisher"].widget = RelatedFieldWidgetWrapper(
            Suggestions(publisher, self.admin_site, choices=fields["new_publisher"].choices),
            publisher.remote_field,
            self.admin_site,
            can_add_related=request.user.has_perm("sources.add_agent"),
            can_change_related=False,
            can_delete_related=False,
            can_view_related=False,
        )
        return formset

    def in_short(self, row: Evidence) -> str:
        known = [row.source.publisher, row.source.published or row.source.published_as_printed]
        quoted = f"“{Truncator(row.exact).chars(120)}”" if row.exact else ""
        named = (row.source, *known, row.get_stance_display(), row.get_basis_display(), quoted)
        return " · ".join(str(one) for one in named if one)


class AttributionInline(EvidenceInline):
    """What shows that it was said. With a quotation, a piece is the claim's appearance."""

    part = "attribution"
    bears_on = (BearsOn.ATTRIBUTION,)
    prefix = "evidence"
    first = ["exact", ("language", "locator")]
    more = [
        ("bears_on", "stance", "basis", "credibility"),
        ("prefix", "suffix"),
        "note",
    ]

    def get_extra(self, request: HttpRequest, obj: Claim | None = None, **kwargs: Any) -> int:
        if obj is None:
            return 1
        missing = obj.can_be_edited and not obj.evidence.filter(bears_on__in=self.bears_on).exists()
        return int(missing)


class ContentInline(EvidenceInline):
    """What bears on whether it is so, and what surrounds it."""

    part = "content"
    bears_on = (BearsOn.CONTENT, BearsOn.CONTEXT)
    prefix = "content"
    first = [
        ("bears_on", "stance", "basis", "credibility"),
        "exact",
        ("language", "locator"),
    ]
    more = [("prefix", "suffix"), "note"]
