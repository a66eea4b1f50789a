"""A key is compared byte by byte, so its own index also finds what it begins with: it needs none of patterns beside it."""

from django.db import migrations

from desk.databases.unindexed import Unindexed
from desk.fields import KeyField


class Migration(migrations.Migration):
    dependencies = [("counterparties", "0016_walks_through_a_status_or_a_country_know_it_too")]

    operations = [
        Unindexed("counterparty", "code_key", KeyField(editable=False, unique=True)),
        Unindexed("counterparty", "registration_key", KeyField(editable=False, null=True, unique=True)),
    ]
