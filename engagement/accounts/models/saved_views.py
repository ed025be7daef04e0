"""Saved views: a question to a list, kept under a name."""

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from engagement.core.models import SortKeyField
from engagement.core.readers import YOU_AND_OTHERS
from engagement.core.types import Reader, SignedIn


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def visible_to(self, user: Reader) -> "SavedViewQuerySet":
        """One's own, and for staff those shared with a role they have."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.filter(Q(owner=user) | _shared_with(user))

    def marked(self, user: SignedIn) -> "SavedViewQuerySet":
        """With whether each is what this person wants to see first."""
        default = DefaultView.objects.filter(user=user, view=OuterRef("pk"))
        return self.annotate(is_default=Exists(default))

    def for_list(self, user: SignedIn) -> "SavedViewQuerySet":
        """In the order of their names, one's own first, with whether each is one's default."""
        theirs = Case(When(owner=user, then=Value(0)), default=Value(1))
        rows = self.marked(user).select_related("owner", "role")
        return rows.order_by("list_name", theirs, "sort_key", "pk")

    def default_of(self, user: SignedIn, list_name: str) -> "SavedView | None":
        """What this person wants to see first when opening a list; nothing if it is no longer theirs to see."""
        return self.visible_to(user).filter(list_name=list_name, chosen_by__user=user).first()


def _shared_with(user: Reader) -> Q:
    return Q(role__in=user.groups.order_by().values("pk")) if user.is_staff else Q(pk__in=[])


class SavedView(models.Model):
    """A question to one list, as it stands in the address. It gives nobody anything to see that they may not."""

    readers = YOU_AND_OTHERS

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views", verbose_name=_("owner")
    )
    list_name = models.CharField(_("list"), max_length=60)
    name = models.CharField(_("name"), max_length=60, help_text=_("Such as “Late, by us”."))
    query = models.CharField(_("filter"), max_length=4000, blank=True)
    role = models.ForeignKey(
        Group,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("share with"),
        help_text=_("Everybody of the secretariat who has this role sees it too."),
    )
    sort_key = SortKeyField("name")

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["list_name", "sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                "owner",
                "list_name",
                Lower("name"),
                name="saved_view_named_once",
                violation_error_message=_("You have a view of this name for this list already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if self.role_id and self.owner_id and not self.roles_of(self.owner).filter(pk=self.role_id).exists():
            raise ValidationError({"role": _("Only a role you have yourself can be shared with.")}, code="other_role")

    @staticmethod
    def roles_of(user: Reader) -> models.QuerySet[Group]:
        """The roles somebody may share with: their own, if they belong to the secretariat."""
        roles: models.QuerySet[Group] = user.groups.order_by("name", "pk")
        return roles if user.is_staff else roles.none()


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
            ),
        ]

    def __str__(self) -> str:
        return str(self.view)

    @classmethod
    def choose(cls, user: SignedIn, view: SavedView) -> None:
        cls.objects.update_or_create(user=user, list_name=view.list_name, defaults={"view": view})

    @classmethod
    def drop(cls, user: SignedIn, view: SavedView) -> None:
        cls.objects.filter(user=user, view=view).delete()
