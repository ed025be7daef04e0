"""The same few people in every test: who looks at a page, or does something."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import AnonymousUser, Group
from django.test import Client


@dataclass
class People:
    """Three members of staff, representatives of two organizations, and somebody who just came by."""

    secretary: Any
    manager: Any
    publisher: Any
    representative: Any
    stranger: Any
    visitor: AnonymousUser
    ours: Any  # the organization of the representative
    theirs: Any  # the organization of the stranger

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        """Each person with the name of the role, for tests that walk a page as everybody."""
        names = ("secretary", "manager", "publisher", "representative", "stranger", "visitor")
        return iter([(name, getattr(self, name)) for name in names])


def make_people() -> People:
    """Make them, as the site's own administration would: staff through groups, others by representing."""
    from engagement.core.change_signals import batch_changes

    with batch_changes():  # told once, not of each row
        return _make_people()


STAFF, OUTSIDERS = ("secretary", "manager", "publisher"), ("representative", "stranger")


def _make_people() -> People:
    from engagement.accounts.models import User
    from organizations.models import Organization, Representative

    password = make_password("secret")
    users = User.objects.bulk_create(
        User(username=name, email=f"{name}@example.org", password=password, is_staff=name in STAFF)
        for name in (*STAFF, *OUTSIDERS)
    )
    roles = dict(Group.objects.filter(name__in=STAFF).values_list("name", "pk"))
    has_role = User.groups.through
    has_role.objects.bulk_create(has_role(user=user, group_id=roles[user.username]) for user in users[: len(STAFF)])
    ours = Organization.objects.create(name="Association of Representatives")
    theirs = Organization.objects.create(name="Society of Strangers")
    people = {user.username: user for user in users}
    Representative.objects.create(user=people["representative"], organization=ours)
    Representative.objects.create(user=people["stranger"], organization=theirs)
    return People(**people, visitor=AnonymousUser(), ours=ours, theirs=theirs)


def client_of(user: Any) -> Client:
    """A client signed in as this person; for a visitor one that is not."""
    client = Client()
    if user.is_authenticated:
        client.force_login(user)
    return client
