"""The other pages of the office, as a person gets them: whole responses in process."""

from django import forms

from characteristics.domain import usage
from characteristics.models import Element
from counterparties.models import BankAccount, Counterparty
from desk.widgets import quick
from tools.bench.asking import Person
from tools.bench.watch import Watch


def measure(watch: Watch, size: int, database: str) -> None:
    reader, admin = Person("reader"), Person("admin")
    one = reader.question().records().filter(version__gt=1).order_by("pk").values_list("pk", flat=True)[0]
    for name, address in [
        ("home", "/"),
        ("dossier", f"/counterparties/{one}/"),
        ("history of one", f"/counterparties/{one}/history/"),
        ("card, empty", "/counterparties/new/?type=client-1"),
        ("card, filled", f"/counterparties/{one}/edit/"),
        ("archive with a status", "/counterparties/?archived=yes&status=active"),
        ("list of clients", "/clients/"),
    ]:
        watch.page(name, reader, address)
    bank = BankAccount.objects.order_by("pk").values_list("bank", flat=True)[0]
    watch.page("accounts at a bank", admin, f"/counterparties/{bank}/?tab=held-accounts")
    for name, address in [
        ("types", "/settings/types/"),
        ("statuses", "/settings/statuses/"),
        ("characteristics", "/settings/characteristics/"),
        ("nomenclatures", "/settings/nomenclatures/"),
        ("elements of a nomenclature of 200", "/settings/nomenclatures/measured-region/"),
        ("matrix of one type", "/settings/types/client/rights/"),
        ("whole matrix", "/settings/rights/"),
    ]:
        watch.page(f"settings: {name}", admin, address)
    refusal(watch, admin)
    selects(watch)


def refusal(watch: Watch, admin: Person) -> None:
    """Deleting an element that a great many say: asked first whether anybody does."""
    element = Element.objects.filter(nomenclature__code="measured-segment").order_by("position")[0]
    exists = Counterparty.objects.filter(values__element=element.pk).exists
    watch.take(
        "is an element used by very many",
        lambda: usage.element_is_used(element),
        exists,
        against="one exists()",
        target="T20",
        note="target: at most 5 ms",
    )
    address = f"/settings/nomenclatures/measured-segment/elements/{element.code}/delete/"
    watch.response("its refusal with the number of users, whole response", lambda: answered(admin, address))


def answered(person: Person, address: str) -> int:
    return person.client.post(address).status_code


def selects(watch: Watch) -> None:
    """A form of forty fields, six of them selects of two hundred choices."""
    choices = [("", "—"), *((f"e{number}", f"Element {number}") for number in range(200))]

    def form(widget_of: object) -> str:
        fields: dict[str, forms.Field] = {f"text-{number}": forms.CharField() for number in range(34)}
        for number in range(6):
            field = forms.ChoiceField(choices=choices)
            field.widget = widget_of(field.widget)  # type: ignore[operator]
            fields[f"select-{number}"] = field
        made = forms.Form()
        made.fields = fields
        return "".join(str(bound) for bound in made)

    watch.take(
        "fields of a card: 40, of them 6 selects of 200",
        lambda: form(quick),
        lambda: form(lambda widget: widget),
        against="Django's own selects",
        target="T19",
        at_most=0.4,
    )
