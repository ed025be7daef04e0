"""Saved views: a question to a list, kept under a name."""

from contextlib import suppress

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from engagement.core.models import SortKeyField
from engagement.core.readers import YOU_AND_OTHERS
from engagement.core.types import Reader, SignedIn

from .user import User, must_be_ours

NAME_TAKEN = _("You already have a view with this name for this list.")
ATTEMPTS = 10
"""So many copies may be made of one view at one moment."""


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def visible_to(self, user: Reader) -> "SavedViewQuerySet":
        """One's own, and for staff those shared with a role they have, or with them."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.filter(Q(owner=user) | _shared_with(user))

    def marked(self, user: SignedIn) -> "SavedViewQuerySet":
        """Annotate each view with whether it is this person's default."""
        default = DefaultView.objects.filter(user=user, view=OuterRef("pk"))
        return self.annotate(is_default=Exists(default))

    def for_list(self, user: SignedIn) -> "SavedViewQuerySet":
        """In the order of their names, one's own first, with whether each is one's default."""
        theirs = Case(When(owner=user, then=Value(0)), default=Value(1))
        rows = self.marked(user).select_related("owner", "role", "person")
        return rows.order_by("list_name", theirs, "sort_key", "pk")


def _shared_with(user: Reader) -> Q:
    if not user.is_staff:
        return Q(pk__in=[])
    return Q(role__in=user.groups.order_by().values("pk")) | Q(person=user.pk)


class SavedView(models.Model):
    """A question to one list, as it stands in the address. It gives nobody anything to see that they may not."""

    readers = YOU_AND_OTHERS

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views", verbose_name=_("owner")
    )
    list_name = models.CharField(_("list"), max_length=60)
    name = models.CharField(_("name"), max_length=60, help_text=_("Such as “Overdue, by us”."))
    query = models.CharField(_("filter"), max_length=4000, blank=True)
    role = models.ForeignKey(
        Group,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who can use it"),
        help_text=_("Everyone in the secretariat with this role can use it too."),
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("or with one person"),
        help_text=_("A colleague who can see this view and copy it."),
    )
    sort_key = SortKeyField("name")

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["list_name", "sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                "owner", "list_name", Lower("name"), name="saved_view_named_once", violation_error_message=NAME_TAKEN
            ),
            models.CheckConstraint(
                condition=Q(role=None) | Q(person=None),
                name="saved_view_shared_once",
                violation_error_message=_("Share it with a role or with one person, not with both."),
            ),
            models.CheckConstraint(
                condition=Q(person=None) | ~Q(person=models.F("owner")),
                name="saved_view_person_is_another",
                violation_error_message=_("This view is already yours. Choose someone else to share it with."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if (self.role_id or self.person_id) and self.owner_id and not self.owner.is_staff:
            raise ValidationError(_("Only the secretariat can share views."), code="not_staff")
        must_be_ours(self, "person")

    @property
    def shared_with(self) -> Group | User | None:
        return self.role or self.person

    @staticmethod
    def roles_of(user: Reader) -> models.QuerySet[Group]:
        """The roles somebody may share with: any, if they belong to the secretariat."""
        roles = Group.objects.order_by("name", "pk")
        return roles if user.is_staff else roles.none()

    @staticmethod
    def people_of(user: Reader) -> models.QuerySet[User]:
        """The colleagues somebody may share with."""
        people: models.QuerySet[User] = (
            User.objects.of_the_secretariat().exclude(pk=user.pk).order_by("first_name", "last_name", "username")
        )
        return people if user.is_staff else people.none()

    def copy_for(self, user: SignedIn) -> "SavedView":
        """The same question as a view of one's own, under the first of its names that is free.

        Another copy made at the same moment may take that name: then it is the next one.
        """
        for _attempt in range(ATTEMPTS):
            with suppress(IntegrityError), transaction.atomic():
                return SavedView.objects.create(
                    owner_id=user.pk, list_name=self.list_name, name=self._free_name(user), query=self.query
                )
        raise ValidationError(_("Other views are being saved under this name. Try again."), code="busy")

    def _free_name(self, user: SignedIn) -> str:
        mine = SavedView.objects.filter(owner=user.pk, list_name=self.list_name)
        taken = {name.lower() for name in mine.values_list("name", flat=True)}
        names = (self.name, *(f"{self.name[:54]} ({number})" for number in range(2, len(taken) + 3)))
        return next(name for name in names if name.lower() not in taken)


class DefaultViewQuerySet(models.QuerySet["DefaultView"]):
    def visible_to(self, user: Reader) -> "DefaultViewQuerySet":
        return self.filter(user_id=user.pk) if user.is_authenticated else self.none()


class DefaultView(models.Model):
    """Which view somebody wants to see first when opening a list; their own, or one shared with them."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("user"))
    list_name = models.CharField(_("list"), max_length=60)
    view = models.ForeignKey(SavedView, models.CASCADE, related_name="chosen_by", verbose_name=_("view"))

    objects = DefaultViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("default view")
        verbose_name_plural = _("default views")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "list_name"],
                name="saved_view_one_default",
                violation_error_message=_("A list opens with one view."),
            )
        ]

    def __str__(self) -> str:
        return str(self.view)

    @classmethod
    def choose(cls, user: SignedIn, view: SavedView) -> None:
        cls.objects.update_or_create(user=user, list_name=view.list_name, defaults={"view": view})

    @classmethod
    def drop(cls, user: SignedIn, view: SavedView) -> None:
        cls.objects.filter(user=user, view=view).delete()
