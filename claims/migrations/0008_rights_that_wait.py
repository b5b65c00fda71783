"""Who was given which right is recorded, and a new right to review waits."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("claims", "0007_merging_and_splitting")]

    operations = []
