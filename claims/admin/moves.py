"""The pages on which a move is made: what will happen, to which content, and a note."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.csp import CSP
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override

from claims.editions.models import Edition
from claims.models import Claim
from claims.moves import APPROVE, MOVES, PUBLISH, SUBMIT
from claims.review.checklist import checklist
from claims.review.content import Candidate, candidate
from claims.review.workflow import ReviewError
from sources.admin.desk import DeskAdmin
from sources.watching import shown

from .move_forms import form_for
from .moving import CARRY_OUT, REVIEWING, WHAT_HAPPENS, MoveForm, offers
from .preview import preview
from .redacting import what_goes
from .reviewing import COMMENT, VIEWS, ReviewForm, screen

BY_ACTION = {move.action: move for move in MOVES}
# The moves before which it matters what still stands in the way.
TOWARDS_READERS = (SUBMIT, *REVIEWING, PUBLISH)
# The preview is the one page that may stand in a frame: that of the page on which it is judged.
FRAMED_CSP: dict[str, list[str]] = {**settings.SECURE_CSP, "frame-ancestors": [CSP.SELF]}


class MovesAdmin(DeskAdmin):
    """A claim's moves, each with an address of its own, and the preview they are about."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        framed = csp_override(FRAMED_CSP)(xframe_options_sameorigin(self.preview_view))
        return [
            path("<int:pk>/move/<slug:action>/", wrap(self.move_view), name="claims_claim_move"),
            path("<int:pk>/review/", wrap(self.review_view), name="claims_claim_review"),
            path("<int:pk>/preview/", wrap(framed), name="claims_claim_preview"),
            *super().get_urls(),
        ]

    def claim_on_the_desk(self, request: HttpRequest, pk: int) -> Claim:
        claim: Claim | None = self.get_object(request, str(pk))
        if claim is None:
            raise Http404
        if not self.has_view_permission(request, claim):
            raise PermissionDenied
        return claim

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The public page of the working copy as it is now."""
        claim = self.claim_on_the_desk(request, pk)
        return HttpResponse(preview(claim, candidate(claim)))

    def review_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The review screen for those who do not decide: they see what reviewers see and said."""
        claim = self.claim_on_the_desk(request, pk)
        if request.user.has_perm(APPROVE.permission):
            return HttpResponseRedirect(
                reverse("admin:claims_claim_move", args=[claim.pk, APPROVE.action])
            )
        return self._ask(request, claim.pk, APPROVE.action, None)

    def move_view(self, request: HttpRequest, pk: int, action: str) -> HttpResponse:
        """Ask once more, then do it. What cannot be done comes back with what was typed."""
        assert isinstance(request.user, User)  # noqa: S101 - admin_view has let them in
        claim = self.claim_on_the_desk(request, pk)
        move = BY_ACTION.get(APPROVE.action if action == COMMENT else action)
        if move is None:
            raise Http404
        if not request.user.has_perm(move.permission):
            raise PermissionDenied
        data = request.POST if request.method == "POST" else None
        form: forms.Form
        if move in REVIEWING:
            form = ReviewForm(action, candidate(claim), data)
        else:
            form = form_for(action, claim, request.user, self.admin_site, data=data)
        if request.method == "POST" and form.is_valid():
            try:
                made = CARRY_OUT[action](claim, request.user, form.cleaned_data)
            except ReviewError as error:
                form.add_error(None, str(error))
            else:
                answer = self._done(request, claim, action)
                # Work goes on with the part that was split off.
                return (
                    HttpResponseRedirect(self._address(made)) if isinstance(made, Claim) else answer
                )
        elif request.method == "GET" and move not in REVIEWING and claim.state not in move.starts:
            self._tell_where_it_stands(request, claim)
            return HttpResponseRedirect(self._address(claim))
        return self._ask(request, claim.pk, action, form)

    def _ask(
        self, request: HttpRequest, pk: int, action: str, form: forms.Form | None
    ) -> HttpResponse:
        assert isinstance(request.user, User)  # noqa: S101 - admin_view has let them in
        claim = Claim.objects.select_related("claimant").get(pk=pk)  # it may have moved meanwhile
        if isinstance(form, ReviewForm) and not form.is_bound:
            content = form.content  # made for this very answer
        else:
            content = candidate(claim)
        last = Edition.objects.filter(ref=claim.ref).order_by("-number").first()
        offered = {offer.move.action: offer for offer in offers(claim, request.user, content, last)}
        move = BY_ACTION.get(action, APPROVE)
        reviewing = move in REVIEWING
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": claim,
            "title": _("Review") if reviewing else str(move.label),
            "subtitle": None,
            "claim": claim,
            "form": form,
            "action": action,
            "move": move,
            "what_happens": WHAT_HAPPENS.get(action, ""),
            "what_goes": what_goes(claim) if move in TOWARDS_READERS else "",
            "offered": offered,
            "refusal": offered[action].refusal if action in offered else "",
            "content": content,
            "checks": checklist(claim, content) if move in TOWARDS_READERS else [],
            "last": last,
            "next_number": last.number + 1 if last else 1,
            "reviewing": reviewing,
            "media": self.media,
        }
        if reviewing:
            context |= self._review(request, claim, content, last, form)
        request.current_app = self.admin_site.name
        page = form.page if isinstance(form, MoveForm) else "review"
        return TemplateResponse(request, f"admin/claims/claim/{page}.html", context)

    def _review(
        self,
        request: HttpRequest,
        claim: Claim,
        content: Candidate,
        last: Edition | None,
        form: forms.Form | None,
    ) -> dict[str, Any]:
        """The review screen; a form that was sent meets the content as it is now."""
        assert isinstance(request.user, User)  # noqa: S101 - admin_view has let them in
        asked = request.GET.get("show")
        show = asked if asked in VIEWS else VIEWS[0]
        form = form if isinstance(form, ReviewForm) else None
        told = screen(claim, request.user, content, last, form)
        shown(request, (piece.protected.source for piece in told["evidence"] if piece.protected))
        return {"show": show, **told}

    def _done(self, request: HttpRequest, claim: Claim, action: str) -> HttpResponse:
        claim.refresh_from_db()
        outcome = _("comment added") if action == COMMENT else str(BY_ACTION[action].outcome)
        self.log_change(request, claim, outcome)
        self.message_user(
            request,
            _("%(claim)s: %(outcome)s. It is now: %(state)s.")
            % {
                "claim": claim.ref,
                "outcome": outcome,
                "state": claim.get_state_display(),
            },
            messages.SUCCESS,
        )
        return HttpResponseRedirect(self._address(claim))

    def _tell_where_it_stands(self, request: HttpRequest, claim: Claim) -> None:
        self.message_user(
            request,
            _("This claim is now: %s.") % capfirst(claim.get_state_display()),
            messages.WARNING,
        )

    def _address(self, claim: Claim) -> str:
        return reverse("admin:claims_claim_change", args=[claim.pk])
