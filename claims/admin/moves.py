"""The pages on which a move is made: what will happen, to which content, and a note."""

from __future__ import annotations

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
from claims.review.content import candidate
from claims.review.workflow import ReviewError
from sources.admin.desk import DeskAdmin

from .move_forms import form_for
from .moving import CARRY_OUT, REVIEWING, WHAT_HAPPENS, MoveForm, offers
from .preview import preview

BY_ACTION = {move.action: move for move in MOVES}
COMMENT = "comment"
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

    def move_view(self, request: HttpRequest, pk: int, action: str) -> HttpResponse:
        """Ask once more, then do it. What cannot be done comes back with the typed note."""
        assert isinstance(request.user, User)  # noqa: S101 - admin_view has let them in
        claim = self.claim_on_the_desk(request, pk)
        move = BY_ACTION.get(APPROVE.action if action == COMMENT else action)
        if move is None:
            raise Http404
        if not request.user.has_perm(move.permission):
            raise PermissionDenied
        reviewing = move in REVIEWING
        needs_note = action == COMMENT or move.needs_note
        form = form_for(
            action,
            claim,
            request.user,
            self.admin_site,
            needs_note=needs_note,
            data=request.POST if request.method == "POST" else None,
        )
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
        elif request.method == "GET" and not reviewing and claim.state not in move.starts:
            self._tell_where_it_stands(request, claim)
            return HttpResponseRedirect(self._address(claim))
        return self._ask(request, claim.pk, action, form, reviewing=reviewing)

    def _ask(
        self, request: HttpRequest, pk: int, action: str, form: MoveForm, *, reviewing: bool
    ) -> HttpResponse:
        assert isinstance(request.user, User)  # noqa: S101 - admin_view has let them in
        claim = Claim.objects.select_related("claimant").get(pk=pk)  # it may have moved meanwhile
        content = candidate(claim)
        last = Edition.objects.filter(ref=claim.ref).order_by("-number").first()
        offered = {offer.move.action: offer for offer in offers(claim, request.user, content, last)}
        move = BY_ACTION.get(action, APPROVE)
        title = _("Review") if reviewing else str(move.label)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": claim,
            "title": title,
            "subtitle": None,
            "claim": claim,
            "form": form,
            "action": action,
            "move": move,
            "what_happens": WHAT_HAPPENS.get(action, ""),
            "offered": offered,
            "refusal": offered[action].refusal if action in offered else "",
            "content": content,
            "checks": checklist(claim, content) if move in TOWARDS_READERS else [],
            "last": last,
            "next_number": last.number + 1 if last else 1,
            "reviewing": reviewing,
            "media": self.media,
        }
        request.current_app = self.admin_site.name
        page = "review" if reviewing else form.page
        return TemplateResponse(request, f"admin/claims/claim/{page}.html", context)

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
