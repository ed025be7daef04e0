"""Squashed migration: the same tables as 0001_initial to 0007_decided_rows make, in one step."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import engagement.core.models.sort_keys
import engagement.imports.models.imports


class Migration(migrations.Migration):
    replaces = [
        ("imports", "0001_initial"),
        ("imports", "0002_sort_keys"),
        ("imports", "0003_plain_words"),
        ("imports", "0004_months_as_months"),
        ("imports", "0005_answers_about_lists"),
        ("imports", "0006_corrected_cells"),
        ("imports", "0007_decided_rows"),
    ]

    initial = True

    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("meetings", "0013_date_precision"),
        ("organizations", "0007_plain_words"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Layout",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("slug", models.SlugField(editable=False, max_length=60, unique=True, verbose_name="short name")),
                (
                    "noun",
                    models.CharField(
                        choices=[("meetings", "Meetings"), ("organizations", "Organizations")],
                        max_length=15,
                        verbose_name="rows are",
                    ),
                ),
                ("spec", models.JSONField(default=dict, verbose_name="columns")),
                (
                    "shipped",
                    models.CharField(
                        blank=True,
                        editable=False,
                        help_text="Empty for a layout made here.",
                        max_length=64,
                        verbose_name="as it was shipped",
                    ),
                ),
                ("made_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="created at")),
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
                (
                    "sort_key",
                    engagement.core.models.sort_keys.SortKeyField("name", default="", editable=False, max_length=300),
                ),
            ],
            options={
                "verbose_name": "layout",
                "verbose_name_plural": "layouts",
                "ordering": ["sort_key", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("name",),
                        name="layout_name_once",
                        violation_error_message="Another layout has this name.",
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="HistoricalLayout",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("root_version", models.PositiveIntegerField(editable=False, null=True)),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("slug", models.SlugField(editable=False, max_length=60, verbose_name="short name")),
                (
                    "noun",
                    models.CharField(
                        choices=[("meetings", "Meetings"), ("organizations", "Organizations")],
                        max_length=15,
                        verbose_name="rows are",
                    ),
                ),
                ("spec", models.JSONField(default=dict, verbose_name="columns")),
                ("made_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="created at")),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="created by",
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
                "verbose_name": "historical layout",
                "verbose_name_plural": "historical layouts",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [],
                "constraints": [],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "layout",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="imports.layout",
                        verbose_name="layout",
                    ),
                ),
                ("text", models.CharField(max_length=300, verbose_name="what was asked")),
                ("published", models.TextField(blank=True, verbose_name="as published")),
                (
                    "choice",
                    models.CharField(
                        choices=[
                            ("organization", "This organization"),
                            ("new", "A new one"),
                            ("skip", "Leave the row out"),
                            ("same", "One organization"),
                            ("names", "These names"),
                        ],
                        max_length=15,
                        verbose_name="answer",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="import_answers",
                        to="organizations.organization",
                        verbose_name="organization",
                    ),
                ),
                ("names", models.JSONField(blank=True, default=list, verbose_name="names in the cell")),
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
            ],
            options={
                "verbose_name": "remembered answer",
                "verbose_name_plural": "remembered answers",
                "ordering": ["layout", "text", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("layout", "text"),
                        name="answer_once",
                        violation_error_message="This was already answered.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("choice", "organization"), ("organization__isnull", False)),
                            models.Q(("choice__in", ["new", "skip", "same", "names"]), ("organization", None)),
                            _connector="OR",
                        ),
                        name="answer_names_an_organization",
                        violation_error_message="Choose the organization that is meant.",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Import",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "layout",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="imports",
                        to="imports.layout",
                        verbose_name="layout",
                    ),
                ),
                ("spec", models.JSONField(default=dict, editable=False, verbose_name="columns, as used")),
                (
                    "file",
                    models.FileField(
                        max_length=300, upload_to=engagement.imports.models.imports.upload_path, verbose_name="file"
                    ),
                ),
                ("file_name", models.CharField(editable=False, max_length=200, verbose_name="name of the file")),
                ("sha256", models.CharField(db_index=True, editable=False, max_length=64, verbose_name="SHA-256")),
                ("size", models.PositiveBigIntegerField(editable=False, verbose_name="size in bytes")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("uploaded", "Uploaded"),
                            ("previewed", "Ready to review"),
                            ("committed", "Imported"),
                            ("undone", "Undone"),
                            ("refused", "Could not be read"),
                        ],
                        default="uploaded",
                        editable=False,
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("problem", models.TextField(blank=True, editable=False, verbose_name="error")),
                (
                    "work",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Nothing"),
                            ("waiting", "Waiting to start"),
                            ("reading", "Reading the file"),
                            ("planning", "Comparing with existing records"),
                            ("writing", "Writing"),
                            ("undoing", "Undoing"),
                        ],
                        editable=False,
                        max_length=10,
                        verbose_name="in progress",
                    ),
                ),
                ("done", models.PositiveIntegerField(default=0, editable=False, verbose_name="rows done")),
                ("total", models.PositiveIntegerField(default=0, editable=False, verbose_name="rows in all")),
                (
                    "worked_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="last sign of work"),
                ),
                (
                    "worked_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="work begun by",
                    ),
                ),
                ("headers", models.JSONField(default=list, editable=False, verbose_name="columns as published")),
                ("counts", models.JSONField(default=dict, editable=False, verbose_name="report")),
                (
                    "digest",
                    models.CharField(blank=True, editable=False, max_length=64, verbose_name="digest of the plan"),
                ),
                (
                    "uploaded_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="uploaded at"),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="uploaded by",
                    ),
                ),
                (
                    "previewed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="previewed at"),
                ),
                (
                    "previewed_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="previewed by",
                    ),
                ),
                (
                    "committed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="imported at"),
                ),
                (
                    "committed_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="imported by",
                    ),
                ),
                ("undone_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="undone at")),
                (
                    "undone_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="undone by",
                    ),
                ),
            ],
            options={
                "verbose_name": "import",
                "verbose_name_plural": "imports",
                "ordering": ["-uploaded_at", "-pk"],
                "permissions": [("import_records", "Can import files")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["uploaded", "previewed", "committed", "undone", "refused"])),
                        name="import_state_known",
                        violation_error_message="Choose the status of an import from the list.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("committed_at__isnull", False),
                            models.Q(("state__in", ["committed", "undone"]), _negated=True),
                            _connector="OR",
                        ),
                        name="import_committed_with_a_moment",
                        violation_error_message="A finished import needs its date and time.",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="ImportRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="imports.import",
                        verbose_name="import",
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="row")),
                ("cells", models.JSONField(default=dict, verbose_name="cells as published")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("new", "New"),
                            ("same", "Already recorded"),
                            ("changed", "Changed"),
                            ("duplicate", "Twice in the file"),
                            ("ambiguous", "To decide"),
                            ("decided", "Decided"),
                            ("error", "Cannot be read"),
                            ("skipped", "Left out"),
                        ],
                        max_length=10,
                        verbose_name="outcome",
                    ),
                ),
                ("reasons", models.JSONField(default=list, verbose_name="reasons")),
                ("codes", models.CharField(blank=True, editable=False, max_length=300)),
                ("plan", models.JSONField(default=dict, verbose_name="result")),
                ("questions", models.JSONField(default=list, verbose_name="open questions")),
                ("corrections", models.JSONField(blank=True, default=dict, verbose_name="corrected cells")),
                ("decision", models.JSONField(blank=True, default=dict, verbose_name="decision")),
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
            ],
            options={
                "verbose_name": "row",
                "verbose_name_plural": "rows",
                "ordering": ["batch", "number", "pk"],
                "indexes": [models.Index(fields=["batch", "outcome", "number"], name="import_row_outcome")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("batch", "number"),
                        name="import_row_once",
                        violation_error_message="This row is already recorded.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "outcome__in",
                                ["new", "same", "changed", "duplicate", "ambiguous", "decided", "error", "skipped"],
                            )
                        ),
                        name="import_row_outcome_known",
                        violation_error_message="Choose the result of a row from the list.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Origin",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="origins",
                        to="imports.import",
                        verbose_name="import",
                    ),
                ),
                ("row", models.PositiveIntegerField(verbose_name="row")),
                ("key", models.CharField(blank=True, db_index=True, max_length=64, verbose_name="source")),
                (
                    "content_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="contenttypes.contenttype",
                        verbose_name="kind of record",
                    ),
                ),
                ("object_id", models.BigIntegerField(verbose_name="record")),
                ("is_created", models.BooleanField(default=True, verbose_name="created by this import")),
                ("record_version", models.PositiveIntegerField(default=1, verbose_name="version after the import")),
                ("stated", models.JSONField(default=dict, verbose_name="value in the row")),
                ("before", models.JSONField(default=dict, verbose_name="value before")),
            ],
            options={
                "verbose_name": "origin",
                "verbose_name_plural": "origins",
                "ordering": ["batch", "row", "pk"],
                "indexes": [models.Index(fields=["content_type", "object_id"], name="origin_of_record")],
                "constraints": [],
            },
        ),
    ]
