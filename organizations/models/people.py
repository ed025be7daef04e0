"""The people of an organization and the posts they hold there."""

from collections.abc import Iterable

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from engagement.core.models import (
    Archivable,
    ArchivableQuerySet,
    Findable,
    FindableQuerySet,
    Record,
    RecordQuerySet,
    SortKeyField,
    sees_all,
)
from engagement.core.models.days import years_bounded
from engagement.core.models.history import History
from engagement.core.queries import valid_on
from engagement.core.readers import ONLY_SECRETARIAT
from engagement.core.types import Reader

from .organization import Organization


class PersonQuerySet(FindableQuerySet, ArchivableQuerySet, RecordQuerySet):
    def lookup(self, text: str) -> "PersonQuerySet":
        return super().lookup(text).current().prefetch_related("posts__organization")

    def visible_to(self, user: Reader) -> "PersonQuerySet":
        """The list of contacts is the secretariat's own; others see names only where a meeting shows them."""
        return self if sees_all(user) else self.none()


class Person(Archivable, Findable, Record):
    """Somebody who takes part in meetings or answers letters for an organization."""

    class Permission(models.TextChoices):
        UNKNOWN = "unknown", _("Not asked")
        GIVEN = "given", _("May be contacted")
        REFUSED = "refused", _("Must not be contacted")

    readers = ONLY_SECRETARIAT

    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail"), blank=True)
    contact_permission = models.CharField(
        _("contact permission"), max_length=10, choices=Permission.choices, default=Permission.UNKNOWN
    )
    sort_key = SortKeyField("name")

    history = History(excluded_fields=["search_text", "sort_key"])
    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["sort_key", "pk"]
        indexes = [models.Index(fields=["sort_key", "id"], name="person_by_name")]

    def __str__(self) -> str:
        return self.name

    def search_terms(self) -> Iterable[str]:
        return [self.name, self.email]

    @property
    def lookup_detail(self) -> str:
        return "; ".join(f"{post.function}, {post.organization.short_name}" for post in self.posts.all())


class PostQuerySet(RecordQuerySet):
    def current(self) -> "PostQuerySet":
        """Posts held today."""
        return self.filter(valid_on())

    def visible_to(self, user: Reader) -> "PostQuerySet":
        return self if sees_all(user) else self.none()


class Post(Record):
    """A function somebody holds at an organization for a time."""

    class Rank(models.TextChoices):
        HEAD = "head", _("Head of the organization")
        SENIOR = "senior", _("Senior")
        OTHER = "other", _("Other")

    root_field = "person"
    readers = ONLY_SECRETARIAT

    person = models.ForeignKey(Person, models.CASCADE, related_name="posts", verbose_name=_("person"))
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="posts", verbose_name=_("organization"))
    function = models.CharField(_("function"), max_length=200)
    rank = models.CharField(_("rank"), max_length=10, choices=Rank.choices, default=Rank.OTHER)
    starts_on = models.DateField(_("since"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)

    history = History()
    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        ordering = ["person", "-starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="post_in_order",
                violation_error_message=_("A post cannot end before it begins."),
            ),
            years_bounded("post_years", "starts_on", "ends_on"),
        ]

    def __str__(self) -> str:
        return f"{self.function}, {self.organization}"
