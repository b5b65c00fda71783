"""What holds of keys whoever writes the row: two at once, never more than their maker, never back.

The partner's row is locked while a key is made, so that two that are made at once are counted one
after the other.
"""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION guard_key() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  suspended timestamptz;
  live integer;
  maker_scopes varchar[];
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS DISTINCT FROM OLD.revoked_at THEN
      RAISE integrity_constraint_violation
        USING MESSAGE = 'A revoked key stays revoked: make another one.';
    END IF;
    RETURN NEW;
  END IF;
  SELECT suspended_at INTO suspended FROM partners_partner
    WHERE id = NEW.partner_id FOR NO KEY UPDATE;
  IF suspended IS NOT NULL THEN
    RAISE integrity_constraint_violation
      USING MESSAGE = 'A key of a suspended partner cannot be made.';
  END IF;
  IF NEW.made_with_id IS NOT NULL THEN
    SELECT scopes INTO maker_scopes FROM partners_apikey
      WHERE id = NEW.made_with_id AND partner_id = NEW.partner_id AND kind = 'secret'
        AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())
      FOR SHARE;
    IF NOT FOUND THEN
      RAISE integrity_constraint_violation
        USING MESSAGE = 'A key is made with a live key of the same partner.';
    END IF;
    IF NOT NEW.scopes <@ maker_scopes THEN
      RAISE integrity_constraint_violation
        USING MESSAGE = 'A key opens no more than the key it was made with.';
    END IF;
  ELSIF NEW.created_by_id IS DISTINCT FROM acting_user() THEN
    RAISE integrity_constraint_violation USING MESSAGE = 'A row is entered in one''s own name.';
  END IF;
  SELECT count(*) INTO live FROM partners_apikey
    WHERE partner_id = NEW.partner_id AND kind = NEW.kind
      AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now());
  IF live >= 2 THEN
    RAISE integrity_constraint_violation
      USING MESSAGE = 'This partner has two live keys of this kind already: revoke one first.';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER guard_key BEFORE INSERT OR UPDATE ON partners_apikey
  FOR EACH ROW EXECUTE FUNCTION guard_key();
CREATE TRIGGER as_it_was_made BEFORE UPDATE OF ref, partner_id, kind, prefix, digest, scopes,
  created_at, created_by_id, made_with_id, expires_at ON partners_apikey
  FOR EACH ROW EXECUTE FUNCTION keep_columns(
    'ref', 'partner_id', 'kind', 'prefix', 'digest', 'scopes', 'created_at', 'created_by_id',
    'made_with_id', 'expires_at');
CREATE TRIGGER by_somebody BEFORE INSERT OR UPDATE OR DELETE ON partners_partner
  FOR EACH STATEMENT EXECUTE FUNCTION require_actor();

-- The digest of a key is left out, and when it was used is no change of it.
CREATE TRIGGER history_of_id AFTER INSERT OR UPDATE OR DELETE ON partners_partner
  FOR EACH ROW EXECUTE FUNCTION record_change('partners_partner', 'id');
CREATE TRIGGER history_of_partner_id AFTER INSERT OR DELETE OR UPDATE OF label, revoked_at
  ON partners_apikey FOR EACH ROW
  EXECUTE FUNCTION record_change('partners_partner', 'partner_id', 'digest', 'last_used_at');

-- Written by every request: no log of it, and room to write each row's next version beside it.
ALTER TABLE partners_use SET UNLOGGED;
ALTER TABLE partners_use SET (fillfactor = 50);
"""

BACKWARDS = """
ALTER TABLE partners_use RESET (fillfactor);
ALTER TABLE partners_use SET LOGGED;
DROP TRIGGER history_of_partner_id ON partners_apikey;
DROP TRIGGER history_of_id ON partners_partner;
DROP TRIGGER by_somebody ON partners_partner;
DROP TRIGGER as_it_was_made ON partners_apikey;
DROP TRIGGER guard_key ON partners_apikey;
DROP FUNCTION guard_key();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0001_partners_and_keys"),
        ("sources", "0005_history"),
    ]

    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
