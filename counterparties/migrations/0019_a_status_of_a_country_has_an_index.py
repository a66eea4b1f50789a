"""One status of one country is read in the order of names."""

from django.db import migrations, models

FIELDS = ["status", "country", "name_key", "id", "type_set", "archived_at", "created_at"]


class Migration(migrations.Migration):
    dependencies = [("counterparties", "0018_lists_with_the_archive_are_read_by_an_index")]

    operations = [
        migrations.AddIndex("counterparty", models.Index(fields=FIELDS, name="cp_by_status_of_country")),
    ]
