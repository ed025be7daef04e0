"""Squashed migration: the same tables as 0001_initial to 0017_agenda_sendings make, in one step."""

import datetime
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import django_countries.fields
import engagement.core.models.fields
import engagement.core.models.sort_keys
import meetings.models.documents
import meetings.models.times
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("meetings", "0001_initial"),
        ("meetings", "0002_planned_index"),
        ("meetings", "0003_lists_at_a_million"),
        ("meetings", "0004_more_lists"),
        ("meetings", "0005_public_since"),
        ("meetings", "0006_until_midnight"),
        ("meetings", "0007_sort_keys"),
        ("meetings", "0008_internal_notes_on_calling_off"),
        ("meetings", "0009_fill_sort_keys"),
        ("meetings", "0010_public_since_in_history"),
        ("meetings", "0011_years_and_midnight"),
        ("meetings", "0012_plain_words"),
        ("meetings", "0013_date_precision"),
        ("meetings", "0014_agenda_proposals"),
        ("meetings", "0015_publication_rules"),
        ("meetings", "0016_exemption"),
        ("meetings", "0017_agenda_sendings"),
    ]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("organizations", "0001_squashed_0007_plain_words"),
        ("topics", "0001_squashed_0007_plain_words"),
    ]

    operations = [
        migrations.CreateModel(
            name="Ground",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("name", models.CharField(max_length=120, verbose_name="short name")),
                ("text", models.TextField(blank=True, help_text="As the rule says it.", verbose_name="text")),
            ],
            options={
                "verbose_name": "ground of exemption",
                "verbose_name_plural": "grounds of exemption",
                "ordering": ["order", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Discussion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "visibility",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "Internal"), (10, "Shared with the counterpart"), (20, "Public")],
                        default=20,
                        verbose_name="who can see it",
                    ),
                ),
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
                (
                    "number",
                    models.CharField(
                        blank=True,
                        help_text="As printed on the agenda. Leave empty to use its place in the order.",
                        max_length=10,
                        verbose_name="number",
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        blank=True,
                        help_text="Leave empty to use the topic's title.",
                        max_length=250,
                        verbose_name="title",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("information", "For information"),
                            ("discussion", "Discussion"),
                            ("decision", "Decision"),
                            ("previous_actions", "Previous actions"),
                            ("other_business", "Any other business"),
                        ],
                        default="discussion",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("said", models.TextField(blank=True, verbose_name="what was said")),
                ("internal_notes", models.TextField(blank=True, verbose_name="internal notes")),
                ("is_deferred", models.BooleanField(default=False, verbose_name="deferred to the next meeting")),
                (
                    "mentions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Organizations that were mentioned but are not parties.",
                        related_name="mentioned_in",
                        to="organizations.organization",
                        verbose_name="mentions",
                    ),
                ),
                (
                    "references",
                    models.ManyToManyField(
                        blank=True, related_name="discussions", to="topics.reference", verbose_name="refers to"
                    ),
                ),
                (
                    "themes",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Leave empty to use the topic's themes.",
                        related_name="discussions",
                        to="topics.theme",
                        verbose_name="themes",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="discussions",
                        to="topics.topic",
                        verbose_name="topic",
                    ),
                ),
            ],
            options={
                "verbose_name": "discussion",
                "verbose_name_plural": "discussions",
                "ordering": ["order", "pk"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalDiscussion",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "visibility",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "Internal"), (10, "Shared with the counterpart"), (20, "Public")],
                        default=20,
                        verbose_name="who can see it",
                    ),
                ),
                ("root_version", models.PositiveIntegerField(editable=False, null=True)),
                (
                    "number",
                    models.CharField(
                        blank=True,
                        help_text="As printed on the agenda. Leave empty to use its place in the order.",
                        max_length=10,
                        verbose_name="number",
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        blank=True,
                        help_text="Leave empty to use the topic's title.",
                        max_length=250,
                        verbose_name="title",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("information", "For information"),
                            ("discussion", "Discussion"),
                            ("decision", "Decision"),
                            ("previous_actions", "Previous actions"),
                            ("other_business", "Any other business"),
                        ],
                        default="discussion",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("said", models.TextField(blank=True, verbose_name="what was said")),
                ("internal_notes", models.TextField(blank=True, verbose_name="internal notes")),
                ("is_deferred", models.BooleanField(default=False, verbose_name="deferred to the next meeting")),
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
                (
                    "topic",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="topics.topic",
                        verbose_name="topic",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical discussion",
                "verbose_name_plural": "historical discussions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalDiscussion_mentions",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                (
                    "discussion",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="meetings.discussion",
                    ),
                ),
                (
                    "history",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="meetings.historicaldiscussion",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="organizations.organization",
                    ),
                ),
            ],
            options={
                "verbose_name": "HistoricalDiscussion_mentions",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalDiscussion_references",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                (
                    "discussion",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="meetings.discussion",
                    ),
                ),
                (
                    "history",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="meetings.historicaldiscussion",
                    ),
                ),
                (
                    "reference",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="topics.reference",
                    ),
                ),
            ],
            options={
                "verbose_name": "HistoricalDiscussion_references",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalDiscussion_themes",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                (
                    "discussion",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="meetings.discussion",
                    ),
                ),
                (
                    "history",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="meetings.historicaldiscussion",
                    ),
                ),
                (
                    "theme",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="topics.theme",
                    ),
                ),
            ],
            options={
                "verbose_name": "HistoricalDiscussion_themes",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalMeeting",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("slug", models.SlugField(editable=False, max_length=100, verbose_name="address")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("root_version", models.PositiveIntegerField(editable=False, null=True)),
                ("publication_due_on", models.DateField(blank=True, null=True, verbose_name="to be published by")),
                (
                    "published_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="published at"),
                ),
                ("published_on", models.DateField(blank=True, editable=False, null=True, verbose_name="published on")),
                ("public_since", models.DateField(blank=True, editable=False, null=True, verbose_name="public since")),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="withdrawn at"),
                ),
                (
                    "withdrawal_reason",
                    models.TextField(blank=True, editable=False, verbose_name="reason for withdrawing"),
                ),
                (
                    "withdrawal_notice",
                    models.TextField(blank=True, editable=False, verbose_name="public reason for withdrawing"),
                ),
                (
                    "exempted_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="exempted at"),
                ),
                ("exemption_text", models.TextField(blank=True, editable=False, verbose_name="why it is exempt")),
                ("reference", models.CharField(db_index=True, editable=False, max_length=20, verbose_name="reference")),
                ("title", models.CharField(max_length=250, verbose_name="title")),
                (
                    "ordinal",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Leave empty for the next number, given when the meeting is confirmed.",
                        null=True,
                        verbose_name="number in the series",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("bilateral", "Bilateral meeting"),
                            ("platform", "Platform meeting"),
                            ("standing_group", "Standing group"),
                            ("ad_hoc", "Ad hoc meeting"),
                        ],
                        default="bilateral",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("confirmed", "Confirmed"),
                            ("held", "Held"),
                            ("postponed", "Postponed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="proposed",
                        editable=False,
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="date")),
                (
                    "date_precision",
                    models.CharField(
                        choices=[("day", "day"), ("month", "month"), ("year", "year")],
                        default="day",
                        help_text="If only the month or year is known, enter any day of it.",
                        max_length=5,
                        verbose_name="precision",
                    ),
                ),
                (
                    "start_time",
                    models.TimeField(
                        blank=True, help_text="Leave empty if all day or unknown.", null=True, verbose_name="from"
                    ),
                ),
                (
                    "ends_on",
                    models.DateField(
                        blank=True, help_text="Only if it lasts several days.", null=True, verbose_name="last day"
                    ),
                ),
                (
                    "end_time",
                    models.TimeField(
                        blank=True,
                        help_text="00:00 means midnight at the end of the last day.",
                        null=True,
                        verbose_name="to",
                    ),
                ),
                (
                    "time_zone",
                    models.CharField(
                        default=meetings.models.times.default_time_zone,
                        max_length=60,
                        validators=[meetings.models.times.validate_time_zone],
                        verbose_name="time zone",
                    ),
                ),
                ("starts_at", models.DateTimeField(editable=False, null=True, verbose_name="starts at")),
                ("ends_at", models.DateTimeField(editable=False, null=True, verbose_name="ends at")),
                (
                    "attendance_mode",
                    models.CharField(
                        blank=True,
                        choices=[("in_person", "In person"), ("online", "Online"), ("hybrid", "Hybrid")],
                        max_length=10,
                        verbose_name="attendance",
                    ),
                ),
                ("venue", models.CharField(blank=True, max_length=200, verbose_name="venue")),
                ("city", models.CharField(blank=True, max_length=100, verbose_name="city")),
                ("country", django_countries.fields.CountryField(blank=True, max_length=2, verbose_name="country")),
                (
                    "requested_by",
                    models.CharField(
                        blank=True,
                        choices=[("host", "The host"), ("counterpart", "The counterpart"), ("joint", "Both sides")],
                        max_length=12,
                        verbose_name="requested by",
                    ),
                ),
                ("purpose", models.TextField(blank=True, verbose_name="purpose")),
                ("summary", models.TextField(blank=True, verbose_name="summary")),
                (
                    "summary_source",
                    models.CharField(
                        choices=[
                            ("secretariat", "Written by the secretariat"),
                            ("press", "As reported by the press"),
                            ("counterpart", "As reported by the counterpart"),
                        ],
                        default="secretariat",
                        max_length=12,
                        verbose_name="source of the summary",
                    ),
                ),
                ("source_url", models.URLField(blank=True, max_length=500, verbose_name="link to source")),
                (
                    "source_note",
                    models.CharField(
                        blank=True,
                        help_text="What readers should know about the source, such as who wrote it. Shown next to the link.",
                        max_length=500,
                        verbose_name="note on the source",
                    ),
                ),
                (
                    "visibility",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "Internal"), (10, "Shared with the counterpart"), (20, "Public")],
                        default=0,
                        verbose_name="who can see it",
                    ),
                ),
                ("internal_notes", models.TextField(blank=True, verbose_name="internal notes")),
                (
                    "postponement_reason",
                    models.TextField(blank=True, editable=False, verbose_name="reason for postponing"),
                ),
                (
                    "postponement_note",
                    models.TextField(blank=True, editable=False, verbose_name="internal note on postponing"),
                ),
                (
                    "cancellation_reason",
                    models.TextField(blank=True, editable=False, verbose_name="reason for cancelling"),
                ),
                (
                    "cancellation_note",
                    models.TextField(blank=True, editable=False, verbose_name="internal note on cancelling"),
                ),
                (
                    "prepared_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="prepared at"),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "exempted_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="exempted by",
                    ),
                ),
                (
                    "exemption_ground",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="meetings.ground",
                        verbose_name="ground of exemption",
                    ),
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
                (
                    "prepared_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="prepared by",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="published by",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="withdrawn by",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical meeting",
                "verbose_name_plural": "historical meetings",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalRegime",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("root_version", models.PositiveIntegerField(editable=False, null=True)),
                ("code", models.SlugField(editable=False, verbose_name="code")),
                ("name", models.CharField(db_index=True, max_length=120, verbose_name="name")),
                (
                    "covers",
                    models.TextField(
                        blank=True,
                        help_text="Whose meetings, with whom. Citizens read it on the page About.",
                        verbose_name="who is covered",
                    ),
                ),
                (
                    "counts_from",
                    models.CharField(
                        choices=[("meeting", "The meeting"), ("period", "The end of a period")],
                        default="meeting",
                        max_length=8,
                        verbose_name="counted from",
                    ),
                ),
                (
                    "period",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("month", "Month"),
                            ("quarter", "Quarter"),
                            ("four_months", "Four months"),
                            ("half_year", "Half-year"),
                        ],
                        help_text="Only if counted from its end.",
                        max_length=12,
                        verbose_name="period",
                    ),
                ),
                (
                    "days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Leave empty if the rule sets no deadline.",
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(400)],
                        verbose_name="days",
                    ),
                ),
                (
                    "working_days",
                    models.CharField(
                        choices=[("any", "Any day, weekends too"), ("next", "From a weekend to the next Monday")],
                        default="any",
                        max_length=4,
                        verbose_name="if the last day is on a weekend",
                    ),
                ),
                ("is_with_minutes", models.BooleanField(default=False, verbose_name="minutes are required")),
                (
                    "required_fields",
                    engagement.core.models.fields.SeveralChoicesField(
                        blank=True, default=list, verbose_name="what must be shown"
                    ),
                ),
                (
                    "meeting_kinds",
                    engagement.core.models.fields.SeveralChoicesField(
                        blank=True,
                        default=list,
                        help_text="Select none if it covers all.",
                        verbose_name="kinds of meeting covered",
                    ),
                ),
                (
                    "organization_kinds",
                    engagement.core.models.fields.SeveralChoicesField(
                        blank=True,
                        default=list,
                        help_text="Select none if it covers all.",
                        verbose_name="kinds of organization covered",
                    ),
                ),
                (
                    "is_by_second_person",
                    models.BooleanField(
                        default=True,
                        help_text="Whoever prepared a meeting does not publish it.",
                        verbose_name="a second person publishes",
                    ),
                ),
                (
                    "is_in_use",
                    models.BooleanField(
                        default=False,
                        help_text="Can be chosen for meetings and is explained on the page About.",
                        verbose_name="in use",
                    ),
                ),
                ("source_url", models.URLField(blank=True, max_length=500, verbose_name="link to source")),
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
                "verbose_name": "historical publication rule",
                "verbose_name_plural": "historical publication rules",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalSeries",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("slug", models.SlugField(editable=False, max_length=100, verbose_name="address")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("root_version", models.PositiveIntegerField(editable=False, null=True)),
                ("title", models.CharField(db_index=True, max_length=200, verbose_name="title")),
                (
                    "cadence_months",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Leave empty if there is no fixed interval.",
                        null=True,
                        verbose_name="months between meetings",
                    ),
                ),
                (
                    "first_ordinal",
                    models.PositiveSmallIntegerField(
                        default=1,
                        help_text="Above 1 when earlier meetings are not recorded here.",
                        verbose_name="first number recorded",
                    ),
                ),
                ("purpose", models.TextField(blank=True, verbose_name="purpose")),
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
                (
                    "host",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        limit_choices_to={"is_host": True},
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="organizations.organization",
                        verbose_name="host",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical series",
                "verbose_name_plural": "historical series",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("search_text", models.TextField(default="", editable=False)),
                ("slug", models.SlugField(editable=False, max_length=100, unique=True, verbose_name="address")),
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
                ("publication_due_on", models.DateField(blank=True, null=True, verbose_name="to be published by")),
                (
                    "published_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="published at"),
                ),
                ("published_on", models.DateField(blank=True, editable=False, null=True, verbose_name="published on")),
                ("public_since", models.DateField(blank=True, editable=False, null=True, verbose_name="public since")),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="withdrawn at"),
                ),
                (
                    "withdrawal_reason",
                    models.TextField(blank=True, editable=False, verbose_name="reason for withdrawing"),
                ),
                (
                    "withdrawal_notice",
                    models.TextField(blank=True, editable=False, verbose_name="public reason for withdrawing"),
                ),
                (
                    "exempted_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="exempted at"),
                ),
                ("exemption_text", models.TextField(blank=True, editable=False, verbose_name="why it is exempt")),
                ("reference", models.CharField(editable=False, max_length=20, unique=True, verbose_name="reference")),
                ("title", models.CharField(max_length=250, verbose_name="title")),
                (
                    "ordinal",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Leave empty for the next number, given when the meeting is confirmed.",
                        null=True,
                        verbose_name="number in the series",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("bilateral", "Bilateral meeting"),
                            ("platform", "Platform meeting"),
                            ("standing_group", "Standing group"),
                            ("ad_hoc", "Ad hoc meeting"),
                        ],
                        default="bilateral",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("confirmed", "Confirmed"),
                            ("held", "Held"),
                            ("postponed", "Postponed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="proposed",
                        editable=False,
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="date")),
                (
                    "date_precision",
                    models.CharField(
                        choices=[("day", "day"), ("month", "month"), ("year", "year")],
                        default="day",
                        help_text="If only the month or year is known, enter any day of it.",
                        max_length=5,
                        verbose_name="precision",
                    ),
                ),
                (
                    "start_time",
                    models.TimeField(
                        blank=True, help_text="Leave empty if all day or unknown.", null=True, verbose_name="from"
                    ),
                ),
                (
                    "ends_on",
                    models.DateField(
                        blank=True, help_text="Only if it lasts several days.", null=True, verbose_name="last day"
                    ),
                ),
                (
                    "end_time",
                    models.TimeField(
                        blank=True,
                        help_text="00:00 means midnight at the end of the last day.",
                        null=True,
                        verbose_name="to",
                    ),
                ),
                (
                    "time_zone",
                    models.CharField(
                        default=meetings.models.times.default_time_zone,
                        max_length=60,
                        validators=[meetings.models.times.validate_time_zone],
                        verbose_name="time zone",
                    ),
                ),
                ("starts_at", models.DateTimeField(editable=False, null=True, verbose_name="starts at")),
                ("ends_at", models.DateTimeField(editable=False, null=True, verbose_name="ends at")),
                (
                    "attendance_mode",
                    models.CharField(
                        blank=True,
                        choices=[("in_person", "In person"), ("online", "Online"), ("hybrid", "Hybrid")],
                        max_length=10,
                        verbose_name="attendance",
                    ),
                ),
                ("venue", models.CharField(blank=True, max_length=200, verbose_name="venue")),
                ("city", models.CharField(blank=True, max_length=100, verbose_name="city")),
                ("country", django_countries.fields.CountryField(blank=True, max_length=2, verbose_name="country")),
                (
                    "requested_by",
                    models.CharField(
                        blank=True,
                        choices=[("host", "The host"), ("counterpart", "The counterpart"), ("joint", "Both sides")],
                        max_length=12,
                        verbose_name="requested by",
                    ),
                ),
                ("purpose", models.TextField(blank=True, verbose_name="purpose")),
                ("summary", models.TextField(blank=True, verbose_name="summary")),
                (
                    "summary_source",
                    models.CharField(
                        choices=[
                            ("secretariat", "Written by the secretariat"),
                            ("press", "As reported by the press"),
                            ("counterpart", "As reported by the counterpart"),
                        ],
                        default="secretariat",
                        max_length=12,
                        verbose_name="source of the summary",
                    ),
                ),
                ("source_url", models.URLField(blank=True, max_length=500, verbose_name="link to source")),
                (
                    "source_note",
                    models.CharField(
                        blank=True,
                        help_text="What readers should know about the source, such as who wrote it. Shown next to the link.",
                        max_length=500,
                        verbose_name="note on the source",
                    ),
                ),
                (
                    "visibility",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "Internal"), (10, "Shared with the counterpart"), (20, "Public")],
                        default=0,
                        verbose_name="who can see it",
                    ),
                ),
                ("internal_notes", models.TextField(blank=True, verbose_name="internal notes")),
                (
                    "postponement_reason",
                    models.TextField(blank=True, editable=False, verbose_name="reason for postponing"),
                ),
                (
                    "postponement_note",
                    models.TextField(blank=True, editable=False, verbose_name="internal note on postponing"),
                ),
                (
                    "cancellation_reason",
                    models.TextField(blank=True, editable=False, verbose_name="reason for cancelling"),
                ),
                (
                    "cancellation_note",
                    models.TextField(blank=True, editable=False, verbose_name="internal note on cancelling"),
                ),
                (
                    "prepared_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="prepared at"),
                ),
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
                (
                    "exempted_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="exempted by",
                    ),
                ),
                (
                    "exemption_ground",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="meetings.ground",
                        verbose_name="ground of exemption",
                    ),
                ),
                (
                    "prepared_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="prepared by",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="published by",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="withdrawn by",
                    ),
                ),
            ],
            options={
                "verbose_name": "meeting",
                "verbose_name_plural": "meetings",
                "ordering": [models.OrderBy(models.F("starts_at"), descending=True, nulls_first=True), "-pk"],
                "permissions": [("publish_meeting", "Can publish and withdraw meetings")],
            },
        ),
        migrations.CreateModel(
            name="HistoricalPosition",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "visibility",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "Internal"), (10, "Shared with the counterpart"), (20, "Public")],
                        default=20,
                        verbose_name="who can see it",
                    ),
                ),
                ("root_version", models.PositiveIntegerField(editable=False, null=True)),
                (
                    "is_joint",
                    models.BooleanField(default=False, help_text="Position of both sides.", verbose_name="both sides"),
                ),
                (
                    "stance",
                    models.CharField(
                        choices=[
                            ("proposes", "proposes"),
                            ("requests", "requests"),
                            ("supports", "supports"),
                            ("opposes", "opposes"),
                            ("concerned", "is concerned"),
                            ("welcomes", "welcomes"),
                            ("acknowledges", "acknowledges"),
                            ("informs", "informs"),
                            ("commits", "commits"),
                        ],
                        max_length=12,
                        verbose_name="stance",
                    ),
                ),
                ("statement", models.TextField(verbose_name="statement")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
                        verbose_name="discussion",
                    ),
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
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="organizations.organization",
                        verbose_name="party",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="meetings.meeting",
                        verbose_name="meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical position",
                "verbose_name_plural": "historical positions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalParty",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("root_version", models.PositiveIntegerField(editable=False, null=True)),
                (
                    "side",
                    models.CharField(
                        choices=[("host", "Host"), ("counterpart", "Counterpart"), ("observer", "Observer")],
                        default="counterpart",
                        max_length=12,
                        verbose_name="side",
                    ),
                ),
                ("is_lead", models.BooleanField(default=False, verbose_name="leads its side")),
                (
                    "headcount",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="If not listed by name.", null=True, verbose_name="number of people"
                    ),
                ),
                (
                    "register_number",
                    models.CharField(
                        blank=True,
                        help_text="Leave empty to take it from the organization.",
                        max_length=60,
                        verbose_name="register number on that day",
                    ),
                ),
                (
                    "register_status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("unknown", "Not checked"),
                            ("active", "Registered"),
                            ("suspended", "Suspended"),
                            ("removed", "Removed from the register"),
                        ],
                        max_length=12,
                        verbose_name="register status on that day",
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
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="organizations.organization",
                        verbose_name="organization",
                    ),
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
                        verbose_name="meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical party",
                "verbose_name_plural": "historical parties",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalOutcome",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "visibility",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "Internal"), (10, "Shared with the counterpart"), (20, "Public")],
                        default=20,
                        verbose_name="who can see it",
                    ),
                ),
                ("root_version", models.PositiveIntegerField(editable=False, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("conclusion", "Conclusion"),
                            ("decision", "Decision"),
                            ("agreement", "Agreement"),
                            ("invitation", "Invitation"),
                            ("commitment", "Commitment"),
                            ("request", "Request"),
                            ("takeaway", "Key takeaway"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("text", models.TextField(verbose_name="text")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Leave empty for both sides.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="organizations.organization",
                        verbose_name="by",
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
                        verbose_name="discussion",
                    ),
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
                (
                    "to",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="organizations.organization",
                        verbose_name="to",
                    ),
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
                        verbose_name="meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical outcome",
                "verbose_name_plural": "historical outcomes",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalDocument",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "visibility",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "Internal"), (10, "Shared with the counterpart"), (20, "Public")],
                        default=20,
                        verbose_name="who can see it",
                    ),
                ),
                ("root_version", models.PositiveIntegerField(editable=False, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("agenda", "Agenda"),
                            ("invitation", "Invitation"),
                            ("minutes", "Minutes"),
                            ("presentation", "Presentation"),
                            ("position_paper", "Position paper"),
                            ("letter", "Letter"),
                        ],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                ("title", models.CharField(max_length=250, verbose_name="title")),
                ("number", models.CharField(blank=True, max_length=60, verbose_name="reference number")),
                (
                    "language",
                    models.CharField(
                        default="en",
                        help_text="Two letters, such as en, fr or de.",
                        max_length=10,
                        verbose_name="language",
                    ),
                ),
                ("file", models.TextField(blank=True, max_length=300, verbose_name="file")),
                ("url", models.URLField(blank=True, max_length=500, verbose_name="web address")),
                ("size", models.PositiveBigIntegerField(editable=False, null=True, verbose_name="size in bytes")),
                ("sha256", models.CharField(blank=True, editable=False, max_length=64, verbose_name="SHA-256")),
                ("first_published_on", models.DateField(blank=True, null=True, verbose_name="first published on")),
                ("updated_on", models.DateField(blank=True, null=True, verbose_name="updated on")),
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
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="meetings.meeting",
                        verbose_name="meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical document",
                "verbose_name_plural": "historical documents",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddField(
            model_name="historicaldiscussion",
            name="meeting",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="meetings.meeting",
                verbose_name="meeting",
            ),
        ),
        migrations.CreateModel(
            name="HistoricalAgendaSending",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("root_version", models.PositiveIntegerField(editable=False, null=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="at")),
                ("recipients", models.TextField(help_text="One a line.", verbose_name="recipients")),
                ("failed", models.TextField(blank=True, verbose_name="not delivered to")),
                ("date_told", models.CharField(blank=True, max_length=120, verbose_name="date in it")),
                ("is_complete", models.BooleanField(default=False, verbose_name="complete")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
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
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="meetings.meeting",
                        verbose_name="meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical sending of an agenda",
                "verbose_name_plural": "historical sendings of agendas",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalAgendaProposal",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("root_version", models.PositiveIntegerField(editable=False, null=True)),
                ("title", models.CharField(max_length=250, verbose_name="subject")),
                ("note", models.TextField(blank=True, max_length=2000, verbose_name="why")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="at")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Waiting for an answer"),
                            ("taken", "On the agenda"),
                            ("merged", "Part of another item"),
                            ("declined", "Declined"),
                        ],
                        default="proposed",
                        editable=False,
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=500, verbose_name="answer")),
                ("decided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="answered at")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
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
                        verbose_name="answered by",
                    ),
                ),
                (
                    "discussion",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="meetings.discussion",
                        verbose_name="item of the agenda",
                    ),
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
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="organizations.organization",
                        verbose_name="proposed by",
                    ),
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
                        verbose_name="meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical agenda proposal",
                "verbose_name_plural": "historical agenda proposals",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddField(
            model_name="discussion",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="discussions",
                to="meetings.meeting",
                verbose_name="meeting",
            ),
        ),
        migrations.CreateModel(
            name="AgendaSending",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="at")),
                ("recipients", models.TextField(help_text="One a line.", verbose_name="recipients")),
                ("failed", models.TextField(blank=True, verbose_name="not delivered to")),
                ("date_told", models.CharField(blank=True, max_length=120, verbose_name="date in it")),
                ("is_complete", models.BooleanField(default=False, verbose_name="complete")),
                (
                    "by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="agenda_sendings",
                        to="meetings.meeting",
                        verbose_name="meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "sending of an agenda",
                "verbose_name_plural": "sendings of agendas",
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="AgendaProposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("title", models.CharField(max_length=250, verbose_name="subject")),
                ("note", models.TextField(blank=True, max_length=2000, verbose_name="why")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="at")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Waiting for an answer"),
                            ("taken", "On the agenda"),
                            ("merged", "Part of another item"),
                            ("declined", "Declined"),
                        ],
                        default="proposed",
                        editable=False,
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=500, verbose_name="answer")),
                ("decided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="answered at")),
                (
                    "by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
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
                        verbose_name="answered by",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agenda_proposals",
                        to="organizations.organization",
                        verbose_name="proposed by",
                    ),
                ),
                (
                    "discussion",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="proposals",
                        to="meetings.discussion",
                        verbose_name="item of the agenda",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="agenda_proposals",
                        to="meetings.meeting",
                        verbose_name="meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "agenda proposal",
                "verbose_name_plural": "agenda proposals",
                "ordering": ["at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ("proposed", "taken", "merged", "declined"))),
                        name="agenda_proposal_state_known",
                        violation_error_message="Choose the status of a proposal from the list.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "proposed"), _negated=True),
                            models.Q(("decided_at", None), ("discussion", None)),
                            _connector="OR",
                        ),
                        name="agenda_proposal_waits_undecided",
                        violation_error_message="A proposal that waits for an answer has none yet.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "declined"), _negated=True),
                            models.Q(("answer", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="agenda_proposal_declined_with_a_word",
                        violation_error_message="Enter why it is declined.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Outcome",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "visibility",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "Internal"), (10, "Shared with the counterpart"), (20, "Public")],
                        default=20,
                        verbose_name="who can see it",
                    ),
                ),
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("conclusion", "Conclusion"),
                            ("decision", "Decision"),
                            ("agreement", "Agreement"),
                            ("invitation", "Invitation"),
                            ("commitment", "Commitment"),
                            ("request", "Request"),
                            ("takeaway", "Key takeaway"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("text", models.TextField(verbose_name="text")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        help_text="Leave empty for both sides.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outcomes_by",
                        to="organizations.organization",
                        verbose_name="by",
                    ),
                ),
                (
                    "discussion",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="outcomes",
                        to="meetings.discussion",
                        verbose_name="discussion",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="outcomes",
                        to="meetings.meeting",
                        verbose_name="meeting",
                    ),
                ),
                (
                    "to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outcomes_to",
                        to="organizations.organization",
                        verbose_name="to",
                    ),
                ),
            ],
            options={
                "verbose_name": "outcome",
                "verbose_name_plural": "outcomes",
                "ordering": ["order", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Party",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "side",
                    models.CharField(
                        choices=[("host", "Host"), ("counterpart", "Counterpart"), ("observer", "Observer")],
                        default="counterpart",
                        max_length=12,
                        verbose_name="side",
                    ),
                ),
                ("is_lead", models.BooleanField(default=False, verbose_name="leads its side")),
                (
                    "headcount",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="If not listed by name.", null=True, verbose_name="number of people"
                    ),
                ),
                (
                    "register_number",
                    models.CharField(
                        blank=True,
                        help_text="Leave empty to take it from the organization.",
                        max_length=60,
                        verbose_name="register number on that day",
                    ),
                ),
                (
                    "register_status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("unknown", "Not checked"),
                            ("active", "Registered"),
                            ("suspended", "Suspended"),
                            ("removed", "Removed from the register"),
                        ],
                        max_length=12,
                        verbose_name="register status on that day",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parties",
                        to="meetings.meeting",
                        verbose_name="meeting",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parties",
                        to="organizations.organization",
                        verbose_name="organization",
                    ),
                ),
            ],
            options={
                "verbose_name": "party",
                "verbose_name_plural": "parties",
                "ordering": ["order", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("meeting", "organization"),
                        name="party_once_at_a_meeting",
                        violation_error_message="This organization is already a party to the meeting.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_lead", True)),
                        fields=("meeting", "side"),
                        name="party_one_lead_a_side",
                        violation_error_message="Only one organization leads each side.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Participant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
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
                ("name", models.CharField(blank=True, max_length=200, verbose_name="name as printed")),
                ("function", models.CharField(blank=True, max_length=200, verbose_name="function")),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("chair", "Chair"),
                            ("head", "Head of delegation"),
                            ("speaker", "Speaker"),
                            ("note_taker", "Note-taker"),
                            ("participant", "Participant"),
                        ],
                        default="participant",
                        max_length=12,
                        verbose_name="part",
                    ),
                ),
                (
                    "attendance",
                    models.CharField(
                        choices=[("invited", "Invited"), ("attended", "Attended"), ("apologies", "Sent apologies")],
                        default="attended",
                        max_length=10,
                        verbose_name="attendance",
                    ),
                ),
                (
                    "visibility",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "Internal"), (10, "Shared with the counterpart"), (20, "Public")],
                        default=0,
                        verbose_name="who can see the name",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="participants",
                        to="meetings.meeting",
                        verbose_name="meeting",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="participations",
                        to="organizations.person",
                        verbose_name="person",
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="participants",
                        to="meetings.party",
                        verbose_name="party",
                    ),
                ),
            ],
            options={
                "verbose_name": "participant",
                "verbose_name_plural": "participants",
                "ordering": ["order", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True), ("person__isnull", False), _connector="OR"
                        ),
                        name="participant_has_a_name",
                        violation_error_message="Choose a person or enter the name as printed.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalParticipant",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("root_version", models.PositiveIntegerField(editable=False, null=True)),
                ("name", models.CharField(blank=True, max_length=200, verbose_name="name as printed")),
                ("function", models.CharField(blank=True, max_length=200, verbose_name="function")),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("chair", "Chair"),
                            ("head", "Head of delegation"),
                            ("speaker", "Speaker"),
                            ("note_taker", "Note-taker"),
                            ("participant", "Participant"),
                        ],
                        default="participant",
                        max_length=12,
                        verbose_name="part",
                    ),
                ),
                (
                    "attendance",
                    models.CharField(
                        choices=[("invited", "Invited"), ("attended", "Attended"), ("apologies", "Sent apologies")],
                        default="attended",
                        max_length=10,
                        verbose_name="attendance",
                    ),
                ),
                (
                    "visibility",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "Internal"), (10, "Shared with the counterpart"), (20, "Public")],
                        default=0,
                        verbose_name="who can see the name",
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
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="organizations.person",
                        verbose_name="person",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="meetings.meeting",
                        verbose_name="meeting",
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="meetings.party",
                        verbose_name="party",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical participant",
                "verbose_name_plural": "historical participants",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Position",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "visibility",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "Internal"), (10, "Shared with the counterpart"), (20, "Public")],
                        default=20,
                        verbose_name="who can see it",
                    ),
                ),
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
                (
                    "is_joint",
                    models.BooleanField(default=False, help_text="Position of both sides.", verbose_name="both sides"),
                ),
                (
                    "stance",
                    models.CharField(
                        choices=[
                            ("proposes", "proposes"),
                            ("requests", "requests"),
                            ("supports", "supports"),
                            ("opposes", "opposes"),
                            ("concerned", "is concerned"),
                            ("welcomes", "welcomes"),
                            ("acknowledges", "acknowledges"),
                            ("informs", "informs"),
                            ("commits", "commits"),
                        ],
                        max_length=12,
                        verbose_name="stance",
                    ),
                ),
                ("statement", models.TextField(verbose_name="statement")),
                (
                    "discussion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="positions",
                        to="meetings.discussion",
                        verbose_name="discussion",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="positions",
                        to="meetings.meeting",
                        verbose_name="meeting",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="positions",
                        to="organizations.organization",
                        verbose_name="party",
                    ),
                ),
            ],
            options={
                "verbose_name": "position",
                "verbose_name_plural": "positions",
                "ordering": ["order", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("is_joint", False), ("organization__isnull", False)),
                            models.Q(("is_joint", True), ("organization", None)),
                            _connector="OR",
                        ),
                        name="position_of_one_or_joint",
                        violation_error_message="Choose whose position it is: one organization, or both sides.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Regime",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("code", models.SlugField(editable=False, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=120, unique=True, verbose_name="name")),
                (
                    "covers",
                    models.TextField(
                        blank=True,
                        help_text="Whose meetings, with whom. Citizens read it on the page About.",
                        verbose_name="who is covered",
                    ),
                ),
                (
                    "counts_from",
                    models.CharField(
                        choices=[("meeting", "The meeting"), ("period", "The end of a period")],
                        default="meeting",
                        max_length=8,
                        verbose_name="counted from",
                    ),
                ),
                (
                    "period",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("month", "Month"),
                            ("quarter", "Quarter"),
                            ("four_months", "Four months"),
                            ("half_year", "Half-year"),
                        ],
                        help_text="Only if counted from its end.",
                        max_length=12,
                        verbose_name="period",
                    ),
                ),
                (
                    "days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Leave empty if the rule sets no deadline.",
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(400)],
                        verbose_name="days",
                    ),
                ),
                (
                    "working_days",
                    models.CharField(
                        choices=[("any", "Any day, weekends too"), ("next", "From a weekend to the next Monday")],
                        default="any",
                        max_length=4,
                        verbose_name="if the last day is on a weekend",
                    ),
                ),
                ("is_with_minutes", models.BooleanField(default=False, verbose_name="minutes are required")),
                (
                    "required_fields",
                    engagement.core.models.fields.SeveralChoicesField(
                        blank=True, default=list, verbose_name="what must be shown"
                    ),
                ),
                (
                    "meeting_kinds",
                    engagement.core.models.fields.SeveralChoicesField(
                        blank=True,
                        default=list,
                        help_text="Select none if it covers all.",
                        verbose_name="kinds of meeting covered",
                    ),
                ),
                (
                    "organization_kinds",
                    engagement.core.models.fields.SeveralChoicesField(
                        blank=True,
                        default=list,
                        help_text="Select none if it covers all.",
                        verbose_name="kinds of organization covered",
                    ),
                ),
                (
                    "is_by_second_person",
                    models.BooleanField(
                        default=True,
                        help_text="Whoever prepared a meeting does not publish it.",
                        verbose_name="a second person publishes",
                    ),
                ),
                (
                    "is_in_use",
                    models.BooleanField(
                        default=False,
                        help_text="Can be chosen for meetings and is explained on the page About.",
                        verbose_name="in use",
                    ),
                ),
                ("source_url", models.URLField(blank=True, max_length=500, verbose_name="link to source")),
                (
                    "sort_key",
                    engagement.core.models.sort_keys.SortKeyField("name", default="", editable=False, max_length=300),
                ),
            ],
            options={
                "verbose_name": "publication rule",
                "verbose_name_plural": "publication rules",
                "ordering": ["sort_key", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("days", None), ("days__lte", 400), _connector="OR"),
                        name="regime_days_bounded",
                        violation_error_message="A deadline is at most 400 days away.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("counts_from", "meeting"), ("period", "")),
                            models.Q(
                                ("counts_from", "period"),
                                ("period__in", ["month", "quarter", "four_months", "half_year"]),
                            ),
                            _connector="OR",
                        ),
                        name="regime_period_if_counted_from_it",
                        violation_error_message="Choose a period if the days are counted from its end, and leave it empty if not.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("working_days__in", ["any", "next"])),
                        name="regime_working_days_known",
                        violation_error_message="Choose from the list what happens on a weekend.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="meeting",
            name="regimes",
            field=models.ManyToManyField(
                blank=True,
                help_text="The deadline follows from them. Select none for those of the series.",
                related_name="%(class)ss",
                to="meetings.regime",
                verbose_name="publication rules",
            ),
        ),
        migrations.CreateModel(
            name="HistoricalMeeting_regimes",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                (
                    "history",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="meetings.historicalmeeting",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="meetings.meeting",
                    ),
                ),
                (
                    "regime",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="meetings.regime",
                    ),
                ),
            ],
            options={
                "verbose_name": "HistoricalMeeting_regimes",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalGround",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("root_version", models.PositiveIntegerField(editable=False, null=True)),
                ("name", models.CharField(max_length=120, verbose_name="short name")),
                ("text", models.TextField(blank=True, help_text="As the rule says it.", verbose_name="text")),
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
                (
                    "regime",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="meetings.regime",
                        verbose_name="publication rule",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical ground of exemption",
                "verbose_name_plural": "historical grounds of exemption",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddField(
            model_name="ground",
            name="regime",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="grounds",
                to="meetings.regime",
                verbose_name="publication rule",
            ),
        ),
        migrations.CreateModel(
            name="Series",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("search_text", models.TextField(default="", editable=False)),
                ("slug", models.SlugField(editable=False, max_length=100, unique=True, verbose_name="address")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("title", models.CharField(max_length=200, unique=True, verbose_name="title")),
                (
                    "cadence_months",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Leave empty if there is no fixed interval.",
                        null=True,
                        verbose_name="months between meetings",
                    ),
                ),
                (
                    "first_ordinal",
                    models.PositiveSmallIntegerField(
                        default=1,
                        help_text="Above 1 when earlier meetings are not recorded here.",
                        verbose_name="first number recorded",
                    ),
                ),
                ("purpose", models.TextField(blank=True, verbose_name="purpose")),
                (
                    "sort_key",
                    engagement.core.models.sort_keys.SortKeyField("title", default="", editable=False, max_length=300),
                ),
                (
                    "counterparts",
                    models.ManyToManyField(
                        blank=True, related_name="series", to="organizations.organization", verbose_name="counterparts"
                    ),
                ),
                (
                    "host",
                    models.ForeignKey(
                        limit_choices_to={"is_host": True},
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="series_hosted",
                        to="organizations.organization",
                        verbose_name="host",
                    ),
                ),
                (
                    "regimes",
                    models.ManyToManyField(
                        blank=True,
                        help_text="For each meeting of the series that has none of its own.",
                        related_name="series",
                        to="meetings.regime",
                        verbose_name="publication rules",
                    ),
                ),
            ],
            options={
                "verbose_name": "series",
                "verbose_name_plural": "series",
                "ordering": ["sort_key", "pk"],
                "indexes": [models.Index(fields=["sort_key", "id"], name="series_by_title")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("first_ordinal__gte", 1)),
                        name="series_starts_at_one_or_later",
                        violation_error_message="A series is counted from 1.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("cadence_months", None), ("cadence_months__gte", 1), _connector="OR"),
                        name="series_cadence_at_least_a_month",
                        violation_error_message="Meetings are at least one month apart. Leave empty if there is no fixed interval.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="meeting",
            name="series",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="meetings",
                to="meetings.series",
                verbose_name="series",
            ),
        ),
        migrations.CreateModel(
            name="HistoricalSeries_regimes",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                (
                    "history",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="meetings.historicalseries",
                    ),
                ),
                (
                    "regime",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="meetings.regime",
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="meetings.series",
                    ),
                ),
            ],
            options={
                "verbose_name": "HistoricalSeries_regimes",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalSeries_counterparts",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                (
                    "history",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="meetings.historicalseries",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="organizations.organization",
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="meetings.series",
                    ),
                ),
            ],
            options={
                "verbose_name": "HistoricalSeries_counterparts",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddField(
            model_name="historicalmeeting",
            name="series",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="meetings.series",
                verbose_name="series",
            ),
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "visibility",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "Internal"), (10, "Shared with the counterpart"), (20, "Public")],
                        default=20,
                        verbose_name="who can see it",
                    ),
                ),
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("agenda", "Agenda"),
                            ("invitation", "Invitation"),
                            ("minutes", "Minutes"),
                            ("presentation", "Presentation"),
                            ("position_paper", "Position paper"),
                            ("letter", "Letter"),
                        ],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                ("title", models.CharField(max_length=250, verbose_name="title")),
                ("number", models.CharField(blank=True, max_length=60, verbose_name="reference number")),
                (
                    "language",
                    models.CharField(
                        default="en",
                        help_text="Two letters, such as en, fr or de.",
                        max_length=10,
                        verbose_name="language",
                    ),
                ),
                (
                    "file",
                    models.FileField(
                        blank=True, max_length=300, upload_to=meetings.models.documents.upload_path, verbose_name="file"
                    ),
                ),
                ("url", models.URLField(blank=True, max_length=500, verbose_name="web address")),
                ("size", models.PositiveBigIntegerField(editable=False, null=True, verbose_name="size in bytes")),
                ("sha256", models.CharField(blank=True, editable=False, max_length=64, verbose_name="SHA-256")),
                ("first_published_on", models.DateField(blank=True, null=True, verbose_name="first published on")),
                ("updated_on", models.DateField(blank=True, null=True, verbose_name="updated on")),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="meetings.meeting",
                        verbose_name="meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "document",
                "verbose_name_plural": "documents",
                "ordering": ["order", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(models.Q(("file", ""), _negated=True), ("url", "")),
                            models.Q(("file", ""), models.Q(("url", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="document_file_or_address",
                        violation_error_message="Add a file or a web address, one of the two.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("first_published_on", None),
                                models.Q(
                                    ("first_published_on__gte", datetime.date(1900, 1, 1)),
                                    ("first_published_on__lte", datetime.date(2199, 12, 31)),
                                ),
                                _connector="OR",
                            ),
                            models.Q(
                                ("updated_on", None),
                                models.Q(
                                    ("updated_on__gte", datetime.date(1900, 1, 1)),
                                    ("updated_on__lte", datetime.date(2199, 12, 31)),
                                ),
                                _connector="OR",
                            ),
                        ),
                        name="document_years",
                        violation_error_message="Every day lies between the years 1900 and 2199.",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="discussion",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("title", ""), _negated=True), ("topic__isnull", False), _connector="OR"),
                name="discussion_has_topic_or_title",
                violation_error_message="Choose a topic or enter a title.",
            ),
        ),
        migrations.AddConstraint(
            model_name="ground",
            constraint=models.UniqueConstraint(
                fields=("regime", "name"),
                name="ground_once_in_regime",
                violation_error_message="This rule already has a ground of this name.",
            ),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(fields=["effective_visibility", "-starts_at", "-id"], name="meeting_seen_latest"),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(fields=["status", "starts_at", "id"], name="meeting_status_start"),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(fields=["-starts_at", "-id"], name="meeting_latest"),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(
                condition=models.Q(("status__in", ("proposed", "confirmed"))),
                fields=["starts_at", "id"],
                name="meeting_planned",
            ),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(fields=["sort_key", "id"], name="meeting_by_title"),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(fields=["reference_key", "id"], name="meeting_by_reference"),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(fields=["starts_on", "id"], name="meeting_day"),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(fields=["kind", "id"], name="meeting_kind"),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(fields=["status", "id"], name="meeting_status"),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(fields=["country", "starts_at", "id"], name="meeting_country"),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(fields=["attendance_mode", "starts_at", "id"], name="meeting_mode"),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(fields=["requested_by", "starts_at", "id"], name="meeting_asked_by"),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(
                condition=models.Q(("published_at", None)),
                fields=["publication_due_on", "id"],
                name="meeting_publication_due",
            ),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(
                condition=models.Q(("prepared_at__isnull", False), ("published_at", None)),
                fields=["prepared_at", "id"],
                name="meeting_prepared",
            ),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(
                condition=models.Q(("withdrawn_at__isnull", False)),
                fields=["withdrawn_at", "id"],
                name="meeting_withdrawn",
            ),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(
                condition=models.Q(("publication_due_on__isnull", False)),
                fields=["publication_due_on", "published_on", "effective_visibility"],
                name="meeting_publication_clock",
            ),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(
                condition=models.Q(("exempted_at__isnull", False)), fields=["exempted_at", "id"], name="meeting_exempt"
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.UniqueConstraint(
                fields=("series", "ordinal"),
                name="meeting_ordinal_once_in_series",
                violation_error_message="Another meeting of this series already has this number.",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["proposed", "confirmed", "held", "postponed", "cancelled"])),
                name="meeting_status_known",
                violation_error_message="Choose the status of a meeting from the list.",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ordinal", None), models.Q(("ordinal__gte", 1), ("series__isnull", False)), _connector="OR"
                ),
                name="meeting_ordinal_needs_series",
                violation_error_message="A number needs a series, and starts at 1.",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("starts_on__isnull", False),
                    models.Q(("status__in", ["confirmed", "held"]), _negated=True),
                    _connector="OR",
                ),
                name="meeting_confirmed_has_a_date",
                violation_error_message="A confirmed or held meeting needs a date.",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("starts_on__isnull", False), models.Q(("ends_on", None), ("start_time", None)), _connector="OR"
                ),
                name="meeting_hours_need_a_date",
                violation_error_message="Times and a last day need a date.",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("date_precision__in", ["day", "month", "year"])),
                name="meeting_precision_known",
                violation_error_message="Choose from the list how much of the date is known.",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("date_precision", "day"), ("starts_on__isnull", False), _connector="OR"),
                name="meeting_precision_needs_a_date",
                violation_error_message="Enter a date: any day of the month or year in which the meeting was.",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("date_precision", "day"), models.Q(("ends_on", None), ("start_time", None)), _connector="OR"
                ),
                name="meeting_hours_need_a_day",
                violation_error_message="Times and a last day need a date that is known to the day.",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("end_time", None), ("start_time__isnull", False), _connector="OR"),
                name="meeting_end_needs_a_start",
                violation_error_message="Enter a start time as well as an end time.",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                name="meeting_days_in_order",
                violation_error_message="The last day cannot be before the first.",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("end_time", None),
                    ("end_time__gt", models.F("start_time")),
                    ("end_time", datetime.time(0, 0)),
                    models.Q(("ends_on__gt", models.F("starts_on")), ("ends_on__isnull", False)),
                    _connector="OR",
                ),
                name="meeting_hours_in_order",
                violation_error_message="A meeting ends after it begins. If it goes on after midnight, enter the next day as the last day.",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "cancelled"), _negated=True),
                    models.Q(("cancellation_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="meeting_cancelled_with_a_reason",
                violation_error_message="Enter why the meeting is cancelled.",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("published_at", None), ("published_by", None)),
                    ("published_at__isnull", False),
                    _connector="OR",
                ),
                name="meeting_publisher_with_a_moment",
                violation_error_message="A publisher needs a publication date.",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("public_since", None), ("published_at__isnull", False), _connector="OR"),
                name="meeting_public_since_published",
                violation_error_message="Only a published meeting has a “public since” date.",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("starts_on", None),
                        models.Q(
                            ("starts_on__gte", datetime.date(1900, 1, 1)),
                            ("starts_on__lte", datetime.date(2199, 12, 31)),
                        ),
                        _connector="OR",
                    ),
                    models.Q(
                        ("ends_on", None),
                        models.Q(
                            ("ends_on__gte", datetime.date(1900, 1, 1)), ("ends_on__lte", datetime.date(2199, 12, 31))
                        ),
                        _connector="OR",
                    ),
                    models.Q(
                        ("publication_due_on", None),
                        models.Q(
                            ("publication_due_on__gte", datetime.date(1900, 1, 1)),
                            ("publication_due_on__lte", datetime.date(2199, 12, 31)),
                        ),
                        _connector="OR",
                    ),
                    models.Q(
                        ("published_on", None),
                        models.Q(
                            ("published_on__gte", datetime.date(1900, 1, 1)),
                            ("published_on__lte", datetime.date(2199, 12, 31)),
                        ),
                        _connector="OR",
                    ),
                    models.Q(
                        ("public_since", None),
                        models.Q(
                            ("public_since__gte", datetime.date(1900, 1, 1)),
                            ("public_since__lte", datetime.date(2199, 12, 31)),
                        ),
                        _connector="OR",
                    ),
                ),
                name="meeting_years",
                violation_error_message="Every day lies between the years 1900 and 2199.",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("published_at", None), ("published_on", None)),
                    models.Q(("published_at__isnull", False), ("published_on__isnull", False)),
                    _connector="OR",
                ),
                name="meeting_published_on_a_day",
                violation_error_message="A published meeting has a day of publication, and no other has one.",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("exempted_at", None), ("exempted_by", None), ("exemption_ground", None)),
                    models.Q(
                        ("exempted_at__isnull", False),
                        ("exemption_ground__isnull", False),
                        models.Q(("exemption_text", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="meeting_exempt_on_a_ground",
                violation_error_message="An exemption needs a moment, a ground and a text.",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("exempted_at", None), ("published_at", None), _connector="OR"),
                name="meeting_exempt_or_published",
                violation_error_message="A meeting is exempt or published, not both.",
            ),
        ),
    ]
