from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from desk import text
from desk.fields import KeyField, Line, Lines
from desk.models import Versioned
from trail.history import Recorded

from .status import Status
from .type import CounterpartyType
from .type_set import TypeSet, TypeSetMember

#: So much of the name's key is sorted by.
SORTED_LENGTH = 100
#: Facts that free search reads, and those of them whose digits alone are searched too.
SEARCHED = ("code", "name", "alias", "registration_number", "vat_number", "email", "phone", "mobile", "website")
SEARCHED_BY_DIGITS = ("code", "registration_number", "vat_number", "phone", "mobile")
#: Behind this sign of the search column stands what it is called as a client, for those who may view it as one.
AS_CLIENT = text.PART
#: Facts that the keys follow from.
KEYED = {*SEARCHED, "country"}


class CounterpartyQuerySet(models.QuerySet):
    def current(self) -> "CounterpartyQuerySet":
        return self.filter(archived_at=None)

    def archived(self) -> "CounterpartyQuerySet":
        return self.filter(archived_at__isnull=False)

    def of_type_sets(self, ids: Iterable[int]) -> "CounterpartyQuerySet":
        return self.filter(type_set__among=frozenset(ids))

    def of_types(self, types: Iterable[Any]) -> "CounterpartyQuerySet":
        """Those that carry at least one of these types themselves; descendants are the caller's question."""
        ids = [getattr(each, "pk", each) for each in types]
        return self.filter(
            type_set__in=TypeSetMember.objects.filter(type__in=ids).values_list("type_set", flat=True).distinct()
        )


