"""A new client in four answers; everything else can be said later on its card."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from counterparties.domain import keeping
from counterparties.models import CounterpartyType
from desk.pages.answers import show
from desk.widgets import Select

from .alike import tell_likenesses
from .card import saved, sent
from .card_form import CardForm
from .card_section import Section

SHOWN = ("types", "name", "email", "phone")


class OneType(Select):
    """One of the types, where a card has a tick for each."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        said = data.get(name)
        return [said] if said else []

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        return super().render(name, value[0] if value else "", attrs, renderer)


class QuickForm(CardForm):
    """A card of which four facts are asked, and what its type will not do without."""

    def __init__(self, *args: Any, offered: list[CounterpartyType], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        types = self.fields["types"]
        types.label, types.span = _("Type"), 3
        types.widget = OneType(choices=[(each.code, self.offered.path(each)) for each in offered])

    @property
    def shown(self) -> list[str]:
        return [*SHOWN, *(each.characteristic.field_name for each in self.asked if each.characteristic.is_required)]


@require_http_methods(["GET", "HEAD", "POST"])
def quick(request: HttpRequest) -> HttpResponse:
    """For whoever may add clients of some type."""
    decision = request.decision
    offered = [each for each in decision.types("add") if each.kind.is_client and not each.is_stopped]
    if not offered:
        decision.require("add", decision.tree.by_code["client"])
    card = QuickForm(*sent(request), decision=decision, ticked=offered[:1], offered=offered)
    if card.is_bound and not card.is_reload and card.is_valid():
        try:
            made = card.add()
        except ValidationError as error:
            card.add_error(None, error)
        except keeping.Taken:
            card.add_error(None, _("Somebody was saving at the same moment. Nothing is saved yet; save once more."))
        else:
            said = _("“%(name)s” is added under the code %(code)s.") % {"name": made.name, "code": made.code}
            return saved(request, card, made, said, another=reverse("client-quick"))
    tell_likenesses(card)
    back, title = reverse("client-list"), _("New client, quickly")
    return show(
        request,
        "counterparties/quick.html",
        title=title,
        form=card,
        card=card,
        section=Section("quick", _("Client"), "", [card[name] for name in card.shown]),
        whole_url=f"{reverse('card-new')}?{urlencode({'type': [each.code for each in card.types]}, doseq=True)}",
        cancel_url=back,
        crumbs=[(_("Clients"), back), (title, None)],
    )
