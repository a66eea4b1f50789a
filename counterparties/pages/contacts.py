"""People to talk to at a counterparty."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from counterparties.domain import identifiers
from counterparties.models import Contact

from .belongings import Belonging, BelongingForm


class ContactForm(BelongingForm):
    class Meta:
        model = Contact
        fields = ["name", "job", "email", "phone"]

    def clean_email(self) -> str:
        return identifiers.check_email(self.cleaned_data["email"])

    def clean_phone(self) -> str:
        return identifiers.check_phone(self.cleaned_data["phone"])

    def made(self) -> Any:
        made = super().made()
        made.position = self.counterparty.contacts.count() + 1
        return made


class Contacts(Belonging):
    """Whoever sees the dossier sees them; whoever may edit the counterparty keeps them."""

    code, name, model, form = "contacts", "contact", Contact, ContactForm
    new_words, section_words = _("New contact"), _("Contact")


contacts = Contacts()
