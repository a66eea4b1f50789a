"""Documents of a dossier: handed in, several at once; deleted softly, restored."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone

from counterparties.domain import sharing
from counterparties.domain.belongings import KIND
from counterparties.models import Counterparty, Document
from desk.databases import attempt
from files.domain.intake import leaving_nothing_behind
from trail.domain.operations import operation


def hand_in(counterparty: Counterparty, brought: Iterable[Any], facts: Mapping[str, Any], *, by: Any) -> list[Document]:
    """Hang files on the dossier, each as a document of its own, all of them or none; what is said holds for each."""
    brought = list(brought)

    def act() -> list[Document]:
        with leaving_nothing_behind(), operation(KIND, by=by):
            made = []
            for each in brought:
                file = each.keep(counterparty)
                made.append(Document(counterparty=counterparty, file=file, uploaded_by=by, **facts))
                made[-1].save()
            sharing.tell(made, by=by)
            return made

    return attempt(act)


def known_already(counterparty: Counterparty, brought: Iterable[Any]) -> list[Any]:
    """Those of the files that hang on the dossier already, by name and content: most likely somebody clicked twice."""
    hanging = Document.objects.current().filter(
        counterparty=counterparty.pk, file__sha256__in=[each.sha256 for each in brought]
    )
    known = set(hanging.values_list("file__sha256", "file__name"))
    return [each for each in brought if (each.sha256, each.name) in known]


def delete(document: Document, *, by: Any) -> None:
    """Off the dossier; whoever may edit the counterparty still finds it among the deleted ones."""
    _set_deleted(document, timezone.now(), by)


def restore(document: Document, *, by: Any) -> None:
    _set_deleted(document, None, by)


def _set_deleted(document: Document, at: Any, by: Any) -> None:
    def act() -> None:
        with operation(KIND, by=by):
            kept = Document.objects.select_for_update().get(pk=document.pk)
            if kept.is_deleted == bool(at):
                return
            kept.claim(kept.version)
            kept.deleted_at = at
            kept.save()

    attempt(act)
