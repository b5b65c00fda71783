"""Filters by one column of a list: what each kind of value may be, and what is said else."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import langcodes
from django import forms
from django.core.validators import RegexValidator
from django_filters import filters
from drf_spectacular.utils import extend_schema_field

from .parameters import MOMENT, REF


def ref(column: str, help_text: str) -> filters.CharFilter:
    allowed = "Allowed: a ref, eight characters of 0–9 and A–Z without I, L, O and U."
    return matching(REF, allowed, field_name=column, help_text=help_text)


def matching(pattern: str, allowed: str, **options: Any) -> filters.CharFilter:
    """A filter by a short text of one form."""
    form = RegexValidator(rf"\A{pattern}\Z", allowed)
    made = filters.CharFilter(validators=[form], strip=False, **options)
    return _described(made, {"type": "string", "pattern": f"^{pattern}$"})


def one_of(values: tuple[str, ...], help_text: str, **options: Any) -> filters.ChoiceFilter:
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
                # PostgreSQL knows no offsets as far as RFC 3339 goes, so we say it in UTC.
                return datetime.fromisoformat(text.upper()).astimezone(UTC)
        except (ValueError, OverflowError):
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
