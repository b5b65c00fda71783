"""What helps while a claim is written: similar claims, a claimant's role, an answer as a source."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.choices import BearsOn, Stance
from claims.models import Claim, ReplyRequest
from claims.review.replies import file_answer, question
from claims.review.workflow import ReviewError
from sources.fields import bounds
from sources.models import Affiliation

from .moves import MovesAdmin
from .replies import FilingForm
from .similar import similar

LONGEST = 2000


class AidsAdmin(MovesAdmin):
    """Pages beside the claim's own, for whoever writes it."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("similar/", wrap(self.similar_view), name="claims_claim_similar"),
            path("role/", wrap(self.role_view), name="claims_claim_role"),
            path(
                "<int:pk>/replies/<int:reply>/file/",
                wrap(self.file_answer_view),
                name="claims_claim_file_answer",
            ),
            *super().get_urls(),
        ]

    def similar_view(self, request: HttpRequest) -> HttpResponse:
        """Claims on file that say nearly the same: a page, or the list alone for the script."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        words = request.GET.get("q", "")[:LONGEST].strip()
        except_for = request.GET.get("but", "")
        claims = similar(words, except_for=except_for if len(except_for) == 8 else "")
        context = {"claims": claims, "words": words}
        if "list" in request.GET:
            return TemplateResponse(request, "admin/claims/claim/similar.html#found", context)
        page = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Similar claims"),
            "subtitle": None,
            **context,
        }
        return TemplateResponse(request, "admin/claims/claim/similar.html", page)

    def role_view(self, request: HttpRequest) -> JsonResponse:
        """The roles that a claimant may have held on the day something was said."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        claimant, made = request.GET.get("claimant", ""), request.GET.get("made", "")
        if not claimant.isascii() or not claimant.isdecimal() or len(claimant) > 18:
            return JsonResponse({"roles": []})
        try:
            first, last = bounds(made[:60]) if made else (None, None)
        except ValidationError:
            first = last = None
        held = Affiliation.objects.held(first, last).filter(agent=int(claimant))
        return JsonResponse({"roles": [_role(one) for one in held.select_related("organisation")]})

    def file_answer_view(self, request: HttpRequest, pk: int, reply: int) -> HttpResponse:
        """Ask what is not known of an answer, then file it as a source and cite it here."""
        assert isinstance(request.user, User)  # noqa: S101 - admin_view has let them in
        claim = self.claim_on_the_desk(request, pk)
        if not request.user.has_perms(["claims.add_evidence", "sources.add_source"]):
            raise PermissionDenied
        asked = get_object_or_404(ReplyRequest.objects.select_related("party"), pk=reply, claim=pk)
        if not asked.answer:
            raise Http404
        form = FilingForm(
            data=request.POST if request.method == "POST" else None,
            initial=_what_is_known(claim, asked),
        )
        if request.method == "POST" and form.is_valid():
            try:
                file_answer(asked, by=request.user, **form.said())
            except ReviewError as error:
                form.add_error(None, str(error))
            else:
                self.message_user(
                    request,
                    _("The answer is on file as a source, and evidence of this claim."),
                    messages.SUCCESS,
                )
                return HttpResponseRedirect(self._address(claim))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": claim,
            "title": _("File the answer as a source"),
            "subtitle": None,
            "claim": claim,
            "reply": asked,
            "form": form,
            "media": self.media,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/claims/claim/file_answer.html", context)


def _role(affiliation: Affiliation) -> dict[str, Any]:
    organisation = affiliation.organisation
    if affiliation.role:
        words = _("On file for that day: %(role)s, %(organisation)s.")
    else:
        words = _("On file for that day: belongs to %(organisation)s.")
    return {
        "role": affiliation.role,
        "organisation": {"id": organisation.pk, "text": organisation.name},
        "words": words % {"role": affiliation.role, "organisation": organisation.name},
        "use": _("Use it"),
    }


def _what_is_known(claim: Claim, asked: ReplyRequest) -> dict[str, Any]:
    attribution = question(claim, asked.party) == BearsOn.ATTRIBUTION
    return {
        "title": _("Answer of %(party)s to our question about claim %(claim)s")
        % {"party": asked.party.name, "claim": claim.ref},
        "language": claim.language,
        "published": asked.answered_on or timezone.localdate(),
        "bears_on": question(claim, asked.party),
        "stance": Stance.SUPPORTS if attribution else Stance.DISPUTES,
    }
