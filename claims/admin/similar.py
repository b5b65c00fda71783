"""Claims on file that say nearly the same as what somebody is about to enter.

How alike two texts are is a matter of their trigrams. To compare a sentence with a million others
takes seconds, however they are indexed; so those only are compared that share its rarest words.
How rare a word is, a sample tells.
"""

from __future__ import annotations

from itertools import combinations
from math import prod

from django.db import connection

from claims.models import Claim

SHOWN = 5
SHORTEST = 12  # fewer signs are like too much
ALIKE = 0.5  # of the trigrams of what was typed
SAMPLE = 1_000  # claims by which it is judged how rare a word is
RAREST = 4  # words that are looked for
COMPARED = 400  # claims at most whose trigrams are compared

# The words of a text as they are searched, and in how many of a sample of the claims each stands.
WORDS = """
WITH asked AS (SELECT fold_words(%(text)s) AS text),
word AS (
  SELECT DISTINCT left(word, greatest(4, length(word) - 2)) AS word
  FROM asked, string_to_table(asked.text, ' ') AS word WHERE length(word) > 3
),
line AS MATERIALIZED (
  SELECT words FROM claims_wording TABLESAMPLE SYSTEM (%(percent)s) LIMIT %(sample)s
)
SELECT asked.text, word.word, (SELECT count(*) FROM line WHERE words LIKE '%%' || word || '%%')
FROM asked, word ORDER BY 3, length(word.word) DESC, word.word
"""
FOUND = """
SELECT claim_id FROM (
  SELECT claim_id, split_part(words, ' | ', 1) AS statement
  FROM claims_wording WHERE {shared} LIMIT %(compared)s
) AS line
WHERE word_similarity(%(text)s, statement) >= %(alike)s
ORDER BY word_similarity(%(text)s, statement) DESC, claim_id DESC LIMIT %(shown)s
"""


def similar(text: str, *, except_for: str = "") -> list[Claim]:
    """The claims whose statements are most like this text, the most alike first.

    `except_for` is the ref of the claim that somebody is working on.
    """
    if len(text) < SHORTEST:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = 'claims_wording'::regclass")
        lines = max(int(cursor.fetchone()[0]), 0)
        percent = min(100.0, 200.0 * SAMPLE / lines) if lines else 100.0
        cursor.execute(WORDS, {"text": text, "percent": percent, "sample": SAMPLE})
        words = cursor.fetchall()
        if not words:
            return []
        rarest = words[:RAREST]
        together = _together([(count + 0.5) / SAMPLE for _, _, count in rarest], max(lines, 1))
        asked = {
            "text": words[0][0],
            "alike": ALIKE,
            "compared": COMPARED,
            "shown": SHOWN + 1,
            **{f"word{place}": f"%{word}%" for place, (_, word, _) in enumerate(rarest)},
        }
        cursor.execute(FOUND.format(shared=_shared(len(rarest), together)), asked)
        keys = [key for (key,) in cursor.fetchall()]
    claims = Claim.objects.select_related("claimant").in_bulk(keys)
    return [claims[key] for key in keys if claims[key].ref != except_for][:SHOWN]


def _together(shares: list[float], lines: int) -> int:
    """How many of the words must stand in a line for it to be compared.

    So few that a sentence said otherwise is found, and so many that not too many lines are left.
    """
    for number in range(min(2, len(shares)), len(shares)):
        commonest = sorted(shares)[-number:]
        if prod(commonest) * lines <= COMPARED:
            return number
    return len(shares)


def _shared(words: int, together: int) -> str:
    """The condition that so many of the words stand in a line; each word is a parameter."""
    return " OR ".join(
        "(" + " AND ".join(f"words LIKE %(word{place})s" for place in chosen) + ")"
        for chosen in combinations(range(words), together)
    )
