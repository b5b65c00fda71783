"""What an address asks of whoever comes: which scope, and whether a key is needed at all."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import http_date
from drf_spectacular.openapi import AutoSchema
from rest_framework.exceptions import MethodNotAllowed, NotAuthenticated, PermissionDenied
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request

from claims.partners.choices import KeyKind, Scope
from claims.partners.models import ApiKey

from .asking import limit_headers

NEEDS_A_KEY = "This needs a partner's key, sent as `Authorization: Bearer factcheck_key_…`."


class Admitted(GenericAPIView):
    """An address that knows who asks: what its key must open, and whether one is needed at all."""

    scope: Scope | None = Scope.READ  # None: any scope will do
    anonymous = True
    deprecated: datetime | None = None  # since when nobody should begin to use it
    sunset: datetime | None = None  # when it will be switched off

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """What cannot be done here is said before anything is read: who asks, and for what."""
        method = str(request.method).lower()
        if method not in self.http_method_names or not hasattr(self, method):
            raise MethodNotAllowed(str(request.method))
        super().initial(request, *args, **kwargs)

    def check_permissions(self, request: Request) -> None:
        key: ApiKey | None = request.auth  # type: ignore[assignment]
        if key is None:
            if not self.anonymous and request.method != "OPTIONS":
                raise NotAuthenticated(NEEDS_A_KEY)
            return
        if key.kind != KeyKind.SECRET:
            raise PermissionDenied(
                "This is a search key: it opens the fact-check search and nothing else."
            )
        if self.scope is not None and self.scope not in key.scopes:
            raise PermissionDenied(
                f"This key lacks the scope `{self.scope.value}`. Ask with a key that has it."
            )

    def finalize_response(  # type: ignore[override]
        self, request: Request, response: Any, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        answer: HttpResponseBase = super().finalize_response(request, response, *args, **kwargs)
        if admission := getattr(request, "admission", None):
            for name, value in limit_headers(admission).items():
                answer.headers[name] = value
        if self.deprecated:
            policy = f"{settings.SITE_URL}{reverse('api-guide', args=['versions'])}"
            link = f'<{policy}>; rel="deprecation"; type="text/html"'
            others = answer.headers.get("Link")
            answer.headers["Link"] = f"{others}, {link}" if others else link
            answer.headers["Deprecation"] = f"@{int(self.deprecated.timestamp())}"  # RFC 9745
        if self.sunset:
            answer.headers["Sunset"] = http_date(self.sunset.timestamp())  # RFC 8594
        return answer


class Described(AutoSchema):
    """The description of an address; it says which ones will end."""

    def is_deprecated(self) -> bool:
        return getattr(self.view, "deprecated", None) is not None
