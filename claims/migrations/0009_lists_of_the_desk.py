"""One line for each claim, kept by triggers, so that the list of claims is quick at a million."""

import datetime

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.contrib.postgres.operations import UnaccentExtension
from django.db import migrations, models

# Words as they are searched: no capitals, no accents, one space between words, one form of letters
# that are written in several. Letters that are not Latin become a letter and a digit each, since
# pg_trgm knows no others where the database's LC_CTYPE is C.
FOLD = r"""
CREATE FUNCTION fold_words(words text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  folded text := lower(words);
BEGIN
  IF folded ~ '[^ -~]' THEN
    folded := regexp_replace(normalize(folded, NFKD),
      '[\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f]', '', 'g');
    folded := lower(public.unaccent('public.unaccent', folded));
    folded := translate(folded, 'ىیةک٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹', 'ييهك01234567890123456789');
  END IF;
  folded := btrim(regexp_replace(folded, '[^[:alnum:]]+', ' ', 'g'));
  IF folded ~ '[^ -~]' THEN
    SELECT string_agg(
        CASE WHEN ascii(letter) < 128 THEN letter
        ELSE chr(97 + ascii(letter) / 10 % 26) || chr(48 + ascii(letter) % 10) END, '' ORDER BY n)
      INTO folded FROM regexp_split_to_table(folded, '') WITH ORDINALITY AS every (letter, n);
  END IF;
  RETURN folded;
END $$;
"""

