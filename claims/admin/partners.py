"""Partners: who they are, which keys they have, how much they ask."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from secrets import token_urlsafe
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from claims.partners import keys
from claims.partners.choices import KeyKind, Scope
from claims.partners.models import ApiKey, Partner, Use
from sources.admin.desk import DeskAdmin
from sources.refusals import translated

from .charts import Columns

DAYS = 30
ONCE = "desk.key_form"


class KeyForm(forms.Form):
    """What is said of a key that is to be made."""

    label = forms.CharField(
        label=gettext_lazy("Label"),
        max_length=100,
        help_text=gettext_lazy("What it is for: “production”, “archive”."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=KeyKind.choices,
        initial=KeyKind.SECRET,
        widget=forms.RadioSelect,
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("What it opens"),
        choices=Scope.choices,
        initial=[Scope.READ],
        widget=forms.CheckboxSelectMultiple,
    )
    last_day = forms.DateField(
        label=gettext_lazy("Last day"),
        required=False,
        help_text=gettext_lazy("Empty: it lasts until it is revoked."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean(self) -> None:
        said = self.cleaned_data
        reads_only = said.get("scopes") == [Scope.READ]
        if said.get("kind") == KeyKind.SEARCH and said.get("scopes") and not reads_only:
            self.add_error("scopes", _("A search key reads, and nothing else."))
        day = said.get("last_day")
        if day and not timezone.now().date() <= day < date.max:
            self.add_error("last_day", _("Choose today or a later day."))

    def said(self) -> dict[str, Any]:
        day = self.cleaned_data["last_day"]
        midnight = day and datetime.combine(day + timedelta(days=1), time(), UTC)
        names = ("label", "scopes")
        return {name: self.cleaned_data[name] for name in names} | {
            "kind": KeyKind(self.cleaned_data["kind"]),
            "expires_at": midnight or None,
        }


@admin.register(Partner)
class PartnerAdmin(DeskAdmin):
    """A partner, with its keys. A key is shown once, on the page that follows its making."""

    change_form_template = "admin/partners/partner/change_form.html"
    fields = ["name", "contact", "note", "since", "suspended_at"]
    readonly_fields = ["since", "suspended_at"]
    list_display = ["name", "contact", "since", "suspended_at"]
    search_fields = ["name", "contact"]

    def get_fieldsets(self, request: HttpRequest, obj: Partner | None = None) -> Any:
        known = ["since"] if obj is not None else []
        return [(None, {"fields": ["name", "contact", "note", *known]})]

    def get_urls(self) -> list[URLPattern]:
        def page(route: str, view: Any, name: str) -> URLPattern:
            return path(route, self.admin_site.admin_view(view), name=f"partners_partner_{name}")

        return [
            page("<int:pk>/keys/new/", self.make_key_view, "make_key"),
            page("<int:pk>/keys/<int:key>/revoke/", require_POST(self.revoke_view), "revoke_key"),
            page("<int:pk>/suspend/", require_POST(self.suspend_view), "suspend"),
            page("<int:pk>/resume/", require_POST(self.resume_view), "resume"),
            *super().get_urls(),
        ]

    def _partner(self, request: HttpRequest, pk: int) -> Partner:
        if not self.has_change_permission(request):
            raise PermissionDenied
        return get_object_or_404(Partner, pk=pk)

    def make_key_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A form that makes one key: sent again by “reload”, it makes no second one."""
        partner = self._partner(request, pk)
        form, made, text = KeyForm(), None, ""
        if request.method == "POST":
            form = KeyForm(request.POST)
            once = request.session.pop(ONCE, None)
            if form.is_valid() and (once is None or once != request.POST.get("once")):
                form.add_error(None, _("This form was sent before. Look whether the key is there."))
            if form.is_valid():
                try:
                    made, text = keys.make(partner, by=request.user, **form.said())
                except keys.Refused as refusal:
                    form.add_error(None, translated(str(refusal)))
        if made is None:
            request.session[ONCE] = token_urlsafe(12)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": partner,
            "title": _("The new key") if made else _("Make a key"),
            "form": form,
            "made": made,
            "text": text,
            "once": request.session.get(ONCE, ""),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/partners/partner/make_key.html", context)

    def revoke_view(self, request: HttpRequest, pk: int, key: int) -> HttpResponse:
        partner = self._partner(request, pk)
        keys.revoke(get_object_or_404(ApiKey, pk=key, partner=partner))
        self.message_user(request, _("The key is revoked. It opens nothing any more."))
        return self._back(partner)

    def suspend_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._suspended(request, pk, timezone.now(), _("The partner is suspended."))

    def resume_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._suspended(request, pk, None, _("The partner's live keys open again."))

    def _suspended(
        self, request: HttpRequest, pk: int, at: datetime | None, told: str
    ) -> HttpResponse:
        partner = self._partner(request, pk)
        partner.suspended_at = (partner.suspended_at or at) if at else None
        partner.save(update_fields=["suspended_at"])
        self.message_user(request, told, messages.SUCCESS)
        return self._back(partner)

    @staticmethod
    def _back(partner: Partner) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:partners_partner_change", args=[partner.pk]))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        partner: Partner | None = kwargs.get("obj")
        if partner is not None:
            found = list(partner.keys.select_related("created_by", "made_with"))
            context |= {"keys": found, "use": use_of(found), "days": DAYS}
        return super().render_change_form(request, context, *args, **kwargs)


def use_of(found: list[ApiKey]) -> list[Columns]:
    """How often these keys asked, day by day, for each scope: answered and refused together."""
    today = timezone.now().date()
    first = today - timedelta(days=DAYS - 1)
    asked: dict[str, list[int]] = {}
    rows = Use.objects.filter(asker__in=[f"key {key.pk}" for key in found], day__gte=first)
    for row in rows:
        days = asked.setdefault(row.scope, [0] * DAYS)
        days[(row.day - first).days] += row.requests
    top = max((max(days) for days in asked.values()), default=0)
    return [
        Columns(str(scope.label), asked[scope.value], top)
        for scope in Scope
        if scope.value in asked
    ]
