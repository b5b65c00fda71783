"""Claims about Kestoria, which does not exist, as rows of the desk's own tables.

Loaded by a superuser with `session_replication_role = replica`: triggers are silent, since nobody
did this work, while every CHECK holds. What a trigger would have kept, the line of each claim, is
drawn by the function that the trigger calls.
"""

from __future__ import annotations

import random
from typing import Any

import psycopg
from tqdm import tqdm

DRAWN_AT_ONCE = 5_000
PARTIES, PEOPLE, CLAIMS_AN_EVENT = 400, 20, 40
# As many syllables as make words as unlike each other as those of a language are.
LATIN = tuple(first + vowel for first in "bdfgjklmnprstvz" for vowel in ("a", "e", "i", "o", "un"))
ARABIC = tuple(first + vowel for first in "بتجحدرزسشعفقكلمنه" for vowel in "اوي")


ROWS = """
CREATE FUNCTION pg_temp.ref(kind text, n bigint) RETURNS text LANGUAGE sql AS $$
  SELECT kind || string_agg(
    substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', ((n >> (5 * place)) & 31)::int + 1, 1), ''
    ORDER BY place DESC) FROM generate_series(0, 6) AS place
$$;
-- So many words, few of them often and most of them seldom, as people write.
CREATE FUNCTION pg_temp.said(n bigint, words text[], many int) RETURNS text LANGUAGE sql AS $$
  SELECT string_agg(words[1 + floor(cardinality(words) * power(random(), 3))::int], ' ')
  FROM generate_series(1, many) WHERE n IS NOT NULL
$$;
SELECT setseed(0.5);
INSERT INTO auth_user (username, password, first_name, last_name, email, is_active, is_staff,
                       is_superuser, date_joined)
  SELECT 'person-' || n, '', 'Person', n::text, '', true, true, false, now()
  FROM generate_series(1, %(people)s) n;
CREATE TEMP TABLE person AS
  SELECT row_number() OVER (ORDER BY id) AS n, id FROM auth_user WHERE username LIKE 'person-%%';
INSERT INTO sources_agent (id, ref, kind, name, language, party, wikidata, note)
  SELECT n, pg_temp.ref('A', n), 'armed_group', 'Invented party ' || n || ' of Kestoria', 'en',
    true, '', '' FROM generate_series(1, %(parties)s) n;
INSERT INTO sources_agentname (agent_id, name, language, kind)
  SELECT n, 'Parti inventé ' || n || ' de Kestorie', 'fr', 'name'
  FROM generate_series(1, %(parties)s) n;
INSERT INTO claims_event (id, ref, label, language, existence, time, time_as_printed, place,
                          place_precision)
  SELECT n, pg_temp.ref('E', n), 'Invented event ' || n || ' in Kestoria', 'en', 'alleged', '',
    'Tuesday', '', 'unknown' FROM generate_series(1, %(claims)s / %(an_event)s + 1) n;
INSERT INTO sources_source (id, ref, kind, title, section, language, url, published,
    published_as_printed, access, access_reason, placeholder, created_at, created_by_id,
    publisher_id)
  SELECT n, pg_temp.ref('S', n), 'article', 'Invented report ' || n, '', 'en', '', '', '',
    CASE WHEN n %% 50 = 0 THEN 'protected' ELSE 'public' END,
    CASE WHEN n %% 50 = 0 THEN 'Invented.' ELSE '' END,
    CASE WHEN n %% 50 = 0 THEN 'one invented source' ELSE '' END, now(),
    (SELECT id FROM person WHERE n = 1), 1 + n %% %(parties)s
  FROM generate_series(1, %(claims)s / 2 + 1) n;
INSERT INTO claims_claim (id, ref, statement, language, voice, claimant_role, aspect,
    checkability, harm, made, made_as_printed, wanted, change_kind, change_note, state,
    created_at, claimant_id, created_by_id, event_id)
  SELECT n, pg_temp.ref('K', n),
    'Invented, about Kestoria: ' || CASE WHEN tongue < 0.12 THEN pg_temp.said(n, %(arabic)s, 9)
      ELSE pg_temp.said(n, %(latin)s, 9) END || ' ' || n || '.',
    CASE WHEN tongue < 0.12 THEN 'ar' WHEN tongue < 0.3 THEN 'fr' WHEN tongue < 0.38 THEN 'es'
      ELSE 'en' END,
    'agent', '',
    (ARRAY['occurrence','toll','victims','perpetrator','response','denial'])[1 + n %% 6],
    'checkable', (ARRAY['ordinary','serious','grave'])[1 + n %% 3], '', '', '', '', '',
    CASE WHEN chance < 0.05 THEN 'draft' WHEN chance < 0.07 THEN 'in_review'
      WHEN chance < 0.08 THEN 'approved' WHEN chance < 0.11 THEN 'retracted' ELSE 'published' END,
    now() - (%(claims)s - n) * interval '1 minute',  -- a million take two years
    1 + floor(%(parties)s * power(random(), 2))::int,
    (SELECT id FROM person WHERE person.n = 1 + numbers.n %% %(people)s), 1 + n / %(an_event)s
  FROM (SELECT n, random() AS tongue, random() AS chance
        FROM generate_series(1, %(claims)s) n) AS numbers;
INSERT INTO claims_evidence (ref, bears_on, stance, basis, exact, prefix, suffix, language,
                             locator, credibility, note, claim_id, source_id)
  SELECT pg_temp.ref('V', n * 2 + place), CASE place WHEN 0 THEN 'attribution' ELSE 'content' END,
    'supports', CASE place WHEN 0 THEN 'rewrite' ELSE 'own_reporting' END,
    pg_temp.said(n, %(latin)s, 14), '', '', 'en', '', 6, '', n, 1 + (n / 2 + place * 7919)
      %% (%(claims)s / 2)
  FROM generate_series(1, %(claims)s) n, generate_series(0, 1) place WHERE place = 0 OR n %% 2 = 1;
INSERT INTO claims_assessment (rationale, language, methods, assessed_at, assessed_by_id, claim_id,
                               attribution_id, finding_id)
  SELECT 'Invented for measuring.', 'en', '', now(), (SELECT id FROM person WHERE n = 2), n,
    (SELECT id FROM claims_verificationstatus WHERE axis = 'attribution' AND code =
      (ARRAY['single_report','widely_reported','primary_record'])[1 + n %% 3]),
    (SELECT id FROM claims_verificationstatus WHERE axis = 'content' AND code =
      (ARRAY['insufficient_evidence','insufficient_evidence','partly_supported','corroborated',
             'not_checkable'])[1 + n / 3 %% 5])
  FROM generate_series(1, %(claims)s) n WHERE n %% 20 > 0;
-- What is public went all the way, some days a step; moves are numbered as they are made.
CREATE TEMP TABLE walked AS SELECT id, ref, state, created_by_id AS by, created_at + random() *
  interval '5 days' AS submitted FROM claims_claim WHERE state <> 'draft';
INSERT INTO claims_move (action, from_state, to_state, note, digest, edition, at, by_id, claim_id)
  SELECT action, from_state, to_state, note, repeat('0', 64), edition,
    least(now(), submitted + wait * random()), by, id
  FROM walked JOIN (VALUES
    ('submit', 'draft', 'in_review', '', NULL, interval '0', ARRAY['in_review', 'approved',
      'published', 'retracted']),
    ('approve', 'in_review', 'approved', '', NULL, '2 days', ARRAY['approved', 'published',
      'retracted']),
    ('publish', 'approved', 'published', '', 1, '3 days', ARRAY['published', 'retracted']),
    ('retract', 'published', 'retracted', 'Invented.', 2, '30 days', ARRAY['retracted'])
  ) AS step (action, from_state, to_state, note, edition, wait, since) ON state = ANY (since)
  ORDER BY 7;
INSERT INTO claims_relation (relation, claim_id, target_id)
  SELECT 'denies', id, id - 1 FROM claims_claim WHERE aspect = 'denial' AND id > 1;
-- Of the public record what piles and numbers ask: the editions themselves are not on file.
INSERT INTO editions_publishedclaim (ref, edition_id, sequence, first_published_at, published_at,
    retracted, disputed, statement, language, claimant_ref, claimant_name, event_ref, aspect, harm,
    attribution_status, content_status, derived, etag)
  SELECT c.ref, c.id, c.id, m.at, m.at, c.state = 'retracted', false, c.statement, c.language,
    pg_temp.ref('A', c.claimant_id), '', pg_temp.ref('E', c.event_id), c.aspect, c.harm,
    'single_report', coalesce(f.code, 'not_assessed'), '{}', md5(c.ref)
  FROM claims_claim c JOIN claims_move m ON m.claim_id = c.id AND m.action = 'publish'
    LEFT JOIN claims_assessment a ON a.claim_id = c.id
    LEFT JOIN claims_verificationstatus f ON f.id = a.finding_id;
INSERT INTO editions_publishedrelation (source, relation, target)
  SELECT c.ref, r.relation, t.ref FROM claims_relation r JOIN claims_claim c ON c.id = r.claim_id
    JOIN claims_claim t ON t.id = r.target_id WHERE c.state = 'published';
INSERT INTO claims_replyrequest (channel, text, asked_on, deadline, state, answer, claim_id,
                                 party_id)
  SELECT 'e-mail', '', current_date, current_date + 7, 'open', '', id, claimant_id
  FROM claims_claim WHERE id %% 200 = 0;
INSERT INTO claims_assignment (due, done, assignee_id, claim_id, note)
  SELECT current_date + (random() * 40 - 10)::int, random() < 0.5,
    (SELECT id FROM person WHERE n = 1 + claims_claim.id %% %(people)s), id, ''
  FROM claims_claim WHERE state IN ('draft', 'in_review', 'approved') AND id %% 3 = 0;
INSERT INTO claims_assignment (due, done, pool_id, claim_id, note)
  SELECT NULL, false, (SELECT min(id) FROM auth_group), id, ''
  FROM claims_claim WHERE state = 'in_review' AND id %% 5 = 0;
"""


