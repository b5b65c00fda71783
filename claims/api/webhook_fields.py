"""What partners send about their endpoints, field by field. JSON types are meant exactly."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from claims.editions.models import REF_FORMAT
from claims.webhooks import endpoints
from claims.webhooks.choices import TYPES

MOST_REFS = 50


class Text(serializers.CharField):
    """A text, and nothing that could be made into one."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return str(super().to_internal_value(data))


class Flag(serializers.BooleanField):
    default_error_messages = {"invalid": "Allowed: true, false."}

    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


class Place(serializers.IntegerField):
    """A place in the record: one that exists, or 0, which is before all."""

    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, bool) or not isinstance(data, int):
            self.fail("invalid")
        return int(super().to_internal_value(data))

    def run_validation(self, data: Any = serializers.empty) -> Any:
        value = super().run_validation(data)
        if value is not None and value > (last := endpoints.last_sequence()):
            raise serializers.ValidationError(f"The record goes up to {last}.")
        return value


class Type(Text):
    def to_internal_value(self, data: Any) -> str:
        value = super().to_internal_value(data)
        if value not in TYPES:
            raise serializers.ValidationError(f"Allowed: {', '.join(TYPES)}.")
        return value


class Ref(Text):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.validators.append(
            serializers.RegexField(REF_FORMAT).validators[-1]  # the one rule for refs
        )


class Several(serializers.ListField):
    """A list in which nothing stands twice."""

    def to_internal_value(self, data: Any) -> list[Any]:
        values = super().to_internal_value(data)
        if len(set(values)) < len(values):
            raise serializers.ValidationError("The same thing stands in it twice.")
        return list(values)


class EndpointChange(serializers.Serializer):
    """Whatever is left out stays as it is."""

    url = Text(max_length=2000, required=False, trim_whitespace=False)
    description = Text(max_length=200, required=False, allow_blank=True)
    types = Several(child=Type(), max_length=len(TYPES), required=False)
    claimants = Several(child=Ref(), max_length=MOST_REFS, required=False)
    events = Several(child=Ref(), max_length=MOST_REFS, required=False)
    after = Place(source="position", min_value=0, required=False)
    enabled = Flag(required=False)

    def validate_url(self, url: str) -> str:
        if problem := endpoints.problem_with(url):
            raise serializers.ValidationError(problem)
        return url


class NewEndpoint(EndpointChange):
    url = Text(max_length=2000, trim_whitespace=False)
    enabled = None  # type: ignore[assignment] # a new one always is
