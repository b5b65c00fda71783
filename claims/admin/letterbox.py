"""The letterbox: what readers wrote, and what the desk did about it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from claims.intake.choices import Kind, LetterState
from claims.intake.models import Letter
from claims.models import Claim
from sources.admin.desk import DeskAdmin

from .beginning import LETTER

SENT = (
    *("kind", "received_at", "about", "who", "what", "should_be", "grounds"),
    *("link", "language"),
)


class LetterForm(forms.ModelForm):
    """The desk's part of a letter. Its state and its answer have to go together."""

    def clean(self) -> None:
        super().clean()
        state, answer = (self.cleaned_data.get(name, "") for name in ("state", "answer"))
        self.instance.state = state or self.instance.state
        self.instance.settle()
        if state == LetterState.ANSWERED and not answer.strip():
            self.add_error("answer", _("An answered letter needs the answer."))


@admin.register(Letter)
class LetterAdmin(DeskAdmin):
    """What was sent is read; state, note and answer are the desk's."""

    form = LetterForm
    change_form_template = "admin/intake/letter/change_form.html"
    list_display = ["in_short", "kind", "received_at", "state", "taken_by"]
    list_filter = ["state", "kind", "received_at"]
    list_select_related = ["taken_by"]
    search_fields = ["=ref", "who", "what", "should_be", "grounds"]

    def get_fieldsets(self, request: HttpRequest, obj: Letter | None = None) -> Any:
        sent = [name for name in SENT if name == "about" or (obj and getattr(obj, name))]
        if obj and obj.contact and request.user.has_perm("intake.view_contact"):
            sent.append("contact")
        return [
            (gettext_lazy("What was sent"), {"fields": sent}),
            (
                gettext_lazy("What the desk does about it"),
                {"fields": ["state", "taken_by", "note", "answer", "draft"]},
            ),
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Letter | None = None) -> list[str]:
        return [*SENT, "contact", "taken_by", "draft"]

    def has_add_permission(self, request: HttpRequest, *parent: Any) -> bool:
        return False  # letters are written by others

    @admin.display(description=gettext_lazy("letter"), ordering="-pk")
    def in_short(self, letter: Letter) -> str:
        words = " ".join(letter.what.split())
        said = f"{letter.who}: {words}" if letter.who else words
        return said if len(said) <= 120 else f"{said[:119]}…"

    @admin.display(description=gettext_lazy("claim"))
    def about(self, letter: Letter) -> str | SafeString:
        """The claim that the letter names, at the desk."""
        return _claim_link(letter.ref, letter.edition)

    @admin.display(description=gettext_lazy("led to"))
    def draft(self, letter: Letter) -> str | SafeString:
        return _claim_link(letter.led_to)

    def save_model(self, request: HttpRequest, obj: Letter, form: Any, change: bool) -> None:  # noqa: FBT001
        if obj.state != LetterState.NEW and obj.taken_by_id is None:
            obj.taken_by = request.user  # type: ignore[assignment]
        super().save_model(request, obj, form, change)

    def get_urls(self) -> list[URLPattern]:
        take = self.admin_site.admin_view(require_POST(self.take_view))
        return [path("<int:pk>/take/", take, name="intake_letter_take"), *super().get_urls()]

    def take_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """One click says that somebody looks into it. Of two who click, the first has it."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        with transaction.atomic():
            letter = get_object_or_404(Letter.objects.select_for_update(), pk=pk)
            if letter.state == LetterState.NEW:
                letter.state = LetterState.TAKEN
                letter.taken_by = request.user  # type: ignore[assignment]
                letter.save(update_fields=["state", "taken_by"])
                self.message_user(request, _("It is yours now."), messages.SUCCESS)
            else:
                self.message_user(request, _("Somebody has taken it already."), messages.WARNING)
        return HttpResponseRedirect(reverse("admin:intake_letter_change", args=[pk]))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        letter: Letter | None = kwargs.get("obj")
        if letter is not None and self.has_change_permission(request, letter):
            context["can_take"] = letter.state == LetterState.NEW
            if letter.kind == Kind.SUGGESTION and request.user.has_perm("claims.add_claim"):
                begin = f"{reverse('admin:claims_claim_add')}?{LETTER}={letter.pk}"
                context["begin"] = "" if letter.led_to else begin
        return super().render_change_form(request, context, *args, **kwargs)


def _claim_link(ref: str, edition: int | None = None) -> str | SafeString:
    """A claim named by its ref, at the desk: who says it before what is said."""
    if not ref:
        return "–"
    claim = Claim.objects.select_related("claimant").filter(ref=ref).first()
    if claim is None:
        return ref
    from .record import headline  # noqa: PLC0415 - it registers pages that come before this one

    shown = format_html(
        '<a href="{}"><bdi>{}</bdi></a> <code>{}</code>',
        reverse("admin:claims_claim_change", args=[claim.pk]),
        headline(claim),
        ref,
    )
    if edition is None:
        return shown
    return format_html("{} · {}", shown, _("edition %(number)s") % {"number": edition})
