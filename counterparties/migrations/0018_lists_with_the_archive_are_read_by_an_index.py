"""By status, country and day the archive stands in its place among all, and by country and day in an index of its own."""

from django.db import migrations, models

BY_STATUS = ["status", "name_key", "id", "type_set", "country", "archived_at"]
BY_COUNTRY = ["country", "name_key", "id", "type_set", "status", "archived_at"]
BY_CREATED = ["created_at", "id", "archived_at"]


def index(name: str, fields: list[str], **of: models.Q) -> migrations.AddIndex:
    return migrations.AddIndex("counterparty", models.Index(fields=fields, name=name, **of))


class Migration(migrations.Migration):
    dependencies = [("counterparties", "0017_keys_stand_in_one_index")]

    operations = [
        migrations.RemoveIndex("counterparty", "cp_current_by_status"),
        index("cp_by_status", BY_STATUS),
        migrations.RemoveIndex("counterparty", "cp_current_by_country"),
        index("cp_by_country", BY_COUNTRY),
        migrations.RemoveIndex("counterparty", "cp_current_by_created"),
        index("cp_by_created", BY_CREATED),
        index("cp_archived_by_country", BY_COUNTRY, condition=models.Q(archived_at__isnull=False)),
        index("cp_archived_by_created", BY_CREATED, condition=models.Q(archived_at__isnull=False)),
    ]
