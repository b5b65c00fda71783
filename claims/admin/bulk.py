"""Doing one thing to many claims: the same functions as for one, and an answer for each.

What vouches for a content, or shows it to readers, is done claim by claim and is not offered here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from claims.models import Assignment, Claim
from claims.moves import SUBMIT, TAKE_BACK
from claims.review import workflow
from claims.review.assigning import ASSIGN, CHANGE, AssignmentError, assign, finish
from claims.review.due_dates import set_due
from claims.review.workflow import ReviewError
from sources.admin.desk import DeskAdmin

MOST = 100
LONGEST_NOTE = 10_000
Answers = dict[str, Any]


class NoteForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("Note"),
        help_text=gettext_lazy("For the desk; stays in the history of each claim."),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class DueForm(forms.Form):
    due = forms.DateField(
        label=gettext_lazy("Due"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )


class AssignForm(DueForm):
    assignee = forms.ModelChoiceField(
        User.objects.none(), label=gettext_lazy("To a person"), required=False
    )
    pool = forms.ModelChoiceField(
        Group.objects.order_by("name"),
        label=gettext_lazy("Or to a pool"),
        help_text=gettext_lazy("Anybody with this role may take it."),
        required=False,
    )
    note = forms.CharField(
        label=gettext_lazy("What is asked"),
        max_length=500,
        required=False,
        widget=forms.TextInput({"dir": "auto"}),
    )
    field_order = ["assignee", "pool", "due", "note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people: Any = self.fields["assignee"]
        people.queryset = User.objects.filter(is_active=True, is_staff=True).order_by("username")
        people.label_from_instance = name_of
        self.fields["due"].required = False

    def clean(self) -> None:
        super().clean()
        said = self.cleaned_data
        if not self.errors and bool(said["assignee"]) == bool(said["pool"]):
            self.add_error(None, _("Assign them to a person or to a pool, not to both."))


@dataclass(frozen=True)
class Task:
    """Something that can be done to many claims. `act` answers what was done, in words."""

    name: str
    label: Promise
    permission: str
    act: Callable[[Claim, User, Answers], str]
    form: type[forms.Form] = forms.Form


def name_of(person: User) -> str:
    return person.get_full_name() or person.get_username()


def _assign(claim: Claim, by: User, said: Answers) -> str:
    given = assign(
        claim,
        by=by,
        assignee=said["assignee"],
        pool=said["pool"],
        due=said["due"],
        note=said["note"],
    )
    if given.assignee:
        return _("Assigned to %s.") % name_of(given.assignee)
    return _("Waits in the pool “%s”.") % given.pool


def _set_due(claim: Claim, by: User, said: Answers) -> str:
    set_due(claim, by=by, due=said["due"])
    return _("Due on %s.") % date_format(said["due"])


def _finish(claim: Claim, by: User, said: Answers) -> str:
    mine = Assignment.objects.filter(claim=claim, assignee=by, done=False).first()
    if mine is None:
        raise AssignmentError(_("Nothing is asked of you here."))
    finish(mine, by=by)
    return _("Your assignment is done.")


def _submit(claim: Claim, by: User, said: Answers) -> str:
    workflow.submit(claim, by=by, note=said["note"])
    return _("Submitted for review.")


def _take_back(claim: Claim, by: User, said: Answers) -> str:
    workflow.take_back(claim, by=by, note=said["note"])
    return _("Taken back to draft.")


TASKS = (
    Task("assign", gettext_lazy("Assign them"), ASSIGN, _assign, AssignForm),
    Task("due", gettext_lazy("Set the day they are due"), CHANGE, _set_due, DueForm),
    Task("done", gettext_lazy("Mark what was asked of me as done"), CHANGE, _finish),
    Task("submit", gettext_lazy("Submit them for review"), SUBMIT.permission, _submit, NoteForm),
    Task(
        "take_back",
        gettext_lazy("Take them back to draft"),
        TAKE_BACK.permission,
        _take_back,
        NoteForm,
    ),
)


def tasks_for(user: Any) -> list[Task]:
    return [task for task in TASKS if user.has_perm(task.permission)]


@dataclass(frozen=True)
class Result:
    """What became of one claim: what was done, or the sentence that says why not."""

    claim: Claim
    said: str
    is_done: bool


def carry_out(task: Task, claims: Iterable[Claim], by: User, said: Answers) -> list[Result]:
    """Each claim by itself: what is refused for one undoes nothing of another."""
    results = []
    for claim in claims:
        try:
            with transaction.atomic():
                results.append(Result(claim, task.act(claim, by, said), is_done=True))
        except (ReviewError, AssignmentError) as refusal:
            results.append(Result(claim, str(refusal), is_done=False))
    return results


class BulkAdmin(DeskAdmin):
    """Work on many claims of the list at once."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.bulk_view)
        return [path("bulk/", view, name="claims_claim_bulk"), *super().get_urls()]

    def bulk_view(self, request: HttpRequest) -> HttpResponse:
        """Say what will be done to which claims and ask what it needs; then do it."""
        assert isinstance(request.user, User)  # noqa: S101 - admin_view has let them in
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseRedirect(reverse("admin:claims_claim_changelist"))
        task = next((one for one in TASKS if one.name == request.POST.get("task")), None)
        if task is not None and task not in tasks_for(request.user):
            raise PermissionDenied
        chosen = {int(one) for one in request.POST.getlist("chosen") if one.isdecimal()}
        claims = _claims(chosen) if len(chosen) <= MOST else []
        if task is None or not claims:
            return self._page(request, "bulk", refusal=_refusal(task, chosen), status=400)
        confirmed = "confirmed" in request.POST
        form = task.form(request.POST if confirmed else None)
        if confirmed and form.is_valid():
            results = carry_out(task, claims, request.user, form.cleaned_data)
            for result in results:
                if result.is_done:
                    self.log_change(request, result.claim, result.said)
            done = sum(result.is_done for result in results)
            return self._page(
                request,
                "bulk_done",
                task=task,
                results=results,
                done=ngettext("%s claim: done.", "%s claims: done.", done) % done,
                refused=ngettext("%s claim: refused.", "%s claims: refused.", len(results) - done)
                % (len(results) - done),
                has_refusals=done < len(results),
            )
        return self._page(
            request,
            "bulk",
            task=task,
            claims=claims,
            form=form,
            status=400 if confirmed else 200,
        )

    def _page(
        self, request: HttpRequest, name: str, *, status: int = 200, **context: Any
    ) -> HttpResponse:
        back = request.POST.get("back", "")
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": context["task"].label if "task" in context else _("With the chosen claims"),
            "back": back if back.startswith("?") else "",
            **context,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, f"admin/claims/claim/{name}.html", context, status=status)


def _claims(chosen: set[int]) -> list[Claim]:
    """In the order of their keys: two people who do this at once wait, and do not block."""
    possible = [key for key in chosen if key < 2**63]
    return list(Claim.objects.filter(pk__in=possible).select_related("claimant").order_by("pk"))


def _refusal(task: Task | None, chosen: set[int]) -> str:
    if len(chosen) > MOST:
        return _("Choose at most %s claims at once.") % MOST
    if task is None:
        return _("Choose what is to be done with the claims.")
    return _("Choose the claims first: tick the boxes before them.")
