"""History: the timeline of a counterparty, the dossier as it was, the list of operations, one large operation."""

from datetime import timedelta

from django.utils import timezone

from counterparties.models import Value
from tools.bench.asking import Person
from tools.bench.watch import Watch
from trail.models import Operation


def measure(watch: Watch, size: int, database: str) -> None:
    reader, rare, admin = Person("reader"), Person("rare"), Person("admin")
    one = reader.question().records().filter(version__gt=1).order_by("-pk").values_list("pk", flat=True)[0]
    imported = Operation.objects.filter(kind="import").order_by("-pk").values_list("pk", flat=True)[0]
    week, year = (timezone.localtime() - timedelta(days=days) for days in (7, 365))
    moments = f"at={year:%Y-%m-%dT%H:%M}&and={week:%Y-%m-%dT%H:%M}"
    note = f"{Value.history.count():,} rows of history of values"
    for name, address, person in [
        ("timeline of one", f"/counterparties/{one}/history/", reader),
        ("timeline of one, of one person", f"/counterparties/{one}/history/?who={reader.user.pk}", reader),
        ("as it was, two moments", f"/counterparties/{one}/as-of/?{moments}", reader),
        ("operations", "/operations/", reader),
        ("operations of a user with one rare type", "/operations/", rare),
        ("operations of a superuser", "/operations/", admin),
        ("imports among the operations", "/operations/?kind=import", reader),
        ("an import of 2,000 counterparties", f"/operations/{imported}/", reader),
        ("the question to take that import back", f"/operations/{imported}/undo/", admin),
    ]:
        watch.page(name, person, address, note=note)
