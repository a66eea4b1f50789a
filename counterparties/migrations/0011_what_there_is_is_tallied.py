from django.db import migrations, models


def forget(_apps, _schema_editor):
    """Without its tallies the table must not be bound to them; made they are after every migrate."""
    from counterparties.domain import tallies

    for each in tallies.ALL:
        each.forget()


class Migration(migrations.Migration):
    dependencies = [("counterparties", "0010_values_are_indexed_where_they_say_something")]

    operations = [
        migrations.CreateModel(
            name="Arrivals",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("type_set", models.BigIntegerField()),
                ("month", models.CharField(max_length=7)),
                ("is_archived", models.BooleanField()),
                ("number", models.IntegerField()),
            ],
            options={
                "indexes": [models.Index(fields=["month", "type_set", "is_archived"], name="arrivals_by_facts")],
            },
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("type_set", models.BigIntegerField()),
                ("status", models.BigIntegerField()),
                ("is_archived", models.BooleanField()),
                ("number", models.IntegerField()),
            ],
            options={
                "indexes": [models.Index(fields=["type_set", "status", "is_archived"], name="tally_by_facts")],
            },
        ),
        migrations.RunPython(migrations.RunPython.noop, forget),
    ]
