"""The card as a browser holds it: where it is, what it sends, what it is told."""

NEW = "/counterparties/new/"


def edit_of(counterparty):
    return f"/counterparties/{counterparty.pk}/edit/"


def typed(counterparty, **changes):
    """What a browser sends of an untouched card, and the changes."""
    facts = (
        "code",
        "name",
        "alias",
        "country",
        "registration_number",
        "vat_number",
        "email",
        "phone",
        "mobile",
        "website",
    )
    sent = {fact: getattr(counterparty, fact) for fact in (*facts, "comment", "version")}
    flags = ("is_person", "is_foreign", "is_vat_registered")
    sent |= {flag: "on" for flag in flags if getattr(counterparty, flag)}
    sent |= {
        "status": counterparty.status.code if counterparty.status else "",
        "types": [each.code for each in counterparty.types],
    }
    return sent | changes


def errors(answer):
    return {name: list(errors) for name, errors in answer.context["form"].errors.items()}
