"""Counterparties that others point at: whom a reader may choose, know and name. Nobody else is told to exist."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from counterparties.domain import counting, type_sets
from counterparties.domain.inheritance import TypeTree
from counterparties.models import Counterparty
from counterparties.models.counterparty import SORTED_LENGTH
from desk import text
from desk.said import gettext as _

#: So many are offered all at once; of more, those that are searched for.
MOST_AT_ONCE = 200
#: So much of what somebody wrote is repeated to them.
REPEATED = 80
#: So many words are looked for among the aliases by one statement.
WORDS_AT_ONCE = 40
#: How the error of a word that means nobody is told from the others.
UNKNOWN = "unknown"


def label(counterparty: Counterparty) -> str:
    """*Danube Agro (C10412)*: nobody else is called so."""
    return f"{counterparty.name} ({counterparty.code})"


class Targets:
    """The counterparties one reader may point at. Without a decision the office itself asks."""

    def __init__(self, decision: Any) -> None:
        self.decision = decision
        self.tree = TypeTree() if decision is None else decision.tree
        self._offered: dict[int | None, list[Counterparty] | None] = {}

    @classmethod
    def of(cls, decision: Any) -> "Targets":
        """One for all the fields and columns of a page, so that they ask once."""
        if decision is None:
            return cls(None)
        if not hasattr(decision, "_targets"):
            decision._targets = cls(decision)
        return decision._targets

    # ---- who may be known

    @cached_property
    def seen(self) -> QuerySet:
        return Counterparty.objects.all() if self.decision is None else self.decision.counterparties("view")

    @cached_property
    def seen_sets(self) -> set[int] | None:
        """Combinations of types that may be seen; None when all may."""
        if self.decision is None or self.decision.has_everything("view"):
            return None
        return set(self.decision.set_ids("view"))

    def knows(self, counterparty: Counterparty) -> bool:
        return self.seen_sets is None or counterparty.type_set_id in self.seen_sets

    # ---- who fits and is offered

    def _sets(self, type_id: int | None) -> set[int]:
        """Combinations of types in which a counterparty may be seen, of one type or its subtypes if it is said."""
        known = type_sets.members() if self.decision is None else self.decision.type_sets
        if type_id is None:
            return set(known) if self.seen_sets is None else self.seen_sets
        family = self.tree.family(self.tree.by_id[type_id])
        if self.decision is None:
            return {pk for pk, types in known.items() if types & family}
        return set(self.decision.set_ids("view", family & self.decision.type_ids("view")))

    def of_type(self, type_id: int | None) -> QuerySet:
        """Those that carry the type or a subtype of it visibly; all when no type is said."""
        return self.seen if type_id is None else self.seen.filter(type_set__in=sorted(self._sets(type_id)))

    def refuse_unfit(self, counterparty: Counterparty, type_id: int | None) -> None:
        """Raise ValidationError when it may not be pointed at anew; whoever points at it already goes on doing so."""
        if counterparty.is_archived:
            raise ValidationError(_("“%(name)s” is archived. Choose another one.") % {"name": counterparty.name})
        if type_id is not None and not self._fits(counterparty, type_id):
            sentence = _("“%(name)s” is not of the type that is asked for here. Choose another one.")
            raise ValidationError(sentence % {"name": counterparty.name})

    def _fits(self, counterparty: Counterparty, type_id: int) -> bool:
        """One that a row of a sheet will only bring has no stored combination of types yet."""
        types = getattr(counterparty, "types_to_come", None)
        if types is None:
            return counterparty.type_set_id in self._sets(type_id)
        return bool(types & self.tree.family(self.tree.by_id[type_id]))

    def offered(self, type_id: int | None) -> list[Counterparty] | None:
        """All to choose from, by name; None when they are too many."""
        if type_id not in self._offered:
            self._read({type_id, *self._asked_for})
        return self._offered[type_id]

    @cached_property
    def _asked_for(self) -> set[int | None]:
        """Every type that some characteristic asks its targets to be of: a card may ask for several of them."""
        asked = self.tree.asked_of(self.tree.types)
        return {each.characteristic.target_type_id for each in asked if each.characteristic.type.points}

    def _read(self, type_ids: set[int | None]) -> None:
        """Two statements, however many characteristics a card has."""
        counts = counting.of_type_sets()
        sets = {each: self._sets(each) for each in type_ids}
        few = {each: sets[each] for each in type_ids if counting.total(counts, sets[each]) <= MOST_AT_ONCE}
        wanted = set().union(*few.values()) & counts.keys()
        found = self.seen.current().filter(type_set__in=sorted(wanted)).order_by("name_key", "pk")
        records = list(found.only("name", "code", "type_set", "archived_at")) if wanted else []
        for each in type_ids:
            self._offered[each] = [one for one in records if one.type_set_id in few[each]] if each in few else None

    # ---- who is preset

    def preset(self, characteristic: Any) -> Counterparty | None:
        """Whom a new card names from the start, as far as this reader may choose them."""
        found = self._preset.get(text.key(characteristic.default))
        wanted = characteristic.target_type_id
        return found if found and (wanted is None or self._fits(found, wanted)) else None

    @cached_property
    def _preset(self) -> dict[str, Counterparty]:
        """By code, for all characteristics at once."""
        asked = [each.characteristic for each in self.tree.asked_of(self.tree.types)]
        codes = {text.key(each.default) for each in asked if each.type.points and each.default}
        return {each.code_key: each for each in self.seen.current().filter(code_key__in=codes)}

    # ---- who is meant

    def numbered(self, said: Iterable[str]) -> dict[str, Counterparty]:
        """By their ids, as addresses and forms carry them."""
        ids = {each: number for each in said if (number := text.number(each)) is not None}
        found = {each.pk: each for each in self.seen.filter(pk__in=ids.values())} if ids else {}
        return {each: found[pk] for each, pk in ids.items() if pk in found}

    def named(self, said: Iterable[str]) -> dict[str, list[Counterparty]]:
        """Whom each of these words means: by the code, by name and code together, else by a name or an alias.

        As many statements for a thousand words as for one, as long as they are codes and names.
        """
        keys = {each: text.key(each) for each in said}
        codes = {key for each in keys.values() for key in (each, *codes_in(each))}
        by_code = {each.code_key: each for each in self.seen.filter(code_key__in=codes)} if codes else {}
        found: dict[str, list[Counterparty]] = {}
        for word, key in keys.items():
            exact = [by_code[key]] if key in by_code else []
            both = [by_code[code] for code in codes_in(key) if code in by_code]
            found[word] = exact or [each for each in both if text.key(label(each)) == key]
        left = {word: key for word, key in keys.items() if not found[word]}
        for word, those in self._called(left).items():
            found[word] = those
        return found

    def _called(self, keys: dict[str, str]) -> dict[str, list[Counterparty]]:
        """By their whole name, or by an alias just as it is written."""
        called: dict[str, dict[int, Counterparty]] = {word: {} for word in keys}
        if not keys:
            return {}
        for each in self.seen.filter(name_key__in={key[:SORTED_LENGTH] for key in keys.values()}):
            whole = text.key(each.name)
            for word in [word for word, key in keys.items() if key == whole]:
                called[word][each.pk] = each
        # The search finds the few that could be meant; the alias itself has no index.
        searched = [word for word, key in keys.items() if any(len(part) > 2 for part in key.split())]
        for start in range(0, len(searched), WORDS_AT_ONCE):
            asked = Q()
            for word in searched[start : start + WORDS_AT_ONCE]:
                asked |= Q(search__words=keys[word], alias=word)
            for each in self.seen.filter(asked):
                if each.alias in called:
                    called[each.alias][each.pk] = each
        return {word: list(those.values()) for word, those in called.items()}


def one_of(found: Sequence[Counterparty], said: str) -> Counterparty:
    """The one that was meant; ValidationError says what to write instead. Hidden ones are as unknown as nonsense."""
    if len(found) == 1:
        return found[0]
    named = {"value": said if len(said) <= REPEATED else f"{said[:REPEATED]}…"}
    if found:
        raise ValidationError(_("“%(value)s” is the name of several counterparties. Write the code.") % named)
    sentence = _("There is no counterparty “%(value)s” for you to choose. Write its code or name.")
    raise ValidationError(sentence % named, code=UNKNOWN)


def codes_in(key: str) -> list[str]:
    """What may be the code in *danube agro (c10412)*; codes may hold brackets themselves."""
    if not key.endswith(")"):
        return []
    return [key[place + 1 : -1] for place, sign in enumerate(key) if sign == "(" and 1 <= len(key) - place - 2 <= 32]
