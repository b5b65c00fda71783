"""What the addresses of a partner's own have in common: a key, no cache, a strict body."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.http.response import HttpResponseBase
from rest_framework import serializers
from rest_framework.exceptions import (
    APIException,
    ErrorDetail,
    UnsupportedMediaType,
    ValidationError,
)
from rest_framework.request import Request

from claims.partners.models import ApiKey, Partner

from . import strict_json
from .access import Admitted


class BodyTooLarge(APIException):
    status_code = 413
    default_code = "too_large"
    default_detail = f"At most {strict_json.LONGEST // 1024} KiB can be sent at once."


class PartnerView(Admitted):
    """For one partner alone, and kept by nobody. What is another's is not found (404)."""

    anonymous = False
    pagination_class: Any = None
    parameters: tuple[str, ...] = ()
    longest_values: Mapping[str, int] = {}
    http_method_names = ["get", "head", "post", "put", "patch", "delete"]

    def check_permissions(self, request: Request) -> None:
        super().check_permissions(request)
        strict: Any = self.filter_backends[0]
        strict.check(request, list(self.parameters), self.longest_values)

    @property
    def key(self) -> ApiKey:
        found: ApiKey = self.request.auth  # type: ignore[assignment]
        return found

    @property
    def partner(self) -> Partner:
        return self.key.partner

    def body(
        self, serializer_class: type[serializers.Serializer], **context: Any
    ) -> dict[str, Any]:
        """What was sent, checked field by field; a field nobody knows is refused and named."""
        serializer = serializer_class(data=self.sent(), context={"view": self, **context})
        if unknown := {name: [UNKNOWN] for name in _unknown(serializer, serializer.initial_data)}:
            raise ValidationError(unknown)
        serializer.is_valid(raise_exception=True)
        valid: dict[str, Any] = serializer.validated_data
        return valid

    def sent(self) -> dict[str, Any]:
        """The JSON object that was sent."""
        request = self.request._request
        if request.content_type != "application/json":
            raise UnsupportedMediaType(
                request.content_type or "nothing", "Send JSON: `Content-Type: application/json`."
            )
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) > strict_json.LONGEST:
            raise BodyTooLarge
        try:
            value = strict_json.read(request.body)
        except strict_json.NotStrict as error:
            raise ValidationError({"": [ErrorDetail(str(error), code="not_json")]}) from error
        if not isinstance(value, dict):
            raise ValidationError(
                {"": [ErrorDetail("Send one JSON object.", code="not_an_object")]}
            )
        return value

    def finalize_response(  # type: ignore[override]
        self, request: Request, response: Any, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        answer = super().finalize_response(request, response, *args, **kwargs)
        answer["Cache-Control"] = "private, no-store"
        return answer


UNKNOWN = ErrorDetail("There is no such field.", code="unknown")


def _unknown(serializer: Any, value: Any, path: str = "") -> Iterator[str]:
    """The paths of what was sent that no field stands for."""
    if isinstance(serializer, serializers.ListSerializer):
        if isinstance(value, list):
            for number, one in enumerate(value):
                yield from _unknown(serializer.child, one, f"{path}{number}.")
    elif isinstance(serializer, serializers.Serializer) and isinstance(value, Mapping):
        for name, inner in value.items():
            if name not in serializer.fields:
                yield f"{path}{name}"
            else:
                yield from _unknown(serializer.fields[name], inner, f"{path}{name}.")
