"""When somebody last proved who they are, and what needs a recent proof.

A session that was left open must not approve or publish. Where the last proof is too old, what was
sent is put aside, the person confirms that it is them, and goes on where they were.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from fnmatch import fnmatch
from secrets import token_urlsafe
from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.signals import authentication_step_completed
from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from claims.moves import APPROVE, MERGE, PUBLISH, REDACT, RETRACT

SIGNED_IN, PROVED, ASIDE = "desk.signed_in", "desk.proved", "desk.put_aside"

GRAVE_MOVES = frozenset(move.action for move in (APPROVE, PUBLISH, RETRACT, MERGE, REDACT))

Question = Callable[[HttpRequest, dict[str, Any]], bool]


def _grave_move(request: HttpRequest, told: dict[str, Any]) -> bool:
    return told.get("action", request.POST.get("action")) in GRAVE_MOVES


def _always(request: HttpRequest, told: dict[str, Any]) -> bool:
    return True


# What is sent to these addresses of the desk needs a recent proof: name, and which of it.
GRAVE: dict[str, Question] = {
    "claims_claim_move": _grave_move,
    "claims_claim_changelist": _grave_move,  # the same moves, for many claims
    "claims_claim_bulk*": _grave_move,
    "*_merge": _always,
    "auth_user_add": _always,
    "auth_user_change": _always,
    "auth_user_second_factor": _always,
    "partners_partner_make_key": _always,
    "partners_partner_resume": _always,
}
# Passwords are never put aside: here the form itself is shown only after a recent proof.
SECRET = frozenset({"auth_user_add", "auth_user_password_change"})


@receiver(user_logged_in)
def _signed_in(sender: Any, request: HttpRequest, **kwargs: Any) -> None:
    request.session[SIGNED_IN] = request.session[PROVED] = time.time()


@receiver(authentication_step_completed)
def _proved_again(sender: Any, request: HttpRequest, **kwargs: Any) -> None:
    if kwargs.get("reauthenticated"):
        request.session[PROVED] = time.time()


def is_fresh(request: HttpRequest) -> bool:
    """Whether this person proved who they are a short while ago."""
    return time.time() - request.session.get(PROVED, 0) < settings.REAUTHENTICATE_AFTER * 60


def needs_proof(request: HttpRequest) -> bool:
    """Whether what is asked for has to wait until this person has proved who they are."""
    match = request.resolver_match
    assert match is not None  # noqa: S101 - a view is being called
    name = match.url_name or ""
    if name in SECRET:
        return not is_fresh(request)
    return (
        request.method == "POST"
        and any(
            fnmatch(name, known) and asks(request, match.kwargs) for known, asks in GRAVE.items()
        )
        and not is_fresh(request)
    )


def _holds_a_password(request: HttpRequest) -> bool:
    return request.resolver_match is None or request.resolver_match.url_name in SECRET


def ask_for_proof(request: HttpRequest) -> HttpResponse:
    """Lead to where they confirm that it is them; what they sent waits for them."""
    address = request.get_full_path()
    if request.method == "POST" and not _holds_a_password(request):
        key = token_urlsafe(16)
        sent = [(name, one) for name, many in request.POST.lists() for one in many]
        request.session[ASIDE] = {"key": key, "address": address, "sent": sent}
        address = reverse("account_go_on", args=[key])
    methods = get_adapter(request).get_reauthentication_methods(request.user)
    where = methods[0]["url"] if methods else reverse("account_login")
    return HttpResponseRedirect(f"{where}?{urlencode({'next': address})}")


def go_on_view(request: HttpRequest, key: str) -> HttpResponse:
    """What was put aside, to be sent now. Shown once, to who came here by confirming."""
    aside = request.session.get(ASIDE)
    if not aside or aside["key"] != key or not is_fresh(request):
        raise Http404
    del request.session[ASIDE]
    sent = [(name, value) for name, value in aside["sent"] if name != "csrfmiddlewaretoken"]
    return TemplateResponse(
        request, "account/go_on.html", {"address": aside["address"], "sent": sent}
    )
