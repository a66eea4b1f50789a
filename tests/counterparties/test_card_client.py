"""What the card asks of a client: kept whole, checked, for those who may, and never blanked by those who may not."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Desk

from characteristics.models import Element
from counterparties.models import Address, Client, Counterparty
from files.models import StoredFile
from rights.models import Grant
from tests.counterparties.cards import NEW, edit_of, errors, typed
from tests.counterparties.test_card_conflict import read, rows
from tests.factories import make_counterparty
from tests.files.makes import png
from trail.models import Operation

SAID = {
    "salutation": "mrs",
    "gender": "female",
    "language": "bg",
    "company_name": "Златна рибка ЕООД",
    "tax_name": "ДДС",
    "office_phone": "02 987 6543",
    "category": "retail",
    "subcategory": "online",
    "electronic_address_scheme": "9926",
    "electronic_address": "BG 175 074 752",
    "company-line1": "бул. Витоша 1",
    "company-city": "София",
    "company-postal_code": "1000",
    "company-country": "Bulgaria",
    "delivery-line1": "ul. Long 2",
    "delivery-city": "Варна",
    "delivery-country": "bg",
}
SETTINGS = {
    "payment_term": "30",
    "credit_limit": "12 500,50",
    "currency": "EUR",
    "message_language": "bg",
    "email_notifications": "on",
}
WHO = {"types": "client", "name": "Мария Иванова", "is_person": "on", "country": "BG"}


def desk_of(user):
    desk = Desk()
    desk.force_login(user)
    return desk


@pytest.fixture
def desk(anna):
    return desk_of(anna)


@pytest.fixture
def danube(client_type):
    """A client of whom everything is said, its settings too."""
    made = make_counterparty("Danube", [client_type], country="BG", vat_number="BG175074752")
    online = Element.objects.get(code="online")
    Client(
        counterparty=made, salutation="dr", company_name="Zqxwj Trading", category=online.parent, subcategory=online,
        office_phone="02 1", electronic_address_scheme="0130", electronic_address="X1",
        payment_term=14, credit_limit=Decimal("100.50"), currency="EUR", email_notifications=True,
    ).save()  # fmt: skip
    for kind in ("company", "delivery"):
        Address(counterparty=made, kind=kind, name="Depot", line1="1 Vitosha", city="Sofia", country="BG").save()
    return made


def books(counterparty):
    """All that is kept of it as a client."""
    rows = (model.objects.filter(counterparty=counterparty).order_by("pk") for model in (Client, Address))
    return [list(each.values()) for each in rows]


def test_everything_said_of_a_client_is_kept_shown_and_sent_back_unchanged(admin):
    desk = desk_of(admin)
    pictures = {"picture": SimpleUploadedFile("мария.png", png()), "logo": SimpleUploadedFile("logo.png", png("red"))}

    answer = desk.post(NEW, WHO | SAID | SETTINGS | pictures | {"note": "Calls in the morning.\r\nAlways."})

    made = Counterparty.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/counterparties/{made.pk}/")
    client = made.client
    assert (client.salutation, client.gender, client.language, client.company_name) == (
        "mrs", "female", "bg", "Златна рибка ЕООД",
    )  # fmt: skip
    assert (client.category.code, client.subcategory.code, client.office_phone) == ("retail", "online", "02 987 6543")
    assert (client.electronic_address_scheme, client.electronic_address) == ("9926", "BG175074752")
    assert (client.payment_term, client.credit_limit, client.currency) == (30, Decimal("12500.50"), "EUR")
    assert (client.message_language, client.email_notifications, client.login_allowed) == ("bg", True, False)
    assert (client.picture.name, client.logo.name) == ("мария.png", "logo.png")
    assert {each.kind: str(each) for each in made.addresses.all()} == {
        "company": "бул. Витоша 1, 1000 София",
        "delivery": "ul. Long 2, Варна",
    }
    assert [(note.text, note.author, note.audience) for note in made.notes.all()] == [
        ("Calls in the morning.\nAlways.", admin, "office")
    ]
    assert Operation.objects.filter(kind="card").count() == 1
    dossier = desk.get(made.get_absolute_url()).content.decode()
    for words in (
        'class="portrait"',
        "Златна рибка ЕООД",
        "12,500.50 EUR",
        "Mrs",
        "Online",
        "9926 · BG",
        f"/files/{client.logo_id}/",
    ):
        assert words in dossier
    told = desk.get(f"{made.get_absolute_url()}history/").content.decode()
    for words in ("logo.png", "Online", "Bulgarian", "12,500.50", "Address added: delivery address"):
        assert words in told
    again = desk.post(edit_of(made), read(desk, made))
    assert [str(each) for each in again.wsgi_request._messages] == ["Nothing was changed."]
    assert Counterparty.objects.get().version == 1


def test_what_cannot_be_right_is_said_at_its_field_and_kept_as_typed(admin):
    """field sent → where the complaint stands, and a word of it."""
    desk = desk_of(admin)
    table = [
        ({"office_phone": "call me"}, "office_phone", "does not belong in a phone number"),
        ({"category": "wholesale", "subcategory": "online"}, "subcategory", "does not stand under"),
        ({"subcategory": "online"}, "subcategory", "Choose the category"),
        ({"category": "online"}, "category", "There is no “online”"),
        ({"category": "nowhere"}, "category", "There is no “nowhere”"),
        ({"electronic_address": "BG175074752"}, "electronic_address", "Choose the scheme"),
        ({"electronic_address_scheme": "9926"}, "electronic_address", "Write the electronic address"),
        ({"electronic_address_scheme": "0088", "electronic_address": "123"}, "electronic_address", "123"),
        ({"electronic_address_scheme": "9901", "electronic_address": "1"}, "electronic_address_scheme", "taken off"),
        ({"electronic_address_scheme": "1", "electronic_address": "1"}, "electronic_address_scheme", "no scheme"),
        ({"credit_limit": "-1", "currency": "EUR"}, "credit_limit", "not below zero"),
        ({"credit_limit": "1,005", "currency": "EUR"}, None, ""),
        ({"credit_limit": "1.005", "currency": "EUR"}, "credit_limit", "at most two digits"),
        ({"credit_limit": "9" * 20, "currency": "EUR"}, "credit_limit", "too large"),
        ({"credit_limit": "5"}, "currency", "Choose the currency"),
        ({"currency": "XYZ"}, "currency", "There is no “XYZ”"),
        ({"payment_term": "-1"}, "payment_term", ""),
        ({"payment_term": "soon"}, "payment_term", ""),
        ({"language": "qq"}, "language", "There is no “qq”"),
        ({"salutation": "sir"}, "salutation", "There is no “sir”"),
        ({"company-country": "Utopia", "company-city": "X"}, "company-country", "is no country"),
        ({"company-country": "BG"}, "company-line1", "Write at least"),
        ({"delivery_same": "on"}, "delivery_same", "Write the company address first"),
        ({"company_name": "x" * 256}, "company_name", "255"),
        ({"picture": SimpleUploadedFile("x.png", b"no picture")}, "picture", "picture"),
    ]
    wrong = []
    for sent, field, words in table:
        answer = desk.post(NEW, WHO | sent)
        if field is None:
            wrong += [] if answer.status_code == 303 else [(sent, errors(answer))]
            continue
        said = errors(answer) if answer.status_code == 422 else {"status": [str(answer.status_code)]}
        if set(said) != {field} or words not in said[field][0]:
            wrong.append((sent, said))

    assert wrong == []
    assert Counterparty.objects.count() == 1
    page = desk.post(NEW, WHO | SAID | {"office_phone": "call me"}).content.decode()
    for typed_words in ("Златна рибка ЕООД", "call me", "BG 175 074 752", "ul. Long 2"):
        assert typed_words in page


def test_a_scheme_about_to_go_is_taken_with_a_warning(admin):
    answer = desk_of(admin).post(
        NEW, WHO | {"electronic_address_scheme": "9912", "electronic_address": "BG12345"}, follow=True
    )

    assert Client.objects.get().electronic_address_scheme == "9912"
    assert "about to be taken off the list" in answer.content.decode()


def test_whoever_may_not_change_it_blanks_nothing(admin, anna, boris, danube):
    desk_of(admin).post(edit_of(danube), typed(danube, types=["client", "supplier"], email_notifications="on"))
    before = books(danube)
    danube.refresh_from_db()
    # Addresses are everybody's: whoever may edit the supplier writes those.
    of_a_client = {name: said for name, said in SAID.items() if not name.startswith(("company-", "delivery-"))}
    mass = (
        of_a_client
        | SETTINGS
        | {"company_name": "Stolen", "login_allowed": "on", "payment_term": "99", "currency": "USD"}
    )

    told = desk_of(boris).get(edit_of(danube)).content.decode()
    by_boris = desk_of(boris).post(edit_of(danube), typed(danube, phone="02 555 5555", types=["supplier"]) | mass)
    after_boris = books(danube)
    danube.refresh_from_db()
    of_anna = desk_of(anna).get(edit_of(danube)).content.decode()
    danube.refresh_from_db()
    sent = typed(danube, phone="02 777 7777") | {"payment_term": "99", "credit_limit": "1", "login_allowed": "on"}
    by_anna = desk_of(anna).post(edit_of(danube), sent)

    assert "Zqxwj Trading" in told
    assert 'name="company_name"' not in told
    assert (by_boris.status_code, by_anna.status_code) == (303, 303)
    assert after_boris == before
    assert 'name="company_name"' in of_anna
    assert 'name="payment_term"' not in of_anna
    assert "100.50 EUR" in of_anna
    assert books(danube) == before
    danube.refresh_from_db()
    assert danube.phone == "02 777 7777"


def test_what_only_persons_are_asked_is_ignored_of_a_legal_entity_and_not_lost(desk, danube):
    answer = desk.post(edit_of(danube), typed(danube, salutation="mrs", gender="nobody's", tax_name="VAT"))

    client = Client.objects.get()
    assert (answer.status_code, client.salutation, client.gender, client.tax_name) == (303, "dr", "", "VAT")


def test_the_delivery_address_follows_the_company_address_while_the_tick_says_so(desk, danube):
    at = edit_of(danube)

    def cities(**changes):
        sent = read(desk, danube) | changes
        assert desk.post(at, sent).status_code == 303
        return dict(Address.objects.order_by("kind").values_list("kind", "city"))

    ticked = desk.get(at).context["form"]["delivery_same"].value()
    followed = cities(**{"company-city": "Varna"})
    written = cities(**{"delivery-city": "Burgas"})
    apart = cities(**{"company-city": "Plovdiv"})
    joined = cities(delivery_same="on")
    gone = cities(delivery_same=False, **{f"delivery-{part}": "" for part in ("line1", "city", "country")})

    assert ticked is True
    assert followed == {"company": "Varna", "delivery": "Varna"}
    assert written == {"company": "Varna", "delivery": "Burgas"}
    assert apart == {"company": "Plovdiv", "delivery": "Burgas"}
    assert joined == {"company": "Plovdiv", "delivery": "Plovdiv"}
    assert gone == {"company": "Plovdiv"}


def test_of_two_who_change_a_client_the_second_sees_both_versions(anna, mila, danube):
    desks = desk_of(anna), desk_of(mila)
    first, second = (read(desk, danube) for desk in desks)

    kept = desks[0].post(edit_of(danube), first | {"company_name": "Danube One", "company-city": "Varna"})
    stale = desks[1].post(edit_of(danube), second | {"company_name": "Danube Two", "tax_name": "VAT"})

    assert (kept.status_code, stale.status_code) == (303, 409)
    told = rows(stale)
    assert told["company_name"] == ("Zqxwj Trading", "Danube One", "Danube Two", True)
    assert told["company-city"] == ("Sofia", "Varna", "Sofia", False)
    assert told["tax_name"] == ("", "", "VAT", False)
    assert "anna saved this card" in stale.content.decode()
    assert stale.context["form"]["company-city"].value() == "Varna"
    assert Client.objects.get().company_name == "Danube One"
    open_card = read(desks[1], danube)
    desks[0].post(f"/counterparties/{danube.pk}/addresses/new/", {"kind": "other", "city": "Ruse"})
    assert desks[1].post(edit_of(danube), open_card | {"tax_name": "VAT"}).status_code == 409


def test_a_picture_of_a_refused_card_waits_and_is_kept_once_with_the_next(desk, danube):
    upload = SimpleUploadedFile("logo.png", png())
    refused = desk.post(edit_of(danube), typed(danube, logo=upload, email="no"))
    word = refused.content.decode().split('name="logo.draft" value="')[1].split('"')[0]

    sent = read(desk, danube) | {"logo.draft": word, "note": "A new logo"}
    answers = [desk.post(edit_of(danube), sent) for _click in range(2)]

    assert (refused.status_code, *(answer.status_code for answer in answers)) == (422, 303, 303)
    assert danube.notes.count() == 1
    assert Client.objects.get().logo == StoredFile.objects.get(name="logo.png", counterparty=danube)


def test_a_client_is_found_by_its_company_name_by_those_who_may_view_it_as_one(
    client, anna, boris, danube, supplier_type, client_type
):
    both = make_counterparty("Rila", [client_type, supplier_type])
    Client(counterparty=both, company_name="Черноморец Zqxwj").save()
    Grant.objects.filter(role__name="Bookkeeping", type=client_type).delete()

    def found(user, said):
        client.force_login(user)
        page = client.get("/counterparties/", {"q": said})
        suggested = client.get("/counterparties/suggest/", {"q": said}).json()["found"]
        names = [name for name in ("Danube", "Rila") if f">{name}</a>" in page.content.decode()]
        return names, sorted(each["name"] for each in suggested)

    assert found(anna, "zqxwj") == (["Danube", "Rila"], ["Danube", "Rila"])
    assert found(anna, "chernomorets rila") == (["Rila"], ["Rila"])
    assert found(boris, "zqxwj") == ([], [])
    assert found(boris, "rila") == (["Rila"], ["Rila"])
    both.phone = "02 111 1111"
    both.save()
    assert found(anna, "черноморец") == (["Rila"], ["Rila"])
    both.client.company_name = "Balkan"
    both.client.save()
    assert found(anna, "черноморец") == ([], [])


def test_while_one_types_the_office_tells_who_is_like_it(
    client, anna, danube, bank_type, django_assert_max_num_queries
):
    make_counterparty("Danube", [bank_type], email="bank@zqxwj.example", registration_number="175074752", country="BG")
    danube.email = "office@danube.example"
    danube.save()
    client.force_login(anna)
    ask = "/counterparties/alike/"

    with django_assert_max_num_queries(12):
        told = client.get(ask, {"name": "Danubee", "email": "OFFICE@danube.example", "vat_number": "BG175074752"})
    own = client.get(ask, {"name": "Danube", "but": danube.pk})
    hidden = client.get(ask, {"email": "bank@zqxwj.example", "registration_number": "175074752", "country": "BG"})
    offered = client.get(ask, {"country": "bg", "vat_number": "BG175074752"}).json()["suggested"]

    assert sorted(told.json()["found"]) == ["email", "name", "vat_number"]
    assert f'href="/counterparties/{danube.pk}/"' in told.json()["found"]["email"]
    assert own.json()["found"] == {}
    assert hidden.json()["found"] == {}
    assert offered.startswith("Suggested: 9926 · BG175074752 <button")


def test_a_client_is_added_quickly_by_those_who_may(client, anna, boris):
    client.force_login(anna)
    assert 'href="/clients/quick/"' in client.get("/clients/").content.decode()
    page = client.get("/clients/quick/").content.decode()
    bad = client.post("/clients/quick/", {"types": "client", "name": "", "email": "x"})
    good = client.post(
        "/clients/quick/", {"types": "client", "name": "Quick Ltd", "email": "a@b.example", "phone": "02 987 6543"}
    )
    another = client.post("/clients/quick/", {"types": "client", "name": "Other", "another": "1"})
    client.force_login(boris)
    refused = client.get("/clients/quick/")

    assert page.count("<select") == 1
    assert (bad.status_code, set(errors(bad))) == (422, {"name", "email"})
    made = Counterparty.objects.get(name="Quick Ltd")
    assert (good.status_code, good["Location"]) == (303, made.get_absolute_url())
    assert (made.email, made.country, made.status.code) == ("a@b.example", "BG", "active")
    assert (another.status_code, another["Location"]) == (303, "/clients/quick/")
    assert refused.status_code == 403
