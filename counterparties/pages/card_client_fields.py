"""The fields of the card that only clients have, and how each is read."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from characteristics.models import Element
from characteristics.pages.choosing import MOST_IN_A_SELECT
from counterparties.domain.checking_clients import LONGEST_TERM
from counterparties.domain.clients import FACTS
from counterparties.domain.identifiers import check_scheme
from counterparties.domain.identifiers.electronic import offered, scheme_words, schemes
from counterparties.models import Client, Note
from desk import places
from desk.fields import DecimalFormField
from desk.widgets import Select, Suggested
from files.pages.upload_field import UploadField

#: Kept as typed; their words and limits are the model's.
TYPED = ("company_name", "tax_name", "office_phone", "electronic_address")
#: So wide is each field, of six columns; the others take two.
SPANS = {"salutation": 1, "gender": 1, "electronic_address_scheme": 3} | dict.fromkeys(
    ("company_name", "tax_name", "picture", "logo", "electronic_address"), 3
)
#: The field of a new note.
NOTE = "note"
NOT_THERE = _("There is no “%(value)s” to choose here. Choose one from the list.")


class CodeField(forms.Field):
    """One code out of a list, or none. The code that is ``kept`` stays, offered or not."""

    def __init__(self, choices: Iterable[tuple[str, Any]], kept: str, **kwargs: Any) -> None:
        offered = [("", "—"), *choices]
        if kept not in {code for code, _word in offered}:
            offered.append((kept, kept))
        self.choices = offered
        self.kept, self.by_key = kept, {code.lower(): code for code, _word in offered}
        super().__init__(**{"widget": Select(choices=offered), "required": False, **kwargs})

    def to_python(self, value: Any) -> str:
        said = str(value or "").strip()
        if said.lower() in self.by_key:
            return self.by_key[said.lower()]
        raise ValidationError(NOT_THERE, params={"value": said[:40]})

    def words(self, value: Any) -> str:
        return str(dict(self.choices).get(value, value)) if value else ""


class SchemeField(CodeField):
    """The scheme of an electronic address. Those about to be taken off the list are not offered, but accepted."""

    def __init__(self, kept: str, **kwargs: Any) -> None:
        choices = [*offered(), *(each for each in schemes().values() if each.code == kept and each.state != "active")]
        super().__init__([(each.code, each.label) for each in choices], kept, **kwargs)

    def to_python(self, value: Any) -> str:
        said = str(value or "").strip()
        return said if said == self.kept else check_scheme(said)

    def words(self, value: Any) -> str:
        return scheme_words(value)


class CategoryField(forms.Field):
    """An element of the clients' categories by its code; a stopped one only where it is kept."""

    def __init__(self, elements: Iterable[Element], kept: Element | None, **kwargs: Any) -> None:
        every = list(elements)
        self.offered = [each for each in every if not each.is_stopped or each == kept]
        self.by_code = {each.code: each for each in self.offered}
        self.stopped = {each.code: each for each in every if each.code not in self.by_code}
        super().__init__(**{"widget": self._box(), "required": False, **kwargs})

    def _box(self) -> forms.Widget:
        if len(self.offered) > MOST_IN_A_SELECT:
            return Suggested([(each.code, each.label) for each in self.offered], meaning=self._meaning)
        return self._select()

    def _select(self) -> forms.Widget:
        return Select(choices=[("", "—"), *((each.code, each.label) for each in self.offered)])

    def _meaning(self, code: str) -> str:
        return self.by_code[code].label if code in self.by_code else ""

    def prepare_value(self, value: Any) -> Any:
        return value.code if isinstance(value, Element) else value

    def to_python(self, value: Any) -> Element | None:
        code = str(value or "").strip().lower()
        if not code or code in self.by_code:
            return self.by_code.get(code)
        if code in self.stopped:
            raise ValidationError(_("“%(name)s” is stopped. Choose another one."), params={"name": self.stopped[code]})
        raise ValidationError(NOT_THERE, params={"value": code[:40]})


class SubcategoryField(CategoryField):
    """The same, under the category each stands under; a script leaves only those of the chosen category."""

    def _select(self) -> forms.Widget:
        under: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for each in self.offered:
            under[str(each.parent)].append((each.code, each.label))
        return forms.Select(choices=[("", "—"), *under.items()], attrs={"data-narrowed-by": "category"})


def fields_of(client: Client, user: Any) -> dict[str, forms.Field]:
    """The fields of all facts of a client, in the order of the page; what is stored is their initial value."""
    model: Any = Client._meta.get_field
    fields = forms.fields_for_model(Client, fields=[*TYPED])
    made: dict[str, Callable[..., forms.Field]] = {
        "salutation": lambda **words: CodeField(model("salutation").flatchoices, client.salutation, **words),
        "gender": lambda **words: CodeField(model("gender").flatchoices, client.gender, **words),
        "language": lambda **words: CodeField(places.languages(), client.language, **words),
        "message_language": lambda **words: CodeField(_our_languages(), client.message_language, **words),
        "currency": lambda **words: CodeField(places.currencies(), client.currency, **words),
        "electronic_address_scheme": lambda **words: SchemeField(client.electronic_address_scheme, **words),
        "picture": lambda **words: _upload(client.picture, user, **words),
        "logo": lambda **words: _upload(client.logo, user, **words),
        "payment_term": lambda **words: forms.IntegerField(
            min_value=0, max_value=LONGEST_TERM, widget=forms.TextInput({"inputmode": "numeric"}), **words
        ),
        "credit_limit": DecimalFormField,
        "login_allowed": forms.BooleanField,
        "email_notifications": forms.BooleanField,
    }
    categories, subcategories = _categories()
    made["category"] = lambda **words: CategoryField(categories, client.category, **words)
    made["subcategory"] = lambda **words: SubcategoryField(subcategories, client.subcategory, **words)
    fields |= {name: make(label=model(name).verbose_name, required=False) for name, make in made.items()}
    fields["office_phone"].widget.attrs["inputmode"] = "tel"
    fields["login_allowed"].help_text = _("By the e-mail of the card. The client is invited to choose a password.")
    for name, field in fields.items():
        field.span, field.initial = SPANS.get(name, 2), getattr(client, name)
    return {name: fields[name] for name in FACTS}


def note_field() -> forms.Field:
    """A note for the colleagues; those that were written before stand on the dossier."""
    field = forms.fields_for_model(Note, fields=["text"])["text"]
    field.label, field.required, field.span = _("New note"), False, 6
    field.help_text = _("Stands among the notes of the dossier, for colleagues only.")
    field.widget.attrs["rows"] = 2
    return field


def _our_languages() -> list[tuple[str, Any]]:
    """Those in which the office can write letters."""
    return [(code, places.language_name(code)) for code, _name in settings.LANGUAGES]


def _upload(kept: Any, user: Any, **words: Any) -> UploadField:
    return UploadField([kept] if kept else [], user=user, pictures_only=True, **words)


def _categories() -> tuple[list[Element], list[Element]]:
    """The clients' categories, and the subcategories under them in the same order. One query."""
    found = Element.objects.filter(nomenclature__code="client-category").order_by("position", "name", "pk")
    above = [each for each in found if each.parent_id is None]
    under = []
    for category in above:
        for each in found:
            if each.parent_id == category.pk:
                each.parent = category
                under.append(each)
    return above, under
