from typing import Any

from rights.domain.granting import revoke

from ._asking import RightsCommand


class Command(RightsCommand):
    help = "Takes rights on a counterparty type from a role; with view go all the others."

    def handle(self, *_args: Any, **options: Any) -> str:
        return self.change(revoke, "revoked", options)
