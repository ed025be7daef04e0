"""Model of reports: an organization says that it kept its promise, and the secretariat confirms it or asks back."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from engagement.core.models import sees_all
from engagement.core.models.fields import when, who
from engagement.core.models.files import StoredFileField
from engagement.core.models.history import History
from engagement.core.readers import SECRETARIAT_AND_ORGANIZATION
from engagement.core.types import Actor, Reader
from meetings.models import Party
from meetings.models.kept_files import KeepsFile
from meetings.uploads import safe_name
from organizations.models import Organization
from organizations.models.organization import OrganizationQuerySet

from .followup import FollowUp

WORDS = 5000
"""Characters of a comment at most."""


class Kind(models.TextChoices):
    PROGRESS = "progress", _("Progress")
    DONE = "done", _("Done")


class State(models.TextChoices):
    """Progress is noted; that something is done waits until it is confirmed, returned, or withdrawn by who reported."""

    NOTED = "noted", _("Noted")
    PENDING = "pending", _("Reported, to confirm")
    CONFIRMED = "confirmed", _("Confirmed")
    RETURNED = "returned", _("Returned")
    WITHDRAWN = "withdrawn", _("Withdrawn")


DECIDED = (State.CONFIRMED, State.RETURNED, State.WITHDRAWN)


def upload_path(report: "Report", filename: str) -> str:
    return f"reports/{report.followup.reference}/{safe_name(filename)}"


class ReportQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Reader) -> "ReportQuerySet":
        """The secretariat reads all; representatives those of their organizations, where they see the promise."""
        return self if sees_all(user) else self.of(user).filter(followup__in=FollowUp.objects.visible_to(user))

    def of(self, user: Reader) -> "ReportQuerySet":
        """Reports of this reader's organizations on promises that they see; for the secretariat, all."""
        if sees_all(user):
            return self
        return self.filter(organization__in=Organization.objects.represented_by(user).order_by().values("pk"))

    def pending(self) -> "ReportQuerySet":
        return self.filter(kind=Kind.DONE, state=State.PENDING)

    def returned(self) -> "ReportQuerySet":
        return self.filter(kind=Kind.DONE, state=State.RETURNED)

    def for_page(self) -> "ReportQuerySet":
        return self.select_related("organization", "reported_by", "link", "decided_by")


