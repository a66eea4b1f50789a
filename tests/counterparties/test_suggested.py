"""Whom a box suggests: as a list finds its first page, and the very same as asked plainly."""

import pytest

from counterparties.domain import searching
from counterparties.pages.suggest import suggested
from rights.domain.policy import for_user
from tests.factories import make_counterparty


@pytest.mark.parametrize("said", ["a", "al", "kan", "n 0", "02", "balk", "balkan 1", "zqxwj", "rila", "ood"])
def test_suggestions_are_those_that_begin_so_and_then_those_that_hold_it(
    admin, anna, house, client_type, supplier_type, bank_type, said
):
    for number in range(30):
        types = [client_type, supplier_type, bank_type][number % 3 : number % 3 + 1 + number % 2]
        make_counterparty(f"Balkan {number:02}", types, alias="Alkan ood" if number % 4 else "")

    for user in (admin, anna):
        decision = for_user(user)
        seen, no_clients = decision.counterparties("view"), searching.hidden_clients(decision)
        plain = list(searching.search(seen.order_by("name_key", "pk"), said, no_clients))
        first = [each for each in plain if each.name_key.startswith(said)]
        expected = first + [each for each in plain if each not in first]
        for most in (3, 20):
            found = suggested(seen, said, no_clients, most)
            assert [each.name for each in found] == [each.name for each in expected[:most]]
