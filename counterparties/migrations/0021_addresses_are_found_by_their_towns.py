"""Those that were noted before are found by their towns like those that come."""

import re
from functools import cache

import desk.fields
import django.db.models.deletion
from desk import text
from django.db import migrations, models

BATCH = 10_000
BEFORE_A_TOWN = re.compile(r"(?:гр|град|г|город|с|село|пос|поселок|[0-9]+)")
PARTS_OF_A_TOWN = re.compile(r"[^\W_]+")


def town_key(said):
    """As it was on the day of this migration."""
    words = PARTS_OF_A_TOWN.findall(text.key(text.clean(said)))
    while len(words) > 1 and BEFORE_A_TOWN.fullmatch(words[0]):
        del words[0]
    return " ".join(re.sub("iya$", "ia", text.latin(each)) for each in words)


def fill(apps, editor):
    """A portion at a time, each row by its number. (200,000: 3.6 s; in updates of many, 25.)"""
    address, last = apps.get_model("counterparties", "Address"), 0
    with_town = address.objects.exclude(city="").order_by("pk").values_list("city", "pk")
    keys = cache(town_key)
    while portion := list(with_town.filter(pk__gt=last)[:BATCH]):
        with editor.connection.cursor() as cursor:
            cursor.executemany(
                f"UPDATE {address._meta.db_table} SET city_key = %s WHERE id = %s",  # noqa: S608 -- our own table
                [(keys(city), pk) for city, pk in portion],
            )
        last = portion[-1][1]


class Migration(migrations.Migration):
    dependencies = [("counterparties", "0020_who_came_in_a_span_of_time_is_known_in_the_index")]

    operations = [
        migrations.AddField("address", "city_key", desk.fields.KeyField(default="", editable=False)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField(
            "address",
            "counterparty",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="addresses",
                to="counterparties.counterparty",
                verbose_name="counterparty",
            ),
        ),
        migrations.AddIndex(
            "address", models.Index(fields=["counterparty", "city_key"], name="address_town_of_each")
        ),
        migrations.AddIndex("address", models.Index(fields=["city_key", "counterparty"], name="address_by_town")),
    ]
