"""`./dev check`: all that can be said about the project without an office; every part runs, then the verdict."""

import os
import secrets
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = Path(sys.executable).parent


def checks() -> list[tuple[str, list[str]]]:
    manage = [sys.executable, "manage.py"]
    return [
        ("Lint", [f"{PROGRAMS}/ruff", "check", "."]),
        ("Format", [f"{PROGRAMS}/ruff", "format", "--check", "."]),
        ("Types", [f"{PROGRAMS}/mypy"]),
        ("Migrations", [*manage, "makemigrations", "--check", "--dry-run"]),
        ("Translations", [*manage, "translations", "check"]),
        ("Templates", [f"{PROGRAMS}/djlint", "templates", "--lint", "--quiet"]),
        ("Architecture", [sys.executable, "-m", "pytest", "-q", "tests/test_architecture.py"]),
        ("Deployment", [*manage, "check", "--deploy", "--fail-level", "WARNING"]),
    ]


def environment_of_an_office(folder: str) -> dict[str, str]:
    """What an office server would be given; nothing of this machine's own settings."""
    return os.environ | {
        "SECRET_KEY": secrets.token_urlsafe(64),
        "DATABASE_URL": f"sqlite:///{folder}/office.sqlite3",
        "MEDIA_ROOT": folder,
        "ALLOWED_HOSTS": "office.example.org",
        "CSRF_TRUSTED_ORIGINS": "https://office.example.org",
        "HTTPS": "1",
        "DEBUG": "0",
        "DEMO": "0",
    }


def main() -> int:
    failed = []
    with tempfile.TemporaryDirectory(prefix="office-check-") as folder:
        environment = environment_of_an_office(folder)
        for name, command in checks():
            print(f"{name}", file=sys.stderr, flush=True)
            if subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode:
                failed.append(name.lower())
    verdict = f"To mend: {', '.join(failed)}." if failed else "Everything is in order."
    print(verdict, file=sys.stderr, flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
