"""The desk as a whole: who acts, what waits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.choices import State
from claims.models import Claim
from claims.moves import APPROVE, PUBLISH
from sources.acting import acting

SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
SHOWN = 8


class DeskSite(admin.AdminSite):
    """Whatever is sent by somebody who is signed in is one transaction of that person's."""

    site_title = gettext_lazy("Factcheck desk")
    site_header = gettext_lazy("Factcheck desk")
    index_title = gettext_lazy("My desk")

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Any:  # noqa: FBT001, FBT002
        @wraps(view)
        def as_somebody(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if any("\0" in value for values in request.GET.lists() for value in values[1]):
                raise BadRequest("No address of the desk holds a NUL character.")
            if request.method in SAFE:
                return view(request, *args, **kwargs)
            with acting(request.user):
                return view(request, *args, **kwargs)

        return super().admin_view(as_somebody, cacheable)

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        # The pages of the desk register themselves here, so they come after this site.
        from sources.admin.suggesting import SuggestionsView  # noqa: PLC0415

        answer: HttpResponse = SuggestionsView.as_view(admin_site=self)(request)  # type: ignore[assignment]
        return answer

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        assert isinstance(request.user, User)  # noqa: S101 - admin_view has let them in
        return super().index(
            request, {"waiting": list(waiting(request.user)), **(extra_context or {})}
        )


@dataclass(frozen=True)
class Pile:
    """Claims that wait for the same thing, and the list that shows all of them."""

    title: str
    nothing: str
    address: str
    claims: list[Claim]

    @property
    def shown(self) -> list[Claim]:
        return self.claims[:SHOWN]

    @property
    def has_more(self) -> bool:
        return len(self.claims) > SHOWN


def waiting(user: User) -> Iterator[Pile]:
    """What waits for this person, most urgent first."""
    if user.has_perm(APPROVE.permission):
        yield _pile(_("In review"), _("Nothing waits for a review."), state=State.IN_REVIEW)
    if user.has_perm(PUBLISH.permission):
        yield _pile(_("Approved"), _("Nothing waits for a publisher."), state=State.APPROVED)
    if user.has_perm("claims.add_claim"):
        yield _pile(_("My drafts"), _("You have no drafts."), state=State.DRAFT, created_by=user.pk)


def _pile(title: str, nothing: str, **condition: Any) -> Pile:
    claims: QuerySet[Claim] = Claim.objects.filter(**condition).select_related("claimant")
    lookups = "&".join(f"{field}__exact={value}" for field, value in condition.items())
    address = f"{reverse('admin:claims_claim_changelist')}?{lookups}"
    return Pile(title, nothing, address, list(claims[: SHOWN + 1]))
