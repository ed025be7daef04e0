"""The same few people in every test: who looks at a page, or does something."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser, Group


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


def _make_people() -> People:
    from engagement.accounts.models import User
    from organizations.models import Organization, Representative

    def staff(role: str) -> User:
        user = User.objects.create_user(role, f"{role}@example.org", "secret", is_staff=True)
        user.groups.add(Group.objects.get(name=role))
        return user

    def outsider(username: str, organization: Organization) -> User:
        user = User.objects.create_user(username, f"{username}@example.org", "secret")
        Representative.objects.create(user=user, organization=organization)
        return user

    ours = Organization.objects.create(name="Association of Representatives")
    theirs = Organization.objects.create(name="Society of Strangers")
    return People(
        secretary=staff("secretary"),
        manager=staff("manager"),
        publisher=staff("publisher"),
        representative=outsider("representative", ours),
        stranger=outsider("stranger", theirs),
        visitor=AnonymousUser(),
        ours=ours,
        theirs=theirs,
    )
