"""Every route, walked by the whole cast and by people who have one right or all but one: who is let in, who is not."""

import pytest
from django.contrib.auth.models import Group

from rights.catalog import RIGHTS
from rights.models import Grant
from staff.models import User
from tests.estate import furnish
from tests.factories import let_in, make_characteristic, make_type
from tests.rights.walking import (
    BANK,
    BOTH,
    CLIENT,
    CODES,
    GUESTS_OWN,
    MISSING,
    RETAIL,
    SUPPLIER,
    THINGS,
    Walk,
    mark,
    walker,
    words_for,
)
from tests.routes import ASKED, Its

#: The characteristic that the routes of characteristics are walked with.
OF = {"client": "motto"}


@pytest.fixture
def estate(admin, client_type, supplier_type, bank_type):
    """One counterparty of each sort, one of two worlds, and a subtype nobody was given; each type asks one thing."""
    types = {each.code: each for each in (client_type, supplier_type, bank_type, make_type("retail", client_type))}
    asked = {
        code: make_characteristic(
            OF.get(code, f"of-{code}"), "text", types[code], name=f"Zqxwjjvkasked{code}", in_list=True
        )
        for code in CODES
    }
    for thing in THINGS:
        answers = {asked[code]: f"{mark(thing)}says{code}" for code in thing.types}
        furnish(mark(thing).capitalize(), [types[code] for code in thing.types], answers, admin, thing.pk)
    return types


@pytest.mark.once
def test_every_route_asks_the_whole_cast_for_its_rights(estate, admin, anna, boris, mila, vera, ivo):
    nora, gone = (User.objects.create_user(name, language="en") for name in ("nora", "gone"))
    for user in (nora, gone):
        user.groups.set(Group.objects.filter(name="Managers"))
    gone.is_active = False
    gone.save()
    own = furnish(mark(GUESTS_OWN).capitalize(), [estate["client"]], {}, admin, GUESTS_OWN.pk)
    guest = let_in(own, by=admin)
    # Who may nothing, or everything, needs fewer counterparties to show it.
    cast = {
        walker("stranger", None, is_thorough=True): (CLIENT, MISSING),
        walker("gone", gone): (CLIENT, MISSING),
        walker("vera", vera): (CLIENT, MISSING),
        walker("anna", anna): (*THINGS, MISSING),
        walker("boris", boris): (*THINGS, MISSING),
        walker("mila", mila): (BOTH, SUPPLIER, RETAIL),
        # Every right over counterparties opens none of the settings.
        walker("nora", nora, is_thorough=True): (BOTH, RETAIL),
        walker("ivo", ivo, is_manager=True, is_thorough=True): (CLIENT, MISSING),
        # Behind the log-in of a client stand his own pages, and nothing of the office.
        walker("guest", guest, is_guest=True, is_thorough=True): (CLIENT, GUESTS_OWN),
        walker("admin", admin, is_manager=True, is_superuser=True, is_thorough=True): (BOTH, RETAIL, MISSING),
    }
    walk = Walk()

    for who, things in cast.items():
        walk.by(who, things, set(ASKED))

    assert walk.found() == ([], [], [], [])
    # The walk would notice: superusers read every marked word, and much was really done.
    assert walk.read == words_for(list(cast)[-1])
    assert walk.acts > 20


@pytest.mark.once
def test_each_right_opens_its_own_routes_and_no_others(estate):
    every = {right.code for right in RIGHTS}
    people = {}
    for number, right in enumerate(sorted(every)):
        # Of banks they are given nothing: two of them, who lack different rights, have every right over others.
        besides = [BANK] if number < 2 else []
        alone, others = (f"only {right}", {"view", right}, [BOTH]), (f"all but {right}", every - {right}, besides)
        for name, rights, further in (alone, others):
            user, role = User.objects.create_user(name, language="en"), Group.objects.create(name=name)
            Grant.objects.bulk_create(Grant(role=role, type=estate["client"], right=each) for each in rights)
            user.groups.add(role)
            people[user] = (CLIENT, *further)
    # Settings and administration ask for no right over counterparties; nora has them all and finds them shut.
    routes = {name for name, asked in ASKED.items() if isinstance(asked, Its) or asked in every} | {"home", "register"}
    walk = Walk()

    for user, things in people.items():
        walk.by(walker(user.username, user), things, routes)

    assert walk.found() == ([], [], [], [])
    assert walk.acts > 10
