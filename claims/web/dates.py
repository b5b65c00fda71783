"""Dates that are as exact as they are known (EDTF, ISO 8601-2), in words."""

from __future__ import annotations

import re
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from edtf import EDTFParseException, parse_edtf

from .people import span

PLAIN = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?([~?%])?")


def edtf_words(value: str) -> str:
    """ "2019-05" as "May 2019", "2021~" as "about 2021"; what has no plain words by its bounds."""
    found = PLAIN.fullmatch(value)
    if found is None:
        return _by_its_bounds(value)
    year, month, day, mark = found.groups()
    try:
        begins = date(int(year), int(month or 1), int(day or 1))
    except ValueError:  # a season, or a year that no calendar has
        return _by_its_bounds(value)
    form = "j F Y" if day else "F Y" if month else "Y"
    said = date_format(begins, form)
    if mark == "~":
        return _("about %(date)s") % {"date": said}
    if mark:
        return _("perhaps %(date)s") % {"date": said}
    return said


def period(begins: str, ends: str) -> str:
    """From when to when, as far as it is known."""
    if begins and ends:
        return _("%(first)s to %(last)s") % {
            "first": edtf_words(begins),
            "last": edtf_words(ends),
        }
    if begins:
        return _("since %(first)s") % {"first": edtf_words(begins)}
    if ends:
        return _("until %(last)s") % {"last": edtf_words(ends)}
    return _("from when to when is not known")


def _by_its_bounds(value: str) -> str:
    try:
        parsed = parse_edtf(value)
        earliest, latest = (date(*end()[:3]) for end in (parsed.lower_strict, parsed.upper_strict))
    except (EDTFParseException, ValueError, TypeError, AttributeError, OverflowError):
        return value
    return span(earliest, latest)
