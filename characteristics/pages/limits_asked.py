"""The limits of a characteristic and its preset answer, as the settings ask for them."""

from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from characteristics.domain import usage
from characteristics.domain.limits import NOTHING
from characteristics.domain.narrowing import Beyond
from characteristics.models import Characteristic
from desk.widgets import Suggested

#: Those that hold more than a word, or are told who is in the way.
WIDE = ("pattern", "pattern_hint", "is_unique")


def dress(fields: dict[str, forms.Field], was: Characteristic) -> None:
    """What each of them means, at its field. Where the characteristic ``was`` one of few answers, they are offered."""
    helps = {
        "minimum": _("The least number or the first day that is taken; empty: no limit."),
        "maximum": _("The most, or the last day."),
        "max_length": _("Longer texts are refused; empty: as many as the type holds."),
        "pattern": _("A regular expression that the whole text must match, for example [A-Z]{2}[0-9]{6}."),
        "pattern_hint": _("Stands at the field and is told to whoever breaks it: two letters and six digits."),
        "default": _(
            "A new card begins with it; cards that exist stay as they are. A number, a day or “today”, yes or no, "
            "the code of an element or of a counterparty."
        ),
        "is_unique": _("Two counterparties never say the same, archived ones included; case does not count."),
    }
    for name in NOTHING:
        fields[name].help_text, fields[name].span = helps[name], 4 if name in WIDE else 2
    if was.pk and (listed := was.type.listed(was)):
        fields["default"].widget = Suggested([(was.type.spelled_default(each), was.type.text(each)) for each in listed])
    fields["pattern"].widget.attrs |= {"class": "mono", "spellcheck": "false"}


def with_links(wrong: Beyond, decision: Any) -> SafeString:
    """The sentence, and the first of those that are in the way, as far as the reader may view them."""
    links = usage.links(wrong.owners, decision)
    if not links:
        return format_html("{}", wrong.sentence)
    named = format_html_join(", ", '<a href="{}">{}</a>', [(url, name) for name, url in links])
    return format_html("{} {}", wrong.sentence, format_html(_("The first: {names}."), names=named))
