"""What category a client has and what type a contract: the index leads on to whose they are, without the row."""

import django.db.models.deletion
from django.db import migrations, models

from desk.databases.unindexed import Unindexed


def element(words):
    return models.ForeignKey(
        "characteristics.element",
        django.db.models.deletion.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=words,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("characteristics", "0003_history_has_no_index_that_nobody_asks"),
        ("counterparties", "0013_what_operations_touched_is_noted"),
    ]

    operations = [
        Unindexed("client", "category", element("category")),
        Unindexed("client", "subcategory", element("subcategory")),
        Unindexed("contract", "contract_type", element("type of contract")),
        migrations.AddIndex("client", models.Index(fields=["category", "counterparty"], name="client_by_category")),
        migrations.AddIndex(
            "client", models.Index(fields=["subcategory", "counterparty"], name="client_by_subcategory")
        ),
        migrations.AddIndex(
            "contract", models.Index(fields=["contract_type", "counterparty"], name="contract_by_type_to_whom")
        ),
    ]
