"""The claims' part of the history, and what it protects.

Agents, sources and events that an edition rests on cannot be removed: the edition would speak of
something that nobody can look up. What belongs to a working copy can be: the editions keep what
they said, and the history keeps the row.
"""

from django.db import migrations

RECORDED = [
    ("claims_claim", "claims_claim", "id"),
    ("claims_evidence", "claims_claim", "claim_id"),
    ("claims_figure", "claims_claim", "claim_id"),
    ("claims_relation", "claims_claim", "claim_id"),
    ("claims_assessment", "claims_claim", "claim_id"),
    ("claims_replyrequest", "claims_claim", "claim_id"),
    ("claims_translation", "claims_claim", "claim_id"),
    ("claims_assignment", "claims_claim", "claim_id"),
    ("claims_review", "claims_claim", "claim_id"),
    ("claims_move", "claims_claim", "claim_id"),
    ("claims_move", "claims_claim", "other_id"),
    ("claims_event", "claims_event", "id"),
    ("claims_eventmerge", "claims_event", "merged_id"),
    ("claims_eventmerge", "claims_event", "into_id"),
    ("claims_verificationstatus", "claims_verificationstatus", "id"),
]

TRIGGERS = "\n".join(
    f"CREATE TRIGGER history_of_{column} AFTER INSERT OR UPDATE OR DELETE ON {table}"
    f" FOR EACH ROW EXECUTE FUNCTION record_change('{whole}', '{column}');"
    for table, whole, column in RECORDED
)
NO_TRIGGERS = "\n".join(
    f"DROP TRIGGER history_of_{column} ON {table};" for table, _, column in RECORDED
)

# Moves and reviews were signed and dated before there was a history.
EARLIER = """
INSERT INTO sources_change
  (table_name, row_id, whole_table, whole_id, after, by_id, at, transaction)
SELECT table_name, id, 'claims_claim', claim_id, fields, by_id, at, 0 FROM (
  SELECT 'claims_review' AS table_name, id, claim_id, to_jsonb(r) AS fields, reviewer_id AS by_id, at
  FROM claims_review r
  UNION ALL
  SELECT 'claims_move', m.id, whole, to_jsonb(m), by_id, at
  FROM claims_move m CROSS JOIN LATERAL unnest(ARRAY[claim_id, other_id]) AS whole
  WHERE whole IS NOT NULL
) AS earlier ORDER BY at;
"""

KEPT = """
-- The newest edition that rests on a row with this ref: its content names it, or it names a piece
-- of evidence from a source that it does not name, because it is protected.
CREATE FUNCTION edition_that_mentions(wanted text, of_source bigint)
RETURNS TABLE (ref text, number integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH name AS (
    SELECT format('"ref":"%s"', wanted) AS quoted
    UNION SELECT format('"source":"%s"', wanted)
    UNION SELECT format('"ref":"%s"', coalesce(before, after) ->> 'ref') FROM sources_change
      WHERE table_name = 'claims_evidence'
      AND of_source::text IN (before ->> 'source_id', after ->> 'source_id')
  )
  SELECT e.ref, e.number FROM editions_edition e
  WHERE EXISTS (SELECT FROM name WHERE strpos(e.content, quoted) > 0)
  ORDER BY e.sequence DESC LIMIT 1
$$;

CREATE FUNCTION refuse_removal() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  edition record;
BEGIN
  SELECT * INTO edition FROM edition_that_mentions(
    OLD.ref, CASE TG_TABLE_NAME WHEN 'sources_source' THEN OLD.id END);
  IF FOUND THEN
    RAISE integrity_constraint_violation USING
      MESSAGE = 'Edition %(edition)s of claim %(claim)s mentions this: it stays on file, so that '
        'what was published can be looked up.',
      DETAIL = jsonb_build_object('claim', edition.ref, 'edition', edition.number);
  END IF;
  RETURN OLD;
END $$;

CREATE TRIGGER mentioned BEFORE DELETE ON sources_agent
  FOR EACH ROW EXECUTE FUNCTION refuse_removal();
CREATE TRIGGER mentioned BEFORE DELETE ON sources_source
  FOR EACH ROW EXECUTE FUNCTION refuse_removal();
CREATE TRIGGER mentioned BEFORE DELETE ON claims_event
  FOR EACH ROW EXECUTE FUNCTION refuse_removal();
"""

NOT_KEPT = """
DROP TRIGGER mentioned ON claims_event;
DROP TRIGGER mentioned ON sources_source;
DROP TRIGGER mentioned ON sources_agent;
DROP FUNCTION refuse_removal();
DROP FUNCTION edition_that_mentions(text, bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0009_lists_of_the_desk"), ("sources", "0005_history")]

    operations = [
        migrations.RunSQL(EARLIER, migrations.RunSQL.noop),
        migrations.RunSQL(TRIGGERS, NO_TRIGGERS),
        migrations.RunSQL(KEPT, NOT_KEPT),
    ]
