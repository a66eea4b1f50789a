"""History is asked for by its record or its operation: no index by its moment or by who wrote it is ever read."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from desk.databases.unindexed import Unindexed

#: The index by its moment that each has.
DATED = {
    "historicalstoredfile": "files_histo_history_36a6d1_idx",
}


def by_whom(model):
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, django.db.models.deletion.SET_NULL, null=True, related_name="+", db_index=False
    )
    return Unindexed(model, "history_user", user)


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0002_files_of_counterparties"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        *[migrations.RemoveIndex(model, name) for model, name in DATED.items()],
        *map(by_whom, DATED),
    ]
