"""Squashed migration: the same tables as 0001_returns to 0003_plainer_words make, in one step."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import engagement.core.models.fields
import engagement.core.models.sort_keys


class Migration(migrations.Migration):
    replaces = [
        ("returns", "0001_returns"),
        ("returns", "0002_a_name_was_erased_from_a_return"),
        ("returns", "0003_plainer_words"),
    ]

    initial = True

    dependencies = [
        ("meetings", "0026_earlier_versions_of_documents"),
        ("organizations", "0012_plainer_words"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ReturnForm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("code", models.SlugField(editable=False, max_length=60, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=120, unique=True, verbose_name="name")),
                (
                    "regime",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="return_forms",
                        to="meetings.regime",
                        verbose_name="publication rule",
                    ),
                ),
                (
                    "period",
                    models.CharField(
                        choices=[
                            ("month", "Month"),
                            ("quarter", "Quarter"),
                            ("four_months", "Four months"),
                            ("half_year", "Half-year"),
                        ],
                        max_length=12,
                        verbose_name="period",
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        blank=True,
                        help_text="The file gets this name. [host], [from], [to] and [year] are replaced: host, first and last month, year.",
                        max_length=200,
                        verbose_name="title",
                    ),
                ),
                (
                    "ranks",
                    engagement.core.models.fields.SeveralChoicesField(
                        blank=True,
                        default=list,
                        help_text="Of people with these posts at the host. Select none for all meetings.",
                        verbose_name="whose meetings",
                    ),
                ),
                (
                    "file_format",
                    models.CharField(
                        choices=[("csv", "CSV"), ("xlsx", "XLSX workbook"), ("zip", "CSV files in a ZIP archive")],
                        default="csv",
                        max_length=4,
                        verbose_name="kind of file",
                    ),
                ),
                (
                    "encoding",
                    models.CharField(
                        choices=[("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8 with a byte order mark")],
                        default="utf-8",
                        max_length=10,
                        verbose_name="encoding",
                    ),
                ),
                (
                    "delimiter",
                    models.CharField(
                        choices=[(",", "Comma"), (";", "Semicolon"), ("tab", "Tab")],
                        default=",",
                        max_length=3,
                        verbose_name="delimiter",
                    ),
                ),
                (
                    "first_line",
                    models.CharField(
                        blank=True,
                        help_text="[today] is replaced by the day on which the return is made.",
                        max_length=200,
                        verbose_name="line above the headings",
                    ),
                ),
                (
                    "missing",
                    models.CharField(
                        blank=True,
                        help_text="Leave empty for an empty cell.",
                        max_length=20,
                        verbose_name="text for unknown values",
                    ),
                ),
                (
                    "list_separator",
                    models.CharField(
                        choices=[
                            ("; ", "Semicolon and space"),
                            (";", "Semicolon"),
                            (", ", "Comma and space"),
                            ("::", "Two colons"),
                            ("|", "Vertical bar"),
                        ],
                        default="; ",
                        max_length=5,
                        verbose_name="separator between values",
                    ),
                ),
                (
                    "part_separator",
                    models.CharField(
                        choices=[
                            ("; ", "Semicolon and space"),
                            (";", "Semicolon"),
                            (", ", "Comma and space"),
                            ("::", "Two colons"),
                            ("|", "Vertical bar"),
                        ],
                        default=", ",
                        max_length=5,
                        verbose_name="separator between the parts of a value",
                    ),
                ),
                (
                    "correction",
                    models.CharField(
                        choices=[
                            ("whole", "The whole period"),
                            ("rows", "Only the changes; each row names the one it replaces"),
                        ],
                        default="whole",
                        max_length=5,
                        verbose_name="a correction contains",
                    ),
                ),
                ("source_url", models.URLField(blank=True, max_length=500, verbose_name="link to source")),
                (
                    "sort_key",
                    engagement.core.models.sort_keys.SortKeyField("name", default="", editable=False, max_length=300),
                ),
            ],
            options={
                "verbose_name": "return form",
                "verbose_name_plural": "return forms",
                "ordering": ["sort_key", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("correction__in", ["whole", "rows"]), ("file_format__in", ["csv", "xlsx", "zip"])
                        ),
                        name="return_form_file_known",
                        violation_error_message="Choose the kind of file, and what a correction contains, from the lists.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("period__in", ["month", "quarter", "four_months", "half_year"])),
                        name="return_form_period_known",
                        violation_error_message="Choose the period from the list.",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="HistoricalReturnForm",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("root_version", models.PositiveIntegerField(editable=False, null=True)),
                ("code", models.SlugField(editable=False, max_length=60, verbose_name="code")),
                ("name", models.CharField(db_index=True, max_length=120, verbose_name="name")),
                (
                    "period",
                    models.CharField(
                        choices=[
                            ("month", "Month"),
                            ("quarter", "Quarter"),
                            ("four_months", "Four months"),
                            ("half_year", "Half-year"),
                        ],
                        max_length=12,
                        verbose_name="period",
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        blank=True,
                        help_text="The file gets this name. [host], [from], [to] and [year] are replaced: host, first and last month, year.",
                        max_length=200,
                        verbose_name="title",
                    ),
                ),
                (
                    "ranks",
                    engagement.core.models.fields.SeveralChoicesField(
                        blank=True,
                        default=list,
                        help_text="Of people with these posts at the host. Select none for all meetings.",
                        verbose_name="whose meetings",
                    ),
                ),
                (
                    "file_format",
                    models.CharField(
                        choices=[("csv", "CSV"), ("xlsx", "XLSX workbook"), ("zip", "CSV files in a ZIP archive")],
                        default="csv",
                        max_length=4,
                        verbose_name="kind of file",
                    ),
                ),
                (
                    "encoding",
                    models.CharField(
                        choices=[("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8 with a byte order mark")],
                        default="utf-8",
                        max_length=10,
                        verbose_name="encoding",
                    ),
                ),
                (
                    "delimiter",
                    models.CharField(
                        choices=[(",", "Comma"), (";", "Semicolon"), ("tab", "Tab")],
                        default=",",
                        max_length=3,
                        verbose_name="delimiter",
                    ),
                ),
                (
                    "first_line",
                    models.CharField(
                        blank=True,
                        help_text="[today] is replaced by the day on which the return is made.",
                        max_length=200,
                        verbose_name="line above the headings",
                    ),
                ),
                (
                    "missing",
                    models.CharField(
                        blank=True,
                        help_text="Leave empty for an empty cell.",
                        max_length=20,
                        verbose_name="text for unknown values",
                    ),
                ),
                (
                    "list_separator",
                    models.CharField(
                        choices=[
                            ("; ", "Semicolon and space"),
                            (";", "Semicolon"),
                            (", ", "Comma and space"),
                            ("::", "Two colons"),
                            ("|", "Vertical bar"),
                        ],
                        default="; ",
                        max_length=5,
                        verbose_name="separator between values",
                    ),
                ),
                (
                    "part_separator",
                    models.CharField(
                        choices=[
                            ("; ", "Semicolon and space"),
                            (";", "Semicolon"),
                            (", ", "Comma and space"),
                            ("::", "Two colons"),
                            ("|", "Vertical bar"),
                        ],
                        default=", ",
                        max_length=5,
                        verbose_name="separator between the parts of a value",
                    ),
                ),
                (
                    "correction",
                    models.CharField(
                        choices=[
                            ("whole", "The whole period"),
                            ("rows", "Only the changes; each row names the one it replaces"),
                        ],
                        default="whole",
                        max_length=5,
                        verbose_name="a correction contains",
                    ),
                ),
                ("source_url", models.URLField(blank=True, max_length=500, verbose_name="link to source")),
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
                "verbose_name": "historical return form",
                "verbose_name_plural": "historical return forms",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [],
                "constraints": [],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalReturnTable",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("root_version", models.PositiveIntegerField(editable=False, null=True)),
                (
                    "name",
                    models.CharField(
                        help_text="Name of the sheet, or of the file in the archive.",
                        max_length=80,
                        verbose_name="name",
                    ),
                ),
                (
                    "rows_of",
                    models.CharField(
                        choices=[
                            ("organization", "A meeting and one of the organizations met"),
                            ("meeting", "A meeting"),
                            ("person", "A meeting and one of the host’s people"),
                            ("topic", "A meeting and one of its topics"),
                            ("post", "A post at the host, with its holder"),
                        ],
                        default="organization",
                        max_length=12,
                        verbose_name="one row is",
                    ),
                ),
                (
                    "nil",
                    models.CharField(
                        choices=[
                            ("headings", "Only the headings"),
                            ("row", "One row"),
                            ("people", "A row for each post without a meeting"),
                        ],
                        default="headings",
                        max_length=8,
                        verbose_name="if there are no meetings",
                    ),
                ),
                (
                    "form",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="returns.returnform",
                        verbose_name="return form",
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
                "verbose_name": "historical table",
                "verbose_name_plural": "historical tables",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [],
                "constraints": [],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Return",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "form",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="returns",
                        to="returns.returnform",
                        verbose_name="return form",
                    ),
                ),
                (
                    "host",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="returns",
                        to="organizations.organization",
                        verbose_name="host",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="first day")),
                ("ends_on", models.DateField(verbose_name="last day")),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="returns.return",
                        verbose_name="corrects",
                    ),
                ),
                ("title", models.CharField(max_length=400, verbose_name="title")),
                ("file_name", models.CharField(max_length=200, verbose_name="file name")),
                ("content", models.BinaryField(verbose_name="file")),
                ("size", models.PositiveBigIntegerField(verbose_name="size in bytes")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("meeting_count", models.PositiveIntegerField(verbose_name="meetings")),
                ("row_count", models.PositiveIntegerField(verbose_name="rows")),
                ("missing_count", models.PositiveIntegerField(verbose_name="missing")),
                ("is_nil", models.BooleanField(verbose_name="nil return")),
                ("entries", models.JSONField(default=dict, verbose_name="entries")),
                ("changes", models.JSONField(default=dict, verbose_name="changes")),
                ("made_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="made at")),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made by",
                    ),
                ),
                ("erased_on", models.DateField(blank=True, editable=False, null=True, verbose_name="name erased on")),
                (
                    "erased_sha256",
                    models.CharField(
                        blank=True, editable=False, max_length=64, verbose_name="SHA-256 since a name was erased"
                    ),
                ),
            ],
            options={
                "verbose_name": "return",
                "verbose_name_plural": "returns",
                "ordering": ["-made_at", "-pk"],
                "indexes": [models.Index(fields=["form", "host", "starts_on", "number"], name="return_of_a_period")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="return_days_in_order",
                        violation_error_message="A period cannot end before it begins.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("number", 1), ("replaces", None)),
                            models.Q(("number__gt", 1), ("replaces__isnull", False)),
                            _connector="OR",
                        ),
                        name="return_correction_names_what_it_corrects",
                        violation_error_message="Every return after the first of its period must correct the one before it.",
                    ),
                    models.UniqueConstraint(
                        fields=("replaces",),
                        name="return_corrected_once",
                        violation_error_message="This return has already been corrected. Correct the latest one.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReturnTable",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "form",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tables",
                        to="returns.returnform",
                        verbose_name="return form",
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="Name of the sheet, or of the file in the archive.",
                        max_length=80,
                        verbose_name="name",
                    ),
                ),
                (
                    "rows_of",
                    models.CharField(
                        choices=[
                            ("organization", "A meeting and one of the organizations met"),
                            ("meeting", "A meeting"),
                            ("person", "A meeting and one of the host’s people"),
                            ("topic", "A meeting and one of its topics"),
                            ("post", "A post at the host, with its holder"),
                        ],
                        default="organization",
                        max_length=12,
                        verbose_name="one row is",
                    ),
                ),
                (
                    "nil",
                    models.CharField(
                        choices=[
                            ("headings", "Only the headings"),
                            ("row", "One row"),
                            ("people", "A row for each post without a meeting"),
                        ],
                        default="headings",
                        max_length=8,
                        verbose_name="if there are no meetings",
                    ),
                ),
            ],
            options={
                "verbose_name": "table",
                "verbose_name_plural": "tables",
                "ordering": ["order", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("nil__in", ["headings", "row", "people"]),
                            ("rows_of__in", ["organization", "meeting", "person", "topic", "post"]),
                        ),
                        name="return_table_rows_known",
                        violation_error_message="Choose from the lists what one row is, and what the file contains if there are no meetings.",
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="HistoricalReturnColumn",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("root_version", models.PositiveIntegerField(editable=False, null=True)),
                (
                    "heading",
                    models.CharField(help_text="Exactly as the form has it.", max_length=200, verbose_name="heading"),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("text", "The same text in every row"),
                            ("reference", "Reference of the meeting, the same in each of its rows"),
                            ("replaces", "Reference of the entry that a correction replaces"),
                            ("count", "Number of the row"),
                            ("period", "Period"),
                            ("made_on", "Day on which the return is made"),
                            ("url", "Page of the meeting"),
                            ("date", "Date of the meeting"),
                            ("published_on", "Day of publication"),
                            ("title", "Title of the meeting"),
                            ("purpose", "Purpose, or the title where none is recorded"),
                            ("place", "Place: venue, city, country"),
                            ("city", "City"),
                            ("country", "Country"),
                            ("form", "Form of contact"),
                            ("attendance", "Attendance: in person, online, hybrid"),
                            ("requested_by", "Who requested it"),
                            ("topics", "Topics discussed"),
                            ("themes", "Themes"),
                            ("references", "Laws and other references"),
                            ("said", "What was said"),
                            ("host", "Host"),
                            ("host_acronym", "Acronym of the host"),
                            ("people", "Names of the host’s people"),
                            ("functions", "Functions of the host’s people"),
                            ("officials", "Name, function and host of each of the host’s people"),
                            ("organization", "Name of the organization"),
                            ("acronym", "Acronym of the organization"),
                            ("register_number", "Register number of the organization on that day"),
                            ("company_number", "Company number of the organization"),
                            ("organization_kind", "Kind of organization"),
                            ("organization_country", "Country of the organization"),
                            ("legal_form", "Legal form of the organization"),
                            ("sector", "Sector of the organization"),
                            ("its_people", "Names of the organization’s people"),
                            ("its_first_person", "First of the organization’s people"),
                            ("has_client", "Whether it came on behalf of others: Yes or No"),
                            ("is_for_itself", "Whether it came on its own behalf: Yes or No"),
                            ("clients", "On whose behalf it came"),
                            ("sought", "What the organization asked for: its positions"),
                            ("person", "Name of the person (a row for each person)"),
                            ("person_last", "Last name of the person: the last word of the name"),
                            ("person_first", "First names of the person: the words before it"),
                            ("person_function", "Function of the person"),
                            ("topic", "Topic (a row for each topic)"),
                            ("post_person", "Who holds the post (a row for each post)"),
                            ("post_function", "Function of the post"),
                            ("post_since", "First day in the post"),
                            ("post_until", "Last day in the post"),
                        ],
                        default="text",
                        max_length=24,
                        verbose_name="content",
                    ),
                ),
                (
                    "text",
                    models.CharField(
                        blank=True,
                        help_text="Only if it is the same in every row.",
                        max_length=200,
                        verbose_name="text",
                    ),
                ),
                (
                    "date_format",
                    models.CharField(
                        choices=[
                            ("iso", "2025-05-08"),
                            ("slashes", "08/05/2025"),
                            ("dashes", "08-05-2025"),
                            ("slashes_time", "08/05/2025 00:00:00"),
                            ("words", "8 May 2025"),
                        ],
                        default="iso",
                        max_length=12,
                        verbose_name="date format",
                    ),
                ),
                (
                    "nil_text",
                    models.CharField(blank=True, max_length=100, verbose_name="text if there are no meetings"),
                ),
                ("is_required", models.BooleanField(default=False, verbose_name="required")),
                (
                    "form",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="returns.returnform",
                        verbose_name="return form",
                    ),
                ),
                (
                    "table",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="returns.returntable",
                        verbose_name="table",
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
                "verbose_name": "historical column",
                "verbose_name_plural": "historical columns",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [],
                "constraints": [],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="ReturnColumn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "form",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="columns",
                        to="returns.returnform",
                        verbose_name="return form",
                    ),
                ),
                (
                    "table",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="columns",
                        to="returns.returntable",
                        verbose_name="table",
                    ),
                ),
                (
                    "heading",
                    models.CharField(help_text="Exactly as the form has it.", max_length=200, verbose_name="heading"),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("text", "The same text in every row"),
                            ("reference", "Reference of the meeting, the same in each of its rows"),
                            ("replaces", "Reference of the entry that a correction replaces"),
                            ("count", "Number of the row"),
                            ("period", "Period"),
                            ("made_on", "Day on which the return is made"),
                            ("url", "Page of the meeting"),
                            ("date", "Date of the meeting"),
                            ("published_on", "Day of publication"),
                            ("title", "Title of the meeting"),
                            ("purpose", "Purpose, or the title where none is recorded"),
                            ("place", "Place: venue, city, country"),
                            ("city", "City"),
                            ("country", "Country"),
                            ("form", "Form of contact"),
                            ("attendance", "Attendance: in person, online, hybrid"),
                            ("requested_by", "Who requested it"),
                            ("topics", "Topics discussed"),
                            ("themes", "Themes"),
                            ("references", "Laws and other references"),
                            ("said", "What was said"),
                            ("host", "Host"),
                            ("host_acronym", "Acronym of the host"),
                            ("people", "Names of the host’s people"),
                            ("functions", "Functions of the host’s people"),
                            ("officials", "Name, function and host of each of the host’s people"),
                            ("organization", "Name of the organization"),
                            ("acronym", "Acronym of the organization"),
                            ("register_number", "Register number of the organization on that day"),
                            ("company_number", "Company number of the organization"),
                            ("organization_kind", "Kind of organization"),
                            ("organization_country", "Country of the organization"),
                            ("legal_form", "Legal form of the organization"),
                            ("sector", "Sector of the organization"),
                            ("its_people", "Names of the organization’s people"),
                            ("its_first_person", "First of the organization’s people"),
                            ("has_client", "Whether it came on behalf of others: Yes or No"),
                            ("is_for_itself", "Whether it came on its own behalf: Yes or No"),
                            ("clients", "On whose behalf it came"),
                            ("sought", "What the organization asked for: its positions"),
                            ("person", "Name of the person (a row for each person)"),
                            ("person_last", "Last name of the person: the last word of the name"),
                            ("person_first", "First names of the person: the words before it"),
                            ("person_function", "Function of the person"),
                            ("topic", "Topic (a row for each topic)"),
                            ("post_person", "Who holds the post (a row for each post)"),
                            ("post_function", "Function of the post"),
                            ("post_since", "First day in the post"),
                            ("post_until", "Last day in the post"),
                        ],
                        default="text",
                        max_length=24,
                        verbose_name="content",
                    ),
                ),
                (
                    "text",
                    models.CharField(
                        blank=True,
                        help_text="Only if it is the same in every row.",
                        max_length=200,
                        verbose_name="text",
                    ),
                ),
                (
                    "date_format",
                    models.CharField(
                        choices=[
                            ("iso", "2025-05-08"),
                            ("slashes", "08/05/2025"),
                            ("dashes", "08-05-2025"),
                            ("slashes_time", "08/05/2025 00:00:00"),
                            ("words", "8 May 2025"),
                        ],
                        default="iso",
                        max_length=12,
                        verbose_name="date format",
                    ),
                ),
                (
                    "nil_text",
                    models.CharField(blank=True, max_length=100, verbose_name="text if there are no meetings"),
                ),
                ("is_required", models.BooleanField(default=False, verbose_name="required")),
            ],
            options={
                "verbose_name": "column",
                "verbose_name_plural": "columns",
                "ordering": ["order", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), ("source", "text"), _connector="OR"),
                        name="return_column_text_of_its_own",
                        violation_error_message="Enter a text only if the column has the same text in every row.",
                    )
                ],
                "indexes": [],
            },
        ),
    ]
