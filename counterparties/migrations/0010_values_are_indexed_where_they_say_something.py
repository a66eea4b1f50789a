"""A row of values points at one thing at most: an index of all rows by element, file or target held mostly nothing.

The one by counterparty is the beginning of the constraint's. They are dropped by their names: Django would write the
whole table anew on SQLite, which takes minutes for twelve million rows; by name it takes seconds.
"""

import django.db.models.deletion
from django.db import migrations, models

POINTING = ("counterparty", "element", "file", "target")


def _own_index(value, editor, field):
    with editor.connection.cursor() as cursor:
        known = editor.connection.introspection.get_constraints(cursor, value._meta.db_table)
    return [
        name
        for name, each in known.items()
        if each["index"] and not each["unique"] and each["columns"] == [value._meta.get_field(field).column]
    ]


def drop(apps, editor):
    value = apps.get_model("counterparties", "Value")
    for field in POINTING:
        for name in _own_index(value, editor, field):
            editor.execute(f"DROP INDEX {editor.quote_name(name)}")


def make_again(apps, editor):
    value = apps.get_model("counterparties", "Value")
    for field in POINTING:
        editor.execute(editor._create_index_sql(value, fields=[value._meta.get_field(field)]))


def _pointing(name, to, **given):
    key = models.ForeignKey(
        db_index=False,
        on_delete=django.db.models.deletion.PROTECT,
        to=to,
        **{"null": True, "related_name": "+", "verbose_name": name, **given},
    )
    return migrations.AlterField("value", name, key)


def _alone(name):
    index = models.Index(
        condition=models.Q((f"{name}__isnull", False)), fields=[name, "counterparty"], name=f"value_by_{name}_alone"
    )
    return migrations.AddIndex("value", index)


class Migration(migrations.Migration):
    dependencies = [
        ("characteristics", "0002_characteristics_of_counterparty_types"),
        ("counterparties", "0009_personal_data_is_erased_with_a_receipt"),
        ("files", "0002_files_of_counterparties"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(drop, make_again)],
            state_operations=[
                _pointing("counterparty", "counterparties.counterparty", null=False, related_name="values"),
                _pointing("element", "characteristics.element"),
                _pointing("file", "files.storedfile"),
                _pointing(
                    "target", "counterparties.counterparty", related_name="pointed_at_by", verbose_name="points at"
                ),
            ],
        ),
        _alone("element"),
        _alone("file"),
        _alone("target"),
    ]
