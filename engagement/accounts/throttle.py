"""Rate limit of signing in: failed attempts are counted by name and address, and by address, in the database.

All processes count together. Where the database cannot be written each counts in its own memory meanwhile: that must
neither let anybody guess on, nor keep anybody out who has the right password.
"""

import datetime as dt
import hashlib
import ipaddress
import logging
import math
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.forms import UsernameField
from django.core.cache.backends.locmem import LocMemCache
from django.db import Error
from django.http import HttpRequest
from django.utils import timezone

from engagement.core.unavailable import briefly

from .models import FailedSignIn

logger = logging.getLogger(__name__)

OF_AN_ADDRESS = 5
"""So many times as many failures of one address: behind it there may be a whole office."""

_in_memory = LocMemCache("failed-sign-ins", {"OPTIONS": {"MAX_ENTRIES": 100_000}})


@dataclass(frozen=True)
class Places:
    """The failures that one source may have within the time."""

    source: str
    most: int

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.source.encode("utf-8", "surrogatepass")).hexdigest()[:40]

    def take(self) -> int | None:
        """The number of the place taken, or None when all are."""
        lasts = settings.SIGN_IN_MINUTES * 60
        try:
            with briefly():
                return FailedSignIn.objects.take(self.digest, self.most, dt.timedelta(seconds=lasts))
        except Error as error:
            logger.warning("A failed sign-in is counted in this process only: %s", error)
        keys = (f"{self.digest}:{place}" for place in range(self.most))
        return next((place for place, key in enumerate(keys) if _in_memory.add(key, True, lasts)), None)

    def seconds_left(self) -> int:
        """Until the first place is free again."""
        try:
            first = (
                FailedSignIn.objects.counted(self.digest)
                .order_by("expires_at")
                .values_list("expires_at", flat=True)
                .first()
            )
        except Error:
            first = None
        if first is None:
            return settings.SIGN_IN_MINUTES * 60
        return max(math.ceil((first - timezone.now()).total_seconds()), 1)

    def clear(self, place: int | None = None) -> None:
        """Forget them all, or one."""
        places = range(self.most) if place is None else [place]
        _in_memory.delete_many([f"{self.digest}:{number}" for number in places])
        rows = FailedSignIn.objects.filter(source=self.digest)
        try:
            with briefly():
                (rows if place is None else rows.filter(place=place)).delete()
        except Error as error:
            logger.warning("A sign-in goes on counting as failed: %s", error)


class Attempt:
    """One attempt to sign in. It counts as failed until ``succeeded`` is told otherwise."""

    def __init__(self, request: HttpRequest, username: str) -> None:
        address, most = address_of(request), settings.SIGN_IN_FAILURES
        self.name = Places(f"{address} {same_name(username)}", most)
        self.address = Places(address, most * OF_AN_ADDRESS) if address else None
        self.wait = 0
        """Seconds to wait before another attempt; 0: this one may be made."""
        self._taken: int | None = None
        if self.name.take() is None:
            self.wait = self.name.seconds_left()
        elif self.address and (taken := self.address.take()) is None:
            self.wait = self.address.seconds_left()
        elif self.address:
            self._taken = taken

    def succeeded(self) -> None:
        self.name.clear()
        if self.address and self._taken is not None:
            self.address.clear(self._taken)


def same_name(username: str) -> str:
    """Fold the spellings of one name together: as the sign-in form cleans it, in lower case.

    The form drops spaces around it and writes compatible letters one way, full-width ones as plain ones. Two names that
    differ in case alone are two to Django; guessing at both is counted together all the same.
    """
    return str(UsernameField().to_python(username)).casefold()


def address_of(request: HttpRequest) -> str:
    """The address of a request's sender; of IPv6 the network, since one connection has billions of addresses.

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
