"""All that one claim is found by, as a row of the index. A pure function of its last words."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from . import marks
from .texts import terms_of, texts_of


def described(
    document: dict[str, Any],
    *,
    ref: str,
    sequence: int,
    first_sequence: int,
    published_at: datetime,
    first_published_at: datetime,
    standing: bool,
    disputed: bool,
) -> dict[str, Any]:
    """The columns of `PublishedText`, but for the words that the database makes of the texts."""
    made_from, made_to = marks.made_in(document) or (None, None)
    return {
        "ref": ref,
        "sequence": sequence,
        "terms": terms_of(document, sequence=sequence, standing=standing, disputed=disputed),
        "marks": marks.marks_of(document, sequence=sequence, first_sequence=first_sequence),
        "first_sequence": first_sequence,
        "first_published_at": first_published_at,
        "published_at": published_at,
        "made_from": made_from,
        "made_to": made_to,
        "origins": marks.origins_of(document),
        "figures": marks.figures_of(document),
        "box": marks.box_of(document),
        "texts": texts_of(document),
    }
