from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("editions", "0003_merged_claims")]

    operations = []
