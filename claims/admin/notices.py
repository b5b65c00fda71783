"""What I am told, and how I want to be told."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.choices import Mail
from claims.models import Notice, Preferences
from claims.review.mail import lines
from claims.review.people import SEE_CLAIMS

COUNTED = 100
SHOWN = 50


def unread_count(user: Any) -> str:
    """For the head of every page: “3”, “99+”, or nothing at all."""
    if not isinstance(user, User) or not user.is_staff:
        return ""
    some = Notice.objects.filter(recipient=user, read_at=None)[:COUNTED].count()
    return f"{COUNTED - 1}+" if some >= COUNTED else str(some or "")


def notices_page(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """Unread first; what was read stays below."""
    user = _reader(request)
    own = Notice.objects.filter(recipient=user).select_related("claim__claimant", "by")
    if request.method == "POST":
        return _mark(request, user)
    return TemplateResponse(
        request,
        "admin/notices.html",
        {
            **context,
            "title": _("Notices"),
            "unread": lines(list(own.filter(read_at=None).order_by("-pk")[:SHOWN])),
            "read": lines(list(own.filter(read_at__isnull=False).order_by("-pk")[:SHOWN])),
        },
    )


def _mark(request: HttpRequest, user: User) -> HttpResponse:
    """Mark one as read, or all that were on the page."""
    wanted = request.POST.getlist("notice")
    if not wanted or not all(one.isdecimal() and len(one) < 19 for one in wanted):
        raise Http404
    unread = Notice.objects.filter(recipient=user, read_at=None, pk__in=wanted)
    unread.update(read_at=timezone.now())
    return HttpResponseRedirect(reverse("admin:notices"))


class PreferencesForm(forms.ModelForm):
    language = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Language of the desk"),
        choices=lambda: [("", _("as my browser asks for it")), *settings.LANGUAGES],
        help_text=gettext_lazy("Messages are written in it too."),
    )
    mail = forms.ChoiceField(
        label=gettext_lazy("By e-mail"),
        choices=Mail.choices,
        help_text=gettext_lazy("On the desk you are told of everything in any case."),
    )

    class Meta:
        model = Preferences
        fields = ["language", "mail"]


def preferences_page(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    user = _reader(request)
    chosen = Preferences.objects.filter(user=user).first() or Preferences(user=user)
    form = PreferencesForm(request.POST or None, instance=chosen)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your preferences are kept."))
        return HttpResponseRedirect(reverse("admin:preferences"))
    return TemplateResponse(
        request,
        "admin/preferences.html",
        {**context, "title": _("Preferences"), "form": form},
    )


def _reader(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - admin_view has let them in
    if not request.user.has_perm(SEE_CLAIMS):
        raise PermissionDenied
    return request.user
