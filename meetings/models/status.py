"""States of a meeting (state machine), and the check constraints on them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from engagement.core.models.days import years_bounded
from engagement.core.partial_dates import Precision

from .times import MIDNIGHT


class Status(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    CONFIRMED = "confirmed", _("Confirmed")
    HELD = "held", _("Held")
    POSTPONED = "postponed", _("Postponed")
    CANCELLED = "cancelled", _("Cancelled")


class Kind(models.TextChoices):
    BILATERAL = "bilateral", _("Bilateral meeting")
    PLATFORM = "platform", _("Platform meeting")
    STANDING_GROUP = "standing_group", _("Standing group")
    AD_HOC = "ad_hoc", _("Ad hoc meeting")


PUBLISHABLE = (Status.CONFIRMED, Status.HELD, Status.CANCELLED)
PLANNED = (Status.PROPOSED, Status.CONFIRMED)
DUTY = (Status.CONFIRMED, Status.HELD)
"""Those that a publication rule asks for: will take place, or did."""


CONSTRAINTS = [
    models.UniqueConstraint(
        fields=["series", "ordinal"],
        name="meeting_ordinal_once_in_series",
        violation_error_message=_("Another meeting of this series already has this number."),
    ),
    models.CheckConstraint(
        condition=Q(status__in=Status.values),
        name="meeting_status_known",
        violation_error_message=_("Choose the status of a meeting from the list."),
    ),
    models.CheckConstraint(
        condition=Q(contact_form__in=["meeting", "call", "letter", "event"]),
        name="meeting_contact_form_known",
        violation_error_message=_("Choose the form of contact from the list."),
    ),
    models.CheckConstraint(
        condition=Q(ordinal=None) | Q(series__isnull=False, ordinal__gte=1),
        name="meeting_ordinal_needs_series",
        violation_error_message=_("A number needs a series, and starts at 1."),
    ),
    models.CheckConstraint(
        condition=Q(starts_on__isnull=False) | ~Q(status__in=[Status.CONFIRMED, Status.HELD]),
        name="meeting_confirmed_has_a_date",
        violation_error_message=_("A confirmed or held meeting needs a date."),
    ),
    models.CheckConstraint(
        condition=Q(starts_on__isnull=False) | Q(start_time=None, ends_on=None),
        name="meeting_hours_need_a_date",
        violation_error_message=_("Times and a last day need a date."),
    ),
    models.CheckConstraint(
        condition=Q(date_precision__in=Precision.values),
        name="meeting_precision_known",
        violation_error_message=_("Choose from the list how much of the date is known."),
    ),
    models.CheckConstraint(
        condition=Q(date_precision=Precision.DAY) | Q(starts_on__isnull=False),
        name="meeting_precision_needs_a_date",
        violation_error_message=_("Enter a date: any day of the month or year in which the meeting was."),
    ),
    models.CheckConstraint(
        condition=Q(date_precision=Precision.DAY) | Q(start_time=None, ends_on=None),
        name="meeting_hours_need_a_day",
        violation_error_message=_("Times and a last day need a date that is known to the day."),
    ),
    models.CheckConstraint(
        condition=Q(end_time=None) | Q(start_time__isnull=False),
        name="meeting_end_needs_a_start",
        violation_error_message=_("Enter a start time as well as an end time."),
    ),
    models.CheckConstraint(
        condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
        name="meeting_days_in_order",
        violation_error_message=_("The last day cannot be before the first."),
    ),
    models.CheckConstraint(
        condition=Q(end_time=None)
        | Q(end_time__gt=F("start_time"))
        | Q(end_time=MIDNIGHT)
        | Q(ends_on__isnull=False, ends_on__gt=F("starts_on")),
        name="meeting_hours_in_order",
        violation_error_message=_(
            "A meeting must end after it begins. If it goes on after midnight, enter the next day as the last day."
        ),
    ),
    models.CheckConstraint(
        condition=~Q(status=Status.CANCELLED) | ~Q(cancellation_reason=""),
        name="meeting_cancelled_with_a_reason",
        violation_error_message=_("Enter why the meeting is cancelled."),
    ),
    models.CheckConstraint(
        condition=Q(published_at=None, published_by=None) | Q(published_at__isnull=False),
        name="meeting_publisher_with_a_moment",
        violation_error_message=_("A publisher needs a publication date."),
    ),
    models.CheckConstraint(
        condition=Q(public_since=None) | Q(published_at__isnull=False),
        name="meeting_public_since_published",
        violation_error_message=_("Only a published meeting has a “public since” date."),
    ),
    years_bounded("meeting_years", "starts_on", "ends_on", "publication_due_on", "published_on", "public_since"),
]

INDEXES = [
    models.Index(fields=["effective_visibility", "-starts_at", "-id"], name="meeting_seen_latest"),
    # The day stands in it for those who ask when somebody was last met.
    models.Index(fields=["status", "starts_at", "id", "starts_on"], name="meeting_status_start"),
    models.Index(fields=["-starts_at", "-id"], name="meeting_latest"),
    models.Index(fields=["starts_at", "id"], condition=Q(status__in=PLANNED), name="meeting_planned"),
    models.Index(fields=["sort_key", "id"], name="meeting_by_title"),
    models.Index(fields=["reference_key", "id"], name="meeting_by_reference"),
    models.Index(fields=["starts_on", "id"], name="meeting_day"),
    models.Index(fields=["kind", "id"], name="meeting_kind"),
    models.Index(fields=["status", "id"], name="meeting_status"),
    models.Index(fields=["country", "starts_at", "id"], name="meeting_country"),
    models.Index(fields=["attendance_mode", "starts_at", "id"], name="meeting_mode"),
    models.Index(fields=["contact_form", "starts_at", "id"], name="meeting_contact_form"),
    models.Index(fields=["requested_by", "starts_at", "id"], name="meeting_asked_by"),
    models.Index(
        fields=["prepared_at", "id"], condition=Q(published_at=None, prepared_at__isnull=False), name="meeting_prepared"
    ),
    models.Index(fields=["starts_on", "series", "id"], condition=Q(status=Status.HELD), name="meeting_held"),
    models.Index(
        fields=["starts_at", "id", "starts_on"],
        condition=Q(status=Status.HELD, is_written_up=False),
        name="meeting_to_write_up",
    ),
    models.Index(
        fields=["withdrawn_at", "id", "ready_at"], condition=Q(withdrawn_at__isnull=False), name="meeting_withdrawn"
    ),
]
