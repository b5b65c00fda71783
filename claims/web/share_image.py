"""The image that stands for an edition in a feed: who says what, and both answers."""

from __future__ import annotations

from collections.abc import Iterator

from django.template.loader import render_to_string

from claims.editions.choices import EditionKind
from claims.editions.models import Edition

from . import drawing
from .shared import Told, direction_of

# Sizes of a statement, in pixels; the last is still legible in a feed. Whatever does not fit even
# so is cut after a number of lines, and says so.
SIZES = (72, 60, 50, 42, 36, 32, 28)
CUT_SIZE, CUT_LINES = 32, 7
ROOM = 1080 * 340  # square pixels, more than there are
PER_SIGN = 0.5  # what a sign takes, in squares of its size: less than it does


def draw_image(shown: Edition) -> bytes:
    """As large as it fits; what fits in no size is shortened, and says so."""
    told = Told.by(shown)
    for size, lines in _tries(told.statement):
        context = {
            "told": told,
            "retracted": shown.kind == EditionKind.RETRACTED,
            "direction": direction_of(told.statement),
            "size": size,
            "lines": lines,
        }
        layout = drawing.laid_out(render_to_string("web/drawn/card.html", context))
        if len(layout.pages) == 1:
            break
    return drawing.picture(layout)


def _tries(statement: str) -> Iterator[tuple[int, int | None]]:
    """Sizes, from the first that may do; then numbers of lines to cut after."""
    for size in SIZES:
        if len(statement) * PER_SIGN * size * size <= ROOM:
            yield size, None
    for lines in range(CUT_LINES, 0, -1):
        yield CUT_SIZE, lines
