"""What the environment says. A wrong value is kept as a complaint for `crm.checks`, with the hint what to write."""

import re
from email.utils import formataddr
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit
from zoneinfo import ZoneInfo

import environ

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = BASE_DIR / "var"

env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

HOME_ZONE = "Europe/Sofia"
PRINTED = "consolemail://"
#: Seconds a mail server is waited for.
PATIENCE = 30
ON_THIS_MACHINE = "http://127.0.0.1:8000"
YES, NO = ("1", "true", "yes", "on"), ("", "0", "false", "no", "off")

#: (variable, what is wrong, what to write instead)
complaints: list[tuple[str, str, str]] = []


def read(name: str, default: Any, reader: str, hint: str) -> Any:
    """Read one variable with the reader of that name; fall back to the default and remember the complaint."""
    if not env.str(name, default=""):
        return default
    try:
        return getattr(env, reader)(name, default=default)
    except Exception as wrong:  # the readers raise many sorts of errors, each meaning "not like that"
        complaints.append((name, str(wrong), hint))
        return default


def flag(name: str, hint: str) -> bool:
    """Yes or no. A word that is neither must not quietly mean no: HTTPS=ye would open the cookies."""
    said = env.str(name, default="").strip().lower()
    if said not in YES + NO:
        complaints.append((name, f"{said!r} is neither yes nor no", hint))
    return said in YES


def choice(name: str, default: str, allowed: list[str]) -> str:
    """Read one of a few words."""
    value = env.str(name, default=default)
    if value in allowed:
        return value
    complaints.append((name, f"{value!r} is not known", f"Write one of: {', '.join(allowed)}."))
    return default


def secret_key() -> str:
    """The key of the office: from SECRET_KEY, or from the file that `./dev` makes."""
    file = VAR / "secret_key"
    key = env.str("SECRET_KEY", default="") or (file.read_text().strip() if file.exists() else "")
    if not key:
        complaints.append(
            (
                "SECRET_KEY",
                "it is missing",
                "Write 50 or more random characters into SECRET_KEY, or start with ./dev run.",
            )
        )
        return "missing-key-the-system-check-stops-here"
    if len(key) < 50 or len(set(key)) < 5:
        complaints.append(("SECRET_KEY", "it is too easy to guess", "Write 50 or more random characters."))
    return key


def database() -> dict[str, Any]:
    """SQLite under var/ unless DATABASE_URL says otherwise; with the settings that were measured not to lose writes."""
    default = f"sqlite:///{VAR / 'office.sqlite3'}"
    hint = "Write postgres://user:password@host:5432/name or sqlite:////absolute/path.sqlite3."
    try:
        found = env.db_url("DATABASE_URL", default=default)
        if found["ENGINE"] not in ("django.db.backends.sqlite3", "django.db.backends.postgresql"):
            raise ValueError(f"{found['ENGINE']} is not supported")
    except Exception as wrong:
        complaints.append(("DATABASE_URL", str(wrong), hint))
        found = env.db_url_config(default)
    # Kept for the next request: SQLite too reads the whole schema anew with each connection, 2 ms of every page.
    found["CONN_MAX_AGE"] = 600
    options = found.setdefault("OPTIONS", {})
    if found["ENGINE"].endswith("sqlite3"):
        options |= {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA cache_size=-65536;"
            "PRAGMA mmap_size=268435456;PRAGMA temp_store=MEMORY;",
        }
    else:
        found["CONN_HEALTH_CHECKS"] = True
        options.setdefault(
            "options",
            "-c statement_timeout=60000 -c lock_timeout=20000 -c idle_in_transaction_session_timeout=120000"
            # Compiling a statement takes longer than any page may.
            " -c random_page_cost=1.1 -c work_mem=32MB -c jit=off",
        )
    return found


def hosts() -> list[str]:
    """Names under which the office is reached; without them anybody could lend it theirs."""
    hint = "Write host names parted by commas, without https:// and without paths: office.example.org,10.0.0.5"
    found = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
    found = [host.strip() for host in found if host.strip()]
    if not found:
        complaints.append(("ALLOWED_HOSTS", "it is empty", hint))
    wrong = [host for host in found if host == "*" or "/" in host or " " in host]
    if wrong:
        complaints.append(("ALLOWED_HOSTS", f"{', '.join(wrong)} is no host name", hint))
    return [host for host in found if host not in wrong]


