"""A partner's own endpoints, to which messages are sent, and what became of each message."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema_view
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response

from claims.partners.choices import Scope
from claims.webhooks import endpoints
from claims.webhooks.models import Endpoint

from . import webhooks_described as described
from .partner_views import PartnerView
from .webhook_fields import EndpointChange, NewEndpoint


class Conflict(APIException):
    """It cannot be done as things stand."""

    status_code = 409
    default_code = "conflict"


def moment(at: datetime | None) -> str | None:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else None


def shown(endpoint: Endpoint) -> dict[str, Any]:
    """An endpoint as its partner sees it. Never a secret."""
    return {
        "id": str(endpoint.uuid),
        "url": endpoint.url,
        "description": endpoint.description,
        "types": endpoint.types,
        "claimants": endpoint.claimants,
        "events": endpoint.events,
        "enabled": endpoint.enabled,
        "disabled_because": endpoint.disabled_because or None,
        "disabled_at": moment(endpoint.disabled_at),
        "after": endpoint.position,
        "failures": endpoint.failures,
        "failing_since": moment(endpoint.failing_since),
        "next_attempt_at": moment(endpoint.next_at) if endpoint.failures else None,
        "created_at": moment(endpoint.created_at),
    }


class WebhookView(PartnerView):
    """What is this partner's. Another partner's is not found."""

    scope = Scope.WEBHOOKS

    def endpoint(self) -> Endpoint:
        own = Endpoint.objects.filter(partner=self.partner, uuid=self.kwargs["endpoint"])
        found = own.first()
        if found is None:
            raise Http404("You have no such endpoint.")
        return found

    def handle_exception(self, exc: Exception) -> Response:
        if isinstance(exc, endpoints.Refused):
            exc = Conflict(str(exc))
        return super().handle_exception(exc)


@extend_schema_view(get=described.endpoint_list, post=described.endpoint_new)
class EndpointList(WebhookView):
    """All endpoints of the partner; a new one."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: Request) -> Response:
        own = Endpoint.objects.filter(partner=self.partner)
        return Response({"items": [shown(endpoint) for endpoint in own]})

    def post(self, request: Request) -> Response:
        """The secret is in this answer and in no other one."""
        endpoint, secret = endpoints.register(self.partner, **self.body(NewEndpoint))
        endpoint.refresh_from_db()
        place = {"Location": f"{request.path}{endpoint.uuid}/"}
        return Response(shown(endpoint) | {"secret": secret}, 201, headers=place)


@extend_schema_view(
    get=described.endpoint_read,
    patch=described.endpoint_change,
    delete=described.endpoint_remove,
)
class EndpointDetail(WebhookView):
    """One endpoint: how it stands, and what is to be otherwise."""

    http_method_names = ["get", "head", "patch", "delete"]

    def get(self, request: Request, endpoint: UUID) -> Response:
        return Response(shown(self.endpoint()))

    def patch(self, request: Request, endpoint: UUID) -> Response:
        own = self.endpoint()
        return Response(shown(endpoints.change(own, **self.body(EndpointChange))))

    def delete(self, request: Request, endpoint: UUID) -> Response:
        self.endpoint().delete()
        return Response(status=204)


@extend_schema_view(post=described.secret_new)
class SecretRotation(WebhookView):
    """Another secret; messages are signed with both for a day."""

    http_method_names = ["post"]

    def post(self, request: Request, endpoint: UUID) -> Response:
        secret, until = endpoints.rotate(self.endpoint())
        return Response({"secret": secret, "previous_valid_until": moment(until)})


@extend_schema_view(post=described.test_send)
class EndpointTest(WebhookView):
    """A message that says nothing but that it came."""

    http_method_names = ["post"]

    def post(self, request: Request, endpoint: UUID) -> Response:
        return Response({"message": endpoints.test(self.endpoint()).public_id}, 202)
