"""Squashed migration: the same tables as 0001_the_index to 0003_plain_words make, in one step."""

import django.db.models.deletion
import engagement.search.backends
import engagement.search.models
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("search", "0001_the_index"), ("search", "0002_compound_words"), ("search", "0003_plain_words")]

    initial = True

    dependencies = [
        ("followups", "0004_open_apart"),
        ("meetings", "0004_more_lists"),
        ("organizations", "0003_merging"),
        ("topics", "0002_lineage"),
    ]

    operations = [
        migrations.CreateModel(
            name="Word",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("word", models.CharField(max_length=60, unique=True, verbose_name="word")),
                ("initial", models.CharField(max_length=1, verbose_name="first letter")),
                ("length", models.PositiveSmallIntegerField(verbose_name="length")),
            ],
            options={
                "verbose_name": "word",
                "verbose_name_plural": "words",
                "ordering": ["word", "pk"],
                "indexes": [models.Index(fields=["initial", "length"], name="search_word_alike")],
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=12, verbose_name="kind")),
                ("source", models.BigIntegerField(verbose_name="record")),
                ("is_inside", models.BooleanField(default=False, verbose_name="with what only the secretariat reads")),
                (
                    "is_outside",
                    models.BooleanField(
                        default=False, verbose_name="has another one with what only the secretariat reads"
                    ),
                ),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "Internal"), (10, "Shared with the counterpart"), (20, "Public")],
                        null=True,
                        verbose_name="who can see it",
                    ),
                ),
                ("happened_on", models.DateField(null=True, verbose_name="date")),
                ("year", models.PositiveSmallIntegerField(null=True, verbose_name="year")),
                ("stature", models.PositiveIntegerField(verbose_name="place in every answer")),
                ("organizations", models.TextField(blank=True, default="", verbose_name="organizations")),
                ("themes", models.TextField(blank=True, default="", verbose_name="themes")),
                ("heading", models.TextField(verbose_name="heading")),
                ("body", models.TextField(blank=True, default="", verbose_name="text")),
                ("digest", models.CharField(max_length=32, verbose_name="digest")),
                ("words", engagement.search.models.WordsField(verbose_name="words")),
                (
                    "meeting",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="meetings.meeting",
                        verbose_name="meeting",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="organizations.organization",
                        verbose_name="owner",
                    ),
                ),
            ],
            options={
                "verbose_name": "search entry",
                "verbose_name_plural": "search entries",
                "ordering": ["-stature", "-pk"],
                "indexes": [
                    models.Index(fields=["-stature", "-id"], name="search_entry_stature"),
                    models.Index(fields=["level", "-stature", "-id"], name="search_entry_seen"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "source", "is_inside"),
                        name="search_entry_once",
                        violation_error_message="This record is already in the index.",
                    )
                ],
            },
        ),
        migrations.RunPython(
            code=engagement.search.backends.create,
            reverse_code=engagement.search.backends.drop,
        ),
    ]
