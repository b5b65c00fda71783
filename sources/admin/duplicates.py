"""Two rows for one thing: choose the one that stands, see all that will point to it, merge.

Writing the row of the merge is what does it; the database points everything to the survivor. What
follows is told before, part by part: whoever has rows that point to agents or sources adds a
function to `CONSEQUENCES`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Self

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sources.refusals import in_words

from .desk import DeskAdmin
from .suggesting import Suggestions

SHOWN = 25  # rows of a part; beyond that their number is told
READ = frozenset({"GET", "HEAD"})


@dataclass(frozen=True)
class Row:
    """One thing that a merge reaches, and what becomes of it."""

    text: str
    url: str = ""
    becomes: str = ""
    language: str = ""


@dataclass(frozen=True)
class Part:
    """All things of one kind that a merge reaches."""

    title: str
    count: int
    rows: list[Row] = field(default_factory=list)
    note: str = ""

    @property
    def more(self) -> int:
        return self.count - len(self.rows)


# What a merge of two rows of a model means for others: (merged, survivor, request) → parts.
Consequence = Callable[[Any, Any, HttpRequest], Iterable[Part]]
CONSEQUENCES: dict[type[models.Model], list[Consequence]] = {}


def tells(
    model: type[models.Model], *, first: bool = False
) -> Callable[[Consequence], Consequence]:
    """Have the page that merges two rows of this model tell what the function finds."""

    def add(consequence: Consequence) -> Consequence:
        told = CONSEQUENCES.setdefault(model, [])
        told.insert(0 if first else len(told), consequence)
        return consequence

    return add


class AnotherForm(forms.Form):
    """Names another row: from what is suggested, or by its ref where no script runs."""

    into: Any = forms.ModelChoiceField(queryset=None, required=False)
    ref = forms.CharField(
        label=gettext_lazy("Or its ref"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )

    def choose_from(self, rows: models.QuerySet[Any], widget: forms.Widget) -> Self:
        """Which rows can be named, and how they are suggested."""
        into: Any = self.fields["into"]
        into.queryset = rows
        into.widget = widget
        into.widget.choices = into.choices
        into.label = _("The one that stands for both")
        into.error_messages["invalid_choice"] = _(
            "Choose one that stands: another one, which was not merged or withdrawn itself."
        )
        return self

    def clean(self) -> None:
        super().clean()
        if self.cleaned_data.get("into") or self.has_error("into"):
            return
        rows: Any = self.fields["into"].queryset  # type: ignore[attr-defined]
        ref = str(self.cleaned_data.get("ref", "")).strip().upper()
        found = rows.filter(ref=ref).first() if ref else None
        if found is None:
            self.add_error("into", _("Choose the one that stands for both."))
        self.cleaned_data["into"] = found


class ReasonForm(AnotherForm):
    """The survivor, and why the two are one."""

    reason = forms.CharField(
        label=gettext_lazy("Why these are the same"),
        help_text=gettext_lazy("For the desk; stays on file with both."),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class StandingFilter(admin.SimpleListFilter):
    """Lists show what stands; what was merged is found when it is asked for."""

    title = gettext_lazy("duplicates")
    parameter_name = "merged"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("yes", _("merged into another"))]

    def choices(self, changelist: Any) -> Iterator[Any]:
        standing, *rest = super().choices(changelist)
        yield {**standing, "display": _("those that stand")}
        yield from rest

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(merge__isnull=False) if self.value() else queryset.standing()


class DuplicatesAdmin(DeskAdmin):
    """Rows that may turn out to be the same as another one."""

    merge_model: Any  # a kind of Merge
    compared: tuple[str, ...] = ()  # fields in which the two should agree
    taken_over = gettext_lazy("Only what the one that stands says is kept.")
    change_form_template = "admin/merge_change_form.html"

    def get_urls(self) -> list[URLPattern]:
        address = f"{self.opts.app_label}_{self.opts.model_name}_merge"
        wrap = self.admin_site.admin_view
        return [path("<int:pk>/merge/", wrap(self.merge_view), name=address), *super().get_urls()]

    def may_merge(self, request: HttpRequest) -> bool:
        opts = self.merge_model._meta
        return bool(request.user.has_perm(f"{opts.app_label}.add_{opts.model_name}"))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was merged is there to be read; the database refuses what is sent nonetheless."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (request.method not in READ or getattr(obj, "merge", None) is None)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and getattr(obj, "merge", None) is None

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        suggesting = request.resolver_match and request.resolver_match.url_name == "autocomplete"
        rows = queryset.standing() if suggesting else queryset
        return super().get_search_results(request, rows, search_term)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        row = kwargs.get("obj")
        if row is not None:
            context |= self._told_on_the_page(request, row)
        return super().render_change_form(request, context, *args, **kwargs)

    def _told_on_the_page(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        """Into what it was merged, what was merged into it, and the way to a merge."""
        merge = getattr(row, "merge", None)
        here = list(row.merges.select_related("merged", "merged_by"))
        visible = self.get_queryset(request).in_bulk(
            [one.merged_id for one in here] + ([merge.into_id] if merge else [])
        )
        return {
            "merge": merge,
            "merge_survivor": visible.get(merge.into_id) if merge else None,
            "merged_here": [(one, visible.get(one.merged_id)) for one in here],
            "may_merge": merge is None and self.may_merge(request),
        }

    def merge_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Choose the survivor; see what follows; say why, and do it."""
        row = self.get_object(request, str(pk))
        if row is None:
            raise Http404
        if not self.has_view_permission(request, row) or not self.may_merge(request):
            raise PermissionDenied
        if getattr(row, "merge", None) is not None:
            told = _("This was merged into another already.")
            self.message_user(request, told, messages.WARNING)
            return HttpResponseRedirect(self._page_of(row))
        everything: Any = self.get_queryset(request)
        rows = everything.standing().exclude(pk=row.pk)
        widget = Suggestions(self.merge_model._meta.get_field("into"), self.admin_site)
        if request.method == "POST":
            return self._merge(request, row, ReasonForm(request.POST).choose_from(rows, widget))
        if "into" not in request.GET and "ref" not in request.GET:
            return self._ask(request, row, AnotherForm().choose_from(rows, widget))
        chosen = AnotherForm(request.GET).choose_from(rows, widget)
        if not chosen.is_valid():
            return self._ask(request, row, chosen)
        said = {"reason": request.GET.get("reason", "")}  # before another one was chosen
        reason = ReasonForm(initial=said).choose_from(rows, forms.HiddenInput())
        return self._ask(request, row, reason, chosen.cleaned_data["into"])

    def _merge(self, request: HttpRequest, row: Any, form: ReasonForm) -> HttpResponse:
        complete = form.is_valid()
        survivor = form.cleaned_data.get("into")
        if complete:
            merge = self.merge_model(
                merged=row,
                into=survivor,
                reason=form.cleaned_data["reason"],
                merged_by=request.user,
            )
            try:
                with transaction.atomic():
                    merge.save()
            except IntegrityError as error:
                form.add_error(None, in_words(error))
            else:
                return self._done(request, row, survivor)
        form.fields["into"].widget = forms.HiddenInput()
        return self._ask(request, row, form, survivor)

    def _done(self, request: HttpRequest, row: Any, survivor: Any) -> HttpResponse:
        self.log_change(request, row, _("merged into %(ref)s") % {"ref": survivor.ref})
        self.log_change(request, survivor, _("%(ref)s was merged into it") % {"ref": row.ref})
        told = _("%(merged)s was merged. Everything that pointed to it points here now.")
        self.message_user(request, told % {"merged": row.ref}, messages.SUCCESS)
        return HttpResponseRedirect(self._page_of(survivor))

    def _ask(
        self, request: HttpRequest, row: Any, form: AnotherForm, survivor: Any = None
    ) -> HttpResponse:
        found = CONSEQUENCES.get(self.model, []) if survivor is not None else []
        parts = [part for told in found for part in told(row, survivor, request) if part.count]
        if survivor is not None:
            form.initial["into"] = survivor.pk
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": row,
            "title": _("Merge into another"),
            "subtitle": None,
            "row": row,
            "row_page": self._page_of(row),
            "list_page": reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"),
            "form": form,
            "survivor": survivor,
            "survivor_page": self._page_of(survivor) if survivor is not None else "",
            "parts": parts,
            "differences": self._differences(row, survivor) if survivor is not None else [],
            "taken_over": self.taken_over,
            "media": self.media + form.media,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/merge_rows.html", context)

    def _differences(self, row: Any, survivor: Any) -> list[tuple[str, str, str]]:
        """What the two do not agree on: the field, and what each says."""
        found = []
        for name in self.compared:
            said = [_said(one, name) for one in (row, survivor)]
            if said[0] != said[1]:
                label = str(self.opts.get_field(name).verbose_name)  # type: ignore[union-attr]
                found.append((capfirst(label), said[0] or "–", said[1] or "–"))
        return found

    def _page_of(self, row: Any) -> str:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        return reverse(name, args=[row.pk])


def _said(row: Any, name: str) -> str:
    shown = getattr(row, f"get_{name}_display", None)
    value = shown() if shown else getattr(row, name)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value) if value else ""
