"""A remark is its reviewer's, a merge of events is signed, and a silence is not noted too early."""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION guard_remark() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM FROM claims_review WHERE id = NEW.review_id AND reviewer_id = acting_user();
  IF NOT FOUND THEN
    RAISE integrity_constraint_violation
      USING MESSAGE = 'A remark belongs to a review of one''s own.';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION guard_silence() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.state = 'no_answer' AND NEW.deadline >= current_date THEN
    RAISE integrity_constraint_violation
      USING MESSAGE = '“No answer” can be noted from the day after the deadline.';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER guard BEFORE INSERT ON claims_remark
  FOR EACH ROW EXECUTE FUNCTION guard_remark();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON claims_remark
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER own_name BEFORE INSERT ON claims_eventmerge
  FOR EACH ROW EXECUTE FUNCTION own_name('merged_by_id');
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON claims_eventmerge
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER silence BEFORE INSERT OR UPDATE ON claims_replyrequest
  FOR EACH ROW EXECUTE FUNCTION guard_silence();
"""

BACKWARDS = """
DROP TRIGGER silence ON claims_replyrequest;
DROP FUNCTION guard_silence();
DROP TRIGGER append_only ON claims_eventmerge;
DROP TRIGGER own_name ON claims_eventmerge;
DROP TRIGGER append_only ON claims_remark;
DROP TRIGGER guard ON claims_remark;
DROP FUNCTION guard_remark();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0005_work_at_the_desk"),
        ("sources", "0004_merged_in_ones_own_name"),
    ]

    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
