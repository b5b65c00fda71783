"""The log of what was sent to a partner's endpoint, and sending a message once more."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core import signing
from django.http import Http404
from drf_spectacular.utils import extend_schema_view
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from claims.webhooks import endpoints
from claims.webhooks.models import Delivery, Endpoint

from . import webhooks_described as described
from .webhooks import WebhookView, moment


def logged(delivery: Delivery) -> dict[str, Any]:
    """One try to hand over one message."""
    message = delivery.message
    return {
        "id": str(delivery.uuid),
        "message": message.public_id,
        "type": message.type,
        "ref": message.ref or None,
        "sequence": message.sequence,
        "attempt": delivery.number,
        "reason": delivery.reason,
        "at": moment(delivery.at),
        "taken": delivery.taken,
        "status": delivery.status,
        "error": delivery.error or None,
        "milliseconds": delivery.milliseconds,
        "answer": delivery.answer,
    }


class LogView(WebhookView):
    """One entry of the log."""

    def delivery(self) -> Delivery:
        endpoint = self.endpoint()
        logged = endpoint.deliveries.select_related("message", "endpoint")
        found = logged.filter(uuid=self.kwargs["delivery"]).first()
        if found is None:
            raise Http404("There is no such delivery on file. They are kept for some weeks.")
        return found


@extend_schema_view(get=described.delivery_list)
class DeliveryList(WebhookView):
    """What was sent to one endpoint, the latest first."""

    http_method_names = ["get", "head"]
    parameters = ("cursor", "limit")

    def get(self, request: Request, endpoint: UUID) -> Response:
        own = self.endpoint()
        limit, before = page_asked(request, own)
        log = own.deliveries.select_related("message")
        found = list((log.filter(pk__lt=before) if before else log)[: limit + 1])
        items = found[:limit]
        following = None
        if len(found) > limit:
            following = address_after(request, own, items[-1].pk, limit)
        headers = {"Link": f'<{following}>; rel="next"'} if following else {}
        body = {"items": [logged(delivery) for delivery in items], "next": following}
        return Response(body, headers=headers)


@extend_schema_view(get=described.delivery_read)
class DeliveryDetail(LogView):
    """One try, and what came back."""

    http_method_names = ["get", "head"]

    def get(self, request: Request, endpoint: UUID, delivery: UUID) -> Response:
        return Response(logged(self.delivery()))


@extend_schema_view(post=described.delivery_again)
class Redelivery(LogView):
    """The same message once more."""

    http_method_names = ["post"]

    def post(self, request: Request, endpoint: UUID, delivery: UUID) -> Response:
        message = endpoints.send_again(self.delivery())
        return Response({"message": message.public_id}, 202)


_signer = signing.Signer(salt="claims.api.webhooks.log")


def page_asked(request: Request, endpoint: Endpoint) -> tuple[int, int | None]:
    """How many, and before which: the cursor is good for this log only."""
    asked = request.query_params
    limit = asked.get("limit", "50")
    if not (limit.isascii() and limit.isdigit() and len(limit) < 4 and 1 <= int(limit) <= 200):
        detail = "Allowed: a whole number from 1 to 200."
        raise ValidationError({"limit": [ErrorDetail(detail, code="invalid")]})
    if "cursor" not in asked:
        return int(limit), None
    try:
        of, before = _signer.unsign_object(asked["cursor"])
    except (signing.BadSignature, ValueError) as error:
        detail = "This is no cursor of ours. Leave it out to begin, then follow `next`."
        raise ValidationError({"cursor": [ErrorDetail(detail, code="invalid")]}) from error
    if of != str(endpoint.uuid):
        detail = "This cursor was made for another log. Leave it out to begin."
        raise ValidationError({"cursor": [ErrorDetail(detail, code="other_question")]})
    return int(limit), before


def address_after(request: Request, endpoint: Endpoint, last: int, limit: int) -> str:
    asked = {"cursor": _signer.sign_object([str(endpoint.uuid), last]), "limit": limit}
    return request.build_absolute_uri(f"{request.path}?{urlencode(asked)}")
