"""Finding claims in the record: by words, by facets, in an order; with what lists say about it.

One statement answers with a page of claims, the facets of all that matched, and how many those
are. Neither the matches that are ranked nor those that are counted are ever more than `BOUND`: of
a word that stands everywhere, the newest.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import JSONField
from django.db.models.expressions import RawSQL

from .folding import outline
from .models import Edition, PublishedClaim
from .questions import Known, Part, Question, words_of

BOUND = 2000
FACET_VALUES = 12  # of one facet, the most frequent

# By relevance, from the matches that were ranked; by date, from wherever the page begins.
RANKED = """
  SELECT ref, row_number() OVER (ORDER BY likeness DESC, sequence DESC) AS place
  FROM found WHERE ref IS NOT NULL AND sequence > %(since)s
  ORDER BY place LIMIT %(limit)s OFFSET %(offset)s
"""
DATED = """
  SELECT ref, row_number() OVER (ORDER BY sequence DESC) AS place
  FROM found WHERE ref IS NOT NULL AND sequence > %(since)s ORDER BY place LIMIT %(limit)s
"""
FURTHER = """
  SELECT ref, row_number() OVER (ORDER BY sequence * %(direction)s) AS place, reached
  FROM find_claims(
    CASE WHEN (SELECT widened FROM kind) THEN %(loose)s ELSE %(strict)s END::tsquery,
    %(wanted)s::text[], %(beyond)s::bigint, %(upwards)s, %(limit)s, false)
"""
SEARCH = """
WITH strict AS MATERIALIZED (
  SELECT * FROM find_claims(
    %(strict)s::tsquery, %(wanted)s::text[], NULL, false, %(bound)s, %(ranked)s)
), loose AS MATERIALIZED (
  SELECT * FROM find_claims(
    %(loose)s::tsquery, %(wanted)s::text[], NULL, false, %(bound)s, %(ranked)s)
  WHERE %(loose)s::text IS NOT NULL AND NOT EXISTS (SELECT FROM strict)
), kind AS MATERIALIZED (
  SELECT EXISTS (SELECT FROM loose WHERE ref IS NOT NULL) AS widened
), found AS MATERIALIZED (
  SELECT * FROM strict WHERE NOT (SELECT widened FROM kind)
  UNION ALL SELECT * FROM loose WHERE (SELECT widened FROM kind)
), counted AS (
  SELECT term, count(*)::int AS claims FROM found, unnest(terms) AS term GROUP BY term
  UNION ALL
  SELECT term, 0 FROM unnest(%(wanted)s::text[]) AS term
  WHERE NOT EXISTS (SELECT FROM found WHERE ref IS NOT NULL)
), facets AS (
  SELECT facet, value, claims,
    row_number() OVER (PARTITION BY facet ORDER BY claims DESC, value) AS place
  FROM counted, LATERAL (SELECT split_part(term, '=', 1), substr(term, strpos(term, '=') + 1))
    AS parted (facet, value)
  WHERE %(counting)s AND facet NOT IN ('era', 'standing', 'agent')
), said AS MATERIALIZED (
  SELECT
    (SELECT count(ref)::int FROM found) AS total,
    (SELECT widened FROM kind) AS widened,
    (SELECT jsonb_agg(jsonb_build_array(facet, value, claims, CASE facet
        WHEN 'claimant' THEN (SELECT claimant_name FROM editions_publishedclaim
          WHERE claimant_ref = value ORDER BY sequence DESC LIMIT 1)
        WHEN 'event' THEN (SELECT label FROM editions_publishedevent WHERE ref = value)
      END) ORDER BY facet, place) FROM facets WHERE place <= %(values)s) AS facets
), page AS MATERIALIZED ({page}
)
SELECT said.*,
  (SELECT max(reached) FROM {stopped}) AS reached, shown.*
