from django.db import migrations


class Migration(migrations.Migration):
    """What partners propose."""

    dependencies = [("intake", "0002_kept_as_they_came")]

    operations: list = []
