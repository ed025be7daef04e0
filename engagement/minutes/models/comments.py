"""Models of comments on minutes and of the decision on each, both append-only."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from engagement.core.models import AppendOnly, AppendOnlyQuerySet, sees_all
from engagement.core.models.fields import required_text, who
from engagement.core.types import Reader, SignedIn
from meetings.models import Meeting
from organizations.models import Organization

from .links import MinutesLink
from .minutes import Minutes
from .versions import MinutesVersion

LONGEST = 5000
MOST = 200
"""So many comments of one organization on one version."""


class MinutesCommentQuerySet(AppendOnlyQuerySet):
    def visible_to(self, user: Reader) -> "MinutesCommentQuerySet":
        """The secretariat, and whoever acts for the organization that comments, as long as they see the meeting."""
        if sees_all(user):
            return self
        if not user.is_authenticated:
            return self.none()
        own = Organization.objects.represented_by(user).order_by().values("pk")
        seen = Meeting.objects.visible_to(user).order_by().values("pk")
        return self.filter(organization__in=own, version__minutes__meeting__in=seen)

    def open(self) -> "MinutesCommentQuerySet":
        return self.filter(resolution=None)

    def for_page(self) -> "MinutesCommentQuerySet":
        rows = self.select_related("version", "organization", "by", "link", "resolution__by")
        return rows.defer("version__content").order_by("at", "pk")


class MinutesComment(AppendOnly):
    """A comment of one organization on minutes that were sent to it."""

    version = models.ForeignKey(
        MinutesVersion, models.CASCADE, related_name="comments", editable=False, verbose_name=_("version of minutes")
    )
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="minutes_comments", verbose_name=_("organization")
    )
    about = models.CharField(_("about"), max_length=80, blank=True)
    text = models.TextField(_("comment"), max_length=LONGEST)
    at = models.DateTimeField(_("at"), default=timezone.now, editable=False)
    by = who(_("by"))
    link = models.ForeignKey(
        MinutesLink, models.PROTECT, null=True, related_name="comments", verbose_name=_("through the link")
    )

    objects = MinutesCommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment on minutes")
        verbose_name_plural = _("comments on minutes")
        ordering = ["at", "pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(by__isnull=False, link=None) | Q(by=None, link__isnull=False),
                name="minutes_comment_by_a_person_or_through_a_link",
                violation_error_message=_("A comment comes from someone who signed in, or through a link."),
            ),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="minutes_comment_says_something",
                violation_error_message=_("Write your comment."),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def author(self) -> str:
        return self.link.name if self.link is not None else str(self.by)

    @property
    def is_open(self) -> bool:
        return not hasattr(self, "resolution")

    def resolve(self, *, by: SignedIn, is_accepted: bool, word: str = "") -> "MinutesResolution":
        """Decide on a comment, once. Of two people at one moment one writes, the other reads who it was."""
        if not is_accepted:
            word = required_text(word, "word", _("Enter why it is not accepted."))
        minutes = Minutes.objects.get(pk=self.version.minutes_id)
        with minutes.locked(by=by):
            minutes.check_open_to_change()
            made = MinutesResolution(comment=self, is_accepted=is_accepted, word=word.strip(), by=by)
            made.full_clean(exclude=["comment", "by"])
            try:
                with transaction.atomic():
                    made.save()
            except IntegrityError as error:
                raise self._decided() from error
        return made

    def _decided(self) -> ValidationError:
        first = MinutesResolution.objects.select_related("by").get(comment=self)
        words = {"name": first.by, "what": first.told.lower()}
        return ValidationError(
            _("%(name)s has already resolved this comment: %(what)s."), code="resolved", params=words
        )


class MinutesResolutionQuerySet(AppendOnlyQuerySet):
    def visible_to(self, user: Reader) -> "MinutesResolutionQuerySet":
        return self.filter(comment__in=MinutesComment.objects.visible_to(user).order_by().values("pk"))


class MinutesResolution(AppendOnly):
    """The decision on a comment, and the secretariat's word on it."""

    comment = models.OneToOneField(
        MinutesComment, models.CASCADE, related_name="resolution", editable=False, verbose_name=_("comment")
    )
    is_accepted = models.BooleanField(_("accepted"))
    word = models.TextField(_("answer"), blank=True, max_length=2000)
    at = models.DateTimeField(_("at"), default=timezone.now, editable=False)
    by = who(_("by"))

    objects = MinutesResolutionQuerySet.as_manager()

    class Meta:
        verbose_name = _("resolution of a comment")
        verbose_name_plural = _("resolutions of comments")
        ordering = ["at", "pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(is_accepted=True) | ~Q(word=""),
                name="minutes_resolution_refused_with_a_word",
                violation_error_message=_("Enter why it is not accepted."),
            )
        ]

    def __str__(self) -> str:
        return self.told

    @property
    def told(self) -> str:
        return gettext("Accepted") if self.is_accepted else gettext("Not accepted")
