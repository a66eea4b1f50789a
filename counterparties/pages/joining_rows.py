"""Two counterparties beside each other, fact by fact, and what joining them would do, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from characteristics.pages.parts import shown
from counterparties.domain.joining.differences import BOTH, GOES, NAME, OF_CLIENT, SHARED, STAYS, Difference
from counterparties.domain.joining.plan import Choice, Plan, stopped_words
from counterparties.models import Client, Counterparty, Membership
from counterparties.pages.facts import client_words, visible_path
from desk.places import country_name
from trail.pages.words import label, words


@dataclass(frozen=True)
class Option:
    """One of the contents to choose from."""

    value: str
    words: Any
    is_chosen: bool


@dataclass(frozen=True)
class Row:
    """One fact and whose of it is kept."""

    name: str
    label: str
    options: list[Option]
    wrong: str = ""
    #: What is to be known of that of the one that goes.
    note: str = ""

    @property
    def third(self) -> Option | None:
        """What is neither."""
        return next((each for each in self.options if each.value in (BOTH, NAME)), None)

    @property
    def cells(self) -> list[tuple[str, Option | None]]:
        """That of the one that stays; beside it that of the other, what is neither, or both: ``(whose, content)``."""
        found = {each.value: each for each in self.options}
        beside = [("goes", found.get(GOES)), ("or", self.third)]
        return [("stays", found.get(STAYS)), *([each for each in beside if each[1]] or beside[:1])]


class Form:
    """What was chosen, or what is proposed before anything is."""

    def __init__(self, plan: Plan, sent: QueryDict | None = None) -> None:
        self.plan, self.sent = plan, sent
        self.wrong: dict[str, str] = {}
        is_sent = sent is not None and sent.get("asked") == "1"
        offered = plan.compared.types
        ticked = set(sent.getlist("types")) if is_sent and sent is not None else {each.code for each in offered}
        self.types = [(each, visible_path(each, plan.decision), each.code in ticked) for each in offered]
        self.choice = Choice(
            {each.key: self._chosen(each) for each in plan.compared.differences},
            [each for each, _path, is_ticked in self.types if is_ticked],
        )

    def _chosen(self, each: Difference) -> str:
        said = self.sent.get(each.key, "") if self.sent is not None else ""
        return said if said in each.options else each.preset

    @property
    def seen(self) -> tuple[str, str]:
        """Which versions of both the page showed; empty where a script sends none."""
        if self.sent is None:
            return "", ""
        return self.sent.get("version", ""), self.sent.get("other_version", "")

    def refuse(self, error: ValidationError) -> None:
        if hasattr(error, "error_dict"):
            for name, messages in error.message_dict.items():
                self.wrong[name] = " ".join(messages)
        else:
            self.wrong[""] = " ".join(error.messages)

    @property
    def general(self) -> list[str]:
        """What is wrong and stands beside no fact of the page."""
        beside = {field for each in self.plan.compared.shared for field in SHARED[each.name]} | {"types"}
        beside |= {each.key for each in self.plan.compared.differences}
        return [sentence for name, sentence in self.wrong.items() if name not in beside]

    @property
    def rows(self) -> list[Row]:
        return [self._row(each) for each in self.plan.compared.differences]

    @property
    def has_third(self) -> bool:
        return any(row.third for row in self.rows)

    def _row(self, each: Difference) -> Row:
        said, chosen = _words(each, self.plan), self.choice.facts[each.key]
        options = [Option(value, said[value], value == chosen) for value in each.options]
        fields = SHARED[each.name] if each.key.startswith("fact-") else ()
        wrong = " ".join(self.wrong[name] for name in (*fields, each.key) if name in self.wrong)
        note = stopped_words(each.stopped) if each.stopped and not wrong else ""
        return Row(each.key, _label(each), options, wrong, note)


def _label(each: Difference) -> str:
    if each.characteristic is not None:
        return each.characteristic.label
    model: Any = Counterparty if each.key.startswith("fact-") else Client
    return label(model._meta.get_field(each.name))


def _words(each: Difference, plan: Plan) -> Mapping[str, Any]:
    if each.characteristic is not None:
        here, there = shown(each.characteristic, each.here), shown(each.characteristic, each.there)
    elif each.key.startswith("fact-"):
        here, there = (_shared_words(one, each.name) for one in (each.here, each.there))
    else:
        here, there = (_client_words(one, each.name) for one in (each.here, each.there))
    third = {BOTH: _("What both say"), NAME: format_html("{} <b>{}</b>", _("The name that goes:"), plan.goes.name)}
    return {STAYS: here, GOES: there, **third}


def _shared_words(one: Counterparty, name: str) -> Any:
    if name == "country":
        said = country_name(one.country) if one.country else ""
        return ", ".join(filter(None, [str(said), _("foreign") if one.is_foreign else ""]))
    if name == "vat_number":
        return one.vat_number or (_("registered") if one.is_vat_registered else "")
    if name == "status":
        return one.status.label if one.status else ""
    return getattr(one, name)


def _client_words(client: Client, name: str) -> Any:
    said = client_words(client)
    told = [(each,) for field in OF_CLIENT[name] if (each := said.get(field))]
    return format_html_join(" › " if name == "category" else " ", "{}", told)


# ---- what it would do


def coming_along(plan: Plan) -> list[str]:
    """*3 contacts*, *1 contract*: all that hangs on the one that goes."""
    counts = {type(those[0]): len(those) for those in plan.things.values() if those}
    counts[Membership] = len(plan.memberships.rows)
    found = [
        each.counted % {"count": counts[each.model], "number": counts[each.model]}
        for each in words
        if counts.get(each.model)
    ]
    if links := len([row for row in plan.links.rows if row.counterparty_id != plan.stays.pk]):
        found.append(
            ngettext("%(number)d link of another counterparty", "%(number)d links of other counterparties", links)
            % {"number": links}
        )
    if held := len(plan.banked.rows):
        sentence = ngettext("%(number)d account that it holds", "%(number)d accounts that it holds", held)
        found.append(sentence % {"number": held})
    return found


def change_words(plan: Plan, choice: Choice) -> list[tuple[str, Any]]:
    """The facts that the one that stays is given, and its new types."""
    found: list[tuple[str, Any]] = []
    if choice.types:
        paths = ", ".join(visible_path(each, plan.decision) for each in choice.types)
        found.append((_("Types added"), paths))
    for each in plan.compared.differences:
        if (chosen := choice.facts[each.key]) != STAYS:
            found.append((_label(each), _both(each) if chosen == BOTH else _words(each, plan)[chosen]))
    return found


def _both(each: Difference) -> Any:
    """What both say, written out."""
    if each.characteristic is None:
        return f"{each.here.comment}\n\n{each.there.comment}"
    return shown(each.characteristic, [*each.here, *[value for value in each.there if value not in each.here]])


def consequences(plan: Plan, given: Mapping[str, Any]) -> list[str]:
    """What else it means."""
    stays, goes = plan.stays.name, plan.goes.name
    found = [
        _("“%(goes)s” goes into the archive and says on its dossier with whom it was joined. Nothing is deleted.")
        % {"goes": goes}
    ]
    if "registration_number" in given:
        found.append(_("The company number moves to “%(stays)s”.") % {"stays": stays})
    if "code" in given:
        found.append(_("The two exchange their codes."))
    if plan.closes_log_in:
        sentence = _("The log-in of “%(goes)s” is closed. If “%(stays)s” is to have one, invite it on its card.")
        found.append(sentence % {"goes": goes, "stays": stays})
    if plan.shares_with_client:
        sentence = _("“%(stays)s” has a log-in: whoever uses it sees what was shared with “%(goes)s”.")
        found.append(sentence % {"goes": goes, "stays": stays})
    found.append(_("All of it is one operation in the history and can be taken back as one."))
    return found
