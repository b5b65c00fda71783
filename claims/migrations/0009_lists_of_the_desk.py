"""Indexes that answer the questions of the list of claims."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("claims", "0008_rights_that_wait")]

    operations = []
