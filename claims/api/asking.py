"""Who asks: the key in the `Authorization` header, what it opens, and how often it may ask."""

from __future__ import annotations

from functools import lru_cache
from math import ceil
from typing import Any

from allauth.core.internal.ratelimit import get_ip
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import (
    AuthenticationFailed,
    ErrorDetail,
    Throttled,
    ValidationError,
)
from rest_framework.request import Request

from claims.partners.access import Admission, ask
from claims.partners.choices import Scope
from claims.partners.models import ApiKey

# Names under which keys are put into addresses elsewhere.
IN_ADDRESSES = frozenset({"key", "api_key", "apikey", "api-key", "access_token", "token"})
NO_KEY_HERE = (
    "A key never stands in an address: addresses are logged and passed on. Send it as "
    "`Authorization: Bearer …`. If this was a real key, revoke it and make another one."
)
NOT_A_KEY = "Send one key as `Authorization: Bearer factcheck_key_…`."
NO_LONGER = "This key opens nothing: it is mistyped, expired or revoked. Make or ask for another."


class BearerKey(BaseAuthentication):
    """Finds the key of a request, counts the request, and refuses it when there were too many."""

    def authenticate(self, request: Request) -> tuple[None, ApiKey] | None:
        if request.method == "OPTIONS":  # what a browser asks before it asks; it shows no key
            return None
        view: Any = request.parser_context["view"]
        for name in IN_ADDRESSES.intersection(request.query_params):
            raise ValidationError({name: [ErrorDetail(NO_KEY_HERE, code="key_in_address")]})
        shown = request.headers.get("authorization")
        admission = counted(request, self.read(shown) if shown is not None else None, view.scope)
        if shown is None:
            return None
        if admission.key is None:
            raise AuthenticationFailed(NO_LONGER if self.read(shown) else NOT_A_KEY)
        return None, admission.key

    def authenticate_header(self, request: Request) -> str:
        return (
            "Bearer" if "authorization" not in request.headers else 'Bearer error="invalid_token"'
        )

    @staticmethod
    def read(header: str) -> str:
        """The key in the header; empty where the header has another form."""
        scheme, _, text = header.strip().partition(" ")
        return text.strip() if scheme.lower() == "bearer" and len(text) < 200 else ""


def address_of(request: Request) -> str:
    """Where a request comes from. Behind a socket nobody may have said; those are one stranger."""
    told = request.META.get("REMOTE_ADDR", ""), request.META.get("HTTP_X_FORWARDED_FOR", "")
    try:
        return _address(*told, settings.ALLAUTH_TRUSTED_PROXY_COUNT)
    except PermissionDenied:
        return ""


@lru_cache(maxsize=1024)
def _address(remote: str, forwarded: str, _proxies: int) -> str:
    """Kept, because reading an address takes allauth as long as reading a page takes us."""
    request = HttpRequest()
    request.META = {"REMOTE_ADDR": remote, "HTTP_X_FORWARDED_FOR": forwarded}
    return get_ip(request)


def counted(request: Request, text: str | None, scope: Scope | None) -> Admission:
    """Count a request, and note on it where it stands; refuse it when there were too many."""
    admission = ask(text, scope or Scope.READ, address_of(request))
    request.admission = admission  # type: ignore[attr-defined]
    if admission.is_too_many:
        raise Throttled(
            wait=ceil(admission.resets_in) or 1,
            detail=(
                f"More than {admission.allowed} requests in {admission.window} seconds. "
                "Wait as long as `Retry-After` says."
            ),
        )
    return admission


def limit_headers(admission: Admission) -> dict[str, str]:
    """What is left (draft-ietf-httpapi-ratelimit-headers)."""
    return {
        "RateLimit-Policy": f'"{admission.policy}";q={admission.allowed};w={admission.window}',
        "RateLimit": f'"{admission.policy}";r={admission.remaining};t={ceil(admission.resets_in)}',
    }
