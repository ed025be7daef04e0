"""Squashed migration: the same tables as 0001_initial to 0007_plain_words make, in one step."""

import datetime
import django.db.models.deletion
import django_countries.fields
import engagement.core.models.sort_keys
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("organizations", "0001_initial"),
        ("organizations", "0002_lineage"),
        ("organizations", "0003_merging"),
        ("organizations", "0004_sort_keys"),
        ("organizations", "0005_fill_sort_keys"),
        ("organizations", "0006_years"),
        ("organizations", "0007_plain_words"),
    ]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalPerson",
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
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("root_version", models.PositiveIntegerField(editable=False, null=True)),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                (
                    "contact_permission",
                    models.CharField(
                        choices=[
                            ("unknown", "Not asked"),
                            ("given", "May be contacted"),
                            ("refused", "Must not be contacted"),
                        ],
                        default="unknown",
                        max_length=10,
                        verbose_name="contact permission",
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
                "verbose_name": "historical person",
                "verbose_name_plural": "historical people",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Organization",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "archived_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived at"),
                ),
                (
                    "archive_reason",
                    models.CharField(blank=True, editable=False, max_length=300, verbose_name="reason for archiving"),
                ),
                ("search_text", models.TextField(default="", editable=False)),
                ("slug", models.SlugField(editable=False, max_length=100, unique=True, verbose_name="address")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("name", models.CharField(max_length=250, verbose_name="name")),
                ("acronym", models.CharField(blank=True, max_length=30, verbose_name="acronym")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("industry_association", "Industry association"),
                            ("company", "Company"),
                            ("patient", "Patient organization"),
                            ("consumer", "Consumer organization"),
                            ("healthcare_professional", "Healthcare professional organization"),
                            ("academia", "Academia"),
                            ("ngo", "Non-governmental organization"),
                            ("regulator", "Regulator"),
                            ("public_authority", "Public authority"),
                            ("international", "International organization"),
                            ("other", "Other"),
                        ],
                        max_length=30,
                        verbose_name="kind",
                    ),
                ),
                ("country", django_countries.fields.CountryField(blank=True, max_length=2, verbose_name="country")),
                ("website", models.URLField(blank=True, max_length=300, verbose_name="website")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                (
                    "is_host",
                    models.BooleanField(
                        default=False, help_text="This organization hosts meetings.", verbose_name="host"
                    ),
                ),
                ("match_key", models.CharField(db_index=True, default="", editable=False, max_length=250)),
                ("acronym_key", models.CharField(db_index=True, default="", editable=False, max_length=60)),
                (
                    "sort_key",
                    engagement.core.models.sort_keys.SortKeyField("name", default="", editable=False, max_length=300),
                ),
                (
                    "short_sort_key",
                    engagement.core.models.sort_keys.SortKeyField(
                        "acronym", "name", default="", editable=False, max_length=300
                    ),
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
                    "lead",
                    models.ForeignKey(
                        blank=True,
                        help_text="Colleague responsible for this organization.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="organizations_led",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="our lead",
                    ),
                ),
                (
                    "lineage",
                    models.ManyToManyField(editable=False, related_name="branch", to="organizations.organization"),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="organizations.organization",
                        verbose_name="merged into",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="organizations.organization",
                        verbose_name="member of",
                    ),
                ),
            ],
            options={
                "verbose_name": "organization",
                "verbose_name_plural": "organizations",
                "ordering": ["sort_key", "pk"],
                "permissions": [("merge_organization", "Can merge organizations and undo it")],
                "indexes": [
                    models.Index(fields=["sort_key", "id"], name="organization_by_name"),
                    models.Index(fields=["short_sort_key", "id"], name="organization_by_short_name"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="organization_has_a_name",
                        violation_error_message="An organization needs a name.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parent", None), models.Q(("parent", models.F("id")), _negated=True), _connector="OR"
                        ),
                        name="organization_not_its_own_umbrella",
                        violation_error_message="An organization cannot be a member of itself.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("merged_into", None),
                            models.Q(
                                ("archived_at__isnull", False), models.Q(("merged_into", models.F("id")), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="organization_merged_is_archived",
                        violation_error_message="An organization that was merged into another one is archived.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NotSame",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("said_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="marked at")),
                (
                    "said_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="marked by",
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="organizations.organization",
                        verbose_name="organization",
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="organizations.organization",
                        verbose_name="another organization",
                    ),
                ),
            ],
            options={
                "verbose_name": "pair of different organizations",
                "verbose_name_plural": "pairs of different organizations",
                "ordering": ["-said_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("first", "second"),
                        name="not_same_once",
                        violation_error_message="This is already recorded for the two.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("first__lt", models.F("second"))),
                        name="not_same_in_order",
                        violation_error_message="Choose two different organizations.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Merge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("others", models.JSONField(default=list, editable=False, verbose_name="organizations merged into it")),
                ("steps", models.JSONField(default=list, editable=False, verbose_name="what was changed")),
                ("merged_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="merged at")),
                ("undone_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="undone at")),
                (
                    "merged_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="merged by",
                    ),
                ),
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
                (
                    "kept",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merges",
                        to="organizations.organization",
                        verbose_name="organization kept",
                    ),
                ),
            ],
            options={
                "verbose_name": "merge",
                "verbose_name_plural": "merges",
                "ordering": ["-merged_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Identifier",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "scheme",
                    models.CharField(
                        choices=[
                            ("eu_transparency", "EU Transparency Register"),
                            ("company", "Company register"),
                            ("ror", "Research Organization Registry"),
                            ("wikidata", "Wikidata"),
                            ("internal", "Our own number"),
                        ],
                        default="eu_transparency",
                        max_length=20,
                        verbose_name="register",
                    ),
                ),
                ("value", models.CharField(max_length=60, verbose_name="number")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("unknown", "Not checked"),
                            ("active", "Registered"),
                            ("suspended", "Suspended"),
                            ("removed", "Removed from the register"),
                        ],
                        default="unknown",
                        max_length=12,
                        verbose_name="status",
                    ),
                ),
                ("checked_on", models.DateField(blank=True, null=True, verbose_name="checked on")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="valid from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid to")),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="identifiers",
                        to="organizations.organization",
                        verbose_name="organization",
                    ),
                ),
            ],
            options={
                "verbose_name": "register number",
                "verbose_name_plural": "register numbers",
                "ordering": ["scheme", "value", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("scheme", "company"), _negated=True),
                        fields=("scheme", "value"),
                        name="identifier_once",
                        violation_error_message="Another organization already has this number.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from", None),
                            ("valid_to", None),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="identifier_validity_in_order",
                        violation_error_message="A number cannot end before it begins.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("checked_on", None),
                                models.Q(
                                    ("checked_on__gte", datetime.date(1900, 1, 1)),
                                    ("checked_on__lte", datetime.date(2199, 12, 31)),
                                ),
                                _connector="OR",
                            ),
                            models.Q(
                                ("valid_from", None),
                                models.Q(
                                    ("valid_from__gte", datetime.date(1900, 1, 1)),
                                    ("valid_from__lte", datetime.date(2199, 12, 31)),
                                ),
                                _connector="OR",
                            ),
                            models.Q(
                                ("valid_to", None),
                                models.Q(
                                    ("valid_to__gte", datetime.date(1900, 1, 1)),
                                    ("valid_to__lte", datetime.date(2199, 12, 31)),
                                ),
                                _connector="OR",
                            ),
                        ),
                        name="identifier_years",
                        violation_error_message="Every day lies between the years 1900 and 2199.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalRepresentative",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("root_version", models.PositiveIntegerField(editable=False, null=True)),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="since")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
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
                    "user",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
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
            ],
            options={
                "verbose_name": "historical representative",
                "verbose_name_plural": "historical representatives",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalOtherName",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("root_version", models.PositiveIntegerField(editable=False, null=True)),
                ("name", models.CharField(max_length=250, verbose_name="other name")),
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
            ],
            options={
                "verbose_name": "historical other name",
                "verbose_name_plural": "historical other names",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalOrganization",
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
                ("name", models.CharField(max_length=250, verbose_name="name")),
                ("acronym", models.CharField(blank=True, max_length=30, verbose_name="acronym")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("industry_association", "Industry association"),
                            ("company", "Company"),
                            ("patient", "Patient organization"),
                            ("consumer", "Consumer organization"),
                            ("healthcare_professional", "Healthcare professional organization"),
                            ("academia", "Academia"),
                            ("ngo", "Non-governmental organization"),
                            ("regulator", "Regulator"),
                            ("public_authority", "Public authority"),
                            ("international", "International organization"),
                            ("other", "Other"),
                        ],
                        max_length=30,
                        verbose_name="kind",
                    ),
                ),
                ("country", django_countries.fields.CountryField(blank=True, max_length=2, verbose_name="country")),
                ("website", models.URLField(blank=True, max_length=300, verbose_name="website")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                (
                    "is_host",
                    models.BooleanField(
                        default=False, help_text="This organization hosts meetings.", verbose_name="host"
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
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Colleague responsible for this organization.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="our lead",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="organizations.organization",
                        verbose_name="merged into",
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
                        to="organizations.organization",
                        verbose_name="member of",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical organization",
                "verbose_name_plural": "historical organizations",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalIdentifier",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("root_version", models.PositiveIntegerField(editable=False, null=True)),
                (
                    "scheme",
                    models.CharField(
                        choices=[
                            ("eu_transparency", "EU Transparency Register"),
                            ("company", "Company register"),
                            ("ror", "Research Organization Registry"),
                            ("wikidata", "Wikidata"),
                            ("internal", "Our own number"),
                        ],
                        default="eu_transparency",
                        max_length=20,
                        verbose_name="register",
                    ),
                ),
                ("value", models.CharField(max_length=60, verbose_name="number")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("unknown", "Not checked"),
                            ("active", "Registered"),
                            ("suspended", "Suspended"),
                            ("removed", "Removed from the register"),
                        ],
                        default="unknown",
                        max_length=12,
                        verbose_name="status",
                    ),
                ),
                ("checked_on", models.DateField(blank=True, null=True, verbose_name="checked on")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="valid from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid to")),
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
            ],
            options={
                "verbose_name": "historical register number",
                "verbose_name_plural": "historical register numbers",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="OtherName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("name", models.CharField(max_length=250, verbose_name="other name")),
                ("match_key", models.CharField(db_index=True, default="", editable=False, max_length=250)),
                (
                    "sort_key",
                    engagement.core.models.sort_keys.SortKeyField("name", default="", editable=False, max_length=300),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="other_names",
                        to="organizations.organization",
                        verbose_name="organization",
                    ),
                ),
            ],
            options={
                "verbose_name": "other name",
                "verbose_name_plural": "other names",
                "ordering": ["sort_key", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "name"),
                        name="other_name_once",
                        violation_error_message="This other name is already listed.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "archived_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived at"),
                ),
                (
                    "archive_reason",
                    models.CharField(blank=True, editable=False, max_length=300, verbose_name="reason for archiving"),
                ),
                ("search_text", models.TextField(default="", editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                (
                    "contact_permission",
                    models.CharField(
                        choices=[
                            ("unknown", "Not asked"),
                            ("given", "May be contacted"),
                            ("refused", "Must not be contacted"),
                        ],
                        default="unknown",
                        max_length=10,
                        verbose_name="contact permission",
                    ),
                ),
                (
                    "sort_key",
                    engagement.core.models.sort_keys.SortKeyField("name", default="", editable=False, max_length=300),
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
            ],
            options={
                "verbose_name": "person",
                "verbose_name_plural": "people",
                "ordering": ["sort_key", "pk"],
                "indexes": [models.Index(fields=["sort_key", "id"], name="person_by_name")],
            },
        ),
        migrations.CreateModel(
            name="HistoricalPost",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("root_version", models.PositiveIntegerField(editable=False, null=True)),
                ("function", models.CharField(max_length=200, verbose_name="function")),
                (
                    "rank",
                    models.CharField(
                        choices=[("head", "Head of the organization"), ("senior", "Senior"), ("other", "Other")],
                        default="other",
                        max_length=10,
                        verbose_name="rank",
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="since")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
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
            ],
            options={
                "verbose_name": "historical post",
                "verbose_name_plural": "historical posts",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("function", models.CharField(max_length=200, verbose_name="function")),
                (
                    "rank",
                    models.CharField(
                        choices=[("head", "Head of the organization"), ("senior", "Senior"), ("other", "Other")],
                        default="other",
                        max_length=10,
                        verbose_name="rank",
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="since")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="organizations.organization",
                        verbose_name="organization",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="posts",
                        to="organizations.person",
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "post",
                "verbose_name_plural": "posts",
                "ordering": ["person", "-starts_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on", None),
                            ("ends_on", None),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="post_in_order",
                        violation_error_message="A post cannot end before it begins.",
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
                        ),
                        name="post_years",
                        violation_error_message="Every day lies between the years 1900 and 2199.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Representative",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="since")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="representatives",
                        to="organizations.organization",
                        verbose_name="organization",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="representations",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
            ],
            options={
                "verbose_name": "representative",
                "verbose_name_plural": "representatives",
                "ordering": ["organization", "user", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "organization"),
                        name="representative_once",
                        violation_error_message="This user already represents this organization.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on", None),
                            ("ends_on", None),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="representation_in_order",
                        violation_error_message="A representation cannot end before it begins.",
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
                        ),
                        name="representation_years",
                        violation_error_message="Every day lies between the years 1900 and 2199.",
                    ),
                ],
            },
        ),
    ]
