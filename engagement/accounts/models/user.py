"""Who uses the system."""

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from engagement.core.readers import SECRETARIAT_AND_PERSON


class User(AbstractUser):
    """A person who signs in: staff of the secretariat, or a representative of an organization.

    What a user may do comes from roles (groups; see ``roles.py``) and, for representatives, from the
    organizations they act for.
    """

    readers = SECRETARIAT_AND_PERSON

    class Meta(AbstractUser.Meta):
        verbose_name = _("user")  # type: ignore[assignment]
        verbose_name_plural = _("users")  # type: ignore[assignment]
        permissions = [("see_internal", "Can see everything the secretariat records")]

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    @property
    def is_ours(self) -> bool:
        """Whether this person can still do what was promised: active, and of the secretariat."""
        return self.is_active and self.is_staff

    @property
    def name_and_state(self) -> str:
        """For whoever reads what is still in this person's hands."""
        if self.is_ours:
            return str(self)
        if self.is_active:
            return gettext("%(name)s (no longer of the secretariat)") % {"name": self}
        return gettext("%(name)s (no longer active)") % {"name": self}

    @property
    def lookup_detail(self) -> str:
        return "" if self.is_active else gettext("no longer active")


def must_be_active(record: Model, *names: str) -> None:
    """Nobody who has left is newly given something to do; what they had before stays theirs until handed over."""
    left = [name for name in names if getattr(record, name) is not None and not getattr(record, name).is_active]
    stored = type(record)._base_manager.filter(pk=record.pk).values(*left).first() if left else None
    errors = {}
    for name in left:
        person = getattr(record, name)
        if stored is None or stored[name] != person.pk:
            text = _("%(name)s is no longer active. Choose somebody else.")
            errors[name] = ValidationError(text, code="inactive", params={"name": person})
    if errors:
        raise ValidationError(errors)
