"""Who uses the system."""

from typing import Any, Self

from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext_lazy as _

from engagement.core.showing import note


class User(AbstractUser):
    """A person who signs in: staff of the secretariat, or a representative of an organization.

    What a user may do comes from roles (groups; see ``roles.py``) and, for representatives, from the
    organizations they act for.
    """

    readers = _("Read by the secretariat and by this person.")

    class Meta(AbstractUser.Meta):
        verbose_name = _("user")  # type: ignore[assignment]
        verbose_name_plural = _("users")  # type: ignore[assignment]
        permissions = [("see_internal", "Can see everything the secretariat records")]

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> Self:
        user = super().from_db(*args, **kwargs)
        note(user)
        return user

    def __str__(self) -> str:
        return self.get_full_name() or self.username
