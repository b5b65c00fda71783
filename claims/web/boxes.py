"""Where on the map a place is said to be, in words: degrees, and on which side of the lines."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.formats import number_format
from django.utils.translation import gettext as _

EDGES = ("west", "south", "east", "north")


def box_in_words(box: Sequence[float] | None) -> str:
    """A box (west, south, east, north, in degrees) as a line for readers; empty for none.

    One whose west is greater than its east crosses the 180th meridian, and is told as such.
    """
    if not box:
        return ""
    west, south, east, north = box
    if (west, south) == (east, north):
        return _("%(latitude)s, %(longitude)s") % {
            "latitude": latitude(south),
            "longitude": longitude(west),
        }
    edges = {
        "south": latitude(south),
        "north": latitude(north),
        "west": longitude(west),
        "east": longitude(east),
    }
    if west > east:
        return (
            _(
                "between %(south)s and %(north)s, and from %(west)s across the 180th meridian to "
                "%(east)s"
            )
            % edges
        )
    return _("between %(south)s and %(north)s, and between %(west)s and %(east)s") % edges


def edge_in_words(edge: str, degrees: float) -> str:
    """One edge of a box: `edge` is its name, or its place in the list."""
    name = EDGES[int(edge)] if edge.isdecimal() else edge
    return latitude(degrees) if name in ("south", "north") else longitude(degrees)


def latitude(degrees: float) -> str:
    if degrees < 0:
        return _("%(degrees)s° S") % {"degrees": _number(degrees)}
    return _("%(degrees)s° N") % {"degrees": _number(degrees)}


def longitude(degrees: float) -> str:
    if degrees < 0:
        return _("%(degrees)s° W") % {"degrees": _number(degrees)}
    return _("%(degrees)s° E") % {"degrees": _number(degrees)}


def _number(degrees: float) -> str:
    """With as many decimals as were given, and no more: digits say how exact a place is."""
    written = f"{abs(degrees):.5f}".rstrip("0")
    return number_format(abs(degrees), decimal_pos=len(written.partition(".")[2]))
