"""Every page that shows something, by who reads it and the name of its picture."""


def pages_of_anna(office):
    """Name of the picture → address, for somebody who works here."""
    shown, gone = f"/counterparties/{office.shown.pk}/", f"/counterparties/{office.gone.pk}/"
    return {
        "home": "/",
        "register": "/counterparties/",
        "register-filters": "/counterparties/?filters=open&status=active&country=BG&country=RU&c-size_min=5",
        "register-wide": "/counterparties/?columns=code&columns=name&columns=types&columns=status&columns=country"
        "&columns=registration_number&columns=email&columns=phone&columns=c-size&columns=c-segment&columns=created",
        "register-told": "/counterparties/?colour=red&status=nonsense&sort=colour",
        "register-nothing": "/counterparties/?q=zzzz&status=active",
        "register-archived": "/counterparties/?archived=yes",
        "clients": "/clients/",
        "suppliers": "/suppliers/",
        "banks-empty": "/banks/",
        "card-new": "/counterparties/new/?type=key-account",
        "card-edit": f"{shown}edit/",
        "dossier": shown,
        "dossier-contacts": f"{shown}?tab=contacts",
        "dossier-contracts": f"{shown}?tab=contracts",
        "contracts": "/contracts/?filters=open&state=running&sort=-ends",
        "contract-new": f"{shown}contracts/new/",
        "dossier-archived": gone,
        "history": f"{shown}history/",
        "archive": f"/counterparties/{office.plain.pk}/archive/",
        "restore": f"{gone}restore/",
        "profile": "/profile/",
        "password": "/profile/password/",
        "logout": "/logout/",
        "missing": "/counterparties/999999/",
        "forbidden": f"{shown}archive/",
    }


OUTSIDE = {"login": "/login/", "forgotten": "/password/forgotten/"}
OF_ADMIN = {
    "banks": "/banks/",
    "companies": "/companies/",
    "states": "/state-organisations/",  # the type with the longest name in Russian
    "types": "/settings/types/",
    "home-admin": "/",
    "people": "/people/",
    "person-new": "/people/new/",
}
OF_VERA = {"home-nothing": "/", "register-closed": "/counterparties/"}


def walks(office, cast):
    """Who sees which pages."""
    return [
        (None, OUTSIDE),
        (cast.vera, OF_VERA),
        (cast.anna, pages_of_anna(office)),
        (cast.admin, OF_ADMIN),
    ]
