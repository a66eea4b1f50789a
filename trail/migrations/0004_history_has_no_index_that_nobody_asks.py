"""History is asked for by its record or its operation: no index by its moment or by who wrote it is ever read."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from desk.databases.unindexed import Unindexed

#: The index by its moment that each has.
DATED = {
    "historicalreasonrule": "trail_histo_history_386b6a_idx",
}


def by_whom(model):
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, django.db.models.deletion.SET_NULL, null=True, related_name="+", db_index=False
    )
    return Unindexed(model, "history_user", user)


class Migration(migrations.Migration):
    dependencies = [
        ("trail", "0003_the_settings_carry_a_stamp"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        *[migrations.RemoveIndex(model, name) for model, name in DATED.items()],
        *map(by_whom, DATED),
    ]
