"""Saved views, and the columns a person has chosen: for oneself or shared with a role, and never showing too much."""

from urllib.parse import parse_qsl, quote, urlsplit

import pytest
from django.contrib.auth.models import Group

from counterparties.domain import account_words, address_words, client_words, views
from counterparties.models import Project, SavedView, Status
from rights.domain.granting import grant, revoke
from tests.factories import make_characteristic, make_counterparty, make_type
from tests.shown import names, notes
from trail.models import Operation


@pytest.fixture
def firms(client_type, supplier_type):
    on_hold = Status.objects.get(code="on-hold")
    return [
        make_counterparty("Alfa", [client_type], country="BG"),
        make_counterparty("Bravo", [client_type], country="RO", status=on_hold),
        make_counterparty("Carol", [supplier_type], country="BG", status=on_hold),
    ]


@pytest.fixture
def sales(office):
    return Group.objects.get(name="Sales")


def columns(shown):
    return [each.key for each in shown.context["listing"].columns]


def question(address):
    return parse_qsl(urlsplit(address).query)


def saved(
    user, name="On hold", asked="status=on-hold&sort=-name&columns=name&columns=country", path="/clients/", **facts
):
    return views.add(user, path, parse_qsl(asked), {"name": name, **facts})


def follow(ask, user, address):
    parts = urlsplit(address)
    return ask(user, parts.query, parts.path)


# ---- the columns somebody chose


def test_columns_are_remembered_for_one_person_and_one_list_until_they_are_let_go(client, ask, anna, boris, firms):
    remember = "/views/columns/?list=/clients/"
    client.force_login(anna)

    sent = client.post(remember, {"columns": ["email", "name"], "status": "active", "filters": "open"})

    assert (sent.status_code, sent["Location"]) == (303, "/clients/?status=active&filters=open")
    shown = ask(anna, path="/clients/")
    assert columns(shown) == ["email", "name"]
    assert question(shown.context["xlsx_url"]) == [("columns", "email"), ("columns", "name")]
    assert columns(ask(anna, "columns=code", "/clients/")) == ["name", "code"]
    assert "types" in columns(ask(anna))
    assert columns(ask(boris, path="/clients/")) == ["name", "email", "status", "created"]
    operation = SavedView.history.get().operation
    assert (operation.kind, operation.user) == ("view", anna)
    client.force_login(anna)
    client.post(remember, {"columns": ["name", "email", "status", "created"]})
    assert not SavedView.objects.exists()
    assert columns(ask(anna, path="/clients/")) == ["name", "email", "status", "created"]


def test_a_remembered_column_that_may_not_be_seen_any_more_is_left_out_in_silence(ask, anna, client_type, firms):
    retail = make_type("retail", client_type)
    grant(anna.groups.get(), retail, ["view"])
    make_characteristic("size", "text", retail)
    views.remember_columns(anna, "/clients/", ["name", "c-size"])
    assert columns(ask(anna, path="/clients/")) == ["name", "c-size"]

    revoke(anna.groups.get(), retail, ["view"])

    shown = ask(anna, path="/clients/")
    assert (columns(shown), notes(shown)) == (["name"], [])


def test_an_arrow_moves_a_column_without_scripts(ask, anna, firms):
    asked = "columns=name&columns=email&columns=status"

    assert columns(ask(anna, f"{asked}&up=status")) == ["name", "status", "email"]
    assert columns(ask(anna, f"{asked}&down=name")) == ["email", "name", "status"]
    assert columns(ask(anna, f"{asked}&up=name&down=nonsense")) == ["name", "email", "status"]
    led_on = ask(anna, f"{asked}&up=status").context["listing"].clear_url
    assert question(led_on) == [("columns", "name"), ("columns", "status"), ("columns", "email")]


