from django.db import migrations

from desk import text

SORTED_LENGTH, BATCH = 100, 1_000


def spelled(*said):
    return "".join(f" {each}" for one in said for each in text.spellings(one))


def fill(apps, _schema_editor):
    """Those that were there before are sorted and found like those that come; their codes were not asked for yet."""
    project, contract = (apps.get_model("counterparties", name) for name in ("Project", "Contract"))
    in_portions(project, derive_project, ["name_key", "search"])
    in_portions(contract, derive_contract, ["number_key", "search"])


def derive_project(each):
    each.name_key = text.key(each.name)[:SORTED_LENGTH]
    each.search = spelled(each.code, each.name)


def derive_contract(each):
    each.number_key = text.key(each.number)[:SORTED_LENGTH]
    each.search = spelled(each.number, each.subject)


def in_portions(model, derive, fields):
    last = 0
    while portion := list(model.objects.filter(pk__gt=last).order_by("pk")[:BATCH]):
        for each in portion:
            derive(each)
        model.objects.bulk_update(portion, fields, batch_size=BATCH)
        last = portion[-1].pk


class Migration(migrations.Migration):
    dependencies = [("counterparties", "0006_projects_and_contracts_are_listed")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