def words(syllables: tuple[str, ...]) -> list[str]:
    """Two thousand words of a language that nobody speaks; the same in every run."""
    chance = random.Random("".join(syllables))
    made: dict[str, None] = {}
    while len(made) < 2_000:
        made["".join(chance.choices(syllables, k=chance.choice((2, 2, 3, 4))))] = None
    return list(made)


def load(connection: psycopg.Connection[Any], claims: int, *, quiet: bool = False) -> None:
    """Load this many claims with what hangs on them, and draw their lines."""
    parameters = {
        "claims": claims,
        "parties": PARTIES,
        "people": PEOPLE,
        "an_event": CLAIMS_AN_EVENT,
        "latin": words(LATIN),
        "arabic": words(ARABIC),
    }
    connection.execute("SET session_replication_role = replica")
    cursor = psycopg.ClientCursor(connection)
    cursor.execute(ROWS, parameters)  # type: ignore[arg-type]
    connection.execute("RESET session_replication_role")
    connection.execute("ANALYZE")
    indexes = connection.execute(
        "SELECT indexname, indexdef FROM pg_indexes"
        " WHERE tablename IN ('claims_line', 'claims_wording') AND indexname NOT LIKE '%pkey'"
    ).fetchall()
    for name, _ in indexes:  # quicker made at the end
        connection.execute(f'DROP INDEX "{name}"')
    with tqdm(total=claims, unit="claim", disable=True if quiet else None) as bar:
        for first in range(1, claims + 1, DRAWN_AT_ONCE):
            last = min(first + DRAWN_AT_ONCE - 1, claims)
            connection.execute(
                "SELECT draw_claim_lines(ARRAY(SELECT generate_series(%s::bigint, %s)))",
                [first, last],
            )
            bar.update(last - first + 1)
    connection.execute("SET maintenance_work_mem = '512MB'")
    for _, definition in indexes:
        connection.execute(definition)
    connection.execute("VACUUM (ANALYZE)")
