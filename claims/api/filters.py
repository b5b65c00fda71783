"""What partners can ask the list of claims for. Each name is a promise."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import langcodes
from django import forms
from django.core.validators import RegexValidator
from django_filters import filters
from django_filters.rest_framework import FilterSet
from drf_spectacular.utils import extend_schema_field
from rest_framework.exceptions import ErrorDetail, ValidationError

from claims.editions.models import REF_FORMAT, PublishedClaim, StatusDefinition

from . import words
from .schema import query

CODE = "[A-Za-z0-9_-]{1,40}"
REF = REF_FORMAT.strip("^$")
MOMENT = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,6})?([Zz]|[+-]\d\d:\d\d)", re.ASCII)


def _ref(column: str, help_text: str) -> filters.CharFilter:
    allowed = "Allowed: a ref, eight characters of 0–9 and A–Z without I, L, O and U."
    return _matching(REF, allowed, field_name=column, help_text=help_text)


def _code(column: str, help_text: str) -> filters.CharFilter:
    allowed = "Allowed: a code from the list of statuses."
    return _matching(CODE, allowed, field_name=column, help_text=help_text)


def _matching(pattern: str, allowed: str, **options: Any) -> filters.CharFilter:
    """A filter by a short text of one form."""
    form = RegexValidator(rf"\A{pattern}\Z", allowed)
    made = filters.CharFilter(validators=[form], strip=False, **options)
    return _described(made, {"type": "string", "pattern": f"^{pattern}$"})


def _one_of(values: tuple[str, ...], help_text: str, **options: Any) -> filters.ChoiceFilter:
    made = filters.TypedChoiceFilter(
        choices=[(value, value) for value in values],
        error_messages={"invalid_choice": f"Allowed: {', '.join(values)}."},
        help_text=help_text,
        **options,
    )
    return _described(made, {"type": "string", "enum": list(values)})


def _described(made: Any, schema: dict[str, Any]) -> Any:
    return extend_schema_field(schema)(made)


class MomentField(forms.CharField):
    """A moment with its offset (RFC 3339), so that nobody has to guess a time zone."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            if MOMENT.fullmatch(text):
                return datetime.fromisoformat(text.upper())
        except ValueError:
            pass
        raise forms.ValidationError(
            "Allowed: a moment with its offset, such as 2026-11-23T12:00:00Z (a + in an address is "
            "written %%2B)."
        )


class LanguageTagField(forms.CharField):
    """A BCP 47 tag, in the form the record keeps it."""

    def clean(self, value: Any) -> Any:
        tag = super().clean(value)
        if not tag:
            return tag
        if len(tag) > 35 or not tag.isascii() or not langcodes.tag_is_valid(tag):
            raise forms.ValidationError("Allowed: a BCP 47 language tag, such as fr or taq-Tfng.")
        return langcodes.standardize_tag(tag)


@extend_schema_field({"type": "string", "format": "date-time"})
class MomentFilter(filters.Filter):
    field_class = MomentField


@extend_schema_field({"type": "string", "maxLength": 35})
class LanguageFilter(filters.Filter):
    field_class = LanguageTagField


class ClaimFilter(FilterSet):
    """Which published claims?"""

    status = _code("content_status", "Is it so? A code of the axis `content`.")
    attribution = _code("attribution_status", "Was it said? A code of the axis `attribution`.")
    claimant = _ref("claimant_ref", "The ref of the agent who says so.")
    event = _ref("event_ref", "The ref of the event it is about.")
    aspect = _one_of(words.ASPECTS, "Which question about the event it answers.")
    harm = _one_of(words.HARM_LEVELS, "What a wrong word here could do.")
    disputed = _one_of(
        ("true", "false"),
        "Does another published claim deny, rebut or contradict it?",
        coerce=lambda answer: answer == "true",
    )
    language = LanguageFilter(help_text="The language of the statement (BCP 47).")
    updated_since = MomentFilter(
        field_name="published_at",
        lookup_expr="gte",
        help_text="Published or changed at this moment or later.",
    )

    class Meta:
        model = PublishedClaim
        fields: list[str] = []


AXES = {"status": "content", "attribution": "attribution"}


def refuse_unknown_statuses(asked: dict[str, str]) -> None:
    """A code nobody defined is a mistake, not a question without an answer.

    Asked only when a page came out empty: where a claim was found, the code is known.
    """
    if not AXES.keys() & asked.keys():
        return
    known = set(StatusDefinition.objects.values_list("axis", "code").distinct())
    for name, axis in AXES.items():
        if name in asked and (axis, asked[name]) not in known:
            codes = ", ".join(sorted(code for on, code in known if on == axis))
            raise ValidationError({name: [ErrorDetail(f"Allowed: {codes}.", code="unknown_code")]})


FILTERS = [
    query(name, filtered.extra["help_text"], filtered._spectacular_annotation["field"])
    for name, filtered in ClaimFilter.base_filters.items()
]
