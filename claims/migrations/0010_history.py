"""What every row was, at every moment, by whom."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("claims", "0009_lists_of_the_desk"), ("sources", "0005_history")]

    operations = []
