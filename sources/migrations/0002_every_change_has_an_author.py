"""Refuse changes by nobody, in somebody else's name, or to what is append-only."""

from django.conf import settings
from django.db import migrations

FORWARDS = """
-- The account that this transaction has declared as the one who acts.
CREATE FUNCTION acting_user() RETURNS integer
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  declared text := current_setting('factcheck.actor', true);
BEGIN
  IF coalesce(declared, '') !~ '^[0-9]{1,9}$' THEN
    RAISE integrity_constraint_violation
      USING MESSAGE = 'Nobody is named as the author of this change.';
  END IF;
  PERFORM FROM auth_user WHERE id = declared::integer AND is_active;
  IF NOT FOUND THEN
    RAISE integrity_constraint_violation
      USING MESSAGE = 'The account named as the author of this change is not active.';
  END IF;
  RETURN declared::integer;
END $$;

CREATE FUNCTION require_actor() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM acting_user();
  RETURN NULL;
END $$;

-- Argument: the column that names the author.
CREATE FUNCTION own_name() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (to_jsonb(NEW) ->> TG_ARGV[0])::integer IS DISTINCT FROM acting_user() THEN
    RAISE integrity_constraint_violation USING MESSAGE = 'A row is entered in one''s own name.';
  END IF;
  RETURN NEW;
END $$;

-- Arguments: the columns that never change after insert.
CREATE FUNCTION keep_columns() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  kept text;
BEGIN
  FOREACH kept IN ARRAY TG_ARGV LOOP
    IF to_jsonb(NEW) -> kept IS DISTINCT FROM to_jsonb(OLD) -> kept THEN
      RAISE integrity_constraint_violation
        USING MESSAGE = format('The column %s of %s cannot change.', kept, TG_TABLE_NAME);
    END IF;
  END LOOP;
  RETURN NEW;
END $$;

CREATE FUNCTION refuse_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RAISE integrity_constraint_violation
    USING MESSAGE = format('%s is append-only: its rows are never changed or removed.',
                           TG_TABLE_NAME);
END $$;

CREATE TRIGGER actor BEFORE INSERT OR UPDATE OR DELETE ON sources_agent
  FOR EACH STATEMENT EXECUTE FUNCTION require_actor();
CREATE TRIGGER actor BEFORE INSERT OR UPDATE OR DELETE ON sources_agentname
  FOR EACH STATEMENT EXECUTE FUNCTION require_actor();
CREATE TRIGGER actor BEFORE INSERT OR UPDATE OR DELETE ON sources_affiliation
  FOR EACH STATEMENT EXECUTE FUNCTION require_actor();
CREATE TRIGGER actor BEFORE INSERT OR UPDATE OR DELETE ON sources_derivation
  FOR EACH STATEMENT EXECUTE FUNCTION require_actor();
CREATE TRIGGER actor BEFORE INSERT OR UPDATE OR DELETE ON sources_source
  FOR EACH STATEMENT EXECUTE FUNCTION require_actor();

CREATE TRIGGER kept BEFORE UPDATE ON sources_agent
  FOR EACH ROW EXECUTE FUNCTION keep_columns('id', 'ref');
CREATE TRIGGER kept BEFORE UPDATE ON sources_source
  FOR EACH ROW EXECUTE FUNCTION keep_columns('id', 'ref', 'created_by_id', 'created_at');
CREATE TRIGGER own_name BEFORE INSERT ON sources_source
  FOR EACH ROW EXECUTE FUNCTION own_name('created_by_id');
CREATE TRIGGER own_name BEFORE INSERT ON sources_reliabilityrating
  FOR EACH ROW EXECUTE FUNCTION own_name('rated_by_id');
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON sources_reliabilityrating
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""

BACKWARDS = """
DROP TRIGGER append_only ON sources_reliabilityrating;
DROP TRIGGER own_name ON sources_reliabilityrating;
DROP TRIGGER own_name ON sources_source;
DROP TRIGGER kept ON sources_source;
DROP TRIGGER kept ON sources_agent;
DROP TRIGGER actor ON sources_source;
DROP TRIGGER actor ON sources_derivation;
DROP TRIGGER actor ON sources_affiliation;
DROP TRIGGER actor ON sources_agentname;
DROP TRIGGER actor ON sources_agent;
DROP FUNCTION refuse_change();
DROP FUNCTION keep_columns();
DROP FUNCTION own_name();
DROP FUNCTION require_actor();
DROP FUNCTION acting_user();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("sources", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
