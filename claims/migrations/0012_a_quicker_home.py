from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("claims", "0011_whom_a_claim_is_about")]

    operations = []
