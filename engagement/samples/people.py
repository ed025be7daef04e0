"""Host and colleagues that the example and the sample act for."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import CommandError


def colleague(role: str, username: str | None, option: str) -> Any:
    """The active user of this name, or the first with this role."""
    users = get_user_model()._default_manager.filter(is_active=True)
    if username:
        if user := users.filter(username=username).first():
            return user
        raise CommandError(f"There is no active user “{username}”: give the name of one with {option}.")
    if user := users.filter(groups__name=role).order_by("pk").first():
        return user
    raise CommandError(
        f"There is no active user with the role “{role}”. Create one with `manage.py createsuperuser`, "
        f"give it that role in the admin, or name any user with {option}."
    )
