"""System checks of the office: a wrong setting is told with the hint what to write."""

import os
import sqlite3
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register
from django.db import connection

from counterparties.domain import tallies, touches, towns
from counterparties.domain.settled import STAMPED
from counterparties.models import Contract, Counterparty, Project, Tally, Touch, Value
from crm.env import complaints
from desk.databases import search_triggers_missing, stamp_triggers_missing
from desk.places import COUNTRY_CODES
from staff.domain.demo import demo_names
from trail.models import Stamp

HOW_TO_REMOVE = "Run: python manage.py remove_demo_users, or start with DEMO=1 if this is a demo office."
#: Lists are asked for by AS NOT MATERIALIZED, which came with it; the trigrams of free search came with 3.34.
OLDEST_SQLITE = (3, 35)


@register
def environment(**_kwargs: Any) -> list[Any]:
    """Every variable of the environment that could not be read."""
    return [Error(f"{name}: {wrong}", hint=hint, id="crm.E001") for name, wrong, hint in complaints]


@register
def upload_limit(**_kwargs: Any) -> list[Any]:
    if 1 <= settings.MAX_UPLOAD_MB <= 1000:
        return []
    return [Error("MAX_UPLOAD_MB is out of range.", hint="Write a whole number from 1 to 1000.", id="crm.E002")]


@register
def kept_files_of_jobs(**_kwargs: Any) -> list[Any]:
    if 1 <= settings.KEEP_JOB_FILES_DAYS <= 3650:
        return []
    return [Error("KEEP_JOB_FILES_DAYS is out of range.", hint="Write a whole number from 1 to 3650.", id="crm.E009")]


@register
def large_sheets(**_kwargs: Any) -> list[Any]:
    if 1 <= settings.LARGE_SHEET_ROWS <= 1_000_000:
        return []
    return [Error("LARGE_SHEET_ROWS is out of range.", hint="Write a whole number from 1 to 1000000.", id="crm.E010")]


@register
def media_folder(**_kwargs: Any) -> list[Any]:
    """Files are kept there, so it must be writable, or be makeable where it does not exist yet."""
    if not is_in_a_folder():
        return []
    folder = Path(settings.MEDIA_ROOT)
    there = next(each for each in [folder, *folder.parents] if each.exists())
    if there.is_dir() and os.access(there, os.W_OK | os.X_OK):
        return []
    hint = "Write a folder the office may write to, for example /srv/office/media."
    return [Error(f"MEDIA_ROOT: nothing can be written into {there}", hint=hint, id="crm.E003")]


@register
def country(**_kwargs: Any) -> list[Any]:
    if settings.OFFICE_COUNTRY in COUNTRY_CODES:
        return []
    hint = "Write the two capital letters of ISO 3166: BG, RU, DE …"
    return [Error(f"OFFICE_COUNTRY: {settings.OFFICE_COUNTRY!r} is no country", hint=hint, id="crm.E004")]


@register
def storage_elsewhere(**_kwargs: Any) -> list[Any]:
    """A store that speaks S3 needs two packages that most offices do without."""
    if is_in_a_folder() or all(find_spec(name) for name in ("storages", "boto3")):
        return []
    hint = "Run: pip install --require-hashes -r requirements-s3.lock, or leave it out to keep files in MEDIA_ROOT."
    return [Error("STORAGE_URL: the packages for such a store are not installed", hint=hint, id="crm.E005")]


def is_in_a_folder() -> bool:
    return settings.STORAGES["default"]["BACKEND"].endswith("FileSystemStorage")


@register
def proxies(**_kwargs: Any) -> list[Any]:
    if 0 <= settings.PROXIES <= 10:
        return []
    hint = "Write how many proxies of yours stand before the office: 0, 1, …"
    return [Error("PROXIES is out of range.", hint=hint, id="crm.E006")]


