from typing import Any

from rights.domain.granting import grant

from ._asking import RightsCommand


class Command(RightsCommand):
    help = "Gives a role rights on a counterparty type; view comes with every other right."

    def handle(self, *_args: Any, **options: Any) -> str:
        return self.change(grant, "granted", options)
