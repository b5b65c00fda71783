"""The claim's page at the desk."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

from claims.choices import State
from claims.editions.models import Edition
from claims.models import Claim
from claims.moves import SUBMIT
from claims.review.checklist import Check, checklist
from claims.review.content import candidate
from claims.review.warnings import ASSESSMENT, ATTRIBUTION, warnings
from claims.review.workflow import ReviewError, submit
from sources.models import Source

from .aids import AidsAdmin
from .beginning import (
    ALL_PARTS,
    ANSWER,
    first_row,
    from_answer,
    from_letter,
    note_claim,
    usual_language,
)
from .claim_list import ClaimListAdmin
from .history import ClaimStory, history
from .moving import REVIEWING, offers
from .parts import AT_FIRST, PARTS, RelationInline
from .record import headline
from .reviewing import reviews_of
from .wording import WordsForm
from .work import mistakes, parts

READ = frozenset({"GET", "HEAD"})
OVER = frozenset({State.PUBLISHED, State.RETRACTED, State.MERGED})
# A claim that is not on file has neither.
NOTHING_YET = [Check("", done=False, part=part) for part in (ATTRIBUTION, ASSESSMENT)]


class ClaimForm(WordsForm):
    words_in = {"statement": "language"}


@admin.register(Claim)
class ClaimAdmin(ClaimListAdmin, AidsAdmin):
    """Written while it is a draft; from then on it is moved, and read."""

    form = ClaimForm
    change_form_template = "admin/claims/claim/change_form.html"
    autocomplete_fields = ["claimant", "on_behalf_of", "event"]
    story = ClaimStory
    inlines = PARTS  # type: ignore[assignment]

    def get_fieldsets(self, request: HttpRequest, obj: Claim | None = None) -> Any:
        """What is always asked first; what is asked sometimes is folded until then."""
        said = [
            "statement",
            ("claimant", "claimant_role"),
            ("made", "language"),
            ("aspect", "harm", "checkability"),
        ]
        more = [("voice", "on_behalf_of"), ("event", "made_as_printed")]
        fieldsets: list[Any] = [
            (None, {"fields": said, "classes": ["asked-first"]}),
            (
                _("More: the event, on whose behalf, the date as printed"),
                {"fields": more, "classes": ["collapse"] if obj is None else []},
            ),
        ]
        if obj is not None:
            fieldsets.append((None, {"fields": ["wanted"], "classes": ["in-assessment"]}))
            if obj.change_kind:
                change = {"fields": ["change_kind", "change_note"]}
                fieldsets.insert(0, (_("What changes in the next edition"), change))
        return fieldsets

    def get_inlines(self, request: HttpRequest, obj: Claim | None) -> Any:
        """A new claim begins with what a review needs; the rest is added on its own page."""
        if obj is not None or ALL_PARTS in request.GET:
            return PARTS
        return [*AT_FIRST, RelationInline] if ANSWER in request.GET else AT_FIRST

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        given: dict[str, Any] = dict(super().get_changeform_initial_data(request))
        known = from_answer(request) | from_letter(request)
        return {"language": usual_language(request.user), **known, **given}

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Claim, inline: Any, prefix: str
    ) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_formset_kwargs(request, obj, inline, prefix)
        if request.method in READ and obj._state.adding:
            kwargs["initial"] = [first_row(inline.part, request)]
        return kwargs

    def in_a_box(self, row: Claim) -> str:
        return headline(row)

    def suggested(self, row: Claim) -> str:
        return f"{row.ref} · {row.get_state_display()}"

    def to_suggest(self, rows: QuerySet[Claim]) -> QuerySet[Claim]:
        """What was merged is said of the claim that stands for it: that one is suggested."""
        return rows.exclude(state=State.MERGED).select_related("claimant")

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
            request,
            form_url,
            {"show_save_and_continue": False, "title": _("New claim"), **(extra_context or {})},
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

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,  # noqa: FBT001, FBT002
        change: bool = False,  # noqa: FBT001, FBT002
        form_url: str = "",
        obj: Claim | None = None,
    ) -> Any:
        """The parts in the order of work, each with what is missing and what is worth a look."""
        claim = obj if obj is not None and obj.can_be_edited else None
        warned = warnings(claim, context["content"].document) if claim else []
        checks = context.get("checks", NOTHING_YET)
        page = parts(context["adminform"], context["inline_admin_formsets"], checks, warned)
        context |= {
            "parts": page,
            "mistakes": mistakes(page, context["adminform"].form) if context["errors"] else [],
            "warned": warned,
            "can_submit": (add or claim is not None) and request.user.has_perm(SUBMIT.permission),
        }
        return super().render_change_form(request, context, add, change, form_url, obj)

    def response_post_save_add(self, request: HttpRequest, obj: Claim) -> HttpResponseRedirect:
        note_claim(request, obj)
        return self._stay(request, obj)

    def response_post_save_change(self, request: HttpRequest, obj: Claim) -> HttpResponseRedirect:
        return self._stay(request, obj)

    def _stay(self, request: HttpRequest, claim: Claim) -> HttpResponseRedirect:
        """The next thing to do with a claim that was saved is on its own page.

        Whoever wanted to submit it at once is told why not, if not: what was saved stays saved.
        """
        assert isinstance(request.user, User)  # noqa: S101 - admin_view has let them in
        if "_submit" in request.POST:
            try:
                submit(claim, by=request.user)
            except ReviewError as refusal:
                self.message_user(request, str(refusal), messages.WARNING)
            else:
                self._done(request, claim, SUBMIT.action)
        return HttpResponseRedirect(self._address(claim))
