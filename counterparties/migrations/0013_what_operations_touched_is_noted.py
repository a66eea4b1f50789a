from django.db import migrations, models


def forget(_apps, _schema_editor):
    """Without its notes the histories must not be bound to them; made they are after every migrate."""
    from counterparties.domain import touches

    touches.kept().forget()


class Migration(migrations.Migration):
    dependencies = [("counterparties", "0012_history_has_no_index_that_nobody_asks")]

    operations = [
        migrations.CreateModel(
            name="Touch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("operation", models.BigIntegerField()),
                ("type_set", models.BigIntegerField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["type_set", "operation"], name="touches_of_type_set"),
                    models.Index(fields=["operation", "type_set"], name="touches_of_operation"),
                ],
            },
        ),
        migrations.RunPython(migrations.RunPython.noop, forget),
    ]
