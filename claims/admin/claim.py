"""The claim's page at the desk."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from claims.choices import State
from claims.editions.models import Edition
from claims.models import Claim
from claims.review.checklist import checklist
from claims.review.content import candidate
from sources.models import Source

from .claim_list import ClaimListAdmin
from .history import ClaimStory, history
from .moves import MovesAdmin
from .moving import REVIEWING, offers
from .parts import PARTS
from .reviewing import reviews_of

READ = frozenset({"GET", "HEAD"})
OVER = frozenset({State.PUBLISHED, State.RETRACTED, State.MERGED})


@admin.register(Claim)
class ClaimAdmin(ClaimListAdmin, MovesAdmin):
    """Written while it is a draft; from then on it is moved, and read."""

    change_form_template = "admin/claims/claim/change_form.html"
    autocomplete_fields = ["claimant", "on_behalf_of", "event"]
    story = ClaimStory
    inlines = PARTS  # type: ignore[assignment]

    def get_fieldsets(self, request: HttpRequest, obj: Claim | None = None) -> Any:
        said = [
            "statement",
            ("language", "voice"),
            ("claimant", "claimant_role", "on_behalf_of"),
            ("made", "made_as_printed"),
        ]
        about = ["event", ("aspect", "checkability", "harm"), "wanted"]
        fieldsets: list[Any] = [
            (_("What is said, and by whom"), {"fields": said}),
            (_("What it is about"), {"fields": about}),
        ]
        if obj and obj.change_kind:
            change = {"fields": ["change_kind", "change_note"]}
            fieldsets.insert(0, (_("What changes in the next edition"), change))
        return fieldsets

    def has_change_permission(self, request: HttpRequest, obj: Claim | None = None) -> bool:
        """Outside draft the page is there to be read.

        Something sent meanwhile is let through: the database refuses it, and nothing typed is lost.
        """
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or obj.can_be_edited or request.method not in READ)

    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        return super().add_view(
            request, form_url, {"show_save_and_continue": False, **(extra_context or {})}
        )

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        claim = self.get_object(request, object_id)
        if claim is not None and self.has_view_permission(request, claim):
            extra_context = {**self._standing(request, claim), **(extra_context or {})}
        return super().change_view(request, object_id, form_url, extra_context)

    def _standing(self, request: HttpRequest, claim: Claim) -> dict[str, Any]:
        """Where the claim stands, what can be done with it, and what was done."""
        assert isinstance(request.user, User)  # noqa: S101 - admin_view has let them in
        content = candidate(claim)
        last = Edition.objects.filter(ref=claim.ref).order_by("-number").first()
        possible = list(offers(claim, request.user, content, last))
        hidden = claim.evidence.exclude(source__in=Source.objects.visible_to(request.user))
        return {
            "subtitle": None,
            "claim": claim,
            "content": content,
            "last": last,
            "checks": [] if claim.state in OVER else checklist(claim, content),
            "offers": [offer for offer in possible if offer.move not in REVIEWING],
            "reviewing": next((offer for offer in possible if offer.move in REVIEWING), None),
            "placeholders": [item.source.placeholder for item in hidden.select_related("source")],
            "history": history(claim),
            "reviews": reviews_of(claim, content),
            "show_save_and_continue": False,
        }

    def response_post_save_add(self, request: HttpRequest, obj: Claim) -> HttpResponseRedirect:
        return self._stay(obj)

    def response_post_save_change(self, request: HttpRequest, obj: Claim) -> HttpResponseRedirect:
        return self._stay(obj)

    def _stay(self, claim: Claim) -> HttpResponseRedirect:
        """The next thing to do with a claim that was saved is on its own page."""
        return HttpResponseRedirect(reverse("admin:claims_claim_change", args=[claim.pk]))
