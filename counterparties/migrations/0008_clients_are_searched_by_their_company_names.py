from django.db import migrations

from desk import text

BATCH = 500


def tell(apps, _schema_editor):
    """Those that were there before are found by what their companies are called, like those that come."""
    searched, client = (apps.get_model("counterparties", name) for name in ("Counterparty", "Client"))
    last = 0
    while portion := list(client.objects.filter(pk__gt=last).exclude(company_name="").order_by("pk")[:BATCH]):
        counterparties = searched.objects.only("search").in_bulk([each.counterparty_id for each in portion])
        for each in portion:
            found = counterparties[each.counterparty_id]
            spelled = "".join(f" {part}" for part in text.spellings(text.clean(each.company_name)) if part)
            found.search = found.search.partition(text.PART)[0] + (text.PART + spelled if spelled else "")
        searched.objects.bulk_update(counterparties.values(), ["search"], batch_size=BATCH)
        last = portion[-1].pk


class Migration(migrations.Migration):
    dependencies = [("counterparties", "0007_keys_of_projects_and_contracts")]

    operations = [migrations.RunPython(tell, migrations.RunPython.noop)]
