"""Who merges two rows, and who looks at a protected source, does so in their own name, for good."""

from django.db import migrations

FORWARDS = """
CREATE TRIGGER own_name BEFORE INSERT ON sources_agentmerge
  FOR EACH ROW EXECUTE FUNCTION own_name('merged_by_id');
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON sources_agentmerge
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER own_name BEFORE INSERT ON sources_sourcemerge
  FOR EACH ROW EXECUTE FUNCTION own_name('merged_by_id');
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON sources_sourcemerge
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER own_name BEFORE INSERT ON sources_protectedview
  FOR EACH ROW EXECUTE FUNCTION own_name('viewer_id');
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON sources_protectedview
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""

BACKWARDS = """
DROP TRIGGER append_only ON sources_protectedview;
DROP TRIGGER own_name ON sources_protectedview;
DROP TRIGGER append_only ON sources_sourcemerge;
DROP TRIGGER own_name ON sources_sourcemerge;
DROP TRIGGER append_only ON sources_agentmerge;
DROP TRIGGER own_name ON sources_agentmerge;
"""


class Migration(migrations.Migration):
    dependencies = [("sources", "0003_duplicates_and_protected_views")]

    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
