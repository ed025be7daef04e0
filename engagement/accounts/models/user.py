"""Custom user model, with its roles and memberships."""

from collections.abc import Iterable
from functools import cached_property
from typing import ClassVar

from django.contrib.auth.models import AbstractUser, Group, Permission
from django.contrib.auth.models import UserManager as DjangoUserManager
from django.core.exceptions import ValidationError
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from engagement.core.readers import SECRETARIAT_AND_PERSON

SEES_INTERNAL = Q(content_type__app_label="accounts", codename="see_internal")
_ROLE = "has_role"


class UserQuerySet(QuerySet["User"]):
    def of_the_secretariat(self) -> "UserQuerySet":
        """Users of the secretariat, who can do follow-ups; ``User.is_ours`` says the same of one."""
        return self.filter(_is_ours())

    def not_of_the_secretariat(self) -> "UserQuerySet":
        return self.exclude(_is_ours())

    def with_roles(self) -> "UserQuerySet":
        """Annotate each user with the roles that ``is_ours`` would ask for, person by person."""
        return self.annotate(**{_ROLE: _has_role()})


def _has_role() -> Q:
    """Whether a user may see internal records: by a role, or in person."""
    sees = Permission.objects.filter(SEES_INTERNAL).order_by().values("pk")
    roles = Group.objects.filter(permissions__in=sees, user=OuterRef("pk")).order_by()
    in_person = Permission.objects.filter(SEES_INTERNAL, user=OuterRef("pk")).order_by()
    return Q(Exists(roles)) | Q(Exists(in_person))


def _is_ours() -> Q:
    """``User.is_ours`` as the database can tell."""
    return Q(is_active=True, is_staff=True) & (Q(is_superuser=True) | _has_role())


class UserManager(DjangoUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Django's own, with the words of the queryset."""

    use_in_migrations = False


class User(AbstractUser):
    """A person who signs in: staff of the secretariat, or a representative of an organization.

    What a user may do comes from roles (groups; see ``roles.py``) and, for representatives, from the
    organizations they act for.
    """

    readers = SECRETARIAT_AND_PERSON

    stands_for: frozenset[int] | None = None
    """The organizations, by key, as whose representative a page is shown to a colleague; of a person, none."""

    objects: ClassVar[UserManager] = UserManager()

    class Meta(AbstractUser.Meta):
        verbose_name = _("user")  # type: ignore[assignment]
        verbose_name_plural = _("users")  # type: ignore[assignment]
        permissions = [("see_internal", "Can see everything the secretariat records")]

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    @property
    def is_ours(self) -> bool:
        """Whether this person can do follow-ups: active, of the staff, and with a role."""
        return self.is_active and self.is_staff and (self.is_superuser or self.has_role)

    @cached_property
    def has_role(self) -> bool:
        """Whether a role, or a permission in person, gives access to internal records; read along by ``with_roles``."""
        return self.has_role_in(self.groups.all())

    def has_role_in(self, groups: Iterable[Group]) -> bool:
        """The same, if these were this person's roles."""
        given = Q(group__in=[group.pk for group in groups]) | Q(user=self.pk)
        return Permission.objects.filter(SEES_INTERNAL).filter(given).exists()

    @property
    def name_and_state(self) -> str:
        """The name with a note for a person who has left."""
        if self.is_ours:
            return str(self)
        if self.is_active:
            return gettext("%(name)s (no longer in the secretariat)") % {"name": self}
        return gettext("%(name)s (no longer active)") % {"name": self}

    @property
    def lookup_detail(self) -> str:
        return "" if self.is_active else gettext("no longer active")


def must_be_ours(record: Model, *names: str) -> None:
    """Refuse a new assignment to somebody who has left; earlier ones stay until they are handed over."""
    left = [name for name in names if getattr(record, name) is not None and not getattr(record, name).is_ours]
    stored = type(record)._base_manager.filter(pk=record.pk).values(*left).first() if left else None
    errors = {}
    for name in left:
        person = getattr(record, name)
        if stored is None or stored[name] != person.pk:
            text = _("%(name)s is no longer active. Choose someone else.")
            if person.is_active:
                text = _("“%(name)s” is not in the secretariat. Choose a colleague.")
            errors[name] = ValidationError(text, code="not_ours", params={"name": person})
    if errors:
        raise ValidationError(errors)
