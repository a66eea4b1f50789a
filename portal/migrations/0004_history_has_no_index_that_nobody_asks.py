"""History is asked for by its record or its operation: no index by its moment or by who wrote it is ever read."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import trail.history
from desk.databases.unindexed import Unindexed

#: The index by its moment that each has.
DATED = {
    "historicalaccess": "portal_hist_history_131627_idx",
    "historicalproposal": "portal_hist_history_1a8d26_idx",
    "historicalproposedchange": "portal_hist_history_12c12f_idx",
}
#: An index of these begins with the operation.
OF_OPERATIONS = ("historicalaccess", "historicalproposal", "historicalproposedchange")


def by_whom(model):
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, django.db.models.deletion.SET_NULL, null=True, related_name="+", db_index=False
    )
    return Unindexed(model, "history_user", user)


def of_operation(model):
    operation = models.ForeignKey(
        "trail.operation",
        django.db.models.deletion.PROTECT,
        default=trail.history.operation_id,
        related_name="+",
        db_index=False,
    )
    return Unindexed(model, "operation", operation)


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0003_letters_know_their_jobs"),
        ("trail", "0001_operations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        *[migrations.RemoveIndex(model, name) for model, name in DATED.items()],
        *map(by_whom, DATED),
        *map(of_operation, OF_OPERATIONS),
    ]
