"""What a partner is told of themselves: their keys, what each opens, and what is left of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import F
from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema_view
from rest_framework import serializers
from rest_framework.exceptions import APIException, PermissionDenied, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from claims.editions.stamps import stamp
from claims.partners import keys
from claims.partners.access import standing
from claims.partners.choices import KeyKind, Scope
from claims.partners.models import ApiKey

from . import me_described as described
from .parameters import MOMENT
from .partner_views import PartnerView

MOST = 100  # keys of a partner that are listed; two of a kind are live, the rest is what was


class Conflict(APIException):
    status_code = 409
    default_code = "conflict"


def moment(at: datetime | None) -> str | None:
    return stamp(at) if at else None


def shown(key: ApiKey) -> dict[str, Any]:
    """A key as its partner sees it: all but the key."""
    return {
        "id": key.ref,
        "kind": key.kind,
        "label": key.label,
        "prefix": key.prefix,
        "scopes": key.scopes,
        "created_at": moment(key.created_at),
        "expires_at": moment(key.expires_at),
        "revoked_at": moment(key.revoked_at),
        "last_used_at": moment(key.last_used_at),
    }


class MomentField(serializers.Field):
    """A moment with its offset, not yet past, within ten years."""

    def to_internal_value(self, data: Any) -> datetime:
        try:
            if isinstance(data, str) and MOMENT.fullmatch(data):
                at = datetime.fromisoformat(data.upper()).astimezone(UTC)
                if timezone.now() < at < timezone.now() + timedelta(days=3653):
                    return at
                raise serializers.ValidationError("Allowed: from now to ten years from now.")
        except (ValueError, OverflowError):
            pass
        raise serializers.ValidationError(
            "Allowed: a moment with its offset, such as 2027-11-23T12:00:00Z."
        )


class NewKey(serializers.Serializer):
    """What is said of a key that is to be made."""

    label = serializers.CharField(max_length=100)  # type: ignore[assignment]
    kind = serializers.ChoiceField(KeyKind.values, default=KeyKind.SECRET.value)
    scopes = serializers.ListField(
        child=serializers.ChoiceField(Scope.values), min_length=1, max_length=len(Scope)
    )
    expires_at = MomentField(required=False, allow_null=True, default=None)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["kind"] == KeyKind.SEARCH and set(attrs["scopes"]) != {Scope.READ}:
            raise serializers.ValidationError(
                {"scopes": ["A search key has the scope `read` and no other."]}
            )
        return attrs


class MeView(PartnerView):
    """Whatever a key opens, whoever holds it may know whose it is."""

    scope = None

    def own_key(self) -> ApiKey:
        found = ApiKey.objects.filter(partner=self.partner, ref=self.kwargs["key"]).first()
        if found is None:
            raise Http404("You have no such key.")
        return found


@extend_schema_view(get=described.me)
class Me(MeView):
    """The partner, the key that asks, and how much of its limits is left."""

    http_method_names = ["get", "head"]

    def get(self, request: Request) -> Response:
        limits = [
            {
                "scope": one.policy,
                "limit": one.allowed,
                "window": one.window,
                "remaining": one.remaining,
                "resets_in": int(one.resets_in),
            }
            for one in standing(self.key)
        ]
        partner = {"name": self.partner.name, "since": moment(self.partner.since)}
        return Response({"partner": partner, "key": shown(self.key), "limits": limits})


@extend_schema_view(get=described.key_list, post=described.key_new)
class KeyList(MeView):
    """The partner's keys, those that were not revoked first; a new one."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: Request) -> Response:
        own = ApiKey.objects.filter(partner=self.partner)
        found = own.order_by(F("revoked_at").desc(nulls_first=True), "-pk")[:MOST]
        return Response({"items": [shown(key) for key in found]})

    def post(self, request: Request) -> Response:
        """A key like this one or one that opens less. Its text is in this answer alone."""
        said = self.body(NewKey)
        if beyond := sorted(set(said["scopes"]) - set(self.key.scopes)):
            names = ", ".join(f"`{scope}`" for scope in beyond)
            raise ValidationError({"scopes": [f"More than the key you ask with opens: {names}."]})
        try:
            key, text = keys.make(
                self.partner, **said | {"kind": KeyKind(said["kind"])}, made_with=self.key
            )
        except keys.Refused as refusal:
            raise Conflict(str(refusal)) from refusal
        place = {"Location": f"{request.path}{key.ref}/"}
        return Response(shown(key) | {"key": text}, 201, headers=place)


@extend_schema_view(get=described.key_read, delete=described.key_revoke)
class KeyDetail(MeView):
    """One key; revoked, it opens nothing from the next request on."""

    http_method_names = ["get", "head", "delete"]

    @property
    def parameters(self) -> tuple[str, ...]:  # type: ignore[override]
        return ("last",) if self.request.method == "DELETE" else ()

    def get(self, request: Request, key: str) -> Response:
        return Response(shown(self.own_key()))

    def delete(self, request: Request, key: str) -> Response:
        last = request.query_params.get("last", "false")
        if last not in {"true", "false"}:
            raise ValidationError({"last": ["Allowed: true, false."]})
        own = self.own_key()
        try:
            keys.revoke_with(own, self.key, even_the_last=last == "true")
        except keys.OpensMore as refusal:
            raise PermissionDenied(str(refusal)) from refusal
        except keys.Refused as refusal:
            raise Conflict(str(refusal)) from refusal
        return Response(status=204)
