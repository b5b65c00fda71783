"""Taking out of earlier editions what must not stay readable, and nothing else.

An edition of kind `redacted` names editions of its claim. In the statement that adds it, the
database puts a notice in place of each one's content. Nothing else can change an edition, whoever
asks: the rule looks at what comes out, not at who does it.
"""

from importlib import import_module

from django.db import migrations, models

import claims.editions.models

KINDS = ["published", "updated", "corrected", "minor", "retracted", "merged"]
FORMER = import_module("claims.editions.migrations.0002_a_record_without_gaps").FORWARDS
APPEND = FORMER[FORMER.index("CREATE FUNCTION append_edition") :].partition("\n\n")[0]
APPEND_AS_IT_WAS = APPEND.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1)
APPEND_NOW = APPEND_AS_IT_WAS.replace(
    "  RETURN NEW;",
    """  -- What is added holds what was hashed: a notice comes into the record in one way only.
  NEW.redacted_in := NULL;
  IF (NEW.kind = 'redacted') IS DISTINCT FROM
    (coalesce(NEW.content::jsonb -> 'redacts', '[]') <> '[]') THEN
    RAISE integrity_constraint_violation USING MESSAGE =
      'A redaction names the editions that it takes out of the record, and no other edition does.';
  END IF;
  RETURN NEW;""",
)

FORWARDS = r"""
-- What is left of an edition that was redacted, in canonical form (RFC 8785: keys in order). It goes
-- on saying which editions it redacted itself: who did not read it before must still take them out.
CREATE FUNCTION redaction_notice(gone editions_edition, redaction editions_edition) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT '{"digest":"' || (gone).digest || '","number":' || (gone).number
    || ',"reason":' || to_json((redaction).content::jsonb #>> '{change,note}')::text
    || ',"redacted_in":' || (redaction).number
    || ',"redacts":' || coalesce(replace(((gone).content::jsonb -> 'redacts')::text, ' ', ''), '[]')
    || ',"ref":"' || (gone).ref || '","schema":"factcheck-redaction-1"}'
$$;

CREATE FUNCTION guard_redaction() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  redaction editions_edition;
BEGIN
  SELECT * INTO redaction FROM editions_edition
    WHERE ref = OLD.ref AND number = NEW.redacted_in AND number > OLD.number AND kind = 'redacted'
    AND content::jsonb -> 'redacts' @> to_jsonb(OLD.number);
  IF redaction.number IS NULL OR OLD.redacted_in IS NOT NULL
  OR NEW.content <> redaction_notice(OLD, redaction)
  OR to_jsonb(NEW) - ARRAY['content', 'redacted_in']
    IS DISTINCT FROM to_jsonb(OLD) - ARRAY['content', 'redacted_in'] THEN
    RAISE integrity_constraint_violation
      USING MESSAGE = 'What was published is never changed or removed; publish a new edition.';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION carry_out_redaction() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  named jsonb := NEW.content::jsonb -> 'redacts';
  taken_out integer;
BEGIN
  UPDATE editions_edition AS gone
    SET content = redaction_notice(gone, NEW), redacted_in = NEW.number
    WHERE ref = NEW.ref AND number < NEW.number AND redacted_in IS NULL
    AND named @> to_jsonb(number);
  GET DIAGNOSTICS taken_out = ROW_COUNT;
  IF taken_out <> jsonb_array_length(named) THEN
    RAISE integrity_constraint_violation USING MESSAGE =
      'A redaction names earlier editions of its claim that still hold their content, each once.';
  END IF;
  RETURN NULL;
END $$;

DROP TRIGGER append_only ON editions_edition;
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON editions_edition
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_to_record();
CREATE TRIGGER edition_3_redacted BEFORE UPDATE ON editions_edition
  FOR EACH ROW EXECUTE FUNCTION guard_redaction();
CREATE TRIGGER edition_4_redacts AFTER INSERT ON editions_edition
  FOR EACH ROW WHEN (NEW.kind = 'redacted') EXECUTE FUNCTION carry_out_redaction();
"""

# Where something was redacted, the way back is closed: the content that the constraint asks for is
# gone.
BACKWARDS = """
DROP TRIGGER edition_4_redacts ON editions_edition;
DROP TRIGGER edition_3_redacted ON editions_edition;
DROP TRIGGER append_only ON editions_edition;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON editions_edition
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_to_record();
DROP FUNCTION carry_out_redaction();
DROP FUNCTION guard_redaction();
DROP FUNCTION redaction_notice(editions_edition, editions_edition);
"""


class Migration(migrations.Migration):
    dependencies = [("editions", "0007_more_to_ask_for")]

    operations = [
        migrations.AddField(
            "edition", "redacted_in", models.PositiveIntegerField(editable=False, null=True)
        ),
        migrations.RemoveConstraint("edition", "edition_digest_is_of_content"),
        migrations.AddConstraint(
            "edition",
            models.CheckConstraint(
                condition=models.Q(
                    ("redacted_in__isnull", False),
                    ("digest", claims.editions.models.Digest(models.F("content"))),
                    _connector="OR",
                ),
                name="edition_digest_is_of_content",
            ),
        ),
        migrations.RemoveConstraint("edition", "edition_kind_known"),
        migrations.AlterField(
            "edition",
            "kind",
            models.CharField(
                choices=[
                    ("published", "published"),
                    ("updated", "updated"),
                    ("corrected", "corrected"),
                    ("minor", "minor edit"),
                    ("retracted", "retracted"),
                    ("merged", "merged into another claim"),
                    ("redacted", "redacted: earlier editions taken out"),
                ],
                max_length=9,
            ),
        ),
        migrations.AddConstraint(
            "edition",
            models.CheckConstraint(
                condition=models.Q(("kind__in", [*KINDS, "redacted"])), name="edition_kind_known"
            ),
        ),
        migrations.RemoveIndex("edition", "edition_told"),
        migrations.AddIndex(
            "edition",
            models.Index(
                condition=models.Q(
                    ("kind__in", ("updated", "corrected", "retracted", "merged", "redacted"))
                ),
                fields=["-sequence"],
                name="edition_told",
            ),
        ),
        migrations.RunSQL(APPEND_NOW, APPEND_AS_IT_WAS),
        migrations.RunSQL(FORWARDS, BACKWARDS),
    ]