FROM said LEFT JOIN (
  SELECT page.place, marked.words, {columns}
  FROM page
  JOIN editions_publishedclaim claim USING (ref)
  JOIN editions_edition edition ON edition.sequence = claim.edition_id
  LEFT JOIN LATERAL (
    SELECT array_agg(DISTINCT word) AS words
    FROM editions_publishedtext text, jsonb_array_elements(text.texts) AS one,
      string_to_table(one ->> 2, ' ') AS word
    WHERE cardinality(%(lexemes)s::text[]) > 0 AND text.ref = claim.ref
      AND (word = ANY (%(lexemes)s::text[]) OR
           tsvector_to_array(stems_of(one ->> 1, word)) && %(lexemes)s::text[])
  ) AS marked ON true
) AS shown ON true
ORDER BY shown.place
"""
CLAIM = [field.attname for field in PublishedClaim._meta.concrete_fields]
EDITION = [field.attname for field in Edition._meta.concrete_fields]
COLUMNS = ", ".join(
    [f"claim.{name} AS claim_{name}" for name in CLAIM]
    + [f"edition.{name} AS edition_{name}" for name in EDITION]
)


@dataclass(frozen=True)
class Search:
    """What is looked for. `facets` are `facet=value` that must all hold.

    By relevance a page is found by its `offset`; by date it begins `beyond` a place in the record.
    A first page leaves out what was published up to `since`, another place in it.
    """

    question: Question = field(default_factory=Question)
    facets: tuple[str, ...] = ()
    order: str = "newest"  # or "oldest", or "relevance"
    limit: int = 30
    offset: int = 0
    beyond: int | None = None
    since: int = 0
    counting: bool = True


@dataclass(frozen=True)
class Value:
    """A value of a facet among the matches, with the name of what it refers to, if to anything."""

    facet: str
    value: str
    claims: int
    name: str


@dataclass(frozen=True)
class Hit:
    """A claim that matched, and the folded words by which it did."""

    claim: PublishedClaim
    words: frozenset[str]


@dataclass(frozen=True)
class Found:
    """`total`: how many matched, as far as was counted. `widened`: none had all of the words.

    `reached`: the search ran out of time at this place in the record, and can go on beyond it.
    """

    hits: list[Hit]
    total: int
    widened: bool
    values: list[Value]
    reached: int | None

    @property
    def is_capped(self) -> bool:
        """Whether there may be more than were counted."""
        return self.total >= BOUND or self.reached is not None


NOTHING = Found(hits=[], total=0, widened=False, values=[], reached=None)


def known_words(parts: list[Part]) -> RawSQL | None:
    """What the index knows of these words, as an expression to ask along with something else."""
    words = words_of(parts)
    if not words:
        return None
    return RawSQL(
        "(SELECT jsonb_agg(to_jsonb(a)) FROM asked_words(%s::text[], %s::text[]) AS a)",
        [words, [outline(word) for word in words]],
        output_field=JSONField(),
    )


def read_known(rows: Any, *, near: bool = True) -> dict[str, Known]:
    """`near`: with the words of a near spelling."""
    return {row["word"]: Known.of(row if near else {**row, "near": None}) for row in rows or ()}


def find(search: Search) -> Found:
    """One question to the database, whatever is looked for."""
    by_date = search.order != "relevance"
    begins = by_date and (search.beyond is not None or search.order == "oldest")
    page = FURTHER if begins else DATED if by_date else RANKED
    statement = SEARCH.format(page=page, columns=COLUMNS, stopped="page" if begins else "found")
    upwards = search.order == "oldest"
    with connection.cursor() as cursor:
        cursor.execute(
            statement,
            {
                "strict": search.question.strict,
                "loose": search.question.loose,
                "wanted": list(search.facets),
                "bound": BOUND if search.counting or not by_date else search.limit,
                "ranked": not by_date,
                "limit": search.limit,
                "offset": search.offset,
                "beyond": search.beyond,
                "since": search.since,
                "upwards": upwards,
                "direction": 1 if upwards else -1,
                "counting": search.counting,
                "values": FACET_VALUES,
                "lexemes": search.question.lexemes,
            },
        )
        names = [column.name for column in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    first = rows[0]
    values = first["facets"]
    if isinstance(values, str):  # Django reads jsonb itself, and only where a field asks for it
        values = json.loads(values)
    return Found(
        hits=[_hit(row) for row in rows if row["claim_ref"] is not None],
        total=first["total"],
        widened=first["widened"],
        values=[Value(facet, value, n, name or "") for facet, value, n, name in values or ()],
        reached=first["reached"],
    )


def _hit(row: dict[str, Any]) -> Hit:
    alias = connection.alias
    claim = PublishedClaim.from_db(alias, CLAIM, [row[f"claim_{name}"] for name in CLAIM])
    claim.edition = Edition.from_db(alias, EDITION, [row[f"edition_{name}"] for name in EDITION])
    return Hit(claim, frozenset(row["words"] or ()))