def test_the_chooser_offers_what_the_list_can_show_by_where_it_comes_from(ask, anna, client_type, bank_type, firms):
    retail = make_type("retail", client_type)
    hidden = make_type("hidden", client_type)
    grant(anna.groups.get(), retail, ["view"])
    make_characteristic("size", "text", client_type, in_list=True)
    make_characteristic("shelf", "text", retail)
    make_characteristic("secret", "text", hidden)
    make_characteristic("vault", "text", bank_type)

    chooser = ask(anna, path="/clients/").context["columns"]

    assert [each.key for each in chooser["shown"]] == ["name", "email", "status", "c-size", "created"]
    groups = [(group.label, len(group.columns)) for group in chooser["groups"]]
    assert groups[1:] == [
        ("Client details", len(client_words.FACTS)), ("Addresses", len(address_words.PLACES)),
        ("Bank accounts", len(account_words.PARTS)), ("Retail", 1),
    ]  # fmt: skip


# ---- keeping a list under a name


def test_a_list_is_kept_as_it_is_asked_and_opens_so_again(client, ask, anna, firms):
    client.force_login(anna)
    asked = "/clients/?status=on-hold&colour=red&sort=-name&columns=name&columns=country&after=x&filters=open"

    sent = client.post(f"/views/new/?list={quote(asked)}", {"name": "  On hold "})

    view = SavedView.objects.get()
    assert (view.name, view.user, view.path, view.role, view.is_default) == ("On hold", anna, "/clients/", None, False)
    assert view.pairs == [("status", "on-hold"), ("sort", "-name"), ("columns", "name"), ("columns", "country")]
    assert sent.status_code == 303
    shown = follow(ask, anna, sent["Location"])
    assert (names(shown), columns(shown), notes(shown)) == (["Bravo"], ["name", "country"], [])
    assert (shown.context["views"]["open"], shown.context["views"]["is_changed"]) == (view, False)
    assert client.get(f"/views/{view.pk}/")["Location"] == sent["Location"]


def test_what_is_asked_anew_of_an_open_view_can_be_kept_in_it(client, ask, anna, firms):
    view = saved(anna)
    shown = ask(anna, f"view={view.pk}&status=active&columns=name", "/clients/")
    assert shown.context["views"]["is_changed"]
    assert f"Keep this in “{view.name}”" in shown.content.decode()

    sent = client.post(f"/views/{view.pk}/update/", {"list": shown.context["views"]["here_url"]})

    view.refresh_from_db()
    assert (sent.status_code, view.pairs) == (303, [("status", "active"), ("columns", "name")])
    change, _begun = SavedView.history.filter(id=view.pk)
    assert (change.history_type, change.operation.user, change.query) == ("~", anna, view.query)
    assert client.post(f"/views/{view.pk}/update/", {"list": "/banks/"}).status_code == 404


def test_the_list_opens_with_the_view_chosen_for_it_and_shows_all_on_request(client, ask, anna, boris, firms):
    first = saved(anna, "First", is_default=True)
    second = saved(anna, "Second", "status=active&columns=name", is_default=True)
    first.refresh_from_db()
    assert (first.is_default, second.is_default) == (False, True)

    opened = ask(anna, path="/clients/")

    assert (opened.status_code, question(opened["Location"])[0]) == (302, ("view", str(second.pk)))
    shown = follow(ask, anna, opened["Location"])
    assert names(shown) == ["Alfa"]
    for way_out in (shown.context["views"]["all_url"], shown.context["listing"].chips[0][2]):
        everything = follow(ask, anna, way_out)
        assert (everything.status_code, names(everything)) == (200, ["Alfa", "Bravo"])
    # A filter taken out by hand leads to the list itself, not back into the view.
    assert question(ask(anna, "status=active", "/clients/").context["listing"].clear_url) == [("view", "all")]
    assert ask(boris, path="/clients/").status_code == 200


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"name": "ON HOLD"}, "You have a view “On hold” of this list already. Choose another name."),
        ({"name": ""}, "This field is required."),
        ({"name": "x" * 101}, "at most 100 characters"),
        ({"name": "New", "role": "{bookkeeping}"}, "Select a valid choice."),
        ({"name": "New", "country": "too many"}, "This list asks for too much to be kept"),
    ],
)
def test_a_view_that_cannot_be_kept_is_refused_with_a_sentence(client, anna, sent, told, monkeypatch):
    saved(anna)
    monkeypatch.setattr("counterparties.domain.views.LONGEST", 20 if "country" in sent else 4000)
    role = str(Group.objects.get(name="Bookkeeping").pk)
    client.force_login(anna)

    refused = client.post(
        f"/views/new/?list={quote('/clients/?status=active')}",
        {key: value.replace("{bookkeeping}", role) for key, value in sent.items()},
    )

    assert refused.status_code == 422
    assert told in refused.content.decode()
    assert (SavedView.objects.count(), Operation.objects.filter(kind="view").count()) == (1, 1)
    assert client.get("/views/new/?list=/settings/").status_code == 404


