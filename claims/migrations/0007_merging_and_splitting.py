"""One claim merged into another, one split off; duplicates point to what survives."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("claims", "0006_remarks_in_ones_own_name"), ("editions", "0003_merged_claims")]

    operations = []
