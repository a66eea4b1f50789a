"""The day stands in the index of countries, and in the index of days whom a list asks for."""

from django.db import migrations, models

BY_COUNTRY = ["country", "name_key", "id", "type_set", "status", "archived_at", "created_at"]
BY_CREATED = ["created_at", "id", "archived_at", "type_set", "status", "country"]


class Migration(migrations.Migration):
    dependencies = [("counterparties", "0019_a_status_of_a_country_has_an_index")]

    operations = [
        migrations.RemoveIndex("counterparty", "cp_by_country"),
        migrations.AddIndex("counterparty", models.Index(fields=BY_COUNTRY, name="cp_by_country")),
        migrations.RemoveIndex("counterparty", "cp_by_created"),
        migrations.AddIndex("counterparty", models.Index(fields=BY_CREATED, name="cp_by_created")),
    ]
