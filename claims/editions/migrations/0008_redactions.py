from django.db import migrations


class Migration(migrations.Migration):
    """Taking out of an edition what must not stay."""

    dependencies = [("editions", "0007_more_to_ask_for")]

    operations: list = []
