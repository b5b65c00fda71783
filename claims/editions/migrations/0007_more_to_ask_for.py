from django.db import migrations


class Migration(migrations.Migration):
    """What partners can ask for."""

    dependencies = [("editions", "0006_the_desks_own_pages")]

    operations: list = []
