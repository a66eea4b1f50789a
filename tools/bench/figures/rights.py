"""Rights: the decision itself, a user of one rare type, and an office of 300 types and 50 roles."""

from typing import Any

from django.db import connection

from desk.databases.plainly import number_of
from rights.domain import policy
from tools.bench.asking import REGISTER, Person
from tools.bench.watch import Watch


def measure(watch: Watch, size: int, database: str) -> None:
    reader, rare = Person("reader"), Person("rare")

    def decided() -> Any:
        decision = policy.for_user(reader.user)
        return decision.set_ids("view"), decision.characteristics("view")

    watch.take("the decision about one person", decided)
    seen = rare.question().records().order_by()
    sets = ", ".join(map(str, rare.decision.set_ids("view")))
    sql = "SELECT COUNT(*) FROM counterparties_counterparty WHERE archived_at IS NULL AND type_set_id IN"

    def literal() -> Any:
        with connection.cursor() as cursor:
            cursor.execute(f"{sql} ({sets})")
            return cursor.fetchone()

    watch.take(
        "count of a user with one rare type",
        lambda: number_of(seen),
        literal,
        against="the same count with literal ids",
        target="T21",
        at_most=1.5,
    )
    watch.page("register of a user with one rare type", rare, REGISTER)
    watch.page("register of a reader", reader, REGISTER)
    watch.page("register of a reader by newest", reader, f"{REGISTER}?sort=-created")
    watch.page("rare user, newest first", rare, f"{REGISTER}?sort=-created")
    watch.page("home of a reader", reader, "/")
    watch.page("search of a rare user", rare, f"{REGISTER}?q=балкан")