def test_a_list_of_what_hangs_on_counterparties_is_kept_in_the_same_way(client, ask, anna, boris, sales, firms):
    for number, firm in enumerate(firms):
        Project.objects.create(counterparty=firm, name=f"Work {number}", status="done" if number else "running")
    client.force_login(anna)

    kept = client.post(
        "/views/new/?list=" + quote("/projects/?status=done&sort=-counterparty&columns=name&columns=counterparty"),
        {"name": "Done", "role": sales.pk, "is_default": "on"},
    )
    sent = client.post("/views/columns/?list=/projects/", {"columns": ["status", "name"], "status": "done"})

    view = SavedView.objects.get(name="Done")
    shown = follow(ask, anna, kept["Location"])
    assert (names(shown), columns(shown), notes(shown)) == (["Work 2", "Work 1"], ["name", "counterparty"], [])
    assert shown.context["views"]["open"] == view
    assert sent["Location"] == "/projects/?status=done"
    remembered = ask(anna, "status=done", "/projects/")
    assert columns(remembered) == ["status", "name"]
    assert ("columns", "status") in question(remembered.context["xlsx_url"])
    client.force_login(anna)
    assert client.get("/projects/")["Location"] == kept["Location"]
    assert "Done" in client.get("/views/").content.decode()
    assert "Work 2" in follow(ask, boris, kept["Location"]).content.decode()


def test_the_same_name_is_free_in_another_list(anna, boris):
    made = [saved(anna), saved(anna, path="/suppliers/"), saved(boris)]

    assert [each.position for each in made] == [1, 1, 1]


# ---- sharing


def test_a_shared_view_is_found_by_its_role_and_shows_each_what_they_may_see(
    client, ask, anna, mila, boris, vera, admin, sales, client_type, bank_type, firms
):
    make_characteristic("vault", "text", bank_type)
    view = saved(admin, "Ours", "status=on-hold&c-vault=x&columns=name&columns=c-vault", "/counterparties/", role=sales)

    menu = {
        user.username: [each for each, _url in ask(user).context["views"]["shared"]] for user in (anna, mila, boris)
    }

    assert menu == {"anna": [view], "mila": [view], "boris": []}
    client.force_login(anna)
    shown = follow(ask, anna, client.get(f"/views/{view.pk}/")["Location"])
    assert (names(shown), columns(shown)) == (["Bravo", "Carol"], ["name"])
    assert notes(shown) == ["This view asks for more than there is for you; that was left out."]
    assert "vault" not in shown.content.decode()
    assert not shown.context["views"]["is_changed"]


