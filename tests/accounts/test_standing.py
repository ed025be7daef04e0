"""Who is of the secretariat: of one, of many and in the form of a user the same answer."""

from itertools import product
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission

from engagement.accounts.models import User
from engagement.core.models import sees_all

pytestmark = pytest.mark.django_db

MARKS = ("is_active", "is_staff", "is_superuser")
ROLES: dict[str, tuple[list[str], list[str]]] = {
    "no role": ([], []),
    "a role that sees nothing internal": (["readers"], []),
    "a role": (["manager"], []),
    "two roles": (["secretary", "importer"], []),
    "in person": ([], ["see_internal"]),
    "another permission in person": ([], ["view_followup"]),
}


def make(marks: dict[str, bool], roles: list[str], permissions: list[str]) -> User:
    user = User.objects.create_user(f"user{User.objects.count()}", **marks)
    user.groups.set(Group.objects.filter(name__in=roles))
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return User.objects.get(pk=user.pk)


def test_one_definition() -> None:
    readers = Group.objects.create(name="readers")
    readers.permissions.set(Permission.objects.filter(codename="view_meeting"))
    expected: dict[int, bool] = {}
    for (name, given), values in product(ROLES.items(), product([True, False], repeat=3)):
        marks = dict(zip(MARKS, values, strict=True))
        user = make(marks, *given)
        sees = marks["is_superuser"] or name in ("a role", "two roles", "in person")
        expected[user.pk] = marks["is_active"] and marks["is_staff"] and sees
        assert user.is_ours == (sees_all(user) and user.is_staff) == expected[user.pk], (name, marks)
        assert user.has_role == user.has_role_in(user.groups.all()), (name, marks)
    assert {user.pk: user.is_ours for user in User.objects.with_roles()} == expected
    ours, others = (set(rows.values_list("pk", flat=True)) for rows in both())
    assert ours == {pk for pk, is_ours in expected.items() if is_ours}
    assert others == expected.keys() - ours
    assert 0 < len(ours) < len(expected)


def both() -> Any:
    return User.objects.of_the_secretariat(), User.objects.not_of_the_secretariat()


def test_read_along_nobody_is_asked_for(django_assert_num_queries: Any) -> None:
    for roles in (["manager"], []):
        make({"is_staff": True}, roles, [])
    with django_assert_num_queries(1):
        assert [user.is_ours for user in User.objects.with_roles().order_by("pk")] == [True, False]
