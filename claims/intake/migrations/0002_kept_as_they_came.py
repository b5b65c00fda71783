"""What was sent never changes; what the desk does with it, and what it says of itself, is recorded.

How to reach whoever wrote a letter is left out of the history: it is to be forgotten.
"""

from django.db import migrations

FORWARDS = """
CREATE TRIGGER as_it_came BEFORE UPDATE ON intake_letter
  FOR EACH ROW EXECUTE FUNCTION keep_columns(
    'kind', 'channel', 'received_at', 'receipt', 'words', 'ref', 'edition', 'who', 'what',
    'should_be', 'grounds', 'link', 'language');
CREATE TRIGGER history_of_id AFTER INSERT OR UPDATE OR DELETE ON intake_letter
  FOR EACH ROW EXECUTE FUNCTION record_change(
    'intake_letter', 'id', 'contact', 'receipt', 'words');

-- A page that speaks for the desk is somebody's doing.
CREATE TRIGGER by_somebody BEFORE INSERT ON editions_pagetext
  FOR EACH STATEMENT EXECUTE FUNCTION require_actor();
CREATE TRIGGER history_of_id AFTER INSERT OR UPDATE OR DELETE ON editions_pagetext
  FOR EACH ROW EXECUTE FUNCTION record_change('editions_pagetext', 'id');
"""

BACKWARDS = """
DROP TRIGGER history_of_id ON editions_pagetext;
DROP TRIGGER by_somebody ON editions_pagetext;
DROP TRIGGER history_of_id ON intake_letter;
DROP TRIGGER as_it_came ON intake_letter;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0001_letters"),
        ("editions", "0006_the_desks_own_pages"),
        ("sources", "0005_history"),
    ]

    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
