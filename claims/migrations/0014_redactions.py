from django.db import migrations


class Migration(migrations.Migration):
    """Taking out of an edition what must not stay."""

    dependencies = [("claims", "0013_places_on_a_map")]

    operations: list = []
