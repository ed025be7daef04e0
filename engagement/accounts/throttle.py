"""How often somebody may try to sign in: failed attempts are counted in Django's cache, whichever that is.

Each failure takes one of a number of places and leaves it some minutes later; when none is free, no password is looked
at. ``cache.add`` takes a place at one moment, on every kind of cache, so that attempts made together count each.
"""

import hashlib
import ipaddress
import time
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

OF_AN_ADDRESS = 5
"""So many times as many failures of one address: behind it there may be a whole office."""


@dataclass(frozen=True)
class Places:
    """The failures that one source may have within the time."""

    source: str
    most: int

    def keys(self) -> list[str]:
        digest = hashlib.sha256(self.source.encode("utf-8", "surrogatepass")).hexdigest()[:40]
        return [f"sign-in:{digest}:{number}" for number in range(self.most)]

    def take(self) -> str:
        """The place taken, or nothing when all are."""
        lasts = settings.SIGN_IN_MINUTES * 60
        until = int(time.time()) + lasts
        taken = cache.get_many(self.keys())
        return next((key for key in self.keys() if key not in taken and cache.add(key, until, lasts)), "")

    def seconds_left(self) -> int:
        """Until the first place is free again."""
        untils = cache.get_many(self.keys()).values()
        return max(min(untils, default=0) - int(time.time()), 1)

    def clear(self) -> None:
        cache.delete_many(self.keys())


class Attempt:
    """One attempt to sign in. It counts as failed until ``succeeded`` is told otherwise."""

    def __init__(self, request: HttpRequest, username: str) -> None:
        address, most = address_of(request), settings.SIGN_IN_FAILURES
        self.name = Places(f"{address} {username.strip().casefold()}", most)
        self.address = Places(address, most * OF_AN_ADDRESS) if address else None
        self.wait = 0
        """Seconds to wait before another attempt; 0: this one may be made."""
        self._taken = ""
        if not self.name.take():
            self.wait = self.name.seconds_left()
        elif self.address and not (taken := self.address.take()):
            self.wait = self.address.seconds_left()
        elif self.address:
            self._taken = taken

    def succeeded(self) -> None:
        self.name.clear()
        if self._taken:
            cache.delete(self._taken)


def address_of(request: HttpRequest) -> str:
    """Where a request comes from; of IPv6 the network, since one connection has billions of addresses.

    Behind a proxy it is what that proxy says last, for whatever stands before is what the visitor said. A proxy that
    says nothing hides everybody behind its own address, which then counts for nobody.
    """
    said = request.META.get("REMOTE_ADDR", "")
    if settings.TRUSTED_PROXY:
        said = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2]
    try:
        address = ipaddress.ip_address(said.strip().strip("[]"))
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv6Address):
        return str(address.ipv4_mapped or ipaddress.ip_network((address, 64), strict=False))
    return str(address)
