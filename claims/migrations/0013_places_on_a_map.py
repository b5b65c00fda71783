from django.db import migrations


class Migration(migrations.Migration):
    """Where an event is said to have been."""

    dependencies = [("claims", "0012_a_quicker_home")]

    operations: list = []
