"""Number editions in the database, in commit order, and never let one change."""

from django.db import migrations

FORWARDS = """
INSERT INTO editions_ledger (id, last_sequence) VALUES (1, 0);

-- Holding the ledger's row until commit makes sequence order and commit order one: whoever
-- reads "sequence > n" later can never have missed a row that was still on its way.
CREATE FUNCTION append_edition() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE editions_ledger SET last_sequence = last_sequence + 1 RETURNING last_sequence
    INTO STRICT NEW.sequence;
  SELECT coalesce(max(number), 0) + 1 INTO NEW.number FROM editions_edition WHERE ref = NEW.ref;
  NEW.published_at := clock_timestamp();
  IF NEW.content::jsonb ->> 'ref' IS DISTINCT FROM NEW.ref THEN
    RAISE integrity_constraint_violation
      USING MESSAGE = 'The content of an edition speaks of another claim.';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION refuse_change_to_record() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RAISE integrity_constraint_violation
    USING MESSAGE = 'What was published is never changed or removed; publish a new edition.';
END $$;

CREATE TRIGGER edition_2_append BEFORE INSERT ON editions_edition
  FOR EACH ROW EXECUTE FUNCTION append_edition();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON editions_edition
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_to_record();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON editions_statusdefinition
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_to_record();
"""

BACKWARDS = """
DROP TRIGGER append_only ON editions_statusdefinition;
DROP TRIGGER append_only ON editions_edition;
DROP TRIGGER edition_2_append ON editions_edition;
DROP FUNCTION refuse_change_to_record();
DROP FUNCTION append_edition();
DELETE FROM editions_ledger;
"""


class Migration(migrations.Migration):
    dependencies = [("editions", "0001_initial")]

    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
