"""Wrong passwords are counted, so that guessing is slow.

They are counted for a name *and* an address together: whoever guesses locks himself out, never the owner, who comes in
from elsewhere at once and from the same address after five minutes at the latest. An address that tries many names is
slowed down as a whole.

Each try is written first and counted then, so that however many come at once no more than the limit are taken.
"""

import hashlib
import ipaddress
from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from staff.models import Try

TIME = timedelta(minutes=5)
PER_NAME_AND_ADDRESS = 10
PER_ADDRESS = 100


def take(name: str, address: str) -> int:
    """Count a try before the password is looked at. In how many seconds it would be taken; 0: it is."""
    Try.objects.filter(at__lte=timezone.now() - TIME).delete()
    mine = Try.objects.create(**_fingerprints(name, address))
    wait = max(
        _wait(Try.objects.filter(name=mine.name), PER_NAME_AND_ADDRESS),
        _wait(Try.objects.filter(address=mine.address), PER_ADDRESS),
    )
    if wait:
        mine.delete()
    return wait


def forgive(name: str, address: str) -> None:
    """The password was right: this name starts anew here; what the address tried otherwise stays counted."""
    Try.objects.filter(**_fingerprints(name, address)).delete()


def _wait(tries: QuerySet[Try], limit: int) -> int:
    """Until so many tries are old that one more keeps to the limit."""
    now = timezone.now()
    counted = tries.filter(at__gt=now - TIME).order_by("-at", "-pk").values_list("at", flat=True)
    return max([0, *(max(1, round((at + TIME - now).total_seconds())) for at in counted[limit : limit + 1])])


def _fingerprints(name: str, address: str) -> dict[str, str]:
    network = _network(address)
    return {"name": _fingerprint(f"{network} {name.casefold()}"), "address": _fingerprint(network)}


def _fingerprint(said: str) -> str:
    return hashlib.sha256(said.encode()).hexdigest()


def _network(address: str) -> str:
    """One household has one IPv4 address, but a whole /64 of IPv6."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network(f"{found}/64", strict=False)) if found.version == 6 else address
