from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


def prepare(sender: Any, plan: Any = (), **_kwargs: Any) -> None:
    """What free search and the kept settings stand on is made, or mended, after every migrate; what is new is counted
    by the database."""
    from counterparties.domain import tallies, touches, towns  # noqa: PLC0415 -- app ready
    from counterparties.domain.searching import SHELVES  # noqa: PLC0415 -- app ready
    from counterparties.domain.settled import STAMPED  # noqa: PLC0415 -- app ready
    from counterparties.models import Contract, Counterparty, Project, Value  # noqa: PLC0415 -- app ready
    from desk.databases import count_anew, prepare_search, prepare_stamps  # noqa: PLC0415 -- app ready
    from trail.models import Stamp  # noqa: PLC0415 -- app ready

    is_anew = prepare_search(Counterparty, shelves=SHELVES)
    prepare_search(Value, "text_key", anew=is_anew)
    for model in (Project, Contract):
        prepare_search(model)
    prepare_stamps(Stamp, STAMPED)
    tallies.prepare(anew=bool(plan))
    touches.prepare(anew=bool(plan))
    towns.prepare(anew=bool(plan))
    if plan:
        count_anew()


def make_way(sender: Any, plan: Any = (), **_kwargs: Any) -> None:
    """Migrations find no trigger that reads a table they rebuild."""
    from counterparties.domain import touches, towns  # noqa: PLC0415 -- app ready
    from counterparties.models import Value  # noqa: PLC0415 -- app ready
    from desk.databases import make_way_for_migrations  # noqa: PLC0415 -- app ready

    if plan:
        touches.forget()
        towns.forget()
        make_way_for_migrations(Value, "text_key")


class CounterpartiesConfig(AppConfig):
    name = "counterparties"
    verbose_name = _("Counterparties")

    def ready(self) -> None:
        pre_migrate.connect(make_way, sender=self)
        post_migrate.connect(prepare, sender=self)
