from django.db import migrations


class Migration(migrations.Migration):
    """Lists of events, agents, sources and corrections."""

    dependencies = [("editions", "0008_redactions")]

    operations: list = []
