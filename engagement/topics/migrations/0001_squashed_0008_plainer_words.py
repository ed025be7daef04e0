"""Squashed migration: the same tables as 0001_initial to 0008_plainer_words make, in one step."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import engagement.core.models.sort_keys


class Migration(migrations.Migration):
    replaces = [
        ("topics", "0001_initial"),
        ("topics", "0002_lineage"),
        ("topics", "0003_sort_keys"),
        ("topics", "0004_reference_address"),
        ("topics", "0005_fill_sort_keys"),
        ("topics", "0006_addresses_in_history"),
        ("topics", "0007_plain_words"),
        ("topics", "0008_plainer_words"),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalReference",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("slug", models.SlugField(editable=False, max_length=100, verbose_name="address")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("root_version", models.PositiveIntegerField(editable=False, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("legislation", "Legislation"),
                            ("agreement", "Mutual recognition agreement"),
                            ("guideline", "Guideline"),
                            ("initiative", "Initiative"),
                            ("expert_group", "Expert group"),
                            ("publication", "Publication"),
                            ("other", "Other"),
                        ],
                        default="other",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="title")),
                (
                    "identifier",
                    models.CharField(
                        blank=True,
                        help_text="CELEX, ELI, DOI or the publisher's own number.",
                        max_length=120,
                        verbose_name="identifier",
                    ),
                ),
                ("url", models.URLField(blank=True, max_length=500, verbose_name="web address")),
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
                "verbose_name": "historical reference",
                "verbose_name_plural": "historical references",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [],
                "constraints": [],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Theme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "archived_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived at"),
                ),
                (
                    "archived_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="archived by",
                    ),
                ),
                (
                    "archive_reason",
                    models.CharField(blank=True, editable=False, max_length=300, verbose_name="reason for archiving"),
                ),
                ("search_text", models.TextField(default="", editable=False)),
                ("slug", models.SlugField(editable=False, max_length=100, unique=True, verbose_name="address")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("name", models.CharField(max_length=120, unique=True, verbose_name="name")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="topics.theme",
                        verbose_name="parent theme",
                    ),
                ),
                ("depth", models.PositiveSmallIntegerField(default=1, editable=False, verbose_name="level")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                (
                    "sort_key",
                    engagement.core.models.sort_keys.SortKeyField("name", default="", editable=False, max_length=300),
                ),
                ("lineage", models.ManyToManyField(editable=False, related_name="branch", to="topics.theme")),
            ],
            options={
                "verbose_name": "theme",
                "verbose_name_plural": "themes",
                "ordering": ["sort_key", "pk"],
                "indexes": [models.Index(fields=["sort_key", "id"], name="theme_by_name")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("depth__gte", 1), ("depth__lte", 3)),
                        name="theme_at_most_three_levels",
                        violation_error_message="Themes have at most three levels.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parent", None), models.Q(("parent", models.F("id")), _negated=True), _connector="OR"
                        ),
                        name="theme_not_its_own_parent",
                        violation_error_message="A theme cannot be its own parent.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalTopic",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("slug", models.SlugField(editable=False, max_length=100, verbose_name="address")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("root_version", models.PositiveIntegerField(editable=False, null=True)),
                ("title", models.CharField(db_index=True, max_length=200, verbose_name="title")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                (
                    "status",
                    models.CharField(
                        choices=[("open", "Open"), ("dormant", "Dormant"), ("closed", "Closed")],
                        default="open",
                        max_length=10,
                        verbose_name="status",
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
                "verbose_name": "historical topic",
                "verbose_name_plural": "historical topics",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [],
                "constraints": [],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Reference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("search_text", models.TextField(default="", editable=False)),
                ("slug", models.SlugField(editable=False, max_length=100, unique=True, verbose_name="address")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("legislation", "Legislation"),
                            ("agreement", "Mutual recognition agreement"),
                            ("guideline", "Guideline"),
                            ("initiative", "Initiative"),
                            ("expert_group", "Expert group"),
                            ("publication", "Publication"),
                            ("other", "Other"),
                        ],
                        default="other",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="title")),
                (
                    "identifier",
                    models.CharField(
                        blank=True,
                        help_text="CELEX, ELI, DOI or the publisher's own number.",
                        max_length=120,
                        verbose_name="identifier",
                    ),
                ),
                ("url", models.URLField(blank=True, max_length=500, verbose_name="web address")),
                (
                    "sort_key",
                    engagement.core.models.sort_keys.SortKeyField("title", default="", editable=False, max_length=300),
                ),
            ],
            options={
                "verbose_name": "reference",
                "verbose_name_plural": "references",
                "ordering": ["sort_key", "pk"],
                "indexes": [models.Index(fields=["sort_key", "id"], name="reference_by_title")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("identifier", ""), _negated=True),
                        fields=("kind", "identifier"),
                        name="reference_identifier_once",
                        violation_error_message="A reference with this identifier is already recorded.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("identifier", "")),
                        fields=("kind", "title"),
                        name="reference_title_once",
                        violation_error_message="A reference with this title is already recorded. Add its identifier there.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalTheme",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "archived_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived at"),
                ),
                (
                    "archive_reason",
                    models.CharField(blank=True, editable=False, max_length=300, verbose_name="reason for archiving"),
                ),
                ("slug", models.SlugField(editable=False, max_length=100, verbose_name="address")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("root_version", models.PositiveIntegerField(editable=False, null=True)),
                ("name", models.CharField(db_index=True, max_length=120, verbose_name="name")),
                ("depth", models.PositiveSmallIntegerField(default=1, editable=False, verbose_name="level")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                (
                    "archived_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="archived by",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="topics.theme",
                        verbose_name="parent theme",
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
                "verbose_name": "historical theme",
                "verbose_name_plural": "historical themes",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [],
                "constraints": [],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Topic",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("search_text", models.TextField(default="", editable=False)),
                ("slug", models.SlugField(editable=False, max_length=100, unique=True, verbose_name="address")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("title", models.CharField(max_length=200, unique=True, verbose_name="title")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                (
                    "status",
                    models.CharField(
                        choices=[("open", "Open"), ("dormant", "Dormant"), ("closed", "Closed")],
                        default="open",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "sort_key",
                    engagement.core.models.sort_keys.SortKeyField("title", default="", editable=False, max_length=300),
                ),
                (
                    "themes",
                    models.ManyToManyField(blank=True, related_name="topics", to="topics.theme", verbose_name="themes"),
                ),
            ],
            options={
                "verbose_name": "topic",
                "verbose_name_plural": "topics",
                "ordering": ["sort_key", "pk"],
                "indexes": [models.Index(fields=["sort_key", "id"], name="topic_by_title")],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="HistoricalTopic_themes",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "topic",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="topics.topic",
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
                        db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to="topics.historicaltopic"
                    ),
                ),
                ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
            ],
            options={
                "verbose_name": "HistoricalTopic_themes",
                "indexes": [],
                "constraints": [],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
    ]
