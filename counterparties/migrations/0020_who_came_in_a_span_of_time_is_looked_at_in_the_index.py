"""Types, status and country of those who came in a span of time stand in the index of days."""

from django.db import migrations, models

FIELDS = ["created_at", "id", "archived_at", "type_set", "status", "country"]


class Migration(migrations.Migration):
    dependencies = [("counterparties", "0019_a_status_of_a_country_has_an_index")]

    operations = [
        migrations.RemoveIndex("counterparty", "cp_by_created"),
        migrations.AddIndex("counterparty", models.Index(fields=FIELDS, name="cp_by_created")),
    ]
