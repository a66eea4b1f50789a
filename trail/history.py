"""History of the office's records: who changed what, under which operation.

A model is recorded by inheriting ``Recorded``. Each of its historical rows points to the ``Operation`` it belongs to;
the operation itself is written only when its first change is, so a refused form leaves none.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models
from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords

#: By its name and not imported: models that stand beside it are recorded too, so they come after history.
OPERATION = "trail.Operation"


@dataclass
class Act:
    """An operation under way; ``row`` is its id in the database once something was changed."""

    kind: str
    user: Any = None
    reason: str = ""
    undoes: Any = None
    row: int | None = None


@dataclass(frozen=True)
class Visitor:
    """The person at the door, as the middleware noted them."""

    user: Any = None
    address: str | None = None


under_way: ContextVar[Act | None] = ContextVar("act", default=None)
#: The operation that was last brought to its end here, for whoever tells of it.
finished: ContextVar[Act | None] = ContextVar("finished", default=None)
NOBODY = Visitor()
visitor: ContextVar[Visitor] = ContextVar("visitor", default=NOBODY)


def _known(user: Any) -> Any:
    """The user as a foreign key takes it: a person with a row, or nobody."""
    return user if getattr(user, "pk", None) else None


def operation_id() -> int:
    """The operation the next row of history belongs to; without one under way, one of its own, kind *system*."""
    act = under_way.get() or Act("system")
    if act.row is None:
        made = entry(act)
        made.save(force_insert=True)
        act.row = made.pk
    return act.row


def entry(act: Act) -> Any:
    """An act as it is written down."""
    person = _known(act.user) or _known(visitor.get().user)
    return apps.get_model(OPERATION)(
        kind=act.kind,
        user_id=person and person.pk,
        reason=act.reason,
        undoes=act.undoes,
        address=visitor.get().address,
    )


@contextmanager
def forgetting() -> Iterator[None]:
    """Around a savepoint: when it is rolled back, the operation row written inside it is forgotten with it."""
    act = under_way.get()
    before = act.row if act else None
    try:
        yield
    except BaseException:
        if act:
            act.row = before
        raise


def person_at_work(**_kwargs: Any) -> Any:
    """Who history names beside the operation; the same person."""
    act = under_way.get()
    return _known(act.user if act else None) or _known(visitor.get().user)


def of_operation(**said: Any) -> Any:
    return models.ForeignKey(OPERATION, models.PROTECT, default=operation_id, related_name="+", **said)


class PartOfOperation(models.Model):
    """What every historical row carries besides the record's own fields."""

    operation = of_operation()

    class Meta:
        abstract = True


class Manager(HistoryManager):
    """The library makes a new manager class at each look at ``.history``, a millisecond a save; one is enough."""

    @classmethod
    @cache
    def from_queryset(cls, queryset_class: Any, class_name: str | None = None) -> Any:
        return super().from_queryset(queryset_class, class_name)


class Records(HistoricalRecords):
    """History under operations. A model's ``not_recorded`` names fields that are derived or nobody's business."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            **{
                "bases": [PartOfOperation],
                "history_id_field": models.BigAutoField(primary_key=True),
                "history_change_reason_field": models.TextField(null=True),
                "get_user": person_at_work,
                "history_manager": Manager,
                **kwargs,
            }
        )

    def create_history_model(self, model: Any, inherited: bool) -> Any:
        # One Records object serves all heirs of Recorded: what is left out is each model's own word.
        self.excluded_fields = sorted(not_recorded(model))
        self.no_db_index = [*getattr(model, "history_without_index", ())]
        return super().create_history_model(model, inherited)

    def get_extra_fields(self, model: Any, fields: Any) -> dict[str, Any]:
        """Who wrote a row is asked of its operation, and that has no index beside one that begins with it."""
        extra = super().get_extra_fields(model, fields)
        extra["history_user"].db_index = False
        if getattr(model, "history_by", ""):
            extra["operation"] = of_operation(db_index=False)
        return extra

    def get_meta_options(self, model: Any) -> dict[str, Any]:
        """Where a model's ``history_by`` names a column, an operation finds the first and last of it at once."""
        options = super().get_meta_options(model)
        if column := getattr(model, "history_by", ""):
            options["indexes"] = [models.Index(fields=("operation", column))]
        return options

    def post_save(self, instance: Any, created: bool, using: Any = None, **kwargs: Any) -> None:
        written = kwargs.get("update_fields")
        # A log-in or a rebuilt search key is no change anybody made to the record.
        if written and set(written) <= not_recorded(type(instance)):
            return
        super().post_save(instance, created, using=using, **kwargs)

    def create_historical_record_m2ms(self, history_instance: Any, instance: Any) -> None:
        """The ties of the record as they stand. The library reads the record anew for each sort of them."""
        for field in history_instance._history_m2m_fields:
            ties, model = field.remote_field.through, self.m2m_models[field]
            names = [each.attname for each in ties._meta.fields]
            found = ties._base_manager.filter(**{field.m2m_field_name(): instance.pk}).values_list(*names)
            model.objects.bulk_create(
                model(history=history_instance, **dict(zip(names, row, strict=True))) for row in found
            )

    def fields_included(self, model: Any) -> list[models.Field]:
        left_out = not_recorded(model)
        return [field for field in model._meta.fields if field.name not in left_out]


def not_recorded(model: Any) -> set[str]:
    """Names of the fields that history leaves out."""
    own = {field.name for field in model._meta.fields}
    return own & {"version", *getattr(model, "not_recorded", ())}


class Recorded(models.Model):
    """A record with history. Saving it unchanged writes nothing at all; saving a change writes the changed fields."""

    history = Records(inherit=True)

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db: Any, field_names: Any, values: Any) -> Any:
        instance = super().from_db(db, field_names, values)
        instance._read = dict(zip(field_names, values, strict=True))
        return instance

    def refresh_from_db(self, using: Any = None, fields: Any = None, **kwargs: Any) -> None:
        super().refresh_from_db(using, fields, **kwargs)
        now = self._now()
        # One field may have been read because it was missing, after another had been changed.
        anew = now if fields is None else {name: now[name] for name in map(self._attname, fields) if name in now}
        self._read = getattr(self, "_read", {}) | anew

    def _attname(self, name: str) -> str:
        return getattr(self._meta.get_field(name), "attname", name)

    def derive(self) -> None:
        """Set the fields that follow from others, before every save."""

    def changed_fields(self) -> list[str]:
        """Names of the fields that differ from what was read."""
        read = getattr(self, "_read", {})
        return [
            field.name
            for field in self._meta.concrete_fields
            if field.attname in self.__dict__
            and (field.attname not in read or read[field.attname] != self.__dict__[field.attname])
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.derive()
        if not self._state.adding and hasattr(self, "_read") and kwargs.get("update_fields") is None:
            changed = [name for name in self.changed_fields() if name != "version"]
            if not changed:
                return
            kwargs["update_fields"] = changed
        super().save(*args, **kwargs)
        self._read = self._now()

    def _now(self) -> dict[str, Any]:
        return {f.attname: self.__dict__[f.attname] for f in self._meta.concrete_fields if f.attname in self.__dict__}
