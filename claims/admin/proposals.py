"""What partners proposed, and what the desk makes of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_POST

from claims.intake import proposing
from claims.intake.choices import ProposalKind, ProposalState
from claims.intake.models import Proposal
from claims.models import Claim
from claims.review.proposed import begin_draft, file_source
from claims.review.workflow import ReviewError
from sources.admin.desk import ReadOnlyAdmin
from sources.models import Source

from .letterbox import _claim_link
from .proposal_forms import BeginForm, DeclineForm
from .proposed import parts_of
from .similar import similar

SHOWN = 5
REFUSED = (ReviewError, proposing.ProposalError)


@admin.register(Proposal)
class ProposalAdmin(ReadOnlyAdmin):
    """A queue of its own. What was sent is read; what the desk decides is a move."""

    change_form_template = "admin/intake/proposal/change_form.html"
    list_display = ["in_short", "kind", "partner", "received_at", "state", "taken_by"]
    list_filter = ["state", "kind", "partner", "received_at"]
    list_select_related = ["partner", "taken_by"]
    fields = ["partner", "number", "kind", "received_at", "state", "taken_by", "answer", "made"]
    readonly_fields = ["made"]

    def get_fields(self, request: HttpRequest, obj: Proposal | None = None) -> Any:
        """What came of it is said once something did."""
        of = {"taken_by": "taken_by_id", "answer": "answer", "made": "led_to"}
        return [
            name for name in self.fields if obj is None or name not in of or getattr(obj, of[name])
        ]

    @admin.display(description=gettext_lazy("proposal"), ordering="-pk")
    def in_short(self, proposal: Proposal) -> str:
        return proposal.in_short

    @admin.display(description=gettext_lazy("led to"))
    def made(self, proposal: Proposal) -> str:
        """The draft or the source that the desk made of it."""
        if proposal.kind == ProposalKind.CLAIM or not proposal.led_to:
            return _claim_link(proposal.led_to)
        source = Source.objects.filter(ref=proposal.led_to).first()
        if source is None:
            return proposal.led_to
        address = reverse("admin:sources_source_change", args=[source.pk])
        return format_html('<a href="{}"><bdi>{}</bdi></a>', address, source.title)

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path(
                f"<int:pk>/{name}/",
                wrap(view if name in ("decline", "begin") else require_POST(view)),
                name=f"intake_proposal_{name}",
            )
            for name, view in (
                ("take", self.take_view),
                ("file", self.file_view),
                ("decline", self.decline_view),
                ("begin", self.begin_view),
            )
        ] + super().get_urls()

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        if proposal := kwargs.get("obj"):
            context |= self._read(request, proposal)
            decides = request.user.has_perm(proposing.CHANGE)
            is_claim = proposal.kind == ProposalKind.CLAIM
            begins = "claims.add_claim" if is_claim else "sources.add_source"
            context |= {
                "can_take": decides and proposal.state == ProposalState.RECEIVED,
                "can_decline": decides and proposal.is_open,
                "can_begin": decides and proposal.is_open and request.user.has_perm(begins),
                "is_claim": is_claim,
            }
        return super().render_change_form(request, context, *args, **kwargs)

    def take_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """One click says that somebody looks into it. Of two who click, the first has it."""
        proposal, by = self._decided(request, pk)
        try:
            proposing.take(proposal, by=by)
        except proposing.ProposalError as error:
            self.message_user(request, str(error), messages.WARNING)
        else:
            self.message_user(request, _("It is yours now."), messages.SUCCESS)
        return self._back(proposal)

    def decline_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The partner is told why."""
        proposal, by = self._decided(request, pk)
        form = DeclineForm(request.POST if request.method == "POST" else None)
        if form.is_bound and form.is_valid():
            try:
                proposing.decline(proposal, by=by, answer=form.cleaned_data["answer"])
            except proposing.ProposalError as error:
                form.add_error(None, str(error))
            else:
                told = _("It is declined. The partner reads your sentence.")
                self.message_user(request, told, messages.SUCCESS)
                return self._back(proposal)
        return self._page(request, proposal, form, _("Decline"), _("Decline it"))

    def begin_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A draft in the working copy, with its sources and quotations; then the draft is shown."""
        proposal, by = self._decided(request, pk)
        if proposal.kind != ProposalKind.CLAIM:
            raise Http404
        if not by.has_perm("claims.add_claim"):
            raise PermissionDenied
        form = BeginForm(
            proposal, self.admin_site, request.POST if request.method == "POST" else None
        )
        if form.is_bound and form.is_valid():
            try:
                draft = self._begin(proposal, form, by)
            except REFUSED as error:
                form.add_error(None, str(error))
            else:
                told = _("This draft was begun from a proposal. Check every part of it.")
                self.message_user(request, told, messages.SUCCESS)
                return HttpResponseRedirect(reverse("admin:claims_claim_change", args=[draft.pk]))
        title = pgettext("proposal", "Begin a claim from it")
        return self._page(request, proposal, form, title, _("Begin the draft"))

    @transaction.atomic
    def _begin(self, proposal: Proposal, form: BeginForm, by: User) -> Claim:
        said = proposal.content
        draft = begin_draft(
            form.instance,
            by=by,
            claimant=form.new_agent(),
            evidence=said["evidence"],
            figures=said["figures"],
        )
        proposing.take_up(proposal, by=by, led_to=draft.ref)
        return draft

    def file_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A proposed source is put on file, or found there."""
        proposal, by = self._decided(request, pk)
        if proposal.kind != ProposalKind.SOURCE:
            raise Http404
        if not by.has_perm("sources.add_source"):
            raise PermissionDenied
        try:
            with transaction.atomic():
                source = file_source(proposal.content, by=by)
                proposing.take_up(proposal, by=by, led_to=source.ref)
        except REFUSED as error:
            self.message_user(request, str(error), messages.ERROR)
            return self._back(proposal)
        self.message_user(request, _("It is on file as a source."), messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:sources_source_change", args=[source.pk]))

    def _decided(self, request: HttpRequest, pk: int) -> tuple[Proposal, User]:
        """A proposal, for somebody who may decide about it."""
        assert isinstance(request.user, User)  # noqa: S101 - admin_view has let them in
        if not request.user.has_perm(proposing.CHANGE):
            raise PermissionDenied
        found = Proposal.objects.select_related("partner")
        return get_object_or_404(found, pk=pk), request.user

    def _back(self, proposal: Proposal) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:intake_proposal_change", args=[proposal.pk]))

    def _read(self, request: HttpRequest, proposal: Proposal) -> dict[str, Any]:
        """What was sent, and what on file is like it."""
        return {
            "parts": parts_of(proposal),
            "repeated": Proposal.objects.same_words(proposal).select_related("partner")[:SHOWN],
            "similar": self._similar(proposal),
            "sources": self._known(request, proposal),
        }

    def _similar(self, proposal: Proposal) -> list[Claim]:
        if proposal.kind != ProposalKind.CLAIM:
            return []
        return similar(proposal.content["statement"], except_for=proposal.led_to)

    def _known(self, request: HttpRequest, proposal: Proposal) -> QuerySet[Source]:
        """Sources on file under an address that the proposal names."""
        said = proposal.content
        pieces = [said] if "url" in said else [piece["source"] for piece in said["evidence"]]
        seen = Source.objects.visible_to(request.user).standing()
        return seen.filter(url__in=[piece["url"] for piece in pieces]).order_by("pk")[:SHOWN]

    def _page(
        self, request: HttpRequest, proposal: Proposal, form: forms.BaseForm, title: str, does: str
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            **self._read(request, proposal),
            "opts": self.opts,
            "title": title,
            "subtitle": None,
            "proposal": proposal,
            "form": form,
            "does": does,
            "media": self.media + form.media,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/intake/proposal/decide.html", context)