def origins() -> list[str]:
    """Addresses whose forms are taken."""
    found = [origin.strip() for origin in env.list("CSRF_TRUSTED_ORIGINS", default=[]) if origin.strip()]
    wrong = [origin for origin in found if not origin.startswith(("https://", "http://"))]
    if wrong:
        hint = "Write whole addresses parted by commas: https://office.example.org"
        complaints.append(("CSRF_TRUSTED_ORIGINS", f"{', '.join(wrong)} has no https:// before it", hint))
    return [origin for origin in found if origin not in wrong]


def time_zone() -> str:
    """The zone whose days are the office's days."""
    name = env.str("TIME_ZONE", default=HOME_ZONE)
    try:
        ZoneInfo(name)
    except Exception:  # missing zones, paths and empty names are told in different ways
        complaints.append(("TIME_ZONE", f"{name!r} is no time zone", "Write a zone of the IANA list: Europe/Sofia"))
        return HOME_ZONE
    return name


def storage() -> dict[str, Any]:
    """Where files are kept: in the folder MEDIA_ROOT, or in a store that speaks S3."""
    said = env.str("STORAGE_URL", default="")
    if not said:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    hint = "Write s3://key:secret@host/bucket?region=eu-central-1; both words of the key percent-encoded."
    try:
        where = urlsplit(said)
        bucket, _sign, folder = where.path.strip("/").partition("/")
        if where.scheme != "s3" or not (where.username and where.password and where.hostname and bucket):
            raise ValueError("it is no s3:// address with key, secret, host and bucket")
        more = {name: values[-1] for name, values in parse_qs(where.query, strict_parsing=bool(where.query)).items()}
        if unknown := more.keys() - {"region", "insecure"}:
            raise ValueError(f"{', '.join(sorted(unknown))} is not known")
        port = f":{where.port}" if where.port else ""
    except ValueError as wrong:
        # Never the value itself: it holds the secret.
        complaints.append(("STORAGE_URL", str(wrong), hint))
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    options = {
        "access_key": unquote(where.username),
        "secret_key": unquote(where.password),
        "bucket_name": bucket,
        "location": folder,
        "region_name": more.get("region"),
        # On one's own machine a store may speak plain http.
        "endpoint_url": f"{'http' if more.get('insecure') == '1' else 'https'}://{where.hostname}{port}",
        "addressing_style": "path",
        "signature_version": "s3v4",
        "file_overwrite": False,
        "default_acl": None,
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}


def address(sends_mail: bool) -> str:
    """Where people find the office: what letters lead to. Nobody's own machine is known to those who read them."""
    hint = "Write the whole address people open the office at, without a path: https://office.example.org"
    said = env.str("OFFICE_URL", default="").strip().rstrip("/")
    if not said:
        if sends_mail:
            complaints.append(("OFFICE_URL", "it is missing, and letters would lead nowhere", hint))
        return ON_THIS_MACHINE
    try:
        where = urlsplit(said)
        is_right = where.scheme in ("http", "https") and bool(where.hostname) and not (where.path or where.query)
        is_right = is_right and (where.port is None or where.port > 0) and not any(sign.isspace() for sign in said)
    except ValueError:
        is_right = False
    if is_right:
        return said
    complaints.append(("OFFICE_URL", f"{said!r} is no such address", hint))
    return ON_THIS_MACHINE


def sender(office: str, office_url: str) -> str:
    """Whom letters come from: the office by its name, at OFFICE_EMAIL or at the host where it is found."""
    said = env.str("OFFICE_EMAIL", default="").strip()
    where = f"office@{urlsplit(office_url).hostname}"
    if said and not re.fullmatch(r"[^@\s<>,;:\"]+@[^@\s<>,;:\"]+", said):
        complaints.append(("OFFICE_EMAIL", f"{said!r} is no e-mail", "Write one e-mail address: office@example.org"))
        said = ""
    return formataddr((" ".join(office.split()), said or where))


def mail() -> tuple[bool, dict[str, Any]]:
    """Whether letters leave the office, and how; without EMAIL_URL they are printed to the log."""
    hint = "Write smtp://user:password@host:25 or smtp+tls://user:password@host:587."
    config = read("EMAIL_URL", PRINTED, "email_url", hint)
    if isinstance(config, str):
        config = env.email_url_config(config)
    # A server that is silent must not hold whoever waits for it.
    config.setdefault("EMAIL_TIMEOUT", PATIENCE)
    return "console" not in config["EMAIL_BACKEND"], config
