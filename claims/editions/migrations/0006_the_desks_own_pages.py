from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("editions", "0005_search")]

    operations = []
