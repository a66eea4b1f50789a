"""A counterparty with something in each drawer, marked so that every word of it is known again wherever it shows."""

from typing import Any

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from characteristics.models import Characteristic
from counterparties.domain import keeping
from counterparties.models import (
    Address,
    BankAccount,
    Contact,
    Contract,
    Counterparty,
    CounterpartyType,
    Document,
    Note,
    Project,
)
from files.models import StoredFile
from tests.factories import make_counterparty
from trail.domain.operations import operation


def furnish(
    mark: str, types: list[CounterpartyType], answers: dict[Characteristic, Any], by: Any, pk: int
) -> Counterparty:
    """Its every text begins with the mark; what hangs on it has its number; one change is in its history."""

    def word(said: str) -> str:
        return f"{mark} {said}"

    Group.objects.create(pk=pk, name=f"Role {pk}")  # not marked: whoever writes a note knows all roles
    with operation("card", by=by, reason=word("reason")):
        made = make_counterparty(
            word("name"),
            types,
            pk=pk,
            code=f"{mark}-{pk}",
            alias=word("alias"),
            comment=word("comment"),
            email=f"{mark}@example.com",
            phone=word("phone"),
            mobile=word("mobile"),
            website=f"https://{mark}.example",
            registration_number=word("number"),
            vat_number=word("vat"),
        )
        Contact.objects.create(pk=pk, counterparty=made, name=word("contact"), job=word("job"))
        Address.objects.create(pk=pk, counterparty=made, kind="company", line1=word("address"))
        BankAccount.objects.create(pk=pk, counterparty=made, number=f"{mark}{pk}", holder=word("holder"))
        project = Project.objects.create(pk=pk, counterparty=made, name=word("project"))
        Contract.objects.create(pk=pk, counterparty=made, project=project, number=word("contract"))
        Note.objects.create(pk=pk, counterparty=made, text=word("note"), author=by)
        file = StoredFile.objects.create(
            pk=pk,
            sha256=f"{pk:064}",
            name=word("file"),
            size=10,
            content_type="text/plain",
            storage_name=default_storage.save("furnished.txt", ContentFile(word("content").encode())),
            counterparty=made,
        )
        Document.objects.create(pk=pk, counterparty=made, file=file, title=word("document"))
    return keeping.keep(
        made, {"comment": word("changed")}, made.types, answers, by=by, seen=made.version, reason=word("why")
    )
