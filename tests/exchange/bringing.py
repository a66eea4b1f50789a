"""Sheets that are brought, previewed and run."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from exchange.domain import importing, jobs
from exchange.models import Import


def brought(by: Any, *lines: str, name: str = "clients.csv", **facts: Any) -> Import:
    """A small CSV file, received and with what is said of it noted."""
    of = importing.receive(SimpleUploadedFile(name, "\n".join(lines).encode()), by=by, types=["client"])
    for fact, said in facts.items():
        setattr(of, fact, said)
    return of


def previewed(*said: Any, **facts: Any) -> Import:
    of = brought(*said, **facts)
    importing.preview(of)
    return of


def run(of: Import) -> Import:
    """To its end, here and now."""
    importing.run(of, by=of.user)
    jobs.perform_waiting()
    of.refresh_from_db()
    return of


def told(of: Import) -> list[tuple[int, str, dict[str, Any]]]:
    return [(each.number, each.outcome, each.said) for each in of.outcomes.all()]
