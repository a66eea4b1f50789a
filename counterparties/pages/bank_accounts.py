"""Bank accounts of a counterparty: noted and corrected, closed and opened again."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from counterparties.domain import bank_accounts, belongings
from counterparties.domain.keeping import claim_card
from counterparties.models import BankAccount, Counterparty
from desk.models import Gone
from desk.pages.answers import done, show

from .bank_account_form import PARTS, BankAccountForm
from .bank_account_words import same_elsewhere
from .belongings import Belonging, BelongingForm


class BankAccounts(Belonging):
    """Whoever sees the dossier sees them; whoever may edit the counterparty keeps them."""

    code, name, model, form = "accounts", "bank-account", BankAccount, BankAccountForm
    new_words = gettext_lazy("New bank account")

    def things(self, request: HttpRequest, counterparty: Counterparty) -> Any:
        return super().things(request, counterparty).select_related("counterparty", "bank", "company")

    def sections(self, form: BelongingForm) -> list[dict[str, Any]]:
        return [
            {"id": code, "title": title, "hint": "", "fields": [form[name] for name in names if name in form.fields]}
            for code, title, names in PARTS
        ]

    def _page(self, request: HttpRequest, form: Any, title: str, **context: Any) -> HttpResponse:
        form.tell_elsewhere()
        alike = f"{reverse('alike')}?but={form.counterparty.pk}"
        return super()._page(request, form, title, alike_url=alike, **context)

    # ---- the acts

    def add(self, form: BelongingForm, request: HttpRequest) -> Any:
        try:
            made = bank_accounts.add(form.made(), by=request.user, opened_at=form.opened_at)
        except IntegrityError as error:
            raise _refused(error) from None
        self._tell(made, request)
        return made

    def keep(self, form: BelongingForm, request: HttpRequest) -> Any:
        try:
            kept = super().keep(form, request)
        except IntegrityError as error:
            raise _refused(error) from None
        if "number" in form.changed_data:
            self._tell(kept, request)
        return kept

    def _tell(self, account: BankAccount, request: HttpRequest) -> None:
        """The same account elsewhere stops nobody, and is told."""
        if words := same_elsewhere(account.number, account.counterparty_id, request.decision):
            messages.warning(request, words)

    def remove(self, thing: Any, request: HttpRequest) -> None:
        belongings.remove(thing, by=request.user, first=claim_card)

    def consequences(self, thing: Any) -> list[str]:
        told = super().consequences(thing)
        return told if thing.is_closed else [_("If it is no longer used, close it instead: it stays known."), *told]

    # ---- closing, and opening again

    def close(self, request: HttpRequest, pk: int, thing_pk: int) -> HttpResponse:
        """Nobody is to pay into it any more. The page asks; what is sent acts."""
        counterparty = self._counterparty(request, pk)
        thing = get_object_or_404(self.things(request, counterparty).filter(closed_on=None), pk=thing_pk)
        if request.method == "POST":
            bank_accounts.close(thing, by=request.user)
            told = _("The account %(name)s of %(owner)s is closed.")
            return done(request, self.url(counterparty), told % {"name": thing, "owner": counterparty.name})
        return self._ask(
            request,
            counterparty,
            title=_("Close the account %(name)s?") % {"name": thing},
            question=_("It stays on the dossier of %(owner)s as closed since today, %(day)s.")
            % {"owner": counterparty.name, "day": date_format(timezone.localdate())},
            note=_("Another day is said by editing the account."),
            confirm_label=_("Close the account"),
        )

    def open(self, request: HttpRequest, pk: int, thing_pk: int) -> HttpResponse:
        """It is used again. The page asks; what is sent acts."""
        counterparty = self._counterparty(request, pk)
        thing = get_object_or_404(self.things(request, counterparty).exclude(closed_on=None), pk=thing_pk)
        if request.method == "POST":
            bank_accounts.open_again(thing, by=request.user)
            told = _("The account %(name)s of %(owner)s is open again.")
            return done(request, self.url(counterparty), told % {"name": thing, "owner": counterparty.name})
        return self._ask(
            request,
            counterparty,
            title=_("Open the account %(name)s again?") % {"name": thing},
            question=_("It is used again. It becomes the main one only if you say so."),
            confirm_label=_("Open again"),
        )

    def _ask(self, request: HttpRequest, counterparty: Counterparty, *, title: str, **words: Any) -> HttpResponse:
        return show(
            request,
            "desk/confirm.html",
            title=title,
            cancel_url=self.url(counterparty),
            crumbs=self._crumbs(request, counterparty, title),
            **words,
        )

    def act(self, thing: Any) -> dict[str, Any]:
        """What its row offers: an open account is closed, a closed one opened again."""
        words = pgettext("account", "Open again…") if thing.is_closed else pgettext("account", "Close…")
        return {"act_url": f"{self._address(thing)}{'open' if thing.is_closed else 'close'}/", "act_words": words}

    def paths(self) -> list[URLPattern]:
        under = f"counterparties/<int:pk>/{self.code}/<int:thing_pk>/"
        return [
            *super().paths(),
            path(f"{under}close/", self._view(self.close), name=f"{self.name}-close"),
            path(f"{under}open/", self._view(self.open), name=f"{self.name}-open"),
        ]


def _refused(error: IntegrityError) -> Exception:
    """Somebody noted the same account a moment ago; what was deleted since it was chosen is told elsewhere."""
    if isinstance(error, Gone):
        return error
    return ValidationError({"number": _("This counterparty has this account already.")})


accounts = BankAccounts()
