"""The books, audited: whatever is written of a recorded model stands in its history, in somebody's name."""

import re
from contextlib import contextmanager

from django.apps import apps
from django.db import connection

from staff.models import User
from trail.models import Operation

WRITTEN = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"(\w+)"', re.IGNORECASE)


def recorded_models():
    """Every model that has a history, but the rows of history themselves."""
    return [
        model
        for model in apps.get_models()
        if hasattr(getattr(getattr(model, "history", None), "model", None), "tracked_fields")
    ]


class Audit:
    """Collects what is wrong with the books after each act, and which models were written at all."""

    def __init__(self):
        self.models = recorded_models()
        self.by_table = {
            table: model
            for model in self.models
            for table in (model._meta.db_table, model.history.model._meta.db_table)
        }
        #: What a test itself put there without history.
        self.known = {fault for model in self.models for fault in self.unlike(model)}
        self.faults, self.written = [], set()

    @contextmanager
    def of(self, act, *, named=True):
        """One act; ``named``: it has a user, and not only a reason."""
        tables, newest = set(), Operation.objects.order_by("-pk").values_list("pk", flat=True).first() or 0

        def noting(execute, sql, *args):
            if found := WRITTEN.match(sql):
                tables.add(found[1])
            return execute(sql, *args)

        with connection.execute_wrapper(noting):
            yield
        for model in {self.by_table[table] for table in tables if table in self.by_table}:
            self.faults += [f"{act}: {fault}" for fault in self._after(model, newest, named)]

    def _after(self, model, newest, named):
        yield from sorted(set(self.unlike(model)) - self.known)
        rows = list(model.history.filter(operation__gt=newest).select_related("operation").order_by("history_id"))
        if rows:
            self.written.add(model._meta.label)
        for row in rows:
            what = f"{model._meta.label} {row.id}"
            if row.operation.user_id is None and (named or not row.operation.reason):
                yield f"{what}: nobody did it"
            if row.operation.user_id != row.history_user_id:
                yield f"{what}: the operation and its row name two people"
            before = model.history.filter(id=row.id, history_id__lt=row.history_id).order_by("-history_id").first()
            if row.history_type == "~" and before and stated(model, before) == stated(model, row):
                yield f"{what}: a change of nothing"

    def unlike(self, model):
        """Records of which history says otherwise than they are."""
        said = {}
        for row in model.history.order_by("history_id"):
            said[row.id] = None if row.history_type == "-" else stated(model, row)
        are = {record.pk: stated(model, record) for record in model._base_manager.all()}
        for pk in sorted(said.keys() | are.keys()):
            if said.get(pk) != are.get(pk):
                yield f"{model._meta.label} {pk}: history says otherwise"


def stated(model, record):
    """What is recorded of it."""
    facts = {field.attname: getattr(record, field.attname) for field in model.history.model.tracked_fields}
    if model is User:
        groups = record.groups.values_list("pk" if isinstance(record, User) else "group_id", flat=True)
        facts["groups"] = sorted(groups)
    return facts
