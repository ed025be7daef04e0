"""Logins of a demonstration: one for each role, all with the same well-known password."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from engagement.accounts.roles import IMPORTER, MANAGER, PUBLISHER, SECRETARY
from engagement.core.types import SignedIn

PASSWORD = "demonstration"
_SALT = "theSameForAllDemoLogins0"  # so that one computation tells whether anybody changed the password


@dataclass(frozen=True)
class Login:
    username: str
    first_name: str
    last_name: str
    what: Any
    role: str = ""
    is_superuser: bool = False


STAFF = (
    Login("secretary", "Sam", "Secretary", _("logs meetings, organizations and topics"), SECRETARY),
    Login("manager", "Mia", "Manager", _("assigns follow-ups, postpones them, closes them"), MANAGER),
    Login("publisher", "Pat", "Publisher", _("publishes and withdraws meetings"), PUBLISHER),
    Login("importer", "Ira", "Importer", _("imports files of meetings and organizations"), IMPORTER),
    Login("admin", "Alex", "Admin", _("may do everything"), is_superuser=True),
)
OUTSIDERS = (
    Login("arm", "Robin", "Representative", _("represents the Alliance for Regenerative Medicine")),
    Login("tinkerers", "Toni", "Tinkerer", _("represents the Sample Association of Cell Tinkerers")),
)


class Logins:
    """Makes the logins that are missing and knows which still have the well-known password."""

    def __init__(self) -> None:
        self.encoded = make_password(PASSWORD, salt=_SALT)

    def get_or_make(self, login: Login) -> tuple[Any, bool]:
        """The user, and whether it was made just now."""
        users = get_user_model()._default_manager
        is_staff = bool(login.role or login.is_superuser)
        user, created = users.get_or_create(
            username=login.username,
            defaults={
                "first_name": login.first_name,
                "last_name": login.last_name,
                "email": f"{login.username}@example.org",
                "password": self.encoded,
                "is_staff": is_staff,
                "is_superuser": login.is_superuser,
            },
        )
        if created and login.role:
            user.groups.add(Group.objects.get(name=login.role))
        return user, created

    def password_of(self, user: SignedIn) -> str:
        """The password to print: known unless somebody changed it."""
        return PASSWORD if user.password == self.encoded else str(_("(changed)"))
