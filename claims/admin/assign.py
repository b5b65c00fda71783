"""The page on which a claim is given to a person or a pool."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.choices import State
from claims.models import Claim
from claims.review import assigning
from claims.review.assigning import AssignmentError
from claims.review.people import SEE_CLAIMS, at_the_desk, name_of, roles_with

OVER = (State.RETRACTED, State.MERGED)


class Person(forms.ModelChoiceField):
    def label_from_instance(self, obj: User) -> str:
        roles = ", ".join(str(group) for group in obj.groups.all())
        return f"{name_of(obj)} ({roles})" if roles else name_of(obj)


def pools() -> QuerySet[Group]:
    """The roles whose members work on claims."""
    return roles_with(SEE_CLAIMS).order_by("name")


class AssignForm(forms.Form):
    """To whom, until when, and what is asked."""

    assignee = Person(
        queryset=User.objects.none(),
        required=False,
        label=gettext_lazy("To a person"),
        empty_label=gettext_lazy("nobody in particular"),
    )
    pool = forms.ModelChoiceField(
        queryset=Group.objects.none(),
        required=False,
        label=gettext_lazy("Or to a pool"),
        empty_label=gettext_lazy("no pool"),
        help_text=gettext_lazy("Whoever of that role takes it first has it."),
    )
    due = forms.DateField(
        required=False,
        label=gettext_lazy("Due"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("They are reminded the day before, and when it is past."),
    )
    note = forms.CharField(
        required=False,
        max_length=500,
        label=gettext_lazy("What is asked"),
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people: Any = self.fields["assignee"]
        people.queryset = at_the_desk().prefetch_related("groups")
        roles: Any = self.fields["pool"]
        roles.queryset = pools()


def assign_page(request: HttpRequest, context: dict[str, Any], pk: int) -> HttpResponse:
    """Ask somebody to work on this claim; shows who is asked already."""
    assert isinstance(request.user, User)  # noqa: S101 - admin_view has let them in
    if not request.user.has_perm(assigning.ASSIGN) or not request.user.has_perm(SEE_CLAIMS):
        raise PermissionDenied
    claim = Claim.objects.select_related("claimant").filter(pk=pk).first()
    if claim is None:
        raise Http404
    form = AssignForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            assigning.assign(claim, by=request.user, **form.cleaned_data)
        except AssignmentError as error:
            form.add_error(None, str(error))
        else:
            to = form.cleaned_data["assignee"] or form.cleaned_data["pool"]
            name = name_of(to) if isinstance(to, User) else str(to)
            messages.success(
                request,
                _("%(claim)s is assigned to %(name)s.") % {"claim": claim.ref, "name": name},
                extra_tags="saved",
            )
            return HttpResponseRedirect(reverse("admin:claims_claim_change", args=[claim.pk]))
    return TemplateResponse(
        request,
        "admin/claims/claim/assign.html",
        {
            **context,
            "title": _("Assign"),
            "opts": Claim._meta,
            "claim": claim,
            "form": form,
            "closed": claim.state in OVER,
            "asked": claim.assignments.filter(done=False).select_related(
                "assignee", "pool", "assigned_by"
            ),
        },
    )
