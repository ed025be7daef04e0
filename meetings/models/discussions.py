"""Models of discussions, item by item, and of the positions that parties held."""

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from engagement.core.models import Leveled, LeveledQuerySet, Ordered, Record
from engagement.core.models.history import History
from engagement.core.types import Reader
from engagement.topics.models import Reference, Theme, Topic
from organizations.models import Organization

from .meeting import Meeting
from .parties import Party


class PartQuerySet(LeveledQuerySet):
    """Parts of a meeting; shared ones are shared with representatives of its parties."""

    def shared_with(self, user: Reader) -> Q:
        return Q(Exists(Party.objects.of(user).filter(meeting=OuterRef("meeting"))))


class Discussion(Leveled, Ordered, Record):
    """An agenda item with its discussion."""

    class Kind(models.TextChoices):
        INFORMATION = "information", _("For information")
        DISCUSSION = "discussion", _("Discussion")
        DECISION = "decision", _("Decision")
        PREVIOUS_ACTIONS = "previous_actions", _("Previous actions")
        OTHER_BUSINESS = "other_business", _("Any other business")

    root_field = "meeting"
    inside_fields = ("internal_notes",)
    order_within = ("meeting",)
    level_parents = ("meeting",)

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="discussions", verbose_name=_("meeting"))
    number = models.CharField(
        _("number"),
        max_length=10,
        blank=True,
        help_text=_("As printed on the agenda. Leave empty to use its place in the order."),
    )
    topic = models.ForeignKey(
        Topic, models.PROTECT, null=True, blank=True, related_name="discussions", verbose_name=_("topic")
    )
    title = models.CharField(
        _("title"), max_length=250, blank=True, help_text=_("Leave empty to use the topic's title.")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.DISCUSSION)
    themes = models.ManyToManyField(
        Theme,
        blank=True,
        related_name="discussions",
        verbose_name=_("themes"),
        help_text=_("Leave empty to use the topic's themes."),
    )
    said = models.TextField(_("what was said"), blank=True)
    internal_notes = models.TextField(_("internal notes"), blank=True)
    references = models.ManyToManyField(Reference, blank=True, related_name="discussions", verbose_name=_("refers to"))
    mentions = models.ManyToManyField(
        Organization,
        blank=True,
        related_name="mentioned_in",
        verbose_name=_("mentions"),
        help_text=_("Organizations that were mentioned but are not parties."),
    )
    is_deferred = models.BooleanField(_("deferred to the next meeting"), default=False)

    history = History(m2m_fields=[themes, references, mentions], excluded_fields=["effective_visibility"])
    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("discussion")
        verbose_name_plural = _("discussions")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title="") | Q(topic__isnull=False),
                name="discussion_has_topic_or_title",
                violation_error_message=_("Choose a topic or enter a title."),
            )
        ]

    def __str__(self) -> str:
        return self.heading

    @property
    def heading(self) -> str:
        """Its own title, or the topic's."""
        return self.title or (self.topic.title if self.topic else "")

    @property
    def label(self) -> str:
        """The number people call it by."""
        return self.number or str(self.order)


class Position(Leveled, Ordered, Record):
    """The position of one party, or of all of them together, on a discussion."""

    class Stance(models.TextChoices):
        PROPOSES = "proposes", _("proposes")
        REQUESTS = "requests", _("requests")
        SUPPORTS = "supports", _("supports")
        OPPOSES = "opposes", _("opposes")
        CONCERNED = "concerned", _("is concerned")
        WELCOMES = "welcomes", _("welcomes")
        ACKNOWLEDGES = "acknowledges", _("acknowledges")
        INFORMS = "informs", _("informs")
        COMMITS = "commits", _("commits")

    asked_for = {"stance": _("Choose a stance: informs, requests, supports, …"), "statement": _("Enter what was said.")}
    root_field = "meeting"
    order_within = ("discussion",)
    level_parents = ("meeting", "discussion")

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="positions", editable=False, verbose_name=_("meeting")
    )
    discussion = models.ForeignKey(Discussion, models.CASCADE, related_name="positions", verbose_name=_("discussion"))
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="positions", verbose_name=_("party")
    )
    is_joint = models.BooleanField(_("both sides"), default=False, help_text=_("Position of both sides."))
    stance = models.CharField(_("stance"), max_length=12, choices=Stance.choices)
    statement = models.TextField(_("statement"))

    history = History(excluded_fields=["effective_visibility"])
    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(organization__isnull=False, is_joint=False) | Q(organization=None, is_joint=True),
                name="position_of_one_or_joint",
                violation_error_message=_("Choose whose position it is: one organization, or both sides."),
            )
        ]

    def __str__(self) -> str:
        holder = self.organization.short_name if self.organization else _("Both sides")
        return f"{holder} {self.get_stance_display()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.meeting = self.discussion.meeting
        super().save(*args, **kwargs)
