"""History is asked for by its record or its operation: no index by its moment or by who wrote it is ever read."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import trail.history
from desk.databases.unindexed import Unindexed

#: The index by its moment that each has.
DATED = {
    "historicaladdress": "counterpart_history_717c8c_idx",
    "historicalclient": "counterpart_history_682aca_idx",
    "historicalcontact": "counterpart_history_1d3230_idx",
    "historicalcontract": "counterpart_history_8d64a7_idx",
    "historicalcounterparty": "counterpart_history_4fbe12_idx",
    "historicalcounterpartytype": "counterpart_history_c11b8e_idx",
    "historicaldocument": "counterpart_history_7fcec3_idx",
    "historicalerasure": "counterpart_history_24832f_idx",
    "historicalmembership": "counterpart_history_7fff6d_idx",
    "historicalnote": "counterpart_history_f4faa4_idx",
    "historicalnotereader": "counterpart_history_b66b5a_idx",
    "historicalproject": "counterpart_history_b31438_idx",
    "historicalsavedview": "counterpart_history_e3737b_idx",
    "historicalstatus": "counterpart_history_5e06b7_idx",
    "historicaltypecharacteristic": "counterpart_history_993865_idx",
    "historicalvalue": "counterpart_history_ec3ed0_idx",
}
#: An index of these begins with the operation.
OF_OPERATIONS = ("historicaladdress", "historicalclient", "historicalcounterparty", "historicalvalue")


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
        ("counterparties", "0011_what_there_is_is_tallied"),
        ("trail", "0001_operations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        *[migrations.RemoveIndex(model, name) for model, name in DATED.items()],
        *map(by_whom, DATED),
        *map(of_operation, OF_OPERATIONS),
    ]
