"""Both begin with the import: a third one by the import alone is never read."""

import django.db.models.deletion
from django.db import migrations, models

from desk.databases.unindexed import Unindexed


class Migration(migrations.Migration):
    dependencies = [("exchange", "0003_receipts_of_exports")]

    operations = [
        Unindexed(
            "importrow",
            "of",
            models.ForeignKey(
                "exchange.import", django.db.models.deletion.CASCADE, related_name="outcomes", db_index=False
            ),
        ),
    ]
