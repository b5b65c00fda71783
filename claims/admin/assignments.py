"""All assignments: who works on what next; taking one from a pool, saying that one is done."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import ForeignKey
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from claims.models import Assignment
from claims.review import assigning, notices
from claims.review.assigning import AssignmentError
from claims.review.people import at_the_desk
from sources.admin.desk import DeskAdmin

from .assign import pools
from .record import headline


@admin.register(Assignment)
class AssignmentAdmin(DeskAdmin):
    """Who works on a claim next."""

    fields = ["claim", ("assignee", "pool"), "due", "note", "done"]
    autocomplete_fields = ["claim"]
    list_display = ["of", "assignee", "pool", "due", "note", "done", "assigned_by"]
    list_select_related = ["claim__claimant", "assignee", "pool", "assigned_by"]
    list_filter = ["done", ("pool", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["=claim__ref", "assignee__username"]

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name == "assignee":
            kwargs["queryset"] = at_the_desk()
        elif db_field.name == "pool":
            kwargs["queryset"] = pools()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001
        assert isinstance(request.user, User)  # noqa: S101 - admin_view has let them in
        super().save_model(request, obj, form, change)
        if not obj.done and not {"assignee", "pool"}.isdisjoint(form.changed_data):
            notices.of_assignment(obj, by=request.user)

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path(
                "<int:pk>/take/", wrap(require_POST(self.take_view)), name="claims_assignment_take"
            ),
            path(
                "<int:pk>/done/", wrap(require_POST(self.done_view)), name="claims_assignment_done"
            ),
            *super().get_urls(),
        ]

    def take_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """One click makes what a pool was asked one's own work."""
        return self._answer(request, pk, assigning.take, _("It is yours now."))

    def done_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._answer(request, pk, assigning.finish, _("Marked as done."))

    def _answer(self, request: HttpRequest, pk: int, act: Any, outcome: str) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        assignment = get_object_or_404(Assignment.objects.select_related("claim"), pk=pk)
        try:
            act(assignment, by=request.user)
        except AssignmentError as error:
            self._tell(request, assignment, str(error), messages.ERROR)
        else:
            self._tell(request, assignment, outcome, messages.SUCCESS)
        return HttpResponseRedirect(_back(request))

    def _tell(self, request: HttpRequest, asked: Assignment, words: str, level: int) -> None:
        self.message_user(request, f"{asked.claim.ref}: {words}", level)

    @admin.display(description=gettext_lazy("claim"))
    def of(self, assignment: Assignment) -> str:
        return headline(assignment.claim)


def _back(request: HttpRequest) -> str:
    """The page of the desk on which it was pressed."""
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if safe and wanted.startswith("/admin/") else reverse("admin:index")
