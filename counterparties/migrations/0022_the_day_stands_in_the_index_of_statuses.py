"""The day stands in the index of statuses too: who came when is told without reading the record."""

from django.db import migrations, models

BY_STATUS = ["status", "name_key", "id", "type_set", "country", "archived_at", "created_at"]


class Migration(migrations.Migration):
    dependencies = [("counterparties", "0021_addresses_are_found_by_their_towns")]

    operations = [
        migrations.RemoveIndex("counterparty", "cp_by_status"),
        migrations.AddIndex("counterparty", models.Index(fields=BY_STATUS, name="cp_by_status")),
    ]