@register
def demo_in_production(**_kwargs: Any) -> list[Any]:
    if settings.DEMO and settings.HTTPS:
        return [Warning("DEMO is on.", hint="Take DEMO out of the environment of a real office.", id="crm.W001")]
    return []


@register(Tags.database)
def known_passwords(databases: Any = None, **_kwargs: Any) -> list[Any]:
    """Users of a demo office in a real one: anybody could come in as an administrator."""
    if not databases or settings.DEMO or not has_table("staff_user"):
        return []
    names = demo_names()
    if not names:
        return []
    return [Error(f"Users with passwords everybody knows: {', '.join(names)}", hint=HOW_TO_REMOVE, id="crm.E007")]


@register
def sqlite_is_old(**_kwargs: Any) -> list[Any]:
    """Django takes an SQLite that does not know what lists and free search are asked with."""
    if connection.vendor != "sqlite" or sqlite3.sqlite_version_info >= OLDEST_SQLITE:
        return []
    hint = "Take a Python with SQLite 3.35 or newer, or PostgreSQL: DATABASE_URL=postgres://…"
    wrong = f"SQLite {sqlite3.sqlite_version} is too old: lists and free search are asked for in its newer words."
    return [Error(wrong, hint=hint, id="crm.E011")]


@register(Tags.database)
def letters(databases: Any = None, **_kwargs: Any) -> list[Any]:
    """PostgreSQL searches only letters its ctype knows; under C it would find no Cyrillic name."""
    if not databases or connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
        if not cursor.fetchone():
            return []
        cursor.execute("SELECT show_trgm('я')")
        if cursor.fetchone()[0]:
            return []
    hint = "Make the database anew: createdb --encoding=UTF8 --locale=C.UTF-8 --template=template0 NAME"
    return [Error("The database does not know Cyrillic letters.", hint=hint, id="crm.E008")]


@register(Tags.database)
def search_triggers(databases: Any = None, **_kwargs: Any) -> list[Any]:
    """A warning and not an error, for migrate is what mends them and must be let through."""
    if not databases or not has_table(Counterparty._meta.db_table):
        return []
    missing = [name for model in (Counterparty, Project, Contract) for name in search_triggers_missing(model)]
    missing += search_triggers_missing(Value, "text_key") + towns.missing()
    if not missing:
        return []
    hint = "Run: python manage.py migrate"
    return [Warning(f"Free search misses its triggers: {', '.join(missing)}", hint=hint, id="crm.W002")]


@register(Tags.database)
def stamps_of_settings(databases: Any = None, **_kwargs: Any) -> list[Any]:
    """Without them a process would go on with settings that were changed by another one."""
    if not databases or not has_table(Stamp._meta.db_table):
        return []
    missing = stamp_triggers_missing(STAMPED)
    if not missing:
        return []
    hint = "Run: python manage.py migrate"
    return [Warning(f"Changes of the settings are not told: {', '.join(missing)}", hint=hint, id="crm.W003")]


@register(Tags.database)
def tallies_of_counterparties(databases: Any = None, **_kwargs: Any) -> list[Any]:
    """Without them the numbers in the menu and on the first page would stand still."""
    if not databases or not has_table(Tally._meta.db_table):
        return []
    missing = tallies.missing()
    if not missing:
        return []
    hint = "Run: python manage.py migrate"
    return [Warning(f"Counterparties are not tallied: {', '.join(missing)}", hint=hint, id="crm.W004")]


@register(Tags.database)
def touches_of_operations(databases: Any = None, **_kwargs: Any) -> list[Any]:
    """Without them operations would be missing from the lists of whoever may know of them."""
    if not databases or not has_table(Touch._meta.db_table):
        return []
    missing = touches.missing()
    if not missing:
        return []
    hint = "Run: python manage.py migrate"
    return [Warning(f"What operations touch is not noted: {', '.join(missing)}", hint=hint, id="crm.W005")]


def has_table(name: str) -> bool:
    """False on a database that was never migrated."""
    return name in connection.introspection.table_names()
