"""What every row was, at every moment, by whom."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("sources", "0004_merged_in_ones_own_name")]

    operations = []