class Counterparty(Versioned, Recorded):
    """One person or organisation the office deals with. It may carry several types at once."""

    not_recorded = ("code_key", "name_key", "registration_key", "search")
    history_without_index = ("type_set", "status")
    history_by = "id"
    #: The order of lists, in which both databases keep what free search and filters of texts find.
    found_by = "name_key"

    code = Line(_("code"), max_length=32, blank=True, help_text=_("Given by the numbering when left empty."))
    code_key = KeyField(unique=True, editable=False)
    name = Line(_("name"), max_length=255)
    name_key = KeyField(editable=False)
    alias = Line(_("alias"), max_length=255, blank=True, help_text=_("Any other spelling people search by."))
    type_set = models.ForeignKey(TypeSet, models.PROTECT, related_name="counterparties", verbose_name=_("types"))
    status = models.ForeignKey(
        Status, models.PROTECT, null=True, blank=True, related_name="counterparties", verbose_name=_("status")
    )
    is_person = models.BooleanField(_("individual"), default=False)
    is_foreign = models.BooleanField(
        _("foreign"), default=False, help_text=_("Switches the check of the national number off.")
    )
    country = models.CharField(_("country"), max_length=2, blank=True)
    registration_number = Line(_("company number"), max_length=32, blank=True)
    registration_key = KeyField(unique=True, null=True, editable=False)
    is_vat_registered = models.BooleanField(_("VAT-registered"), default=False)
    # Not unique: a VAT group shares one number.
    vat_number = Line(_("VAT number"), max_length=32, blank=True)
    email = Line(_("e-mail"), max_length=254, blank=True)
    phone = Line(_("phone"), max_length=40, blank=True)
    mobile = Line(_("mobile"), max_length=40, blank=True)
    website = Line(_("website"), max_length=255, blank=True)
    comment = Lines(_("comment"), blank=True, max_length=10_000)
    search = KeyField(editable=False, default="")
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True, editable=False)

    objects = CounterpartyQuerySet.as_manager()

    class Meta:
        verbose_name = _("counterparty")
        verbose_name_plural = _("counterparties")
        ordering = ["name_key", "pk"]
        indexes = [
            models.Index(fields=["name_key", "id"], name="cp_by_name"),
            # Whoever walks through the names passes thousands: whether one is asked for stands in the index itself.
            models.Index(
                fields=["name_key", "id", "type_set", "status", "country", "created_at", "archived_at"],
                name="cp_current_by_name",
                condition=Q(archived_at=None),
            ),
            # Counts are read from these two alone, for SQLite only if archived_at stands in them too. At their end:
            # it takes "not archived" for rare, and an index that begins with it for better than any other.
            models.Index(
                fields=["type_set", "name_key", "id", "status", "archived_at"],
                name="cp_current_by_type_counted",
                condition=Q(archived_at=None),
            ),
            models.Index(
                fields=["name_key", "id", "type_set", "status", "archived_at"],
                name="cp_archived_by_name_counted",
                condition=Q(archived_at__isnull=False),
            ),
            # The archive stands in these too, for lists that show all. (By country: 3.8 s on SQLite, 12 ms so.)
            models.Index(
                fields=["status", "name_key", "id", "type_set", "country", "archived_at", "created_at"],
                name="cp_by_status",
            ),
            models.Index(
                fields=["country", "name_key", "id", "type_set", "status", "archived_at", "created_at"],
                name="cp_by_country",
            ),
            # One status of one country, or the list of one in the order of the other: neither index above begins with
            # both, and the first names of a status may be those of other countries.
            models.Index(
                fields=["status", "country", "name_key", "id", "type_set", "archived_at", "created_at"],
                name="cp_by_status_of_country",
            ),
            # Each of those who came in a span of time is looked at; whoever is not asked for is passed here.
            models.Index(
                fields=["created_at", "id", "archived_at", "type_set", "status", "country"], name="cp_by_created"
            ),
            # Few are archived, and of the newest hardly any: whoever asks for them alone would pass thousands there.
            models.Index(
                fields=["country", "name_key", "id", "type_set", "status", "archived_at"],
                name="cp_archived_by_country",
                condition=Q(archived_at__isnull=False),
            ),
            models.Index(
                fields=["created_at", "id", "archived_at"],
                name="cp_archived_by_created",
                condition=Q(archived_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("counterparty", args=[self.pk])

    @property
    def types(self) -> list[CounterpartyType]:
        """Its types in settings order; read-only (prefetch ``type_set__types`` for a list)."""
        return sorted(self.type_set.types.all(), key=lambda each: (each.position, each.name, each.pk))

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None

    def derive(self) -> None:
        """Keys for comparing, sorting and searching follow from the facts."""
        self.code_key = text.key(text.clean(self.code))
        self.name_key = text.key(text.clean(self.name))[:SORTED_LENGTH]
        self.registration_key = registration_key(self.registration_number, self.country) or None
        as_client = self.search.partition(AS_CLIENT)[1:]
        self.search = "".join([search_text(**{fact: getattr(self, fact) for fact in SEARCHED}), *as_client])

    def call_as_client(self, company_name: str) -> bool:
        """It is searched by this name too, whatever saves it; tells whether that is new. A client's record does it."""
        before, spelled = self.search, text.spellings(text.clean(company_name)) if company_name else []
        as_client = "".join(f" {part}" for part in spelled if part)
        self.search = before.partition(AS_CLIENT)[0] + (AS_CLIENT + as_client if as_client else "")
        return self.search != before


def registration_key(number: str, country: str) -> str:
    """Under what a company number is unique: letters and digits, within its country; if none is said, the office's."""
    plain = "".join(sign for sign in text.key(number) if sign.isalnum())
    return plain and f"{country or settings.OFFICE_COUNTRY}:{plain}"


def search_text(**facts: str) -> str:
    """All a counterparty may be found by, each spelling once; a space stands before every word, the first too."""
    parts = [text.key(facts[fact]) for fact in SEARCHED if facts.get(fact)]
    for fact in ("name", "alias"):
        parts += text.spellings(facts.get(fact) or "")[1:]
    for fact in SEARCHED_BY_DIGITS:
        digits = "".join(sign for sign in facts.get(fact) or "" if sign.isdecimal())
        if not any(digits in part for part in parts):
            parts.append(digits)
    return "".join(f" {part}" for part in dict.fromkeys(parts) if part)
