"""Holdings: which companies belong to them, in an office whose counterparties are there already.

They come without history, as what clients have does: nothing that is measured reads it.
"""

from random import Random

from django.db import connection

from counterparties.models import Counterparty, Membership, TypeSet

SEED = 20_261_124
#: For so many counterparties there is a holding that so many belong to: a page and more, of whom a reader sees half.
EACH, MEMBERS = 2_000, 150


def gather() -> None:
    """An office that has holdings already keeps them as they are."""
    if Membership.objects.exists():
        return
    random, everybody = Random(SEED), Counterparty.objects.count()
    sets = list(TypeSet.objects.filter(types__kind_code="holding").distinct().values_list("pk", flat=True))
    holdings = Counterparty.objects.current().filter(type_set__in=sets).order_by("pk").values_list("pk", flat=True)
    for holding in holdings[: max(1, everybody // EACH)]:
        members = random.sample(range(1, everybody + 1), min(MEMBERS, everybody))
        Membership.objects.bulk_create(Membership(holding_id=holding, member_id=pk) for pk in members if pk != holding)
    with connection.cursor() as cursor:
        # An index nobody counted is taken for the best.
        cursor.execute(f"ANALYZE {Membership._meta.db_table}")
