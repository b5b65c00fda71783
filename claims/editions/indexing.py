"""From a claim's last words to what it is found by. Called by the projection, for what changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db import connection

from .folding import outline
from .index import PublishedText, PublishedWord
from .models import PublishedClaim
from .texts import terms_of, texts_of, words_of

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


def row_of(claim: PublishedClaim) -> PublishedText:
    document = claim.edition.last_words
    return PublishedText(
        ref=claim.ref,
        sequence=claim.sequence,
        terms=terms_of(
            document,
            sequence=claim.sequence,
            standing=not claim.retracted,
            disputed=claim.disputed,
        ),
        texts=texts_of(document),
    )


def index(claims: Iterable[PublishedClaim]) -> None:
    """Write what these claims are found by, and count their words."""
    rows = [row_of(claim) for claim in claims]
    held = PublishedText.objects.in_bulk([row.ref for row in rows])
    counts: Counter[str] = Counter()
    for row in rows:
        counts.update(_counted(row))
        counts.subtract(_counted(held[row.ref]) if row.ref in held else ())
    PublishedText.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["ref"],
        update_fields=["sequence", "terms", "texts"],
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
