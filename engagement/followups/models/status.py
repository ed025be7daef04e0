"""States of a follow-up (state machine), and the check constraints on them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from engagement.core.models.days import years_bounded


class Status(models.TextChoices):
    OPEN = "open", _("To do")
    IN_PROGRESS = "in_progress", _("In progress")
    WAITING = "waiting", _("Waiting")
    DONE = "done", _("Done")
    CANCELLED = "cancelled", _("Cancelled")


CLOSED = (Status.DONE, Status.CANCELLED)


class Side(models.TextChoices):
    """Whose promise it is."""

    OURS = "ours", _("Us")
    THEIRS = "theirs", _("Them")
    JOINT = "joint", _("Both sides")


CONSTRAINTS: list[models.BaseConstraint] = [
    models.CheckConstraint(
        condition=Q(owner__isnull=False, is_joint=False) | Q(owner=None, is_joint=True, meeting__isnull=False),
        name="followup_of_one_or_joint",
        violation_error_message=_("Choose who promised: one organization, or both sides of a meeting."),
    ),
    models.CheckConstraint(
        condition=Q(side__in=Side.values, status__in=Status.values),
        name="followup_side_and_status_known",
        violation_error_message=_("Choose from the list the promising side, and its status."),
    ),
    models.CheckConstraint(
        condition=~Q(side=Side.THEIRS) | Q(chaser__isnull=False),
        name="followup_theirs_has_a_chaser",
        violation_error_message=_("Choose who will remind the counterpart."),
    ),
    models.CheckConstraint(
        condition=Q(status__in=CLOSED, closed_at__isnull=False) | (~Q(status__in=CLOSED) & Q(closed_at=None)),
        name="followup_closed_with_a_moment",
        violation_error_message=_("A closed follow-up has a closing date, an open one does not."),
    ),
    models.CheckConstraint(
        condition=~Q(status=Status.WAITING) | Q(waiting_on__isnull=False),
        name="followup_waits_on_somebody",
        violation_error_message=_("Choose the organization it waits on."),
    ),
    models.CheckConstraint(
        condition=Q(due_on=None) | Q(original_due_on__isnull=False),
        name="followup_keeps_its_first_date",
        violation_error_message=_("The original due date cannot be removed."),
    ),
    years_bounded("followup_years", "due_on", "original_due_on"),
]

# Most lists show what is open, by far the smaller part in the long run, and only closed ones have a moment of closing.
OPEN, DONE_WITH = Q(closed_at=None), Q(closed_at__isnull=False)
INDEXES = [
    models.Index(fields=["status", "due_on", "id"], name="followup_status_due"),
    models.Index(fields=["due_on", "id"], name="followup_due"),
    models.Index(fields=["effective_visibility", "due_on", "id"], name="followup_seen_due"),
    models.Index(fields=["due_on", "id"], condition=OPEN, name="followup_open_due"),
    models.Index(fields=["effective_visibility", "due_on", "id"], condition=OPEN, name="followup_open_seen_due"),
    models.Index(fields=["sort_key", "id"], name="followup_by_title"),
    models.Index(fields=["reference_key", "id"], name="followup_by_reference"),
    models.Index(fields=["status", "id"], name="followup_status"),
    models.Index(fields=["status", "id"], condition=OPEN, name="followup_open_status"),
    models.Index(
        fields=["status_changed_at", "id"], condition=OPEN & Q(status=Status.WAITING), name="followup_waiting"
    ),
    # In one index SQLite would take open ones, which share having no moment, for as few as those of one moment.
    models.Index(fields=["closed_at", "id"], condition=DONE_WITH, name="followup_closed"),
    models.Index(fields=["closed_at", "id"], condition=OPEN, name="followup_open"),
    models.Index(
        fields=["status", "closed_at", "due_on", "effective_visibility", "id"],
        condition=DONE_WITH,
        name="followup_on_time",
    ),
    models.Index(fields=["owner", "id"], name="followup_owner"),
    models.Index(fields=["owner", "due_on", "id"], condition=OPEN, name="followup_open_owner_due"),
    models.Index(fields=["meeting", "due_on", "id"], condition=OPEN, name="followup_open_meeting_due"),
    models.Index(fields=["discussion", "due_on", "id"], condition=OPEN, name="followup_open_talk_due"),
    models.Index(fields=["side", "due_on", "id"], condition=OPEN, name="followup_open_side_due"),
    models.Index(fields=["assignee", "due_on", "id", "side"], condition=OPEN, name="followup_open_assignee_due"),
    models.Index(fields=["chaser", "due_on", "id", "side"], condition=OPEN, name="followup_open_chaser_due"),
    models.Index(fields=["priority", "due_on", "id"], condition=OPEN, name="followup_open_priority_due"),
    models.Index(fields=["reference_key", "id"], condition=OPEN, name="followup_open_by_reference"),
    models.Index(fields=["meeting", "id"], name="followup_meeting"),
    models.Index(fields=["due_on", "id"], condition=Q(times_postponed__gte=2), name="followup_postponed_twice"),
]
