"""Squashed migration: the same tables as 0001_first_tables to 0004_plainer_words make, in one step."""

import datetime

import django.db.models.deletion
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import engagement.minutes.models.texts


class Migration(migrations.Migration):
    replaces = [
        ("minutes", "0001_first_tables"),
        ("minutes", "0002_a_name_was_erased_from_minutes"),
        ("minutes", "0003_sender_reminded_on"),
        ("minutes", "0004_plainer_words"),
    ]

    initial = True

    dependencies = [
        ("meetings", "0022_proposed_changes"),
        ("organizations", "0008_legal_form_and_sector"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalMinutes",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("root_version", models.PositiveIntegerField(editable=False, null=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("review", "Internal review"),
                            ("sent", "With the counterpart"),
                            ("agreed", "Agreed"),
                            ("final", "Final"),
                            ("published", "Published"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=9,
                        verbose_name="status",
                    ),
                ),
                (
                    "moved_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="status since"
                    ),
                ),
                ("deadline_on", models.DateField(editable=False, null=True, verbose_name="comments until")),
                (
                    "is_silence_agreement",
                    models.BooleanField(default=False, editable=False, verbose_name="silence is agreement"),
                ),
                (
                    "finalized_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="final since"),
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
                    "moved_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "finalized_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made final by",
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
                "verbose_name": "historical minutes",
                "verbose_name_plural": "historical minutes",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [],
                "constraints": [],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalMinutesTexts",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("root_version", models.PositiveIntegerField(editable=False, null=True)),
                (
                    "opening_notes",
                    models.TextField(
                        blank=True, help_text="Shown before the record.", max_length=4000, verbose_name="opening notes"
                    ),
                ),
                ("disclaimer", models.TextField(blank=True, max_length=4000, verbose_name="disclaimer")),
                (
                    "access_note",
                    models.TextField(
                        blank=True,
                        help_text="For example, how to request the documents.",
                        max_length=2000,
                        verbose_name="note on access",
                    ),
                ),
                (
                    "footer",
                    models.CharField(
                        blank=True, help_text="Printed on each sheet.", max_length=200, verbose_name="footer"
                    ),
                ),
                (
                    "reference_pattern",
                    models.CharField(
                        default="{meeting}/MIN/{version}",
                        help_text="{meeting} is the reference of the meeting. You can also use {version} and {year}.",
                        max_length=60,
                        validators=[engagement.minutes.models.texts.check_pattern],
                        verbose_name="pattern of references",
                    ),
                ),
                (
                    "docx_template",
                    models.TextField(
                        blank=True,
                        help_text="Leave empty for the template that comes with this software.",
                        max_length=300,
                        verbose_name="template for DOCX",
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
                "verbose_name": "historical texts of minutes",
                "verbose_name_plural": "historical texts of minutes",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [],
                "constraints": [],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Minutes",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "meeting",
                    models.OneToOneField(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="minutes",
                        to="meetings.meeting",
                        verbose_name="meeting",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("review", "Internal review"),
                            ("sent", "With the counterpart"),
                            ("agreed", "Agreed"),
                            ("final", "Final"),
                            ("published", "Published"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=9,
                        verbose_name="status",
                    ),
                ),
                (
                    "moved_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="status since"
                    ),
                ),
                (
                    "moved_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                ("deadline_on", models.DateField(editable=False, null=True, verbose_name="comments until")),
                (
                    "is_silence_agreement",
                    models.BooleanField(default=False, editable=False, verbose_name="silence is agreement"),
                ),
                (
                    "finalized_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="final since"),
                ),
                (
                    "finalized_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made final by",
                    ),
                ),
            ],
            options={
                "verbose_name": "minutes",
                "verbose_name_plural": "minutes",
                "ordering": ["-moved_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("deadline_on", None),
                            models.Q(
                                ("deadline_on__gte", datetime.date(1900, 1, 1)),
                                ("deadline_on__lte", datetime.date(2199, 12, 31)),
                            ),
                            _connector="OR",
                        ),
                        name="minutes_years",
                        violation_error_message="Every day lies between the years 1900 and 2199.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["draft", "review", "sent", "agreed", "final", "published"])),
                        name="minutes_status_known",
                        violation_error_message="Choose the status of minutes from the list.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "sent"), _negated=True), ("deadline_on__isnull", False), _connector="OR"
                        ),
                        name="minutes_sent_with_a_deadline",
                        violation_error_message="Enter until when comments are possible.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("finalized_at__isnull", False), ("status__in", ("final", "published"))),
                            models.Q(
                                models.Q(("status__in", ("final", "published")), _negated=True),
                                ("finalized_at", None),
                                ("finalized_by", None),
                            ),
                            _connector="OR",
                        ),
                        name="minutes_final_with_a_moment",
                        violation_error_message="Final minutes need the date since when they are final. Others have none.",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="MinutesTexts",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "opening_notes",
                    models.TextField(
                        blank=True, help_text="Shown before the record.", max_length=4000, verbose_name="opening notes"
                    ),
                ),
                ("disclaimer", models.TextField(blank=True, max_length=4000, verbose_name="disclaimer")),
                (
                    "access_note",
                    models.TextField(
                        blank=True,
                        help_text="For example, how to request the documents.",
                        max_length=2000,
                        verbose_name="note on access",
                    ),
                ),
                (
                    "footer",
                    models.CharField(
                        blank=True, help_text="Printed on each sheet.", max_length=200, verbose_name="footer"
                    ),
                ),
                (
                    "reference_pattern",
                    models.CharField(
                        default="{meeting}/MIN/{version}",
                        help_text="{meeting} is the reference of the meeting. You can also use {version} and {year}.",
                        max_length=60,
                        validators=[engagement.minutes.models.texts.check_pattern],
                        verbose_name="pattern of references",
                    ),
                ),
                (
                    "docx_template",
                    models.FileField(
                        blank=True,
                        help_text="Leave empty for the template that comes with this software.",
                        max_length=300,
                        upload_to="minutes/",
                        verbose_name="template for DOCX",
                    ),
                ),
            ],
            options={
                "verbose_name": "texts of minutes",
                "verbose_name_plural": "texts of minutes",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("id", 1)),
                        name="minutes_texts_once",
                        violation_error_message="These texts already exist. Edit them.",
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="MinutesLink",
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
                    "minutes",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="minutes.minutes",
                        verbose_name="minutes",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="minutes_links",
                        to="organizations.organization",
                        verbose_name="organization",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="minutes_links",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="representative",
                    ),
                ),
            ],
            options={
                "verbose_name": "link to comment on minutes",
                "verbose_name_plural": "links to comment on minutes",
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
                        name="minutes_link_years",
                        violation_error_message="Every day lies between the years 1900 and 2199.",
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="MinutesVersion",
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
                    "minutes",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="minutes.minutes",
                        verbose_name="minutes",
                    ),
                ),
                ("number", models.PositiveIntegerField(editable=False, verbose_name="number")),
                (
                    "audience",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "Internal"), (10, "Shared with the counterpart"), (20, "Public")],
                        editable=False,
                        verbose_name="made for",
                    ),
                ),
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
                ("reason", models.TextField(blank=True, editable=False, verbose_name="reason")),
            ],
            options={
                "verbose_name": "version of minutes",
                "verbose_name_plural": "versions of minutes",
                "ordering": ["minutes", "number", "pk"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("minutes", "number"),
                        name="minutes_version_once",
                        violation_error_message="This version already exists.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)),
                        name="minutes_version_from_one",
                        violation_error_message="Versions are counted from 1.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("audience__in", [0, 10, 20])),
                        name="minutes_version_audience_known",
                        violation_error_message="Choose the audience from the list.",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="HistoricalMinutesSending",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("root_version", models.PositiveIntegerField(editable=False, null=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="at")),
                ("recipients", models.TextField(blank=True, help_text="One per line.", verbose_name="recipients")),
                ("failed", models.TextField(blank=True, verbose_name="not delivered to")),
                ("deadline_on", models.DateField(null=True, verbose_name="comments until")),
                ("is_silence_agreement", models.BooleanField(default=False, verbose_name="silence is agreement")),
                ("reminded_on", models.DateField(editable=False, null=True, verbose_name="sender reminded on")),
                ("is_complete", models.BooleanField(default=False, verbose_name="complete")),
                (
                    "version_sent",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="minutes.minutesversion",
                        verbose_name="version of minutes",
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
                "verbose_name": "historical sending of minutes",
                "verbose_name_plural": "historical sendings of minutes",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [],
                "constraints": [],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="MinutesAgreement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "version",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="agreements",
                        to="minutes.minutesversion",
                        verbose_name="version of minutes",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="minutes_agreements",
                        to="organizations.organization",
                        verbose_name="organization",
                    ),
                ),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("signed_in", "by a representative"),
                            ("link", "through a link"),
                            ("told", "as told to the secretariat"),
                            ("silent", "by not answering before the deadline"),
                        ],
                        max_length=9,
                        verbose_name="how",
                    ),
                ),
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
                (
                    "link",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreements",
                        to="minutes.minuteslink",
                        verbose_name="through the link",
                    ),
                ),
                ("word", models.CharField(blank=True, max_length=500, verbose_name="note")),
            ],
            options={
                "verbose_name": "agreement to minutes",
                "verbose_name_plural": "agreements to minutes",
                "ordering": ["at", "pk"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "organization"),
                        name="minutes_agreement_once",
                        violation_error_message="This organization has already agreed to this version.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("by", None), ("how", "link"), ("link__isnull", False)),
                            models.Q(("by", None), ("how", "silent"), ("link", None)),
                            models.Q(("how__in", ["signed_in", "told"]), ("link", None)),
                            _connector="OR",
                        ),
                        name="minutes_agreement_by_somebody_or_silent",
                        violation_error_message="Say who agreed: a representative, the holder of a link, or nobody.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("how", "told"), _negated=True),
                            models.Q(("word", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="minutes_agreement_told_with_a_word",
                        violation_error_message="Enter how you were told.",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="MinutesComment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "version",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="minutes.minutesversion",
                        verbose_name="version of minutes",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="minutes_comments",
                        to="organizations.organization",
                        verbose_name="organization",
                    ),
                ),
                ("about", models.CharField(blank=True, max_length=80, verbose_name="about")),
                ("text", models.TextField(max_length=5000, verbose_name="comment")),
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
                (
                    "link",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="minutes.minuteslink",
                        verbose_name="through the link",
                    ),
                ),
            ],
            options={
                "verbose_name": "comment on minutes",
                "verbose_name_plural": "comments on minutes",
                "ordering": ["at", "pk"],
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("by__isnull", False), ("link", None)),
                            models.Q(("by", None), ("link__isnull", False)),
                            _connector="OR",
                        ),
                        name="minutes_comment_by_a_person_or_through_a_link",
                        violation_error_message="A comment comes from someone who signed in, or through a link.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="minutes_comment_says_something",
                        violation_error_message="Write your comment.",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="MinutesSending",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "version_sent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sendings",
                        to="minutes.minutesversion",
                        verbose_name="version of minutes",
                    ),
                ),
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
                ("recipients", models.TextField(blank=True, help_text="One per line.", verbose_name="recipients")),
                ("failed", models.TextField(blank=True, verbose_name="not delivered to")),
                ("deadline_on", models.DateField(null=True, verbose_name="comments until")),
                ("is_silence_agreement", models.BooleanField(default=False, verbose_name="silence is agreement")),
                ("reminded_on", models.DateField(editable=False, null=True, verbose_name="sender reminded on")),
                ("is_complete", models.BooleanField(default=False, verbose_name="complete")),
            ],
            options={
                "verbose_name": "sending of minutes",
                "verbose_name_plural": "sendings of minutes",
                "ordering": ["at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("deadline_on", None),
                            models.Q(
                                ("deadline_on__gte", datetime.date(1900, 1, 1)),
                                ("deadline_on__lte", datetime.date(2199, 12, 31)),
                            ),
                            _connector="OR",
                        ),
                        name="minutes_sending_years",
                        violation_error_message="Every day lies between the years 1900 and 2199.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_silence_agreement", False), ("deadline_on__isnull", False), _connector="OR"
                        ),
                        name="minutes_sending_silence_has_a_deadline",
                        violation_error_message="Silence is agreement only after a deadline.",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="MinutesResolution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "comment",
                    models.OneToOneField(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="resolution",
                        to="minutes.minutescomment",
                        verbose_name="comment",
                    ),
                ),
                ("is_accepted", models.BooleanField(verbose_name="accepted")),
                ("word", models.TextField(blank=True, max_length=2000, verbose_name="answer")),
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
            ],
            options={
                "verbose_name": "resolution of a comment",
                "verbose_name_plural": "resolutions of comments",
                "ordering": ["at", "pk"],
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_accepted", True), models.Q(("word", ""), _negated=True), _connector="OR"
                        ),
                        name="minutes_resolution_refused_with_a_word",
                        violation_error_message="Enter why it is not accepted.",
                    )
                ],
                "indexes": [],
            },
        ),
    ]
