"""Keep every definition of a verification status in the public record, from its first day."""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION publish_status() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW IS NOT DISTINCT FROM OLD THEN
    RETURN NULL;
  END IF;
  INSERT INTO editions_statusdefinition
    (axis, code, label, definition, position, tone, rating, retired, valid_from)
  VALUES
    (NEW.axis, NEW.code, NEW.label, NEW.definition, NEW.position, NEW.tone, NEW.rating,
     NEW.retired, clock_timestamp());
  RETURN NULL;
END $$;

CREATE TRIGGER published AFTER INSERT OR UPDATE ON claims_verificationstatus
  FOR EACH ROW EXECUTE FUNCTION publish_status();
CREATE TRIGGER kept BEFORE UPDATE ON claims_verificationstatus
  FOR EACH ROW EXECUTE FUNCTION keep_columns('id', 'axis', 'code');
"""

BACKWARDS = """
DROP TRIGGER kept ON claims_verificationstatus;
DROP TRIGGER published ON claims_verificationstatus;
DROP FUNCTION publish_status();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0001_initial"),
        ("editions", "0002_a_record_without_gaps"),
        ("sources", "0002_every_change_has_an_author"),
    ]

    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