LINES = """
-- Draw the lines of these claims anew, from what is on file. The lines are locked first: what
-- follows then sees whatever the transaction that held them has committed.
CREATE FUNCTION draw_claim_lines(claims bigint[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM FROM claims_line WHERE claim_id = ANY (claims) ORDER BY claim_id FOR UPDATE;
  INSERT INTO claims_line AS line (claim_id, state, harm, aspect, language, claimant_id, event_id,
    created_by_id, attribution_id, finding_id, disputed, awaits_reply, is_assigned, due, moved_at)
  SELECT c.id, c.state, c.harm, c.aspect, c.language, c.claimant_id, c.event_id, c.created_by_id,
    coalesce(newest.attribution_id, (SELECT id FROM claims_verificationstatus
                                     WHERE axis = 'attribution' AND code = 'unrecorded')),
    coalesce(newest.finding_id, (SELECT id FROM claims_verificationstatus
                                 WHERE axis = 'content' AND code = 'not_assessed')),
    CASE
      WHEN EXISTS (SELECT FROM editions_publishedclaim WHERE ref = c.ref AND disputed)
        THEN 'record'
      WHEN EXISTS (SELECT FROM claims_relation r JOIN claims_claim other ON other.id = r.claim_id
                   WHERE r.target_id = c.id AND r.relation IN ('denies', 'rebuts', 'contradicts')
                     AND other.state NOT IN ('retracted', 'merged'))
        THEN 'desk'
      ELSE '' END,
    EXISTS (SELECT FROM claims_replyrequest WHERE claim_id = c.id AND state = 'open'),
    EXISTS (SELECT FROM claims_assignment WHERE claim_id = c.id AND NOT done),
    coalesce((SELECT min(due) FROM claims_assignment WHERE claim_id = c.id AND NOT done),
             '9999-12-31'),
    coalesce((SELECT max(at) FROM claims_move WHERE claim_id = c.id), c.created_at)
  FROM claims_claim c LEFT JOIN LATERAL (
    SELECT attribution_id, finding_id FROM claims_assessment
    WHERE claim_id = c.id ORDER BY id DESC LIMIT 1
  ) AS newest ON true
  WHERE c.id = ANY (claims)
  ON CONFLICT (claim_id) DO UPDATE SET
    (state, harm, aspect, language, claimant_id, event_id, created_by_id, attribution_id,
     finding_id, disputed, awaits_reply, is_assigned, due, moved_at)
    = (EXCLUDED.state, EXCLUDED.harm, EXCLUDED.aspect, EXCLUDED.language, EXCLUDED.claimant_id,
       EXCLUDED.event_id, EXCLUDED.created_by_id, EXCLUDED.attribution_id, EXCLUDED.finding_id,
       EXCLUDED.disputed, EXCLUDED.awaits_reply, EXCLUDED.is_assigned, EXCLUDED.due,
       EXCLUDED.moved_at)
    WHERE line IS DISTINCT FROM EXCLUDED;
  INSERT INTO claims_wording AS wording (claim_id, words, confided)
  SELECT c.id, concat(' ', concat_ws(' | ',
      fold_words(c.statement), fold_words(c.ref),
      (SELECT string_agg(fold_words(name), ' | ' ORDER BY name) FROM (
         SELECT name FROM sources_agent WHERE id IN (c.claimant_id, c.on_behalf_of_id)
         UNION
         SELECT name FROM sources_agentname WHERE agent_id IN (c.claimant_id, c.on_behalf_of_id)
       ) AS names),
      (SELECT fold_words(label) FROM claims_event WHERE id = c.event_id),
      (SELECT string_agg(fold_words(e.exact), ' | ' ORDER BY e.id)
       FROM claims_evidence e JOIN sources_source s ON s.id = e.source_id
       WHERE e.claim_id = c.id AND e.exact <> '' AND s.access <> 'protected')), ' '),
    coalesce(concat(' ', (SELECT string_agg(fold_words(e.exact), ' | ' ORDER BY e.id)
      FROM claims_evidence e JOIN sources_source s ON s.id = e.source_id
      WHERE e.claim_id = c.id AND e.exact <> '' AND s.access = 'protected'), ' '), '')
  FROM claims_claim c WHERE c.id = ANY (claims)
  ON CONFLICT (claim_id) DO UPDATE SET (words, confided) = (EXCLUDED.words, EXCLUDED.confided)
    WHERE wording IS DISTINCT FROM EXCLUDED;
END $$;

-- Which claims' lines say something of the row that was written?
CREATE FUNCTION keep_claim_lines() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  change record;
  lines bigint[] := '{}';
BEGIN
  FOR change IN
    SELECT to_jsonb(NEW) AS fields WHERE TG_OP <> 'DELETE'
    UNION ALL SELECT to_jsonb(OLD) WHERE TG_OP <> 'INSERT'
  LOOP
    lines := lines || CASE TG_TABLE_NAME
      WHEN 'claims_claim' THEN (change.fields ->> 'id')::bigint || ARRAY(
        SELECT target_id FROM claims_relation
        WHERE claim_id = (change.fields ->> 'id')::bigint
          AND relation IN ('denies', 'rebuts', 'contradicts'))
      WHEN 'claims_relation' THEN ARRAY[(change.fields ->> 'target_id')::bigint]
      WHEN 'claims_event' THEN ARRAY(
        SELECT id FROM claims_claim WHERE event_id = (change.fields ->> 'id')::bigint)
      WHEN 'sources_source' THEN ARRAY(
        SELECT claim_id FROM claims_evidence WHERE source_id = (change.fields ->> 'id')::bigint)
      WHEN 'editions_publishedclaim' THEN ARRAY(
        SELECT id FROM claims_claim WHERE ref = change.fields ->> 'ref')
      WHEN 'sources_agent' THEN ARRAY(
        SELECT id FROM claims_claim WHERE (change.fields ->> 'id')::bigint
          IN (claimant_id, on_behalf_of_id))
      WHEN 'sources_agentname' THEN ARRAY(
        SELECT id FROM claims_claim WHERE (change.fields ->> 'agent_id')::bigint
          IN (claimant_id, on_behalf_of_id))
      ELSE ARRAY[(change.fields ->> 'claim_id')::bigint] END;
  END LOOP;
  PERFORM draw_claim_lines(ARRAY(SELECT DISTINCT unnest(lines)));
  RETURN NULL;
END $$;

CREATE TRIGGER line AFTER INSERT OR UPDATE ON claims_claim
  FOR EACH ROW EXECUTE FUNCTION keep_claim_lines();
CREATE TRIGGER line AFTER INSERT ON claims_move
  FOR EACH ROW EXECUTE FUNCTION keep_claim_lines();
CREATE TRIGGER line AFTER INSERT ON claims_assessment
  FOR EACH ROW EXECUTE FUNCTION keep_claim_lines();
CREATE TRIGGER line AFTER INSERT OR UPDATE OR DELETE ON claims_assignment
  FOR EACH ROW EXECUTE FUNCTION keep_claim_lines();
CREATE TRIGGER line AFTER INSERT OR UPDATE OR DELETE ON claims_evidence
  FOR EACH ROW EXECUTE FUNCTION keep_claim_lines();
CREATE TRIGGER line AFTER INSERT OR UPDATE OR DELETE ON claims_relation
  FOR EACH ROW EXECUTE FUNCTION keep_claim_lines();
CREATE TRIGGER line AFTER INSERT OR UPDATE OR DELETE ON claims_replyrequest
  FOR EACH ROW EXECUTE FUNCTION keep_claim_lines();
CREATE TRIGGER line AFTER UPDATE ON claims_event
  FOR EACH ROW WHEN (OLD.label <> NEW.label) EXECUTE FUNCTION keep_claim_lines();
CREATE TRIGGER line AFTER UPDATE ON sources_agent
  FOR EACH ROW WHEN (OLD.name <> NEW.name) EXECUTE FUNCTION keep_claim_lines();
CREATE TRIGGER line AFTER INSERT OR UPDATE OR DELETE ON sources_agentname
  FOR EACH ROW EXECUTE FUNCTION keep_claim_lines();
CREATE TRIGGER line AFTER UPDATE ON sources_source
  FOR EACH ROW WHEN (OLD.access <> NEW.access) EXECUTE FUNCTION keep_claim_lines();
CREATE TRIGGER line_in AFTER INSERT ON editions_publishedclaim
  FOR EACH ROW WHEN (NEW.disputed) EXECUTE FUNCTION keep_claim_lines();
CREATE TRIGGER line_changed AFTER UPDATE ON editions_publishedclaim
  FOR EACH ROW WHEN (OLD.disputed <> NEW.disputed) EXECUTE FUNCTION keep_claim_lines();
CREATE TRIGGER line_out AFTER DELETE ON editions_publishedclaim
  FOR EACH ROW WHEN (OLD.disputed) EXECUTE FUNCTION keep_claim_lines();

-- Filters hang together (a denial is no toll): what is known of one column alone misleads.
CREATE STATISTICS line_filters (mcv) ON state, harm, aspect, language, attribution_id, finding_id,
  disputed, awaits_reply FROM claims_line;
ALTER STATISTICS line_filters SET STATISTICS 1000;
ALTER TABLE claims_wording ALTER words SET STATISTICS 500;

SELECT draw_claim_lines(ARRAY(SELECT id FROM claims_claim));
"""