class Report(KeepsFile):
    """One report. It is kept as reported and never changed; only its decision is added."""

    Kind = Kind
    State = State

    readers = SECRETARIAT_AND_ORGANIZATION

    followup = models.ForeignKey(
        FollowUp, models.PROTECT, editable=False, related_name="reports", verbose_name=_("follow-up")
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.DONE)
    comment = models.TextField(_("note"), blank=True, max_length=WORDS)
    evidence = models.URLField(
        _("link to evidence"), max_length=500, blank=True, validators=[URLValidator(schemes=["http", "https"])]
    )
    file = StoredFileField(_("file"), upload_to=upload_path, max_length=300, blank=True)
    organization = models.ForeignKey(
        Organization, models.PROTECT, editable=False, related_name="reports", verbose_name=_("reported for")
    )
    reported_at = models.DateTimeField(_("reported at"), default=timezone.now, editable=False)
    reported_by = who(_("reported by"))
    link = models.ForeignKey(
        "followups.ReportLink",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="reports",
        verbose_name=_("through the link"),
    )
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.PENDING, editable=False)
    reason = models.TextField(_("reason for returning it"), blank=True, editable=False)
    decided_at = when(_("confirmed, returned or withdrawn at"))
    decided_by = who(_("confirmed, returned or withdrawn by"))

    history = History()
    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["-reported_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["followup"],
                condition=Q(kind=Kind.DONE, state=State.PENDING),
                name="report_of_done_pending_once",
                violation_error_message=_("It is reported as done already and is being checked."),
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.PROGRESS, state=State.NOTED)
                | Q(kind=Kind.DONE, state__in=[State.PENDING, *DECIDED]),
                name="report_state_fits_its_kind",
                violation_error_message=_("Progress is noted; only what is done is confirmed, returned or withdrawn."),
            ),
            models.CheckConstraint(
                condition=Q(reported_by__isnull=False, link=None) | Q(reported_by=None, link__isnull=False),
                name="report_by_a_person_or_through_a_link",
                violation_error_message=_("A report comes from somebody who signed in, or through a link."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=DECIDED, decided_at__isnull=False)
                | (~Q(state__in=DECIDED) & Q(decided_at=None, decided_by=None)),
                name="report_decided_with_a_moment",
                violation_error_message=_(
                    "A report that is confirmed, returned or withdrawn says when, another does not."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(state=State.RETURNED) | ~Q(reason=""),
                name="report_returned_with_a_reason",
                violation_error_message=_("Enter what is missing."),
            ),
            models.CheckConstraint(
                condition=~Q(kind=Kind.PROGRESS) | ~Q(comment="", evidence="", file=""),
                name="report_of_progress_says_something",
                violation_error_message=_("Write what was done so far, or add a link or a file."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.followup.reference}: {self.get_kind_display()}"

    def clean(self) -> None:
        super().clean()
        self.comment, self.evidence = self.comment.strip(), self.evidence.strip()

    @property
    def is_pending(self) -> bool:
        return self.state == State.PENDING

    @property
    def day(self) -> dt.date:
        """The day it was reported, where the host is."""
        return timezone.localdate(self.reported_at)

    @property
    def reporter(self) -> str:
        """Who reported it, for the secretariat."""
        words = {"name": self.reported_by or "", "organization": self.organization.short_name}
        if self.link is not None:
            return gettext("%(name)s for %(organization)s, through a link") % {**words, "name": self.link.name}
        return gettext("%(name)s for %(organization)s") % words

    @property
    def as_result(self) -> str:
        """The report's words as the promise's result; everyone may read them, so they name the organization alone."""
        words = {"organization": self.organization.short_name, "words": self.comment}
        if not self.comment:
            return gettext("Reported by %(organization)s.") % words
        return gettext("Reported by %(organization)s: %(words)s") % words

    @property
    def told(self) -> str:
        """The words of the report in the history of the promise."""
        kind = gettext("Reported as done.") if self.kind == Kind.DONE else gettext("Progress reported.")
        through = gettext("Through the link given to %(name)s.") % {"name": self.link.name} if self.link else ""
        return " ".join(part for part in (kind, through, self.comment) if part)

    def get_file_url(self) -> str:
        return reverse("followups:report_file", args=[self.followup.reference, self.pk])

    @property
    def file_name(self) -> str:
        """The name of the stored file, without the folder."""
        return str(self.file.name).rpartition("/")[2]

    def says_the_same(self, other: "Report") -> bool:
        """Whether two reports say the same; files are compared by content, not by name."""
        names = ("kind", "comment", "evidence", "organization_id", "reported_by_id", "link_id", "sha256")
        return all(getattr(self, name) == getattr(other, name) for name in names)

    def decide(self, state: str, *, by: Actor, reason: str = "") -> None:
        """Decide on a pending report, once."""
        if not self.is_pending:
            text = _("This report is no longer waiting: it is already %(state)s.")
            raise ValidationError(text, code="decided", params={"state": self.get_state_display().lower()})
        self.state, self.reason, self.decided_at, self.decided_by = state, reason, timezone.now(), by
        if by is not None:
            self._history_user = by
        self.full_clean(exclude=["followup", "organization", "reported_by", "link", "evidence", "file"])
        self.save()

    def wait_again(self, *, by: Actor) -> None:
        """Take the decision back: the report waits again."""
        self.state, self.reason, self.decided_at, self.decided_by = State.PENDING, "", None, None
        self._history_user = by
        self.save()


def promising_organizations(followup: FollowUp) -> OrganizationQuerySet:
    """The organization that made a promise, or those at the meeting where both sides did."""
    rows: OrganizationQuerySet = Organization.objects.order_by("sort_key", "pk")
    if not followup.is_joint:
        return rows.filter(pk=followup.owner_id or 0)
    return rows.filter(pk__in=Party.objects.filter(meeting=followup.meeting_id).promising().values("organization"))


def reporting_organizations(followup: FollowUp, user: Reader) -> OrganizationQuerySet:
    """Those that made a promise for which this person may report on it, now: none for everybody who acts for none of
    them, and for the secretariat."""
    if sees_all(user):
        return promising_organizations(followup).none()
    own = Organization.objects.represented_by(user).order_by().values("pk")
    seen = FollowUp.objects.visible_to(user).filter(pk=followup.pk)
    return promising_organizations(followup).filter(models.Exists(seen), pk__in=own)


def reporting_organization(followup: FollowUp, user: Reader) -> Organization | None:
    """The first of them, or none."""
    found: Organization | None = reporting_organizations(followup, user).first()
    return found
