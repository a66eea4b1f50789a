from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from characteristics.models import Element
from desk.fields import ExactField, Line
from trail.history import Recorded

from .counterparty import Counterparty


def salutations() -> list[tuple[str, Any]]:
    return [("mr", _("Mr")), ("mrs", _("Mrs")), ("ms", _("Ms")), ("dr", _("Dr")), ("prof", _("Prof"))]


def genders() -> list[tuple[str, Any]]:
    return [("female", _("female")), ("male", _("male")), ("other", _("other"))]


def _element(words: Any) -> models.ForeignKey:
    # Its index leads on to whose it is.
    return models.ForeignKey(
        Element, models.PROTECT, null=True, blank=True, related_name="+", db_index=False, verbose_name=words
    )


def _picture(words: Any) -> models.ForeignKey:
    return models.ForeignKey(
        "files.StoredFile", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=words
    )


class Client(Recorded):
    """What is kept of a counterparty because it is a client. Guarded by the counterparty's version."""

    not_recorded = ()
    history_without_index = ("category", "subcategory", "picture", "logo")
    history_by = "counterparty"

    counterparty = models.OneToOneField(
        Counterparty, models.PROTECT, related_name="client", verbose_name=_("counterparty")
    )
    salutation = models.CharField(_("salutation"), max_length=8, blank=True, choices=salutations)
    gender = models.CharField(_("gender"), max_length=8, blank=True, choices=genders)
    language = models.CharField(_("language"), max_length=8, blank=True)
    picture = _picture(_("picture"))
    logo = _picture(_("logo"))
    company_name = Line(_("company name"), max_length=255, blank=True)
    tax_name = Line(_("tax name"), max_length=100, blank=True)
    office_phone = Line(_("office phone"), max_length=40, blank=True)
    category = _element(_("category"))
    subcategory = _element(_("subcategory"))
    electronic_address = Line(_("electronic address"), max_length=255, blank=True)
    electronic_address_scheme = models.CharField(_("scheme of the electronic address"), max_length=4, blank=True)
    login_allowed = models.BooleanField(_("may log in"), default=False)
    email_notifications = models.BooleanField(_("e-mail notifications"), default=False)
    message_language = models.CharField(_("language of messages"), max_length=5, blank=True)
    payment_term = models.PositiveSmallIntegerField(_("payment term, days"), null=True, blank=True)
    credit_limit = ExactField(_("credit limit"), places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)

    class Meta:
        verbose_name = _("client details")
        verbose_name_plural = _("client details")
        indexes = [
            models.Index(fields=["category", "counterparty"], name="client_by_category"),
            models.Index(fields=["subcategory", "counterparty"], name="client_by_subcategory"),
        ]

    def __str__(self) -> str:
        return str(self.counterparty)

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        owner = self.counterparty
        if owner.call_as_client(self.company_name):
            # The search column is no fact, so nothing of this stands in history.
            Counterparty.objects.filter(pk=owner.pk).update(search=owner.search)
