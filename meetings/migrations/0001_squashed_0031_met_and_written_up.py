"""Squashed migration: the same tables as 0001_initial to 0031_met_and_written_up make, in one step."""

import datetime

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import django_countries.fields
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import engagement.core.models.fields
import engagement.core.models.sort_keys
import meetings.models.document_versions
import meetings.models.documents
import meetings.models.proposed_files
import meetings.models.times


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
        ("meetings", "0018_contact_form_clients_and_direction"),
        ("meetings", "0019_published_versions"),
        ("meetings", "0020_ready_and_accessible"),
        ("meetings", "0021_template_of_a_series"),
        ("meetings", "0022_proposed_changes"),
        ("meetings", "0023_by_which_rule_a_name_is_published"),
        ("meetings", "0024_a_name_was_erased_from_a_version"),
        ("meetings", "0025_days_of_consent_can_be_meant"),
        ("meetings", "0026_earlier_versions_of_documents"),
        ("meetings", "0027_plainer_words"),
        ("meetings", "0028_agreed_minutes"),
        ("meetings", "0029_indexes_of_publication_and_last_meetings"),
        ("meetings", "0030_files_of_proposed_changes"),
        ("meetings", "0031_met_and_written_up"),
    ]

    initial = True

    dependencies = [
        ("organizations", "0012_plainer_words"),
        ("topics", "0007_plain_words"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
                        help_text="Whose meetings, with whom. Shown to everyone on the page “About”.",
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
                        choices=[("any", "Any day, including weekends"), ("next", "If on a weekend, the next Monday")],
                        default="any",
                        max_length=4,
                        verbose_name="if the last day is on a weekend",
                    ),
                ),
                ("is_with_minutes", models.BooleanField(default=False, verbose_name="minutes are required")),
                (
                    "is_with_agreed_minutes",
                    models.BooleanField(
                        default=False,
                        help_text="A meeting is published once its counterparts have agreed to the minutes.",
                        verbose_name="minutes are agreed first",
                    ),
                ),
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
                        help_text="The person who prepared a meeting cannot publish it.",
                        verbose_name="a second person publishes",
                    ),
                ),
                (
                    "is_in_use",
                    models.BooleanField(
                        default=False,
                        help_text="Can be chosen for meetings and is explained on the page “About”.",
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
                        violation_error_message="A deadline can be at most 400 days away.",
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
                "indexes": [],
            },
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
                        help_text="Whose meetings, with whom. Shown to everyone on the page “About”.",
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
                        choices=[("any", "Any day, including weekends"), ("next", "If on a weekend, the next Monday")],
                        default="any",
                        max_length=4,
                        verbose_name="if the last day is on a weekend",
                    ),
                ),
                ("is_with_minutes", models.BooleanField(default=False, verbose_name="minutes are required")),
                (
                    "is_with_agreed_minutes",
                    models.BooleanField(
                        default=False,
                        help_text="A meeting is published once its counterparts have agreed to the minutes.",
                        verbose_name="minutes are agreed first",
                    ),
                ),
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
                        help_text="The person who prepared a meeting cannot publish it.",
                        verbose_name="a second person publishes",
                    ),
                ),
                (
                    "is_in_use",
                    models.BooleanField(
                        default=False,
                        help_text="Can be chosen for meetings and is explained on the page “About”.",
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
                "indexes": [],
                "constraints": [],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Ground",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "regime",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="grounds",
                        to="meetings.regime",
                        verbose_name="publication rule",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="short name")),
                ("text", models.TextField(blank=True, help_text="In the words of the rule.", verbose_name="text")),
            ],
            options={
                "verbose_name": "ground of exemption",
                "verbose_name_plural": "grounds of exemption",
                "ordering": ["order", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("regime", "name"),
                        name="ground_once_in_regime",
                        violation_error_message="This rule already has a ground of this name.",
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="HistoricalGround",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("root_version", models.PositiveIntegerField(editable=False, null=True)),
                ("name", models.CharField(max_length=120, verbose_name="short name")),
                ("text", models.TextField(blank=True, help_text="In the words of the rule.", verbose_name="text")),
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
                "verbose_name": "historical ground of exemption",
                "verbose_name_plural": "historical grounds of exemption",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [],
                "constraints": [],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
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
                    "regimes",
                    models.ManyToManyField(
                        blank=True,
                        help_text="For every meeting of the series that has no rules of its own.",
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
                "indexes": [
                    models.Index(fields=["sort_key", "id"], name="series_by_title"),
                    models.Index(
                        condition=models.Q(("cadence_months__isnull", False)),
                        fields=["cadence_months", "id"],
                        name="series_interval",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("first_ordinal__gte", 1)),
                        name="series_starts_at_one_or_later",
                        violation_error_message="Enter 1 or a higher number.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("cadence_months", None), ("cadence_months__gte", 1), _connector="OR"),
                        name="series_cadence_at_least_a_month",
                        violation_error_message="Meetings are at least one month apart. Leave empty if there is no fixed interval.",
                    ),
                ],
            },
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
                    "ready_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="marked ready at"),
                ),
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
                    "contact_form",
                    models.CharField(
                        choices=[
                            ("meeting", "Meeting"),
                            ("call", "Telephone call"),
                            ("letter", "Letter or e-mail"),
                            ("event", "Event"),
                        ],
                        default="meeting",
                        max_length=8,
                        verbose_name="form of contact",
                    ),
                ),
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
                    "ready_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="marked ready by",
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
                    "series",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="meetings.series",
                        verbose_name="series",
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
                "verbose_name": "historical meeting",
                "verbose_name_plural": "historical meetings",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [],
                "constraints": [],
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
                    "ready_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="marked ready at"),
                ),
                (
                    "ready_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="marked ready by",
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="published at"),
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
                ("published_on", models.DateField(blank=True, editable=False, null=True, verbose_name="published on")),
                ("public_since", models.DateField(blank=True, editable=False, null=True, verbose_name="public since")),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="withdrawn at"),
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
                ("exemption_text", models.TextField(blank=True, editable=False, verbose_name="why it is exempt")),
                ("reference", models.CharField(editable=False, max_length=20, unique=True, verbose_name="reference")),
                ("title", models.CharField(max_length=250, verbose_name="title")),
                (
                    "series",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="meetings.series",
                        verbose_name="series",
                    ),
                ),
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
                    "contact_form",
                    models.CharField(
                        choices=[
                            ("meeting", "Meeting"),
                            ("call", "Telephone call"),
                            ("letter", "Letter or e-mail"),
                            ("event", "Event"),
                        ],
                        default="meeting",
                        max_length=8,
                        verbose_name="form of contact",
                    ),
                ),
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
                ("is_written_up", models.BooleanField(default=False, editable=False, verbose_name="written up")),
                (
                    "prepared_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="prepared at"),
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
                    "regimes",
                    models.ManyToManyField(
                        blank=True,
                        help_text="They set the deadline. Select none to use the rules of the series.",
                        related_name="%(class)ss",
                        to="meetings.regime",
                        verbose_name="publication rules",
                    ),
                ),
            ],
            options={
                "verbose_name": "meeting",
                "verbose_name_plural": "meetings",
                "ordering": [models.OrderBy(models.F("starts_at"), descending=True, nulls_first=True), "-pk"],
                "permissions": [("publish_meeting", "Can publish and withdraw meetings")],
                "indexes": [
                    models.Index(fields=["effective_visibility", "-starts_at", "-id"], name="meeting_seen_latest"),
                    models.Index(fields=["status", "starts_at", "id", "starts_on"], name="meeting_status_start"),
                    models.Index(fields=["-starts_at", "-id"], name="meeting_latest"),
                    models.Index(
                        condition=models.Q(("status__in", ("proposed", "confirmed"))),
                        fields=["starts_at", "id"],
                        name="meeting_planned",
                    ),
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
                        condition=models.Q(("prepared_at__isnull", False), ("published_at", None)),
                        fields=["prepared_at", "id"],
                        name="meeting_prepared",
                    ),
                    models.Index(
                        condition=models.Q(("status", "held")),
                        fields=["starts_on", "series", "id"],
                        name="meeting_held",
                    ),
                    models.Index(
                        condition=models.Q(("is_written_up", False), ("status", "held")),
                        fields=["starts_at", "id", "starts_on"],
                        name="meeting_to_write_up",
                    ),
                    models.Index(
                        condition=models.Q(("withdrawn_at__isnull", False)),
                        fields=["withdrawn_at", "id", "ready_at"],
                        name="meeting_withdrawn",
                    ),
                    models.Index(
                        condition=models.Q(("publication_due_on__isnull", False)),
                        fields=["publication_due_on", "published_on", "effective_visibility", "exempted_at", "id"],
                        name="meeting_publication_clock",
                    ),
                    models.Index(
                        condition=models.Q(("exempted_at", None), ("published_at", None)),
                        fields=["publication_due_on", "id"],
                        name="meeting_publication_due",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("exempted_at", None),
                            ("published_at", None),
                            ("ready_at", None),
                            ("withdrawn_at", None),
                            models.Q(("publication_due_on__isnull", False), ("visibility", 20), _connector="OR"),
                        ),
                        fields=["publication_due_on", "id"],
                        name="meeting_waits_for_publication",
                    ),
                    models.Index(
                        condition=models.Q(("ready_at__isnull", False)), fields=["ready_at", "id"], name="meeting_ready"
                    ),
                    models.Index(
                        condition=models.Q(("exempted_at__isnull", False)),
                        fields=["exempted_at", "id"],
                        name="meeting_exempt",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("series", "ordinal"),
                        name="meeting_ordinal_once_in_series",
                        violation_error_message="Another meeting of this series already has this number.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["proposed", "confirmed", "held", "postponed", "cancelled"])),
                        name="meeting_status_known",
                        violation_error_message="Choose the status of a meeting from the list.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("contact_form__in", ["meeting", "call", "letter", "event"])),
                        name="meeting_contact_form_known",
                        violation_error_message="Choose the form of contact from the list.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ordinal", None), models.Q(("ordinal__gte", 1), ("series__isnull", False)), _connector="OR"
                        ),
                        name="meeting_ordinal_needs_series",
                        violation_error_message="A number needs a series, and starts at 1.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on__isnull", False),
                            models.Q(("status__in", ["confirmed", "held"]), _negated=True),
                            _connector="OR",
                        ),
                        name="meeting_confirmed_has_a_date",
                        violation_error_message="A confirmed or held meeting needs a date.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on__isnull", False),
                            models.Q(("ends_on", None), ("start_time", None)),
                            _connector="OR",
                        ),
                        name="meeting_hours_need_a_date",
                        violation_error_message="Times and a last day need a date.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("date_precision__in", ["day", "month", "year"])),
                        name="meeting_precision_known",
                        violation_error_message="Choose from the list how much of the date is known.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("date_precision", "day"), ("starts_on__isnull", False), _connector="OR"),
                        name="meeting_precision_needs_a_date",
                        violation_error_message="Enter a date: any day of the month or year in which the meeting was.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("date_precision", "day"),
                            models.Q(("ends_on", None), ("start_time", None)),
                            _connector="OR",
                        ),
                        name="meeting_hours_need_a_day",
                        violation_error_message="Times and a last day need a date that is known to the day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("end_time", None), ("start_time__isnull", False), _connector="OR"),
                        name="meeting_end_needs_a_start",
                        violation_error_message="Enter a start time as well as an end time.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                        name="meeting_days_in_order",
                        violation_error_message="The last day cannot be before the first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("end_time", None),
                            ("end_time__gt", models.F("start_time")),
                            ("end_time", datetime.time(0, 0)),
                            models.Q(("ends_on__gt", models.F("starts_on")), ("ends_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="meeting_hours_in_order",
                        violation_error_message="A meeting must end after it begins. If it goes on after midnight, enter the next day as the last day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "cancelled"), _negated=True),
                            models.Q(("cancellation_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="meeting_cancelled_with_a_reason",
                        violation_error_message="Enter why the meeting is cancelled.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("published_at", None), ("published_by", None)),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="meeting_publisher_with_a_moment",
                        violation_error_message="A publisher needs a publication date.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("public_since", None), ("published_at__isnull", False), _connector="OR"),
                        name="meeting_public_since_published",
                        violation_error_message="Only a published meeting has a “public since” date.",
                    ),
                    models.CheckConstraint(
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
                                    ("ends_on__gte", datetime.date(1900, 1, 1)),
                                    ("ends_on__lte", datetime.date(2199, 12, 31)),
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
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("published_at", None), ("published_on", None)),
                            models.Q(("published_at__isnull", False), ("published_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="meeting_published_on_a_day",
                        violation_error_message="A published meeting needs a day of publication. Other meetings have none.",
                    ),
                    models.CheckConstraint(
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
                        violation_error_message="An exemption needs a date, a ground and a reason.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ready_at", None), ("ready_by", None)),
                            models.Q(("exempted_at", None), ("published_at", None), ("ready_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="meeting_ready_until_published",
                        violation_error_message="A published or exempt meeting cannot be marked as ready to publish.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("exempted_at", None), ("published_at", None), _connector="OR"),
                        name="meeting_exempt_or_published",
                        violation_error_message="A meeting cannot be both exempt and published.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AgendaSending",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="agenda_sendings",
                        to="meetings.meeting",
                        verbose_name="meeting",
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="at")),
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
                ("recipients", models.TextField(help_text="One per line.", verbose_name="recipients")),
                ("failed", models.TextField(blank=True, verbose_name="not delivered to")),
                ("date_told", models.CharField(blank=True, max_length=120, verbose_name="date in it")),
                ("is_complete", models.BooleanField(default=False, verbose_name="complete")),
            ],
            options={
                "verbose_name": "sending of an agenda",
                "verbose_name_plural": "sendings of agendas",
                "ordering": ["at", "pk"],
                "indexes": [],
                "constraints": [],
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
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="discussions",
                        to="meetings.meeting",
                        verbose_name="meeting",
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
                    "references",
                    models.ManyToManyField(
                        blank=True, related_name="discussions", to="topics.reference", verbose_name="refers to"
                    ),
                ),
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
            ],
            options={
                "verbose_name": "discussion",
                "verbose_name_plural": "discussions",
                "ordering": ["order", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title", ""), _negated=True), ("topic__isnull", False), _connector="OR"
                        ),
                        name="discussion_has_topic_or_title",
                        violation_error_message="Choose a topic or enter a title.",
                    )
                ],
                "indexes": [],
            },
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
                ("size", models.PositiveBigIntegerField(editable=False, null=True, verbose_name="size in bytes")),
                ("sha256", models.CharField(blank=True, editable=False, max_length=64, verbose_name="SHA-256")),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="meetings.meeting",
                        verbose_name="meeting",
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
                ("dated_on", models.DateField(blank=True, null=True, verbose_name="date of the document")),
                (
                    "file",
                    models.FileField(
                        blank=True, max_length=300, upload_to=meetings.models.documents.upload_path, verbose_name="file"
                    ),
                ),
                ("url", models.URLField(blank=True, max_length=500, verbose_name="web address")),
                (
                    "direction",
                    models.CharField(
                        blank=True,
                        choices=[("received", "Received"), ("sent", "Sent")],
                        max_length=8,
                        verbose_name="received or sent",
                    ),
                ),
                ("exchanged_on", models.DateField(blank=True, null=True, verbose_name="received or sent on")),
                (
                    "accessibility",
                    models.CharField(
                        blank=True,
                        choices=[("accessible", "Accessible"), ("explained", "Not accessible, as explained")],
                        help_text="Required before a file is published. If it is not accessible, enter why, and where else its content is.",
                        max_length=10,
                        verbose_name="accessibility",
                    ),
                ),
                (
                    "accessibility_note",
                    models.CharField(blank=True, max_length=500, verbose_name="why it is not accessible"),
                ),
                (
                    "file_version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="version of the file"),
                ),
                (
                    "ground",
                    models.ForeignKey(
                        blank=True,
                        help_text="Only for a document that is not public.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="meetings.ground",
                        verbose_name="ground for withholding it",
                    ),
                ),
                ("first_published_on", models.DateField(blank=True, null=True, verbose_name="first published on")),
                ("updated_on", models.DateField(blank=True, null=True, verbose_name="updated on")),
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
                        violation_error_message="Add either a file or a web address.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("direction__in", ["received", "sent"]),
                            models.Q(("direction", ""), ("exchanged_on", None)),
                            _connector="OR",
                        ),
                        name="document_day_with_direction",
                        violation_error_message="Choose whether the document was received or sent.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("accessibility__in", ["", "accessible"]),
                            models.Q(
                                ("accessibility", "explained"), models.Q(("accessibility_note", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="document_not_accessible_explained",
                        violation_error_message="Explain why the document is not accessible.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ground", None), ("visibility__lt", 20), _connector="OR"),
                        name="document_held_back_or_public",
                        violation_error_message="A public document is not withheld. Leave the ground empty.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("dated_on", None),
                                models.Q(
                                    ("dated_on__gte", datetime.date(1900, 1, 1)),
                                    ("dated_on__lte", datetime.date(2199, 12, 31)),
                                ),
                                _connector="OR",
                            ),
                            models.Q(
                                ("exchanged_on", None),
                                models.Q(
                                    ("exchanged_on__gte", datetime.date(1900, 1, 1)),
                                    ("exchanged_on__lte", datetime.date(2199, 12, 31)),
                                ),
                                _connector="OR",
                            ),
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
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="HistoricalAgendaSending",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("root_version", models.PositiveIntegerField(editable=False, null=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="at")),
                ("recipients", models.TextField(help_text="One per line.", verbose_name="recipients")),
                ("failed", models.TextField(blank=True, verbose_name="not delivered to")),
                ("date_told", models.CharField(blank=True, max_length=120, verbose_name="date in it")),
                ("is_complete", models.BooleanField(default=False, verbose_name="complete")),
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
                "verbose_name": "historical sending of an agenda",
                "verbose_name_plural": "historical sendings of agendas",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [],
                "constraints": [],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
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
                "verbose_name": "historical discussion",
                "verbose_name_plural": "historical discussions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [],
                "constraints": [],
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
                ("size", models.PositiveBigIntegerField(editable=False, null=True, verbose_name="size in bytes")),
                ("sha256", models.CharField(blank=True, editable=False, max_length=64, verbose_name="SHA-256")),
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
                ("dated_on", models.DateField(blank=True, null=True, verbose_name="date of the document")),
                ("file", models.TextField(blank=True, max_length=300, verbose_name="file")),
                ("url", models.URLField(blank=True, max_length=500, verbose_name="web address")),
                (
                    "direction",
                    models.CharField(
                        blank=True,
                        choices=[("received", "Received"), ("sent", "Sent")],
                        max_length=8,
                        verbose_name="received or sent",
                    ),
                ),
                ("exchanged_on", models.DateField(blank=True, null=True, verbose_name="received or sent on")),
                (
                    "accessibility",
                    models.CharField(
                        blank=True,
                        choices=[("accessible", "Accessible"), ("explained", "Not accessible, as explained")],
                        help_text="Required before a file is published. If it is not accessible, enter why, and where else its content is.",
                        max_length=10,
                        verbose_name="accessibility",
                    ),
                ),
                (
                    "accessibility_note",
                    models.CharField(blank=True, max_length=500, verbose_name="why it is not accessible"),
                ),
                (
                    "file_version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="version of the file"),
                ),
                ("first_published_on", models.DateField(blank=True, null=True, verbose_name="first published on")),
                ("updated_on", models.DateField(blank=True, null=True, verbose_name="updated on")),
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
                (
                    "ground",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Only for a document that is not public.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="meetings.ground",
                        verbose_name="ground for withholding it",
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
                "verbose_name": "historical document",
                "verbose_name_plural": "historical documents",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [],
                "constraints": [],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalMeeting_regimes",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
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
                (
                    "history",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="meetings.historicalmeeting",
                    ),
                ),
                ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
            ],
            options={
                "verbose_name": "HistoricalMeeting_regimes",
                "indexes": [],
                "constraints": [],
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
                (
                    "on_behalf_of",
                    models.CharField(
                        blank=True,
                        help_text="Clients of a consultancy or law firm. Separate several by a semicolon.",
                        max_length=500,
                        verbose_name="on behalf of",
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
                "verbose_name": "historical party",
                "verbose_name_plural": "historical parties",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [],
                "constraints": [],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalProposedChange",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("root_version", models.PositiveIntegerField(editable=False, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for a publisher"),
                            ("taken", "Accepted"),
                            ("returned", "Sent back"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="waiting",
                        editable=False,
                        max_length=9,
                        verbose_name="status",
                    ),
                ),
                (
                    "proposed_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="proposed at"),
                ),
                (
                    "form_version",
                    models.PositiveIntegerField(editable=False, verbose_name="version that it was opened at"),
                ),
                ("differences", models.JSONField(default=list, editable=False, verbose_name="differences")),
                ("decided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="decided at")),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
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
                (
                    "proposed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="proposed by",
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
                "verbose_name": "historical proposed change",
                "verbose_name_plural": "historical proposed changes",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [],
                "constraints": [],
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
                (
                    "template",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="A meeting of this series. The next one is planned with its agenda, themes, people and place.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="meetings.meeting",
                        verbose_name="template",
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
                "verbose_name": "historical series",
                "verbose_name_plural": "historical series",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [],
                "constraints": [],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Party",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
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
                    "on_behalf_of",
                    models.CharField(
                        blank=True,
                        help_text="Clients of a consultancy or law firm. Separate several by a semicolon.",
                        max_length=500,
                        verbose_name="on behalf of",
                    ),
                ),
                ("held_on", models.DateField(editable=False, null=True, verbose_name="met on")),
            ],
            options={
                "verbose_name": "party",
                "verbose_name_plural": "parties",
                "ordering": ["order", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("held_on__isnull", False)),
                        fields=["organization", "held_on"],
                        name="party_last_met",
                    )
                ],
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
                        violation_error_message="Only one organization can lead each side.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("on_behalf_of", ""), models.Q(("side", "host"), _negated=True), _connector="OR"
                        ),
                        name="party_host_for_itself",
                        violation_error_message="The host acts on its own behalf. Leave “On behalf of” empty.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProposedChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proposed_changes",
                        to="meetings.meeting",
                        verbose_name="meeting",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for a publisher"),
                            ("taken", "Accepted"),
                            ("returned", "Sent back"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="waiting",
                        editable=False,
                        max_length=9,
                        verbose_name="status",
                    ),
                ),
                (
                    "proposed_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="proposed at"),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="proposed by",
                    ),
                ),
                ("form", models.JSONField(default=dict, editable=False, verbose_name="form as it was sent")),
                ("base", models.JSONField(default=dict, editable=False, verbose_name="form as it was opened")),
                (
                    "form_version",
                    models.PositiveIntegerField(editable=False, verbose_name="version that it was opened at"),
                ),
                ("differences", models.JSONField(default=list, editable=False, verbose_name="differences")),
                ("decided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="decided at")),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
            ],
            options={
                "verbose_name": "proposed change",
                "verbose_name_plural": "proposed changes",
                "ordering": ["proposed_at", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")), fields=["meeting"], name="proposed_change_waiting"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ("waiting", "taken", "returned", "withdrawn"))),
                        name="proposed_change_state_known",
                        violation_error_message="Choose the status of a proposed change from the list.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "returned"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="proposed_change_returned_with_a_reason",
                        violation_error_message="Enter why it is sent back.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PublishedVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("content", models.JSONField(editable=False, verbose_name="content")),
                ("sha256", models.CharField(editable=False, max_length=64, verbose_name="SHA-256")),
                (
                    "own_sha256",
                    models.CharField(
                        editable=False, max_length=64, verbose_name="SHA-256 without the names of other records"
                    ),
                ),
                ("erased_on", models.DateField(blank=True, editable=False, null=True, verbose_name="name erased on")),
                (
                    "erased_sha256",
                    models.CharField(
                        blank=True, editable=False, max_length=64, verbose_name="SHA-256 since a name was erased"
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="published_versions",
                        to="meetings.meeting",
                        verbose_name="meeting",
                    ),
                ),
                ("number", models.PositiveIntegerField(editable=False, verbose_name="number")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="at")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                ("note", models.TextField(blank=True, editable=False, verbose_name="what was corrected")),
                ("published_at", models.DateTimeField(editable=False, verbose_name="published at")),
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
            ],
            options={
                "verbose_name": "published version",
                "verbose_name_plural": "published versions",
                "ordering": ["meeting", "number", "pk"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("meeting", "number"),
                        name="published_version_once",
                        violation_error_message="This version already exists.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)),
                        name="published_version_from_one",
                        violation_error_message="Versions are counted from 1.",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="AgendaProposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="agenda_proposals",
                        to="meetings.meeting",
                        verbose_name="meeting",
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
                ("title", models.CharField(max_length=250, verbose_name="subject")),
                ("note", models.TextField(blank=True, max_length=2000, verbose_name="why")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="at")),
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
                "indexes": [],
            },
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
                "verbose_name": "historical agenda proposal",
                "verbose_name_plural": "historical agenda proposals",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [],
                "constraints": [],
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
                "verbose_name": "historical outcome",
                "verbose_name_plural": "historical outcomes",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [],
                "constraints": [],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
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
                "verbose_name": "historical position",
                "verbose_name_plural": "historical positions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [],
                "constraints": [],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
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
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="outcomes",
                        to="meetings.meeting",
                        verbose_name="meeting",
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
                "indexes": [],
                "constraints": [],
            },
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
                    "discussion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="positions",
                        to="meetings.discussion",
                        verbose_name="discussion",
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
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="DocumentVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                    "document",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="meetings.document",
                        verbose_name="document",
                    ),
                ),
                ("number", models.PositiveIntegerField(editable=False, verbose_name="number")),
                (
                    "file",
                    models.FileField(
                        blank=True,
                        editable=False,
                        max_length=300,
                        upload_to=meetings.models.document_versions.version_path,
                        verbose_name="file",
                    ),
                ),
                ("size", models.PositiveBigIntegerField(editable=False, null=True, verbose_name="size in bytes")),
                ("sha256", models.CharField(blank=True, editable=False, max_length=64, verbose_name="SHA-256")),
                (
                    "replaced_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="replaced at"),
                ),
                (
                    "replaced_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="replaced by",
                    ),
                ),
                ("reason", models.TextField(blank=True, editable=False, verbose_name="why the file is not kept")),
            ],
            options={
                "verbose_name": "earlier version of a document",
                "verbose_name_plural": "earlier versions of documents",
                "ordering": ["document", "-number", "pk"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("document", "number"),
                        name="document_version_once",
                        violation_error_message="This version of the document already exists.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)),
                        name="document_version_from_one",
                        violation_error_message="Versions are counted from 1.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(models.Q(("file", ""), _negated=True), ("reason", "")),
                            models.Q(("file", ""), models.Q(("reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="document_version_kept_or_erased_with_a_reason",
                        violation_error_message="A version is kept, or erased with a reason.",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="HistoricalDocumentVersion",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
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
                ("number", models.PositiveIntegerField(editable=False, verbose_name="number")),
                ("file", models.TextField(blank=True, editable=False, max_length=300, verbose_name="file")),
                ("size", models.PositiveBigIntegerField(editable=False, null=True, verbose_name="size in bytes")),
                ("sha256", models.CharField(blank=True, editable=False, max_length=64, verbose_name="SHA-256")),
                (
                    "replaced_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="replaced at"),
                ),
                ("reason", models.TextField(blank=True, editable=False, verbose_name="why the file is not kept")),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="meetings.document",
                        verbose_name="document",
                    ),
                ),
                (
                    "replaced_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="replaced by",
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
                "verbose_name": "historical earlier version of a document",
                "verbose_name_plural": "historical earlier versions of documents",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [],
                "constraints": [],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalDiscussion_mentions",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
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
                    "history",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="meetings.historicaldiscussion",
                    ),
                ),
                ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
            ],
            options={
                "verbose_name": "HistoricalDiscussion_mentions",
                "indexes": [],
                "constraints": [],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalDiscussion_references",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
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
                (
                    "history",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="meetings.historicaldiscussion",
                    ),
                ),
                ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
            ],
            options={
                "verbose_name": "HistoricalDiscussion_references",
                "indexes": [],
                "constraints": [],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalDiscussion_themes",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
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
                (
                    "history",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="meetings.historicaldiscussion",
                    ),
                ),
                ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
            ],
            options={
                "verbose_name": "HistoricalDiscussion_themes",
                "indexes": [],
                "constraints": [],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalSeries_counterparts",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
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
                    "history",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="meetings.historicalseries",
                    ),
                ),
                ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
            ],
            options={
                "verbose_name": "HistoricalSeries_counterparts",
                "indexes": [],
                "constraints": [],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalSeries_regimes",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
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
                    "history",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="meetings.historicalseries",
                    ),
                ),
                ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
            ],
            options={
                "verbose_name": "HistoricalSeries_regimes",
                "indexes": [],
                "constraints": [],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
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
                    "rank",
                    models.CharField(
                        blank=True,
                        choices=[("head", "Head of the organization"), ("senior", "Senior"), ("other", "Other")],
                        max_length=10,
                        verbose_name="seniority on that day",
                    ),
                ),
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
                    "name_rule",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "If everyone can see it"),
                            ("seniority", "By seniority of the post"),
                            ("consent", "With the person's consent"),
                            ("never", "Never"),
                        ],
                        default="",
                        help_text="A name that must not be published is visible to the counterpart at most.",
                        max_length=10,
                        verbose_name="publish the name",
                    ),
                ),
                (
                    "consent_on",
                    models.DateField(
                        blank=True,
                        help_text="Only if given for this meeting alone. Otherwise the consent of the person applies.",
                        null=True,
                        verbose_name="consent of",
                    ),
                ),
                ("consent_withdrawn_on", models.DateField(blank=True, null=True, verbose_name="consent withdrawn on")),
                ("erased_on", models.DateField(blank=True, editable=False, null=True, verbose_name="name erased on")),
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
                "verbose_name": "historical participant",
                "verbose_name_plural": "historical participants",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [],
                "constraints": [],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
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
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="participants",
                        to="meetings.party",
                        verbose_name="party",
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
                ("name", models.CharField(blank=True, max_length=200, verbose_name="name as printed")),
                ("function", models.CharField(blank=True, max_length=200, verbose_name="function")),
                (
                    "rank",
                    models.CharField(
                        blank=True,
                        choices=[("head", "Head of the organization"), ("senior", "Senior"), ("other", "Other")],
                        max_length=10,
                        verbose_name="seniority on that day",
                    ),
                ),
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
                    "name_rule",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "If everyone can see it"),
                            ("seniority", "By seniority of the post"),
                            ("consent", "With the person's consent"),
                            ("never", "Never"),
                        ],
                        default="",
                        help_text="A name that must not be published is visible to the counterpart at most.",
                        max_length=10,
                        verbose_name="publish the name",
                    ),
                ),
                (
                    "consent_on",
                    models.DateField(
                        blank=True,
                        help_text="Only if given for this meeting alone. Otherwise the consent of the person applies.",
                        null=True,
                        verbose_name="consent of",
                    ),
                ),
                ("consent_withdrawn_on", models.DateField(blank=True, null=True, verbose_name="consent withdrawn on")),
                ("erased_on", models.DateField(blank=True, editable=False, null=True, verbose_name="name erased on")),
            ],
            options={
                "verbose_name": "participant",
                "verbose_name_plural": "participants",
                "ordering": ["order", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True),
                            ("person__isnull", False),
                            ("erased_on__isnull", False),
                            _connector="OR",
                        ),
                        name="participant_has_a_name",
                        violation_error_message="Choose a person or enter the name as printed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("erased_on", None), models.Q(("name", ""), ("person", None)), _connector="OR"
                        ),
                        name="participant_erased_has_no_name",
                        violation_error_message="This name was erased. Do not enter another one here: add a new row.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("consent_withdrawn_on", None),
                            models.Q(
                                ("consent_on__isnull", False), ("consent_on__lte", models.F("consent_withdrawn_on"))
                            ),
                            _connector="OR",
                        ),
                        name="participant_consent_in_order",
                        violation_error_message="Enter the day on which consent was given. Consent cannot be withdrawn before that day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("consent_on", None),
                                models.Q(
                                    ("consent_on__gte", datetime.date(1900, 1, 1)),
                                    ("consent_on__lte", datetime.date(2199, 12, 31)),
                                ),
                                _connector="OR",
                            ),
                            models.Q(
                                ("consent_withdrawn_on", None),
                                models.Q(
                                    ("consent_withdrawn_on__gte", datetime.date(1900, 1, 1)),
                                    ("consent_withdrawn_on__lte", datetime.date(2199, 12, 31)),
                                ),
                                _connector="OR",
                            ),
                        ),
                        name="participant_years",
                        violation_error_message="Every day lies between the years 1900 and 2199.",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="ProposedFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "change",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="meetings.proposedchange",
                        verbose_name="proposed change",
                    ),
                ),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("name", models.CharField(max_length=250, verbose_name="name")),
                (
                    "file",
                    models.FileField(
                        max_length=300, upload_to=meetings.models.proposed_files.waiting_path, verbose_name="file"
                    ),
                ),
            ],
            options={
                "verbose_name": "file of a proposed change",
                "verbose_name_plural": "files of proposed changes",
                "ordering": ["change", "pk"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("change", "sha256"),
                        name="proposed_file_once",
                        violation_error_message="This file waits with the change already.",
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.AddField(
            model_name="Series",
            name="template",
            field=models.ForeignKey(
                blank=True,
                help_text="A meeting of this series. The next one is planned with its agenda, themes, people and place.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="meetings.meeting",
                verbose_name="template",
            ),
        ),
    ]
