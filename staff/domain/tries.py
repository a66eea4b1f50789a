"""Wrong passwords are counted, so that guessing is slow.

They are counted for a name *and* an address together: whoever guesses locks himself out, never the owner, who comes in
from elsewhere at once and from the same address after five minutes at the latest. An address that tries many names is
slowed down as a whole.
"""

import hashlib
import ipaddress
import time

from django.core.cache import cache

SECONDS = 5 * 60
PER_NAME_AND_ADDRESS = 10
PER_ADDRESS = 100


def wait(name: str, address: str) -> int:
    """In how many seconds the next try is taken; 0 means now."""
    return max(_wait(key, limit) for key, limit in _counters(name, address))


def note(name: str, address: str) -> None:
    """Count a try; before the password is looked at, so that many at once count too."""
    for key, limit in _counters(name, address):
        cache.set(key, [*_recent(key), time.time()][-limit:], SECONDS)


def forgive(name: str, address: str) -> None:
    """The password was right: this name starts anew here; what the address tried otherwise stays counted."""
    (own, _limit), (shared, _limit) = _counters(name, address)
    cache.delete(own)
    cache.set(shared, _recent(shared)[:-1], SECONDS)


def _counters(name: str, address: str) -> list[tuple[str, int]]:
    network = _network(address)
    return [(_key(name.casefold(), network), PER_NAME_AND_ADDRESS), (_key("", network), PER_ADDRESS)]


def _key(name: str, network: str) -> str:
    return "tries-" + hashlib.sha256(f"{network} {name}".encode()).hexdigest()


def _network(address: str) -> str:
    """One household has one IPv4 address, but a whole /64 of IPv6."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network(f"{found}/64", strict=False)) if found.version == 6 else address


def _recent(key: str) -> list[float]:
    since = time.time() - SECONDS
    return [at for at in cache.get(key, []) if at > since]


def _wait(key: str, limit: int) -> int:
    recent = _recent(key)
    return 0 if len(recent) < limit else max(1, round(recent[-limit] + SECONDS - time.time()))
