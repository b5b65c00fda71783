"""What is changed about an endpoint is recorded; how far it was told, and its tries, are not."""

from django.db import migrations

FORWARDS = """
CREATE TRIGGER history_of_id AFTER INSERT OR UPDATE OR DELETE ON webhooks_endpoint
  FOR EACH ROW EXECUTE FUNCTION record_change(
    'webhooks_endpoint', 'id', 'uuid', 'created_at', 'disabled_at', 'position', 'failures',
    'failing_since', 'next_at', 'lease', 'leased_until');
"""
BACKWARDS = "DROP TRIGGER history_of_id ON webhooks_endpoint;"


class Migration(migrations.Migration):
    dependencies = [
        ("webhooks", "0001_endpoints"),
        ("sources", "0005_history"),
    ]

    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
