"""What every page of the desk has in common, whatever it is about.

The database has the last word: when it refuses, the form comes back with everything that was typed
and the sentence of the refusal on top.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from sources.refusals import in_words

from .suggesting import Suggestions

# The columns that say who entered a row. Never asked for: it is the person who is signed in.
AUTHORS = frozenset({"assessed_by", "assigned_by", "created_by", "merged_by", "rated_by"})


def sign(row: models.Model, by: Any) -> None:
    """Enter a new row in the name of the person who is signed in."""
    if row._state.adding:
        for field in row._meta.concrete_fields:
            if field.name in AUTHORS:
                setattr(row, field.name, by)


class Desk:
    """For models and inlines: what a model says of its rows binds everybody, superusers too."""

    model: type[models.Model]

    def has_add_permission(self, request: HttpRequest, *parent: Any) -> bool:
        return not self._is("read_only") and super().has_add_permission(request, *parent)  # type: ignore[misc]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed: bool = super().has_change_permission(request, obj)  # type: ignore[misc]
        return allowed and not self._is("append_only", "read_only")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed: bool = super().has_delete_permission(request, obj)  # type: ignore[misc]
        return allowed and not self._is("append_only", "read_only", "kept")

    def _is(self, *promises: str) -> bool:
        return any(getattr(self.model, promise, False) for promise in promises)

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest | None, **kwargs: Any
    ) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        widget = getattr(field, "widget", None)
        if isinstance(widget, forms.TextInput | forms.Textarea):
            widget.attrs["dir"] = "auto"
            # A browser cuts off what is pasted beyond it, and says nothing.
            widget.attrs.pop("maxlength", None)
        if isinstance(widget, forms.Textarea):
            widget.attrs["rows"] = 3
        return field

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> Any:
        rows: Any = db_field.related_model._default_manager.all()
        if hasattr(rows, "visible_to"):
            kwargs.setdefault("queryset", rows.visible_to(request.user))
        if db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]
            kwargs.setdefault("widget", Suggestions(db_field, self.admin_site))  # type: ignore[attr-defined]
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]


class DeskAdmin(Desk, admin.ModelAdmin):
    """A model at the desk."""

    actions = None  # Work on many rows at once goes through moves, never past them.
    show_full_result_count = False
    list_per_page = 50
    # Rows that carry the title of a source: the history has more readers than protected sources.
    unnamed_in_history: tuple[type[models.Model], ...] = ()
    # The field that holds what somebody would type to find a row.
    named_by = ""

    def in_a_box(self, row: Any) -> str:
        """What a box shows of the row that was chosen in it."""
        return str(row)

    def suggested(self, row: Any) -> str:
        """What tells this row from its namesakes, in a box that suggests rows."""
        return ""

    def to_suggest(self, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """These rows with all that `suggested` says of them."""
        return rows

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        rows: Any = super().get_queryset(request)
        return rows.visible_to(request.user) if hasattr(rows, "visible_to") else rows

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """What is known only once a row is on file is not shown before."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is not None:
            return fieldsets
        known_later = set(self.get_readonly_fields(request, obj))
        return [part for part in fieldsets if not known_later >= set(flatten_fieldsets([part]))]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001
        sign(obj, request.user)
        super().save_model(request, obj, form, change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:  # noqa: FBT001
        for row in formset.extra_forms:
            sign(row.instance, request.user)
        super().save_formset(request, form, formset, change)

    def construct_change_message(
        self,
        request: HttpRequest,
        form: Any,
        formsets: Any,
        add: bool = False,  # noqa: FBT001, FBT002
    ) -> Any:
        message: Any = super().construct_change_message(request, form, formsets, add)
        with override(None):  # as the history is kept: translated when it is read
            unnamed = {str(model._meta.verbose_name) for model in self.unnamed_in_history}
        for change in message:
            for said in change.values():
                if said.get("name") in unnamed:
                    said["object"] = "…"
        return message

    def get_form(
        self,
        request: HttpRequest,
        obj: Any = None,
        change: bool = False,  # noqa: FBT001, FBT002
        **kwargs: Any,
    ) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        return _refused(form, request.refusal) if hasattr(request, "refusal") else form

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        if request.method == "POST":
            try:
                with transaction.atomic():
                    response = super().changeform_view(request, object_id, form_url, extra_context)
                    connection.check_constraints()  # Those that would wait for the commit, too.
                    return response
            except IntegrityError as error:
                request.refusal = in_words(error)  # type: ignore[attr-defined]
        return super().changeform_view(request, object_id, form_url, extra_context)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        try:
            with transaction.atomic():
                response: HttpResponse = super().delete_view(request, object_id, extra_context)
                if request.method == "POST":
                    connection.check_constraints()
                return response
        except ProtectedError:
            refusal = _("Something else still refers to this, so it cannot be removed.")
        except IntegrityError as error:
            refusal = in_words(error)
        self.message_user(request, refusal, messages.ERROR)
        name = f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_change"
        return HttpResponseRedirect(reverse(name, args=[object_id]))


class ReadOnlyAdmin(DeskAdmin):
    """Rows that only moves and the database's own rules write."""

    def has_add_permission(self, request: HttpRequest, *parent: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class DeskInline(Desk):
    """Rows that belong to one thing, on its own page; never more than a person could read."""

    extra = 0
    max_num: int | None = 500

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        # Else a made-up number of rows keeps the server drawing empty ones.
        return super().get_formset(request, obj, absolute_max=self.max_num, **kwargs)  # type: ignore[misc]


class DeskStacked(DeskInline, admin.StackedInline):
    """Rows with much to say."""


class DeskTabular(DeskInline, admin.TabularInline):
    """Rows with little to say, one line each."""


def _refused(form: type[forms.ModelForm], refusal: str) -> type[forms.ModelForm]:
    """The same form, never valid, with the database's sentence on top."""

    class Refused(form):  # type: ignore[valid-type, misc]
        def clean(self) -> None:
            super().clean()
            raise ValidationError(refusal, code="refused")

    return Refused
