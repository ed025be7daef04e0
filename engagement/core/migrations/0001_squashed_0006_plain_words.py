"""Squashed migration: the same tables as 0001_initial to 0006_plain_words make, in one step."""

import django.db.models.deletion
import django.utils.timezone
import engagement.core.models.sent_forms
import engagement.core.models.stamps
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("core", "0001_initial"),
        ("core", "0002_stamps"),
        ("core", "0003_sent_forms"),
        ("core", "0004_sent_forms_begun_and_done"),
        ("core", "0005_one_stamp"),
        ("core", "0006_plain_words"),
    ]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Counter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=100, unique=True, verbose_name="key")),
                ("last", models.PositiveIntegerField(default=0, verbose_name="last number given")),
            ],
            options={
                "verbose_name": "counter",
                "verbose_name_plural": "counters",
            },
        ),
        migrations.CreateModel(
            name="Stamp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mark", models.IntegerField(default=engagement.core.models.stamps.random_mark, verbose_name="mark")),
            ],
            options={
                "verbose_name": "stamp",
                "verbose_name_plural": "stamps",
            },
        ),
        migrations.CreateModel(
            name="FormerSlug",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=60, verbose_name="kind")),
                ("slug", models.SlugField(max_length=100, verbose_name="former address")),
                ("object_id", models.BigIntegerField(verbose_name="record")),
            ],
            options={
                "verbose_name": "former address",
                "verbose_name_plural": "former addresses",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "slug"),
                        name="former_slug_once",
                        violation_error_message="This former address already leads to a record.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SentForm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("made_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="created on")),
                ("token", models.CharField(max_length=40, verbose_name="token")),
                ("digest", models.CharField(max_length=32, verbose_name="digest of what was sent")),
                (
                    "mark",
                    models.BigIntegerField(default=engagement.core.models.sent_forms.random_mark, verbose_name="mark"),
                ),
                ("answer", models.CharField(blank=True, max_length=2000, verbose_name="where it led")),
                ("begun_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="begun at")),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="done at")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
            ],
            options={
                "verbose_name": "sent form",
                "verbose_name_plural": "sent forms",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "token"),
                        name="sent_form_once",
                        violation_error_message="This form was sent before.",
                    )
                ],
            },
        ),
    ]
