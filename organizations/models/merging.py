"""Models of merges: the merged records, the steps to undo them, and look-alikes that are different organizations."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement.core.models import SecretariatQuerySet
from engagement.core.models.fields import when, who
from engagement.core.types import Actor, Reader

from .organization import Organization
from .people import Person

PERMISSION = "organizations.merge_organization"


def may_merge(user: Reader) -> bool:
    """Whether this person may merge organizations, and take a merge back."""
    return bool(user.is_active and user.has_perm(PERMISSION))


class Merge(models.Model):
    """Two or more records of one organization that became one, with every change that this made."""

    kept = models.ForeignKey(
        Organization, models.PROTECT, related_name="merges", editable=False, verbose_name=_("organization kept")
    )
    others = models.JSONField(_("organizations merged into it"), default=list, editable=False)
    steps = models.JSONField(_("what was changed"), default=list, editable=False)
    merged_at = when(_("merged at"))
    merged_by = who(_("merged by"))
    undone_at = when(_("undone at"))
    undone_by = who(_("undone by"))

    objects = SecretariatQuerySet.as_manager()

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        ordering = ["-merged_at", "-pk"]

    def __str__(self) -> str:
        return _("%(others)s merged into %(kept)s") % {"others": self.other_names, "kept": self.kept}

    @property
    def other_names(self) -> str:
        """The merged organizations as they were called then."""
        return "; ".join(other["name"] for other in self.others)

    @property
    def is_undone(self) -> bool:
        return self.undone_at is not None


class PersonMerge(models.Model):
    """Two records of one person that became one, with every change that this made."""

    kept = models.ForeignKey(
        Person, models.PROTECT, related_name="merges", editable=False, verbose_name=_("person kept")
    )
    gone = models.ForeignKey(
        Person, models.PROTECT, related_name="merged_away", editable=False, verbose_name=_("person merged into it")
    )
    steps = models.JSONField(_("what was changed"), default=list, editable=False)
    merged_at = when(_("merged at"))
    merged_by = who(_("merged by"))
    undone_at = when(_("undone at"))
    undone_by = who(_("undone by"))

    objects = SecretariatQuerySet.as_manager()

    class Meta:
        verbose_name = _("merge of people")
        verbose_name_plural = _("merges of people")
        ordering = ["-merged_at", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return _("%(others)s merged into %(kept)s") % {"others": self.gone, "kept": self.kept}


class NotSame(models.Model):
    """A pair of organizations that look alike and are different; they are not offered for merging again."""

    first = models.ForeignKey(Organization, models.CASCADE, related_name="+", verbose_name=_("organization"))
    second = models.ForeignKey(Organization, models.CASCADE, related_name="+", verbose_name=_("another organization"))
    said_at = when(_("marked at"))
    said_by = who(_("marked by"))

    objects = SecretariatQuerySet.as_manager()

    class Meta:
        verbose_name = _("pair of different organizations")
        verbose_name_plural = _("pairs of different organizations")
        ordering = ["-said_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["first", "second"],
                name="not_same_once",
                violation_error_message=_("This is already recorded for these two organizations."),
            ),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")),
                name="not_same_in_order",
                violation_error_message=_("Choose two different organizations."),
            ),
        ]

    def __str__(self) -> str:
        return _("%(first)s is not %(second)s") % {"first": self.first, "second": self.second}

    @classmethod
    def remember(cls, one: Organization, other: Organization, *, by: Actor) -> "NotSame":
        """Say it once; saying it again changes nothing."""
        first, second = sorted((one.pk, other.pk))
        facts = {"said_at": timezone.now(), "said_by": by}
        found: NotSame = cls.objects.get_or_create(first_id=first, second_id=second, defaults=facts)[0]
        return found
