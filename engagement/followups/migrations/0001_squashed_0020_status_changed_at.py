"""Squashed migration: the same tables as 0001_initial to 0020_status_changed_at make, in one step."""

import datetime

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import engagement.core.models.sort_keys
import engagement.followups.models.report


class Migration(migrations.Migration):
    replaces = [
        ("followups", "0001_initial"),
        ("followups", "0002_lists_at_a_million"),
        ("followups", "0003_more_lists"),
        ("followups", "0004_open_apart"),
        ("followups", "0005_sort_keys"),
        ("followups", "0006_order_within_meeting"),
        ("followups", "0007_to_do"),
        ("followups", "0008_fill_sort_keys"),
        ("followups", "0009_years"),
        ("followups", "0010_plain_words"),
        ("followups", "0011_carried_into_an_item"),
        ("followups", "0012_times_postponed"),
        ("followups", "0013_reports"),
        ("followups", "0014_report_links"),
        ("followups", "0015_report_files"),
        ("followups", "0016_undone_moves"),
        ("followups", "0017_withdrawn_reports"),
        ("followups", "0018_side_in_the_indexes_of_people"),
        ("followups", "0019_index_of_changed_statuses"),
        ("followups", "0020_status_changed_at"),
    ]

    initial = True

    dependencies = [
        ("meetings", "0027_plainer_words"),
        ("organizations", "0012_plainer_words"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FollowUp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("search_text", models.TextField(default="", editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "effective_visibility",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "Internal"), (10, "Shared with the counterpart"), (20, "Public")],
                        db_index=True,
                        default=0,
                        editable=False,
                        verbose_name="who can see it in effect",
                    ),
                ),
                ("reference", models.CharField(editable=False, max_length=20, unique=True, verbose_name="reference")),
                ("title", models.CharField(max_length=250, verbose_name="what was promised")),
                ("details", models.TextField(blank=True, verbose_name="details")),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followups",
                        to="meetings.meeting",
                        verbose_name="from the meeting",
                    ),
                ),
                (
                    "discussion",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followups",
                        to="meetings.discussion",
                        verbose_name="from the discussion",
                    ),
                ),
                (
                    "outcome",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followups",
                        to="meetings.outcome",
                        verbose_name="from the outcome",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followups",
                        to="organizations.organization",
                        verbose_name="promised by",
                    ),
                ),
                (
                    "is_joint",
                    models.BooleanField(
                        default=False, help_text="Promised by both sides of the meeting.", verbose_name="by both sides"
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[("ours", "Us"), ("theirs", "Them"), ("joint", "Both sides")],
                        editable=False,
                        max_length=6,
                        verbose_name="promised by",
                    ),
                ),
                (
                    "assignee",
                    models.ForeignKey(
                        blank=True,
                        help_text="Colleague it is assigned to.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followups_assigned",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="assigned to",
                    ),
                ),
                (
                    "chaser",
                    models.ForeignKey(
                        blank=True,
                        help_text="Colleague who reminds the counterpart.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followups_chased",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="reminder sent by",
                    ),
                ),
                (
                    "due_on",
                    models.DateField(
                        blank=True, help_text="Leave empty if no date was agreed.", null=True, verbose_name="due"
                    ),
                ),
                (
                    "original_due_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="original due date"),
                ),
                (
                    "times_postponed",
                    models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="times postponed"),
                ),
                (
                    "order",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="As the meeting's form has them.",
                        verbose_name="place among those of its meeting",
                    ),
                ),
                (
                    "priority",
                    models.PositiveSmallIntegerField(
                        choices=[(10, "Low"), (20, "Normal"), (30, "High")], default=20, verbose_name="priority"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "To do"),
                            ("in_progress", "In progress"),
                            ("waiting", "Waiting"),
                            ("done", "Done"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="open",
                        editable=False,
                        max_length=12,
                        verbose_name="status",
                    ),
                ),
                (
                    "status_changed_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="status changed at"),
                ),
                (
                    "waiting_on",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followups_awaited",
                        to="organizations.organization",
                        verbose_name="waiting on",
                    ),
                ),
                (
                    "visibility",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "Internal"), (10, "Shared with the counterpart"), (20, "Public")],
                        default=10,
                        verbose_name="who can see it",
                    ),
                ),
                ("closed_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="closed at")),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="closed by",
                    ),
                ),
                ("result", models.TextField(blank=True, editable=False, verbose_name="result")),
                ("evidence", models.URLField(blank=True, editable=False, max_length=500, verbose_name="evidence")),
                (
                    "sort_key",
                    engagement.core.models.sort_keys.SortKeyField("title", default="", editable=False, max_length=300),
                ),
                (
                    "reference_key",
                    engagement.core.models.sort_keys.SortKeyField(
                        "reference", default="", editable=False, max_length=300
                    ),
                ),
            ],
            options={
                "verbose_name": "follow-up",
                "verbose_name_plural": "follow-ups",
                "ordering": [models.OrderBy(models.F("due_on"), nulls_last=True), "pk"],
                "permissions": [
                    ("assign_followup", "Can assign follow-ups"),
                    ("close_followup", "Can complete, cancel and reopen follow-ups"),
                    ("move_due_followup", "Can move due dates of follow-ups"),
                ],
                "indexes": [
                    models.Index(fields=["status", "due_on", "id"], name="followup_status_due"),
                    models.Index(fields=["due_on", "id"], name="followup_due"),
                    models.Index(fields=["effective_visibility", "due_on", "id"], name="followup_seen_due"),
                    models.Index(
                        condition=models.Q(("closed_at", None)), fields=["due_on", "id"], name="followup_open_due"
                    ),
                    models.Index(
                        condition=models.Q(("closed_at", None)),
                        fields=["effective_visibility", "due_on", "id"],
                        name="followup_open_seen_due",
                    ),
                    models.Index(fields=["sort_key", "id"], name="followup_by_title"),
                    models.Index(fields=["reference_key", "id"], name="followup_by_reference"),
                    models.Index(fields=["status", "id"], name="followup_status"),
                    models.Index(
                        condition=models.Q(("closed_at", None)), fields=["status", "id"], name="followup_open_status"
                    ),
                    models.Index(
                        condition=models.Q(("closed_at", None), ("status", "waiting")),
                        fields=["status_changed_at", "id"],
                        name="followup_waiting",
                    ),
                    models.Index(
                        condition=models.Q(("closed_at__isnull", False)),
                        fields=["closed_at", "id"],
                        name="followup_closed",
                    ),
                    models.Index(
                        condition=models.Q(("closed_at", None)), fields=["closed_at", "id"], name="followup_open"
                    ),
                    models.Index(
                        condition=models.Q(("closed_at__isnull", False)),
                        fields=["status", "closed_at", "due_on", "effective_visibility", "id"],
                        name="followup_on_time",
                    ),
                    models.Index(fields=["owner", "id"], name="followup_owner"),
                    models.Index(
                        condition=models.Q(("closed_at", None)),
                        fields=["owner", "due_on", "id"],
                        name="followup_open_owner_due",
                    ),
                    models.Index(
                        condition=models.Q(("closed_at", None)),
                        fields=["meeting", "due_on", "id"],
                        name="followup_open_meeting_due",
                    ),
                    models.Index(
                        condition=models.Q(("closed_at", None)),
                        fields=["discussion", "due_on", "id"],
                        name="followup_open_talk_due",
                    ),
                    models.Index(
                        condition=models.Q(("closed_at", None)),
                        fields=["side", "due_on", "id"],
                        name="followup_open_side_due",
                    ),
                    models.Index(
                        condition=models.Q(("closed_at", None)),
                        fields=["assignee", "due_on", "id", "side"],
                        name="followup_open_assignee_due",
                    ),
                    models.Index(
                        condition=models.Q(("closed_at", None)),
                        fields=["chaser", "due_on", "id", "side"],
                        name="followup_open_chaser_due",
                    ),
                    models.Index(
                        condition=models.Q(("closed_at", None)),
                        fields=["priority", "due_on", "id"],
                        name="followup_open_priority_due",
                    ),
                    models.Index(
                        condition=models.Q(("closed_at", None)),
                        fields=["reference_key", "id"],
                        name="followup_open_by_reference",
                    ),
                    models.Index(fields=["meeting", "id"], name="followup_meeting"),
                    models.Index(
                        condition=models.Q(("times_postponed__gte", 2)),
                        fields=["due_on", "id"],
                        name="followup_postponed_twice",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("is_joint", False), ("owner__isnull", False)),
                            models.Q(("is_joint", True), ("meeting__isnull", False), ("owner", None)),
                            _connector="OR",
                        ),
                        name="followup_of_one_or_joint",
                        violation_error_message="Choose who promised: one organization, or both sides of a meeting.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("side__in", ["ours", "theirs", "joint"]),
                            ("status__in", ["open", "in_progress", "waiting", "done", "cancelled"]),
                        ),
                        name="followup_side_and_status_known",
                        violation_error_message="Choose from the list the promising side, and its status.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("side", "theirs"), _negated=True), ("chaser__isnull", False), _connector="OR"
                        ),
                        name="followup_theirs_has_a_chaser",
                        violation_error_message="Choose who will remind the counterpart.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", False), ("status__in", ("done", "cancelled"))),
                            models.Q(
                                models.Q(("status__in", ("done", "cancelled")), _negated=True), ("closed_at", None)
                            ),
                            _connector="OR",
                        ),
                        name="followup_closed_with_a_moment",
                        violation_error_message="A closed follow-up has a closing date, an open one does not.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "waiting"), _negated=True),
                            ("waiting_on__isnull", False),
                            _connector="OR",
                        ),
                        name="followup_waits_on_somebody",
                        violation_error_message="Choose the organization it waits on.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("due_on", None), ("original_due_on__isnull", False), _connector="OR"),
                        name="followup_keeps_its_first_date",
                        violation_error_message="The original due date cannot be removed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("due_on", None),
                                models.Q(
                                    ("due_on__gte", datetime.date(1900, 1, 1)),
                                    ("due_on__lte", datetime.date(2199, 12, 31)),
                                ),
                                _connector="OR",
                            ),
                            models.Q(
                                ("original_due_on", None),
                                models.Q(
                                    ("original_due_on__gte", datetime.date(1900, 1, 1)),
                                    ("original_due_on__lte", datetime.date(2199, 12, 31)),
                                ),
                                _connector="OR",
                            ),
                        ),
                        name="followup_years",
                        violation_error_message="Every day lies between the years 1900 and 2199.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalFollowUp",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("root_version", models.PositiveIntegerField(editable=False, null=True)),
                ("reference", models.CharField(db_index=True, editable=False, max_length=20, verbose_name="reference")),
                ("title", models.CharField(max_length=250, verbose_name="what was promised")),
                ("details", models.TextField(blank=True, verbose_name="details")),
                (
                    "is_joint",
                    models.BooleanField(
                        default=False, help_text="Promised by both sides of the meeting.", verbose_name="by both sides"
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[("ours", "Us"), ("theirs", "Them"), ("joint", "Both sides")],
                        editable=False,
                        max_length=6,
                        verbose_name="promised by",
                    ),
                ),
                (
                    "due_on",
                    models.DateField(
                        blank=True, help_text="Leave empty if no date was agreed.", null=True, verbose_name="due"
                    ),
                ),
                (
                    "original_due_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="original due date"),
                ),
                (
                    "order",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="As the meeting's form has them.",
                        verbose_name="place among those of its meeting",
                    ),
                ),
                (
                    "priority",
                    models.PositiveSmallIntegerField(
                        choices=[(10, "Low"), (20, "Normal"), (30, "High")], default=20, verbose_name="priority"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "To do"),
                            ("in_progress", "In progress"),
                            ("waiting", "Waiting"),
                            ("done", "Done"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="open",
                        editable=False,
                        max_length=12,
                        verbose_name="status",
                    ),
                ),
                (
                    "visibility",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "Internal"), (10, "Shared with the counterpart"), (20, "Public")],
                        default=10,
                        verbose_name="who can see it",
                    ),
                ),
                ("closed_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="closed at")),
                ("result", models.TextField(blank=True, editable=False, verbose_name="result")),
                ("evidence", models.URLField(blank=True, editable=False, max_length=500, verbose_name="evidence")),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="meetings.meeting",
                        verbose_name="from the meeting",
                    ),
                ),
                (
                    "discussion",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="meetings.discussion",
                        verbose_name="from the discussion",
                    ),
                ),
                (
                    "outcome",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="meetings.outcome",
                        verbose_name="from the outcome",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="organizations.organization",
                        verbose_name="promised by",
                    ),
                ),
                (
                    "assignee",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Colleague it is assigned to.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="assigned to",
                    ),
                ),
                (
                    "chaser",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Colleague who reminds the counterpart.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="reminder sent by",
                    ),
                ),
                (
                    "waiting_on",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="organizations.organization",
                        verbose_name="waiting on",
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="closed by",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical follow-up",
                "verbose_name_plural": "historical follow-ups",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [],
                "constraints": [],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="CarryOver",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="carried_in",
                        to="meetings.meeting",
                        verbose_name="carried over to the meeting",
                    ),
                ),
                (
                    "followup",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="carry_overs",
                        to="followups.followup",
                        verbose_name="follow-up",
                    ),
                ),
                (
                    "discussion",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="carry_overs",
                        to="meetings.discussion",
                        verbose_name="deferred item",
                    ),
                ),
                (
                    "became",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="carried_from",
                        to="meetings.discussion",
                        verbose_name="discussion it became",
                    ),
                ),
                (
                    "decision",
                    models.CharField(
                        choices=[("kept", "Kept"), ("closed", "Closed"), ("dropped", "Dropped")],
                        default="kept",
                        max_length=8,
                        verbose_name="decision",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                (
                    "decided_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="decided at"),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
            ],
            options={
                "verbose_name": "carry-over",
                "verbose_name_plural": "carry-overs",
                "ordering": ["meeting", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("discussion", None), ("followup__isnull", False)),
                            models.Q(("discussion__isnull", False), ("followup", None)),
                            _connector="OR",
                        ),
                        name="carry_over_of_one_thing",
                        violation_error_message="Choose a follow-up or a deferred item.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decision", "kept"), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="carry_over_dropped_with_a_reason",
                        violation_error_message="Enter why it is closed or dropped.",
                    ),
                    models.UniqueConstraint(
                        fields=("meeting", "followup"),
                        name="carry_over_followup_once",
                        violation_error_message="This follow-up is already carried over to this meeting.",
                    ),
                    models.UniqueConstraint(
                        fields=("meeting", "discussion"),
                        name="carry_over_item_once",
                        violation_error_message="This item is already carried over to this meeting.",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="FollowUpEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "followup",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="followups.followup",
                        verbose_name="follow-up",
                    ),
                ),
                (
                    "from_status",
                    models.CharField(
                        choices=[
                            ("open", "To do"),
                            ("in_progress", "In progress"),
                            ("waiting", "Waiting"),
                            ("done", "Done"),
                            ("cancelled", "Cancelled"),
                        ],
                        max_length=12,
                        verbose_name="status before",
                    ),
                ),
                (
                    "to_status",
                    models.CharField(
                        choices=[
                            ("open", "To do"),
                            ("in_progress", "In progress"),
                            ("waiting", "Waiting"),
                            ("done", "Done"),
                            ("cancelled", "Cancelled"),
                        ],
                        max_length=12,
                        verbose_name="status after",
                    ),
                ),
                ("from_due_on", models.DateField(blank=True, null=True, verbose_name="due before")),
                ("to_due_on", models.DateField(blank=True, null=True, verbose_name="due after")),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                ("comment", models.TextField(blank=True, verbose_name="comment")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="at")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "undoes",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="undone_by",
                        to="followups.followupevent",
                        verbose_name="takes back",
                    ),
                ),
            ],
            options={
                "verbose_name": "follow-up event",
                "verbose_name_plural": "follow-up events",
                "ordering": ["at", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("from_status", models.F("to_status")), _negated=True),
                        fields=["followup", "-at", "-id"],
                        name="followup_event_changed_status",
                    )
                ],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="HistoricalCarryOver",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("root_version", models.PositiveIntegerField(editable=False, null=True)),
                (
                    "decision",
                    models.CharField(
                        choices=[("kept", "Kept"), ("closed", "Closed"), ("dropped", "Dropped")],
                        default="kept",
                        max_length=8,
                        verbose_name="decision",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                (
                    "decided_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="decided at"),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="meetings.meeting",
                        verbose_name="carried over to the meeting",
                    ),
                ),
                (
                    "followup",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="followups.followup",
                        verbose_name="follow-up",
                    ),
                ),
                (
                    "discussion",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="meetings.discussion",
                        verbose_name="deferred item",
                    ),
                ),
                (
                    "became",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="meetings.discussion",
                        verbose_name="discussion it became",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical carry-over",
                "verbose_name_plural": "historical carry-overs",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [],
                "constraints": [],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="ReportLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="given to")),
                ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                (
                    "made_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="created at"),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="created by",
                    ),
                ),
                ("expires_on", models.DateField(verbose_name="valid until")),
                ("revoked_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="revoked at")),
                (
                    "revoked_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="revoked by",
                    ),
                ),
                ("times_opened", models.PositiveIntegerField(default=0, editable=False, verbose_name="times opened")),
                ("last_opened_on", models.DateField(editable=False, null=True, verbose_name="last opened on")),
                (
                    "followup",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="report_links",
                        to="followups.followup",
                        verbose_name="follow-up",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="report_links",
                        to="organizations.organization",
                        verbose_name="organization",
                    ),
                ),
            ],
            options={
                "verbose_name": "link to report",
                "verbose_name_plural": "links to report",
                "ordering": ["-made_at", "-pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("expires_on", None),
                            models.Q(
                                ("expires_on__gte", datetime.date(1900, 1, 1)),
                                ("expires_on__lte", datetime.date(2199, 12, 31)),
                            ),
                            _connector="OR",
                        ),
                        name="report_link_years",
                        violation_error_message="Every day lies between the years 1900 and 2199.",
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="HistoricalReport",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("root_version", models.PositiveIntegerField(editable=False, null=True)),
                ("size", models.PositiveBigIntegerField(editable=False, null=True, verbose_name="size in bytes")),
                ("sha256", models.CharField(blank=True, editable=False, max_length=64, verbose_name="SHA-256")),
                (
                    "kind",
                    models.CharField(
                        choices=[("progress", "Progress"), ("done", "Done")],
                        default="done",
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                ("comment", models.TextField(blank=True, max_length=5000, verbose_name="note")),
                (
                    "evidence",
                    models.URLField(
                        blank=True,
                        max_length=500,
                        validators=[django.core.validators.URLValidator(schemes=["http", "https"])],
                        verbose_name="link to evidence",
                    ),
                ),
                ("file", models.TextField(blank=True, max_length=300, verbose_name="file")),
                (
                    "reported_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="reported at"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("noted", "Noted"),
                            ("pending", "Reported, to confirm"),
                            ("confirmed", "Confirmed"),
                            ("returned", "Returned"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="pending",
                        editable=False,
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("reason", models.TextField(blank=True, editable=False, verbose_name="reason for returning it")),
                (
                    "decided_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="confirmed, returned or withdrawn at"
                    ),
                ),
                (
                    "followup",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="followups.followup",
                        verbose_name="follow-up",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="organizations.organization",
                        verbose_name="reported for",
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="reported by",
                    ),
                ),
                (
                    "link",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="followups.reportlink",
                        verbose_name="through the link",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="confirmed, returned or withdrawn by",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical report",
                "verbose_name_plural": "historical reports",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [],
                "constraints": [],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("size", models.PositiveBigIntegerField(editable=False, null=True, verbose_name="size in bytes")),
                ("sha256", models.CharField(blank=True, editable=False, max_length=64, verbose_name="SHA-256")),
                (
                    "followup",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="followups.followup",
                        verbose_name="follow-up",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("progress", "Progress"), ("done", "Done")],
                        default="done",
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                ("comment", models.TextField(blank=True, max_length=5000, verbose_name="note")),
                (
                    "evidence",
                    models.URLField(
                        blank=True,
                        max_length=500,
                        validators=[django.core.validators.URLValidator(schemes=["http", "https"])],
                        verbose_name="link to evidence",
                    ),
                ),
                (
                    "file",
                    models.FileField(
                        blank=True,
                        max_length=300,
                        upload_to=engagement.followups.models.report.upload_path,
                        verbose_name="file",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="organizations.organization",
                        verbose_name="reported for",
                    ),
                ),
                (
                    "reported_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="reported at"),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="reported by",
                    ),
                ),
                (
                    "link",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="followups.reportlink",
                        verbose_name="through the link",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("noted", "Noted"),
                            ("pending", "Reported, to confirm"),
                            ("confirmed", "Confirmed"),
                            ("returned", "Returned"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="pending",
                        editable=False,
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("reason", models.TextField(blank=True, editable=False, verbose_name="reason for returning it")),
                (
                    "decided_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="confirmed, returned or withdrawn at"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="confirmed, returned or withdrawn by",
                    ),
                ),
            ],
            options={
                "verbose_name": "report",
                "verbose_name_plural": "reports",
                "ordering": ["-reported_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "done"), ("state", "pending")),
                        fields=("followup",),
                        name="report_of_done_pending_once",
                        violation_error_message="It is reported as done already and is being checked.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "progress"), ("state", "noted")),
                            models.Q(
                                ("kind", "done"), ("state__in", ["pending", "confirmed", "returned", "withdrawn"])
                            ),
                            _connector="OR",
                        ),
                        name="report_state_fits_its_kind",
                        violation_error_message="Progress is noted; only what is done is confirmed, returned or withdrawn.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("link", None), ("reported_by__isnull", False)),
                            models.Q(("link__isnull", False), ("reported_by", None)),
                            _connector="OR",
                        ),
                        name="report_by_a_person_or_through_a_link",
                        violation_error_message="A report comes from somebody who signed in, or through a link.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", False), ("state__in", ("confirmed", "returned", "withdrawn"))
                            ),
                            models.Q(
                                models.Q(("state__in", ("confirmed", "returned", "withdrawn")), _negated=True),
                                ("decided_at", None),
                                ("decided_by", None),
                            ),
                            _connector="OR",
                        ),
                        name="report_decided_with_a_moment",
                        violation_error_message="A report that is confirmed, returned or withdrawn says when, another does not.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "returned"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="report_returned_with_a_reason",
                        violation_error_message="Enter what is missing.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "progress"), _negated=True),
                            models.Q(("comment", ""), ("evidence", ""), ("file", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="report_of_progress_says_something",
                        violation_error_message="Write what was done so far, or add a link or a file.",
                    ),
                ],
                "indexes": [],
            },
        ),
    ]
