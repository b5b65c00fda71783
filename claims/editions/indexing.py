"""From a claim's last words to what it is found by. Called by the projection, for what changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db import connection

from .folding import outline
from .found_by import described
from .index import PublishedText, PublishedWord
from .models import Edition, PublishedClaim
from .texts import words_of

CHANGING = [
    field.name
    for field in PublishedText._meta.concrete_fields
    if field.name != "ref" and not field.generated
]
COUNT = """
WITH news AS (
  SELECT * FROM unnest(%s::text[], %s::text[], %s::int[]) AS news (word, outline, claims)
), gone AS (
  DELETE FROM editions_publishedword w USING news
  WHERE w.word = news.word AND w.claims + news.claims <= 0
), known AS (
  UPDATE editions_publishedword w SET claims = w.claims + news.claims FROM news
  WHERE w.word = news.word AND w.claims + news.claims > 0
)
INSERT INTO editions_publishedword (word, outline, claims)
SELECT news.* FROM news LEFT JOIN editions_publishedword held USING (word)
WHERE held.word IS NULL AND news.claims > 0
"""


def row_of(claim: PublishedClaim, first_sequence: int) -> PublishedText:
    return PublishedText(
        **described(
            claim.edition.last_words,
            ref=claim.ref,
            sequence=claim.sequence,
            first_sequence=first_sequence,
            published_at=claim.published_at,
            first_published_at=claim.first_published_at,
            standing=not claim.retracted,
            disputed=claim.disputed,
        )
    )


def index(claims: Iterable[PublishedClaim]) -> None:
    """Write what these claims are found by, and count their words."""
    claims = list(claims)
    refs = [claim.ref for claim in claims]
    first = dict(Edition.objects.filter(ref__in=refs, number=1).values_list("ref", "sequence"))
    rows = [row_of(claim, first[claim.ref]) for claim in claims]
    held = PublishedText.objects.in_bulk([row.ref for row in rows])
    counts: Counter[str] = Counter()
    for row in rows:
        counts.update(_counted(row))
        counts.subtract(_counted(held[row.ref]) if row.ref in held else ())
    PublishedText.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["ref"],
        update_fields=CHANGING,
    )
    count({word: number for word, number in counts.items() if number})


def empty() -> None:
    """Forget the whole index, before it is made anew."""
    PublishedText.objects.all().delete()
    PublishedWord.objects.all().delete()


def _counted(row: PublishedText) -> set[str]:
    """A claim that has left the lists offers no words to those who search them."""
    return words_of(row.texts) if "standing=yes" in row.terms else set()


def count(words: dict[str, int]) -> None:
    """Add to the number of claims that words stand in; a word that stands in none is forgotten."""
    if not words:
        return
    names = sorted(words)
    rows: list[Any] = [names, [outline(name) for name in names], [words[name] for name in names]]
    with connection.cursor() as cursor:
        cursor.execute(COUNT, rows)
