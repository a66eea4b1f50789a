"""A walk through the names of one status or one country likewise: the index says who is of the other and of the types."""

from django.db import migrations, models


def index(name: str, *fields: str) -> migrations.AddIndex:
    made = models.Index(fields=fields, name=name, condition=models.Q(archived_at=None))
    return migrations.AddIndex("counterparty", made)


class Migration(migrations.Migration):
    dependencies = [("counterparties", "0015_names_are_walked_by_an_index_that_knows_whom_lists_ask_for")]

    operations = [
        migrations.RemoveIndex("counterparty", "cp_current_by_status"),
        index("cp_current_by_status", "status", "name_key", "id", "type_set", "country", "archived_at"),
        migrations.RemoveIndex("counterparty", "cp_current_by_country"),
        index("cp_current_by_country", "country", "name_key", "id", "type_set", "status", "archived_at"),
    ]
