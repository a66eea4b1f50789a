"""A walk through the names: whether a counterparty is of the types, the status and the days asked for, the index says."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("counterparties", "0014_clients_and_contracts_are_found_by_what_they_are")]

    operations = [
        migrations.RemoveIndex("counterparty", "cp_current_by_name"),
        migrations.AddIndex(
            "counterparty",
            models.Index(
                fields=["name_key", "id", "type_set", "status", "country", "created_at", "archived_at"],
                name="cp_current_by_name",
                condition=models.Q(archived_at=None),
            ),
        ),
    ]
