"""What partners propose to the desk: sent, listed and followed by whoever sent it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from drf_spectacular.utils import extend_schema_view
from rest_framework.exceptions import APIException, ErrorDetail, ValidationError
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request

from claims.editions.items import joined
from claims.editions.mentioned import PublishedSource
from claims.editions.models import PublishedClaim
from claims.editions.stamps import stamp
from claims.intake import proposing
from claims.intake.choices import ProposalKind
from claims.intake.models import Proposal
from claims.partners.choices import Scope

from .partner_views import PartnerView
from .proposal_schema import proposal, proposal_list, propose
from .proposed import NewProposal

KEY = "Idempotency-Key"
# A string as RFC 9651 writes it, or the same without its quotation marks.
KEY_FORMAT = re.compile(r'"(?P<quoted>[!#-\[\]-~]{1,255})"|(?P<bare>[!#-\[\]-~]{1,255})')


class Conflict(APIException):
    """Not now: something else has to happen first."""

    status_code = 409


class InFlight(Conflict):
    default_detail = (
        f"A request with this {KEY} is still being answered. Wait a second, then send it again."
    )
    wait = 1


class Full(Conflict):
    default_detail = (
        "The desk has not yet decided about too many of your proposals. Wait until it has decided "
        "about some: their addresses say."
    )


class KeyUsed(APIException):
    status_code = 422
    default_detail = (
        f"Something else was proposed with this {KEY}. Use a new one for each proposal, and the "
        "same one only to send the same proposal again."
    )


@extend_schema_view(get=proposal_list, post=propose)
class ProposalList(PartnerView):
    """What this partner has proposed, the latest first.

    A proposal is never public. It waits in a queue of its own until somebody at the desk looks at
    it; its address says what became of it, and under which ref it can be read once an edition that
    was made of it is published.
    """

    http_method_names = ["get", "head", "post"]
    scope = Scope.INTAKE
    queryset = Proposal.objects.all()
    pagination_class = GenericAPIView.pagination_class
    paginator: Any
    order = "-number"
    longest_values = {"cursor": 2000}

    @property
    def parameters(self) -> tuple[str, ...]:  # type: ignore[override]
        """Those of a list; whoever proposes something gives none."""
        asks = self.request.method in ("GET", "HEAD")
        return tuple(self.paginator.parameters(self)) if asks else ()

    def get(self, request: Request) -> HttpResponseBase:
        self.paginator.begin(request, self)
        found = Proposal.objects.of(self.partner)
        if self.paginator.counting:
            most = self.paginator.counted + 1
            number = found.order_by()[:most].count()
            self.paginator.count(number, whole=number < most)
        page = found.values_list(*HEAD, *self.paginator.keys())
        rows = self.paginator.cut(list(self.paginator.paginate_queryset(page, request, self)))
        refs = published(rows)
        told = (json.dumps(item(row, refs), sort_keys=True).encode() for row in rows)
        return self.get_paginated_response(joined([one] for one in told))

    def post(self, request: Request) -> HttpResponseBase:
        """Propose a claim or a source.

        `Idempotency-Key` is a word of yours for this proposal, such as a UUID: sent again with the
        same body it is answered as it was the first time, and filed once. We never forget it.
        """
        key = idempotency_key(request)
        said = self.body(NewProposal)
        try:
            filed = proposing.propose(
                self.partner, key=key, kind=ProposalKind(said["kind"]), content=said["content"]
            )
        except proposing.StillInFlight as error:
            raise InFlight from error
        except proposing.KeyUsedForAnother as error:
            raise KeyUsed from error
        except proposing.TooManyOpen as error:
            raise Full from error
        # As it was when it was filed: the same answer, however often it is asked for.
        head = item((*(getattr(filed, name) for name in HEAD[:3]), "received", "", "", None), {})
        body = head | {"proposed": filed.content}
        return answered(body, status=201, headers={"Location": body["address"]})


@extend_schema_view(get=proposal)
class ProposalDetail(PartnerView):
    """What became of one proposal. Nobody but the partner who made it finds it."""

    http_method_names = ["get", "head"]
    scope = Scope.INTAKE
    queryset = Proposal.objects.all()

    def get(self, request: Request, ticket: str) -> HttpResponse:
        found = Proposal.objects.of(self.partner).filter(ticket=ticket)
        row = found.values_list(*HEAD, "content").first()
        if row is None:
            raise Http404("You have made no proposal of this name.")
        return answered(item(row[:-1], published([row[:-1]])) | {"proposed": row[-1]})


def answered(body: dict[str, Any], **more: Any) -> HttpResponse:
    """Byte for byte the same as long as it says the same: the database keeps no order of keys."""
    return JsonResponse(body, json_dumps_params={"sort_keys": True}, **more)


HEAD = ("ticket", "kind", "received_at", "state", "answer", "led_to", "settled_at")


def item(row: tuple[Any, ...], refs: dict[str, str]) -> dict[str, Any]:
    """A proposal as its partner reads it. `refs`: what of it stands in the public record."""
    ticket, kind, received_at, state, answer, led_to, settled_at = row
    return {
        "id": ticket,
        "address": reverse("api-proposal", args=[ticket]),
        "kind": kind,
        "received_at": stamp(received_at),
        "state": state,
        "settled_at": settled_at and stamp(settled_at),
        "reason": answer,
        "ref": led_to if refs.get(led_to) == kind else None,
    }


def published(rows: Iterable[tuple[Any, ...]]) -> dict[str, str]:
    """Which of the refs that these proposals led to can be read, and what each is."""
    led_to = [(row[1], row[5]) for row in rows if row[5]]
    return {
        ref: str(kind)
        for kind, model in (
            (ProposalKind.CLAIM, PublishedClaim),
            (ProposalKind.SOURCE, PublishedSource),
        )
        if (asked := [ref for one, ref in led_to if one == kind])
        for ref in model.objects.filter(pk__in=asked).values_list("pk", flat=True)
    }


def idempotency_key(request: Request) -> str:
    """The partner's own word for this request (draft-ietf-httpapi-idempotency-key-header)."""
    given = request.headers.get(KEY)
    if given is None:
        raise refused("Give each proposal a key of its own, such as a UUID.", "missing")
    found = KEY_FORMAT.fullmatch(given.strip())
    if found is None:
        raise refused("Allowed: 1 to 255 visible ASCII characters in quotation marks.", "invalid")
    return found["quoted"] or found["bare"]


def refused(detail: str, code: str) -> ValidationError:
    return ValidationError({KEY: [ErrorDetail(detail, code=code)]})
