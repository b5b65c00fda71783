from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("editions", "0004_agents_and_sources")]

    operations = []
