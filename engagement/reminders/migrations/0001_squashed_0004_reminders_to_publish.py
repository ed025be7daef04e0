"""Squashed migration: the same tables as 0001_reminders to 0004_reminders_to_publish make, in one step."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("reminders", "0001_reminders"),
        ("reminders", "0002_meetings_to_publish"),
        ("reminders", "0003_plainer_words"),
        ("reminders", "0004_reminders_to_publish"),
    ]

    initial = True

    dependencies = [
        ("followups", "0010_plain_words"),
        ("meetings", "0026_earlier_versions_of_documents"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Digest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminder_digests",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                ("told_on", models.DateField(db_index=True, verbose_name="day")),
                ("claimed_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="claimed at")),
                ("handed_at", models.DateTimeField(blank=True, null=True, verbose_name="handed over at")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent at")),
                ("error", models.TextField(blank=True, verbose_name="error")),
            ],
            options={
                "verbose_name": "reminder e-mail",
                "verbose_name_plural": "reminder e-mails",
                "ordering": ["-told_on", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "told_on"),
                        name="digest_once_a_day",
                        violation_error_message="This person was already reminded that day.",
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="KeptMail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(db_index=True, default=django.utils.timezone.now, verbose_name="at")),
                ("to", models.TextField(verbose_name="to")),
                ("subject", models.TextField(verbose_name="subject")),
                ("headers", models.TextField(blank=True, verbose_name="headers")),
                ("text", models.TextField(blank=True, verbose_name="text")),
                ("html", models.TextField(blank=True, verbose_name="HTML")),
            ],
            options={
                "verbose_name": "kept e-mail",
                "verbose_name_plural": "kept e-mails",
                "ordering": ["-at", "-pk"],
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Preference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminder_preference",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
                (
                    "frequency",
                    models.CharField(
                        choices=[("daily", "Every day"), ("weekly", "Once a week, on Monday"), ("never", "Never")],
                        default="daily",
                        help_text="One e-mail at most.",
                        max_length=6,
                        verbose_name="how often",
                    ),
                ),
                ("unwanted", models.JSONField(blank=True, default=list, verbose_name="not wanted")),
            ],
            options={
                "verbose_name": "reminder preference",
                "verbose_name_plural": "reminder preferences",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("frequency__in", ["daily", "weekly", "never"])),
                        name="reminder_frequency_known",
                        violation_error_message="Choose from the list how often you are reminded.",
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="PublishingReminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="publishing_reminders",
                        to="meetings.meeting",
                        verbose_name="meeting",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="publishing_reminders",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                ("told_on", models.DateField(db_index=True, verbose_name="day")),
                (
                    "asked_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="asked at"),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked by",
                    ),
                ),
                ("sent_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="sent at")),
                ("error", models.TextField(blank=True, verbose_name="error")),
            ],
            options={
                "verbose_name": "reminder to publish",
                "verbose_name_plural": "reminders to publish",
                "ordering": ["-told_on", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("meeting", "told_on"),
                        name="publishing_reminder_once_a_day",
                        violation_error_message="Somebody was reminded of this meeting today already.",
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Run",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ran_on", models.DateField(unique=True, verbose_name="day")),
            ],
            options={
                "verbose_name": "run of the reminders",
                "verbose_name_plural": "runs of the reminders",
                "ordering": ["-ran_on", "-pk"],
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="SentReminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "digest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="reminders.digest",
                        verbose_name="reminder e-mail",
                    ),
                ),
                (
                    "followup",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="followups.followup",
                        verbose_name="follow-up",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("mine", "Follow-ups assigned to me"),
                            ("chase", "Promises of counterparts that I remind them of"),
                            ("waiting", "Follow-ups waiting on us for more than 30 days"),
                            ("nobody", "Follow-ups without a reminder"),
                            ("publish", "Meetings to publish, and changes of published ones"),
                        ],
                        max_length=7,
                        verbose_name="why",
                    ),
                ),
                ("told_on", models.DateField(db_index=True, verbose_name="day")),
            ],
            options={
                "verbose_name": "sent reminder",
                "verbose_name_plural": "sent reminders",
                "ordering": ["-told_on", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "told_on", "followup", "kind"),
                        name="sent_reminder_once",
                        violation_error_message="This person was already reminded of this follow-up that day.",
                    )
                ],
                "indexes": [],
            },
        ),
    ]
