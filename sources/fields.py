"""Fields for what newsrooms write down: permanent names, languages, dates that are not exact."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

import langcodes
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from edtf import EDTFParseException, parse_edtf

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
REF_FORMAT = rf"^[{CROCKFORD}]{{8}}$"
LANGUAGE_FORMAT = r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"


def new_ref() -> str:
    """Eight random characters of Crockford base32: a name that says nothing and never changes."""
    return "".join(secrets.choice(CROCKFORD) for _ in range(8))


class RefField(models.CharField):
    """The permanent public name of a row. Numeric keys never leave the database."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs |= {"max_length": 8, "unique": True, "default": new_ref, "editable": False}
        super().__init__(**kwargs)


def valid_language(tag: str) -> None:
    """A BCP 47 tag made of registered parts, such as `fr`, `ar-ML` or `taq-Tfng`."""
    if not langcodes.tag_is_valid(tag):
        raise ValidationError(
            _("“%(tag)s” is no language tag. Write one such as “fr”, “ar-ML” or “taq-Tfng”."),
            code="language",
            params={"tag": tag},
        )


class LanguageField(models.CharField):
    """The language of a text, as a BCP 47 tag in its usual spelling."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 35)
        super().__init__(**kwargs)
        self.validators = [*self.validators, valid_language]

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        tag = super().clean(value, model_instance)
        return langcodes.standardize_tag(tag) if tag else tag


def bounds(edtf: str) -> tuple[dt.date | None, dt.date | None]:
    """The first and the last day that an EDTF date may mean; None where an end is open.

    Raises ValidationError for what is no EDTF date.
    """
    try:
        parsed = parse_edtf(edtf)
        ends = (_end(parsed, "lower_strict"), _end(parsed, "upper_strict"))
    except (
        EDTFParseException,
        TypeError,
        ValueError,
        AttributeError,
        IndexError,
        OverflowError,
    ) as error:
        raise ValidationError(
            _(
                "“%(edtf)s” is no EDTF date. Write “2024-02-11”, “2024-02”, “2024-02-XX” for a day "
                "that is not known, “2024-02~” for about, “2023/2024” for from–to, or leave it "
                "empty and keep the words as printed."
            ),
            code="edtf",
            params={"edtf": edtf},
        ) from error
    if None not in ends and ends[0] > ends[1]:  # type: ignore[operator]
        raise ValidationError(
            _("“%(edtf)s” ends before it begins."), code="edtf", params={"edtf": edtf}
        )
    return ends


def _end(parsed: Any, side: str) -> dt.date | None:
    """One end as a calendar day. The library fails on the open side of an interval."""
    try:
        moment = getattr(parsed, side)()
    except TypeError:
        return None
    if not isinstance(moment, tuple):
        return None
    return dt.date(*moment[:3])


def valid_edtf(edtf: str) -> None:
    bounds(edtf)


class EDTFField(models.CharField):
    """A date as exact as it is known (EDTF, ISO 8601-2), with its bounds kept beside it.

    `earliest` and `latest` name two DateFields of the same model; they are set whenever the row
    is saved, so that lists can be filtered by day.
    """

    def __init__(self, *args: Any, earliest: str = "", latest: str = "", **kwargs: Any) -> None:
        self.earliest, self.latest = earliest, latest
        kwargs |= {"max_length": 60, "blank": True}
        super().__init__(*args, **kwargs)
        self.validators = [*self.validators, valid_edtf]

    def deconstruct(self) -> tuple[str, str, Any, dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"earliest": self.earliest, "latest": self.latest}

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: FBT001
        value = super().pre_save(model_instance, add)
        first, last = bounds(value) if value else (None, None)
        setattr(model_instance, self.earliest, first)
        setattr(model_instance, self.latest, last)
        return value

    def contribute_to_class(self, cls: Any, name: str, private_only: bool = False) -> None:  # noqa: FBT001, FBT002
        super().contribute_to_class(cls, name, private_only)
        if not cls._meta.abstract:
            models.signals.class_prepared.connect(self._bounds_first, sender=cls)

    def _bounds_first(self, sender: type[models.Model], **kwargs: Any) -> None:
        """Refuse a model whose bounds would be written before they are computed."""
        order = [field.name for field in sender._meta.local_concrete_fields]
        if any(order.index(self.name) > order.index(end) for end in (self.earliest, self.latest)):
            raise TypeError(f"{sender.__name__}.{self.name} must stand before its bounds.")


def as_printed_date(row: Any, field: str) -> dict[str, Any] | None:
    """A date of `row` with its bounds and the words as printed; None when nothing is known."""
    edtf, words = getattr(row, field), getattr(row, f"{field}_as_printed")
    if not edtf and not words:
        return None
    earliest, latest = getattr(row, f"{field}_earliest"), getattr(row, f"{field}_latest")
    return {
        "edtf": edtf,
        "as_printed": words,
        "earliest": earliest and earliest.isoformat(),
        "latest": latest and latest.isoformat(),
    }
