"""The people of the office, each made once and laid out anew for every test that asks for one of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db import connection, transaction
from django.utils import timezone

from staff.models import User

#: Name → roles, and what else is said of them. Their password is the name and "-demo".
PEOPLE: dict[str, tuple[tuple[str, ...], dict[str, Any]]] = {
    "admin": ((), {"is_superuser": True, "is_staff": True}),
    "anna": (("Sales",), {}),
    "boris": (("Bookkeeping",), {}),
    "vera": ((), {}),
    "mila": (("Sales", "Bookkeeping"), {}),
    "ivo": ((), {"is_staff": True}),
}
#: Who manages the settings.
MANAGERS = ("ivo",)
#: Where the making of a person writes.
APPS = ("trail", "staff")


#: What was written for each of them on a first day.
prepared: "dict[str, Prepared]" = {}


def person(name: str) -> User:
    """One of them, in an office that has their roles."""
    # Making one takes ten times as long as writing the rows again, and two of three tests ask for somebody.
    found = prepared.get(name)
    return found.lay_out() if found and found.fits() else make(name)


def make(name: str) -> User:
    roles, facts = PEOPLE[name]
    made = User.objects.create_user(name, password=f"{name}-demo", language="en", **facts)
    if roles:
        made.groups.set(Group.objects.filter(name__in=roles))
    if name in MANAGERS:
        made.user_permissions.add(Permission.objects.get(codename="manage_settings", content_type__app_label="staff"))
    return made


@dataclass(frozen=True)
class Rows:
    """What the making of a person wrote into one table."""

    model: Any
    rows: list[tuple]

    @property
    def fields(self) -> Any:
        return self.model._meta.concrete_fields

    def ids(self) -> list[Any]:
        place = [field.primary_key for field in self.fields].index(True)
        return [row[place] for row in self.rows]

    def pointing(self) -> Iterator[tuple[Any, Any]]:
        """(model, id) of the roles and permissions that were there before."""
        for row in self.rows:
            for field, value in zip(self.fields, row, strict=True):
                if field.related_model in (Group, Permission):
                    yield field.related_model, value

    def statement(self, moment: datetime) -> tuple[str, list[Any]]:
        """The same again, as of this moment."""
        quote = connection.ops.quote_name
        columns = ", ".join(quote(field.column) for field in self.fields)
        row = f"({', '.join(['%s'] * len(self.fields))})"
        facts = [
            field.get_db_prep_save(moment if isinstance(value, datetime) else value, connection)
            for row in self.rows
            for field, value in zip(self.fields, row, strict=True)
        ]
        rows = ", ".join([row] * len(self.rows))
        return f"INSERT INTO {quote(self.model._meta.db_table)} ({columns}) VALUES {rows}", facts


@dataclass(frozen=True)
class Prepared:
    """All that the making of one person wrote."""

    name: str
    written: list[Rows]
    asked: tuple[str, list[Any]]

    def fits(self) -> bool:
        """Nobody has their name or the numbers of their rows, and their roles are those they were made with."""
        with connection.cursor() as cursor:
            cursor.execute(*self.asked)
            return bool(cursor.fetchone()[0])

    def lay_out(self) -> User:
        moment = timezone.now()
        said = [rows.statement(moment) for rows in self.written]
        if connection.vendor == "postgresql":  # one question to the server in place of six
            said = [
                ("; ".join(statement for statement, _facts in said), [each for _s, facts in said for each in facts])
            ]
        with transaction.atomic(savepoint=False), connection.cursor() as cursor:
            for statement, facts in said:
                cursor.execute(statement, facts)
        (of_user,) = [rows for rows in self.written if rows.model is User]
        values = [moment if isinstance(value, datetime) else value for value in of_user.rows[0]]
        return User.from_db("default", [field.attname for field in of_user.fields], values)


def prepare() -> None:
    """In an office on its first day, which is taken back with them."""
    models = [each for name in APPS for each in apps.get_app_config(name).get_models(include_auto_created=True)]
    models = [each for each in models if each._meta.managed]
    for name in PEOPLE:
        before = {model: model._base_manager.count() for model in models}
        make(name)
        written = [Rows(model, rows) for model, many in before.items() if (rows := _after(model, many))]
        prepared[name] = Prepared(name, written, _question(name, written))


def _after(model: Any, skipped: int) -> list[tuple]:
    names = [field.attname for field in model._meta.concrete_fields]
    return list(model._base_manager.order_by("pk").values_list(*names)[skipped:])


def _question(name: str, written: list[Rows]) -> tuple[str, list[Any]]:
    """Whether the rows would fit."""
    quote = connection.ops.quote_name
    parts, facts = [f"NOT EXISTS (SELECT 1 FROM {quote(User._meta.db_table)} WHERE username = %s)"], [name]
    for rows in written:
        table, key = quote(rows.model._meta.db_table), quote(rows.model._meta.pk.column)
        parts.append(f"NOT EXISTS (SELECT 1 FROM {table} WHERE {key} IN ({', '.join(['%s'] * len(rows.rows))}))")
        facts += rows.ids()
    for model, pk in {each for rows in written for each in rows.pointing()}:
        known = "name" if model is Group else "codename"
        parts.append(f"EXISTS (SELECT 1 FROM {quote(model._meta.db_table)} WHERE id = %s AND {known} = %s)")
        facts += [pk, getattr(model._base_manager.get(pk=pk), known)]
    return f"SELECT {' AND '.join(parts)}", facts