NO_LINES = """
DROP TRIGGER line_out ON editions_publishedclaim;
DROP TRIGGER line_changed ON editions_publishedclaim;
DROP TRIGGER line_in ON editions_publishedclaim;
DROP TRIGGER line ON sources_source;
DROP TRIGGER line ON sources_agentname;
DROP TRIGGER line ON sources_agent;
DROP TRIGGER line ON claims_event;
DROP TRIGGER line ON claims_replyrequest;
DROP TRIGGER line ON claims_relation;
DROP TRIGGER line ON claims_evidence;
DROP TRIGGER line ON claims_assignment;
DROP TRIGGER line ON claims_assessment;
DROP TRIGGER line ON claims_move;
DROP TRIGGER line ON claims_claim;
DROP FUNCTION keep_claim_lines();
DROP FUNCTION draw_claim_lines(bigint[]);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0008_rights_that_wait"),
        ("editions", "0003_merged_claims"),
        ("sources", "0004_merged_in_ones_own_name"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # Going back leaves it: the search of the public record uses it as well.
        migrations.RunSQL("CREATE EXTENSION IF NOT EXISTS pg_trgm", migrations.RunSQL.noop),
        UnaccentExtension(),
        migrations.RunSQL(FOLD, "DROP FUNCTION fold_words(text)"),
        migrations.CreateModel(
            name="Wording",
            fields=[
                (
                    "claim",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="wording",
                        serialize=False,
                        to="claims.claim",
                    ),
                ),
                ("words", models.TextField()),
                ("confided", models.TextField(blank=True)),
            ],
            options={
                "verbose_name": "wording of a claim",
                "verbose_name_plural": "wordings of claims",
                "default_permissions": (),
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass("words", "gin_trgm_ops"),
                        name="wording_words",
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass("confided", "gin_trgm_ops"),
                        name="wording_confided",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Line",
            fields=[
                (
                    "claim",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="line",
                        serialize=False,
                        to="claims.claim",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("in_review", "in review"),
                            ("approved", "approved"),
                            ("published", "published"),
                            ("retracted", "retracted"),
                            ("merged", "merged into another claim"),
                        ],
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                (
                    "harm",
                    models.CharField(
                        choices=[
                            ("ordinary", "ordinary"),
                            ("serious", "serious"),
                            ("grave", "grave"),
                        ],
                        max_length=10,
                        verbose_name="harm level",
                    ),
                ),
                (
                    "aspect",
                    models.CharField(
                        choices=[
                            ("occurrence", "what happened"),
                            ("perpetrator", "who did it"),
                            ("toll", "how many were harmed"),
                            ("victims", "who was harmed"),
                            ("characterisation", "what it is called"),
                            ("denial", "denial"),
                            ("motive", "why"),
                            ("response", "what was done about it"),
                            ("context", "context"),
                        ],
                        max_length=20,
                        verbose_name="aspect",
                    ),
                ),
                ("language", models.CharField(max_length=35, verbose_name="language")),
                (
                    "disputed",
                    models.CharField(
                        blank=True,
                        choices=[("record", "in the public record"), ("desk", "at the desk only")],
                        max_length=6,
                        verbose_name="disputed",
                    ),
                ),
                ("awaits_reply", models.BooleanField(verbose_name="has an open reply request")),
                ("is_assigned", models.BooleanField(verbose_name="assigned")),
                ("due", models.DateField(default=datetime.date(9999, 12, 31), verbose_name="due")),
                ("moved_at", models.DateTimeField(verbose_name="last move")),
                (
                    "attribution",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="claims.verificationstatus",
                    ),
                ),
                (
                    "claimant",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="sources.agent",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="claims.event",
                    ),
                ),
                (
                    "finding",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="claims.verificationstatus",
                    ),
                ),
            ],
            options={
                "verbose_name": "line of the list of claims",
                "verbose_name_plural": "lines of the list of claims",
                "ordering": ["-claim"],
                "default_permissions": (),
                "indexes": [
                    models.Index(fields=["state", "-claim"], name="line_state"),
                    models.Index(fields=["harm", "-claim"], name="line_harm"),
                    models.Index(fields=["aspect", "-claim"], name="line_aspect"),
                    models.Index(fields=["language", "-claim"], name="line_language"),
                    models.Index(fields=["claimant", "-claim"], name="line_claimant"),
                    models.Index(fields=["event", "-claim"], name="line_event"),
                    models.Index(fields=["created_by", "-claim"], name="line_created_by"),
                    models.Index(fields=["attribution", "-claim"], name="line_attribution"),
                    models.Index(fields=["finding", "-claim"], name="line_finding"),
                    models.Index(fields=["disputed", "-claim"], name="line_disputed"),
                    models.Index(
                        condition=models.Q(("awaits_reply", True)),
                        fields=["-claim"],
                        name="line_awaits_reply",
                    ),
                    models.Index(
                        condition=models.Q(("is_assigned", True)),
                        fields=["-claim"],
                        name="line_assigned",
                    ),
                    models.Index(fields=["due", "claim"], name="line_due"),
                    models.Index(fields=["moved_at", "claim"], name="line_moved"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("disputed__in", ["", "record", "desk"])),
                        name="line_disputed_known",
                    )
                ],
            },
        ),
        migrations.RunSQL(LINES, NO_LINES),
    ]
