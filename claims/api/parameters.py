"""How a parameter is read: what each kind of filter allows, and says when it is something else."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlsplit

import langcodes
from django import forms
from django.core.validators import RegexValidator
from django_filters import filters
from drf_spectacular.utils import extend_schema_field

from claims.editions import marks
from claims.editions.folding import fold
from claims.editions.models import REF_FORMAT
from claims.editions.narrowing import Wanted

Put = Callable[[Wanted, Any], None]

CODE = "[A-Za-z0-9_-]{1,40}"
REF = REF_FORMAT.strip("^$")
MOST = 20  # values by commas
MOMENT = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,6})?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
WHOLE = re.compile(r"0|[1-9][0-9]{0,14}", re.ASCII)
DEGREES = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,9})?", re.ASCII)
HOST = re.compile(r"[^\W_]([\w-]{0,61}[^\W_])?(\.[^\W_]([\w-]{0,61}[^\W_])?)*\.?")


class Asked(filters.Filter):
    """A filter that adds what it was given to what is wanted.

    `column`: where it is all that is asked for, and one value, this column has an index of its own.
    """

    def __init__(
        self, put: Put, schema: dict[str, Any], *, column: str = "", **options: Any
    ) -> None:
        self.put, self.column = put, column
        super().__init__(**options)
        extend_schema_field(schema)(self)


class Text(forms.CharField):
    """A text in one form: `read` makes of it what is meant, or raises ValueError."""

    def __init__(self, read: Callable[[str], Any], allowed: str, **options: Any) -> None:
        options.pop("null_value", None)
        super().__init__(**options)
        self.read, self.allowed = read, allowed

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return self.read(text)
        except ValueError as error:
            raise forms.ValidationError(f"Allowed: {self.allowed}") from error


class Typed(Asked):
    """A filter whose text is read by a function."""

    def __init__(
        self,
        put: Put,
        schema: dict[str, Any],
        *,
        read: Callable[[str], Any],
        allowed: str,
        **options: Any,
    ) -> None:
        super().__init__(put, schema, read=read, allowed=allowed, **options)

    field_class = Text


def matching(pattern: str, allowed: str, put: Put, **options: Any) -> Asked:
    """A filter by a short text of one form."""
    form = RegexValidator(rf"\A{pattern}\Z", allowed)
    schema = {"type": "string", "pattern": f"^{pattern}$"}
    made = Asked(put, schema, validators=[form], strip=False, **options)
    made.field_class = forms.CharField
    return made


def ref(put: Put, help_text: str, **options: Any) -> Asked:
    allowed = "Allowed: a ref, eight characters of 0–9 and A–Z without I, L, O and U."
    return matching(REF, allowed, put, help_text=help_text, **options)


def listed(one: str, help_text: str, **options: Any) -> dict[str, Any]:
    """The options of a filter that takes several values, any of which will do."""
    return {
        "schema": {"type": "string", "pattern": f"^{one}(,{one}){{0,{MOST - 1}}}$"},
        "help_text": f"{help_text} Several by commas: any of them.",
        **options,
    }


def codes(facet: str, column: str, help_text: str) -> Asked:
    def read(text: str) -> list[str]:
        return _each(text, lambda value: value if re.fullmatch(CODE, value) else None)

    return Typed(
        lambda wanted, values: wanted.any_of(facet, values),
        **listed(CODE, help_text),
        read=read,
        allowed="a code from the list of statuses, or several by commas.",
        column=column,
    )


def any_of(facet: str, column: str, values: tuple[str, ...], help_text: str) -> Asked:
    return Typed(
        lambda wanted, chosen: wanted.any_of(facet, chosen),
        **listed(f"({'|'.join(values)})", help_text),
        read=lambda text: _each(text, lambda value: value if value in values else None),
        allowed=f"{', '.join(values)}.",
        column=column,
    )


def _each(text: str, read: Callable[[str], str | None]) -> list[str]:
    found = [read(one.strip()) for one in text.split(",")]
    if len(found) > MOST or None in found:
        raise ValueError(text)
    return [one for one in dict.fromkeys(found) if one is not None]


def one_of(values: dict[str, Any], put: Put, help_text: str, **options: Any) -> Asked:
    def read(text: str) -> Any:
        if text not in values:
            raise ValueError(text)
        return values[text]

    return Typed(
        put,
        {"type": "string", "enum": list(values)},
        read=read,
        allowed=f"{', '.join(values)}.",
        help_text=help_text,
        **options,
    )


def languages(put: Put, help_text: str, **options: Any) -> Asked:
    """BCP 47 tags, in the form the record keeps them."""

    def tag(value: str) -> str | None:
        if len(value) > 35 or not value.isascii() or not langcodes.tag_is_valid(value):
            return None
        return str(langcodes.standardize_tag(value))

    return Typed(
        put,
        {"type": "string", "maxLength": 300},
        read=lambda text: _each(text, tag),
        allowed="a BCP 47 language tag, such as fr or taq-Tfng, or several by commas.",
        help_text=f"{help_text} Several by commas: any of them.",
        **options,
    )


def moment(name: str, help_text: str) -> Asked:
    """A moment with its offset (RFC 3339), so that nobody has to guess a time zone."""

    def read(text: str) -> datetime:
        if not MOMENT.fullmatch(text):
            raise ValueError(text)
        try:
            # PostgreSQL knows no offsets as far as RFC 3339 goes, so we say it in UTC.
            return datetime.fromisoformat(text.upper()).astimezone(UTC)
        except OverflowError as error:
            raise ValueError(text) from error

    return Typed(
        lambda wanted, value: wanted.published(name, value),
        {"type": "string", "format": "date-time"},
        read=read,
        allowed=(
            "a moment with its offset, such as 2026-11-23T12:00:00Z (a + in an address is "
            "written %%2B)."
        ),
        help_text=help_text,
    )


def day(end: str, help_text: str) -> Asked:
    def read(text: str) -> date:
        if not DAY.fullmatch(text):
            raise ValueError(text)
        return date.fromisoformat(text)

    return Typed(
        lambda wanted, value: wanted.said(end, value),
        {"type": "string", "format": "date"},
        read=read,
        allowed="a day, such as 2026-11-23.",
        help_text=help_text,
    )


def number(put: Put, help_text: str, *, least: int = 0, most: int = 10**15 - 1) -> Asked:
    def read(text: str) -> int:
        if not WHOLE.fullmatch(text) or not least <= int(text) <= most:
            raise ValueError(text)
        return int(text)

    return Typed(
        put,
        {"type": "integer", "minimum": least, "maximum": most},
        read=read,
        allowed=f"a whole number from {least} to {most}.",
        help_text=help_text,
    )


def words(put: Put, help_text: str) -> Asked:
    """A text in which there is something to look for: a letter or a digit."""

    def read(text: str) -> str:
        if not fold(text):
            raise ValueError(text)
        return text

    return Typed(
        put,
        {"type": "string", "maxLength": 300},
        read=read,
        allowed="words: a text with letters or digits in it.",
        help_text=help_text,
    )


def box(put: Put, help_text: str) -> Asked:
    def read(text: str) -> marks.Box:
        edges = text.split(",")
        if len(edges) != 4 or not all(map(DEGREES.fullmatch, edges)):
            raise ValueError(text)
        west, south, east, north = map(float, edges)
        if not (max(abs(west), abs(east)) <= 180 and -90 <= south <= north <= 90):
            raise ValueError(text)
        return west, south, east, north

    degrees = r"-?[0-9]{1,3}(\.[0-9]{1,9})?"
    return Typed(
        put,
        {"type": "string", "pattern": f"^{degrees}(,{degrees}){{3}}$"},
        read=read,
        allowed=(
            "west,south,east,north in degrees, such as -5.1,16.0,0.3,19.7; from -180 to 180 and "
            "from -90 to 90, with the south below the north. A west greater than the east crosses "
            "the 180th meridian."
        ),
        help_text=help_text,
    )


def cited(help_text: str) -> Asked:
    """An address, or a host alone; either as the mark that it leaves on what cites it."""

    def read(text: str) -> str:
        if "/" in text:
            parts = urlsplit(text)
            mark = marks.cited(text) if parts.scheme in ("http", "https") else ""
        else:
            [host, *_wider] = marks.hosts(f"//{text}") if HOST.fullmatch(text) else [""]
            mark = host and f"host={host}"
        if not mark:
            raise ValueError(text)
        return mark

    return Typed(
        lambda wanted, mark: wanted.marks.append([mark]),
        {"type": "string", "maxLength": 2000},
        read=read,
        allowed="an address that begins with http:// or https://, or a host such as example.org.",
        help_text=help_text,
    )