def test_only_its_owner_changes_a_view_and_nobody_else_hears_of_a_private_one(
    client, ask, anna, mila, boris, sales, firms
):
    shared, private = saved(anna, "Shared", role=sales), saved(anna, "Private")

    for user, view, opened in [(mila, shared, 302), (mila, private, 404), (boris, shared, 404)]:
        client.force_login(user)
        assert client.get(f"/views/{view.pk}/").status_code == opened
        for act in ("edit", "delete", "update", "up", "down"):
            assert client.post(f"/views/{view.pk}/{act}/", {"confirmed": "1", "name": "Mine"}).status_code == 404
    assert list(SavedView.objects.values_list("name", flat=True)) == ["Shared", "Private"]
    assert "Private" not in client.get("/views/").content.decode()
    hidden, nowhere = (notes(ask(boris, f"view={pk}", "/clients/")) for pk in (private.pk, 10**30))
    assert hidden == [f"There is no view “{private.pk}” for you; you see what the address itself asks for."]
    assert nowhere == [hidden[0].replace(str(private.pk), str(10**30))]


# ---- later


def test_a_view_is_renamed_shared_moved_and_deleted(client, anna, sales):
    first, _second, third = (saved(anna, name) for name in ("First", "Second", "Third"))
    client.force_login(anna)

    assert client.post(f"/views/{third.pk}/edit/", {"name": "Last", "role": sales.pk}).status_code == 303
    assert client.post(f"/views/{third.pk}/up/").status_code == 303
    asked = client.get(f"/views/{first.pk}/delete/")
    assert "Delete the view “First”?" in asked.content.decode()
    assert client.post(f"/views/{first.pk}/delete/").status_code == 200
    assert client.post(f"/views/{first.pk}/delete/", {"confirmed": "1"}).status_code == 303

    assert list(SavedView.objects.values_list("name", "role__name", "position")) == [
        ("Last", "Sales", 1),
        ("Second", None, 2),
    ]
    gone = SavedView.history.filter(id=first.pk).first()
    assert (gone.history_type, gone.operation.user) == ("-", anna)
    assert client.post(f"/views/{first.pk}/up/").status_code == 404


def test_a_view_whose_question_has_aged_opens_and_tells_what_is_gone(ask, anna, client_type, firms):
    size = make_characteristic("size", "number", client_type)
    view = saved(anna, "Large", "c-size_min=5&status=on-hold&sort=-c-size&columns=name&columns=c-size")
    size.ties.all()[0].delete()
    size.delete()

    shown = ask(anna, [("view", str(view.pk)), *view.pairs], "/clients/")

    assert (names(shown), columns(shown)) == (["Bravo"], ["name"])
    (told,) = notes(shown)
    assert all(word in told for word in ("asked for c-size_min", "no column “c-size”", "sorted by “-c-size”"))
    assert not shown.context["views"]["is_changed"]


def test_all_views_cost_the_same_number_of_queries(client, anna, mila, sales, django_assert_num_queries):
    client.force_login(anna)
    made = 0
    for how_many, queries in ((1, 7), (3, 7), (50, 7)):
        for number in range(made, how_many):
            saved(anna if number % 2 else mila, f"View {number}", role=sales)
        made = how_many
        with django_assert_num_queries(queries):
            assert client.get("/views/").content.decode().count("View ") >= how_many


# ---- the panel of filters


def test_the_panel_comes_back_as_it_was_left(ask, anna, client_type, firms, monkeypatch):
    retail = make_type("retail", client_type)
    grant(anna.groups.get(), retail, ["view"])
    make_characteristic("size", "number", client_type)
    make_characteristic("shelf", "text", retail)

    def lies(asked):
        shown = ask(anna, asked, "/clients/")
        return {each.code: each.is_open for each in shown.context["filter_sections"] if each.code}, shown

    assert lies("filters=open")[0] == {"client": True, "retail": True}
    left, shown = lies("filters=groups&filters=retail&c-size_min=1")
    assert left == {"client": False, "retail": True}
    assert question(shown.context["listing"].clear_url) == [("filters", "groups"), ("filters", "retail")]
    assert "filters" not in dict(question(shown.context["filters_url"]))
    assert "filters" not in dict(question(shown.context["xlsx_url"]))
    monkeypatch.setattr("counterparties.pages.filter_panel.FEW", 5)
    assert lies("filters=open&c-size_min=1")[0] == {"client": True, "retail": False}
