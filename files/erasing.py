"""What files say of a person: their content goes, the row that knows of it stays."""

from django.db.models import Q

from files.domain.orphans import ERASED
from files.models import StoredFile
from trail.domain.erasing import Eraser, Subject, erasers


@erasers.register
class Files(Eraser):
    """Its own files, and those of others in which it was found."""

    code, position, model, counterparty = "files.StoredFile", 700, StoredFile, "counterparty"
    blanks = {"sha256": "", "size": 0, "content_type": "application/octet-stream"}
    called = ("name",)
    mentions = ("name",)

    def _blank_records(self, subject: Subject, asked: Q) -> None:
        for stored in StoredFile.objects.filter(asked).order_by("pk"):
            if not stored.storage_name.startswith(ERASED):
                subject.shelves.add(stored.storage_name)
            # The name in the store was made of the content's hash, and no two files share one.
            shelf = {"storage_name": f"{ERASED}{stored.pk}"}
            StoredFile.objects.filter(pk=stored.pk).update(**self.facts(subject), **shelf)
            self.history._base_manager.filter(id=stored.pk).update(**shelf)
            subject.counts[StoredFile._meta.db_table] += 1
