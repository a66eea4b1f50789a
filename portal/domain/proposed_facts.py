"""The contact data that a client may propose to change: what stands there now, what is checked, how it is kept."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from counterparties.domain import checking, checking_clients, keeping, log_ins
from counterparties.domain.clients import PLACE, PLACES, client_of, places_of
from counterparties.models import Counterparty

#: Facts of the counterparty, of the client, and of his two addresses.
OWN = ("email", "phone", "mobile", "website")
OF_CLIENT = ("office_phone",)
OF_PLACES = {f"{kind}-{name}": (kind, name) for kind in PLACES for name in PLACE}
FACTS = (*OWN, *OF_CLIENT, *OF_PLACES)
#: By these some of them are checked; a client does not propose them.
CHECKED_BY = ("country", "is_foreign", "is_person")

Said = Mapping[str, str]


def now(counterparty: Counterparty) -> dict[str, str]:
    """Each of the facts as it is noted today."""
    client, places = client_of(counterparty), places_of(counterparty)
    return (
        {name: getattr(counterparty, name) for name in OWN}
        | {name: getattr(client, name) for name in OF_CLIENT}
        | {fact: getattr(places[kind], name) if kind in places else "" for fact, (kind, name) in OF_PLACES.items()}
    )


def checked(counterparty: Counterparty, said: Said) -> dict[str, str]:
    """What is said, in the form to keep; refused beside its fact, as on the card."""
    stands = now(counterparty)
    facts = {name: getattr(counterparty, name) for name in CHECKED_BY} | stands | dict(said)
    client, wrong = client_of(counterparty), {}
    for name in said:
        try:
            if name in OWN:
                facts[name] = checking.within_limit(checking.CHECKS[name](facts, counterparty), _longest(name))
            elif name in OF_CLIENT:
                facts[name] = checking_clients.CHECKS[name](facts, client)
        except ValidationError as error:
            wrong[name] = error
    for kind in PLACES:
        if _is_country_alone(kind, facts) and any(said.get(fact, stands[fact]) != stands[fact] for fact in _of(kind)):
            wrong[f"{kind}-line1"] = ValidationError(_("Write at least the street or the town."))
    if said.get("email") == "" and log_ins.may_log_in([counterparty]):
        wrong["email"] = ValidationError(_("Write an e-mail: it is what one logs in with."))
    if wrong:
        raise ValidationError({name: error.messages for name, error in wrong.items()})
    return {name: facts[name] for name in said}


def _longest(name: str) -> int | None:
    field: Any = Counterparty._meta.get_field(name)
    return field.max_length


def _of(kind: str) -> Iterable[str]:
    return [fact for fact, (of, _name) in OF_PLACES.items() if of == kind]


def _is_country_alone(kind: str, facts: Mapping[str, Any]) -> bool:
    said = {OF_PLACES[fact][1]: facts[fact] for fact in _of(kind)}
    return bool(said.pop("country")) and not any(said.values())


def keep(counterparty: Counterparty, said: Said, *, by: Any, seen: int | str, reason: str) -> None:
    """Onto the card, as if it had been written there; Stale when the card was saved since it was seen."""
    said = checked(counterparty, said)
    if "email" in said and log_ins.may_log_in([counterparty]):
        # Not asked when he proposes it: the answer would tell him whose e-mail opens a log-in here.
        try:
            log_ins.check_email(said["email"], counterparty)
        except ValidationError as error:
            raise ValidationError({"email": error.messages}) from None
    places: dict[str, dict[str, str]] = {}
    for fact, word in said.items():
        if fact in OF_PLACES:
            kind, name = OF_PLACES[fact]
            places.setdefault(kind, {})[name] = word
    keeping.keep(
        counterparty,
        {name: said[name] for name in OWN if name in said},
        None,
        {},
        by=by,
        seen=seen,
        reason=reason,
        client={name: said[name] for name in OF_CLIENT if name in said},
        places=places,
    )
