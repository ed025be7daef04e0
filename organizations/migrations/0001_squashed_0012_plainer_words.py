"""Squashed migration: the same tables as 0001_initial to 0012_plainer_words make, in one step."""

import datetime

import django.db.models.deletion
import django.utils.timezone
import django_countries.fields
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import engagement.core.models.sort_keys


class Migration(migrations.Migration):
    replaces = [
        ("organizations", "0001_initial"),
        ("organizations", "0002_lineage"),
        ("organizations", "0003_merging"),
        ("organizations", "0004_sort_keys"),
        ("organizations", "0005_fill_sort_keys"),
        ("organizations", "0006_years"),
        ("organizations", "0007_plain_words"),
        ("organizations", "0008_legal_form_and_sector"),
        ("organizations", "0009_consent_and_erasure_of_people"),
        ("organizations", "0010_eligibility"),
        ("organizations", "0011_merges_of_people"),
        ("organizations", "0012_plainer_words"),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Criterion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("name", models.CharField(max_length=120, unique=True, verbose_name="name")),
                ("text", models.TextField(blank=True, help_text="As the body published it.", verbose_name="text")),
                ("source_url", models.URLField(blank=True, max_length=500, verbose_name="link to source")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="in force from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="in force until")),
                (
                    "is_public",
                    models.BooleanField(
                        default=False,
                        help_text="Readers can see which organizations meet it, and when that was assessed.",
                        verbose_name="public",
                    ),
                ),
            ],
            options={
                "verbose_name": "eligibility criterion",
                "verbose_name_plural": "eligibility criteria",
                "ordering": ["order", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from", None),
                            ("valid_to", None),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="criterion_validity_in_order",
                        violation_error_message="A criterion cannot end before it begins.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
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
                        name="criterion_years",
                        violation_error_message="Every day lies between the years 1900 and 2199.",
                    ),
                ],
                "indexes": [],
            },
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
                (
                    "legal_form",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("company", "Company"),
                            ("partnership", "Partnership"),
                            ("self_employed", "Self-employed person"),
                            ("association", "Association"),
                            ("foundation", "Foundation"),
                            ("cooperative", "Cooperative"),
                            ("trade_union", "Trade union"),
                            ("public_body", "Body under public law"),
                            ("treaty_body", "Body under a treaty"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                        verbose_name="legal form",
                    ),
                ),
                (
                    "sector",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("A", "Agriculture, forestry and fishing"),
                            ("B", "Mining and quarrying"),
                            ("C", "Manufacturing"),
                            ("D", "Electricity, gas and steam"),
                            ("E", "Water, waste and remediation"),
                            ("F", "Construction"),
                            ("G", "Wholesale and retail trade"),
                            ("H", "Transport and storage"),
                            ("I", "Accommodation and food"),
                            ("J", "Publishing, broadcasting and content"),
                            ("K", "Telecommunication and computing"),
                            ("L", "Finance and insurance"),
                            ("M", "Real estate"),
                            ("N", "Professional, scientific and technical services"),
                            ("O", "Administrative and support services"),
                            ("P", "Public administration and defence"),
                            ("Q", "Education"),
                            ("R", "Health and social work"),
                            ("S", "Arts, sports and recreation"),
                            ("T", "Other services"),
                            ("U", "Households as employers"),
                            ("V", "Extraterritorial organizations"),
                        ],
                        max_length=1,
                        verbose_name="sector",
                    ),
                ),
                ("website", models.URLField(blank=True, max_length=300, verbose_name="website")),
                ("description", models.TextField(blank=True, verbose_name="description")),
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
                (
                    "is_host",
                    models.BooleanField(
                        default=False, help_text="This organization hosts meetings.", verbose_name="host"
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
                    "lineage",
                    models.ManyToManyField(editable=False, related_name="branch", to="organizations.organization"),
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
                            ("legal_form", ""),
                            (
                                "legal_form__in",
                                [
                                    "company",
                                    "partnership",
                                    "self_employed",
                                    "association",
                                    "foundation",
                                    "cooperative",
                                    "trade_union",
                                    "public_body",
                                    "treaty_body",
                                    "other",
                                ],
                            ),
                            _connector="OR",
                        ),
                        name="organization_legal_form_known",
                        violation_error_message="Choose the legal form from the list.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sector", ""),
                            (
                                "sector__in",
                                [
                                    "A",
                                    "B",
                                    "C",
                                    "D",
                                    "E",
                                    "F",
                                    "G",
                                    "H",
                                    "I",
                                    "J",
                                    "K",
                                    "L",
                                    "M",
                                    "N",
                                    "O",
                                    "P",
                                    "Q",
                                    "R",
                                    "S",
                                    "T",
                                    "U",
                                    "V",
                                ],
                            ),
                            _connector="OR",
                        ),
                        name="organization_sector_known",
                        violation_error_message="Choose the sector from the list.",
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
            name="HistoricalCriterion",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("root_version", models.PositiveIntegerField(editable=False, null=True)),
                ("name", models.CharField(db_index=True, max_length=120, verbose_name="name")),
                ("text", models.TextField(blank=True, help_text="As the body published it.", verbose_name="text")),
                ("source_url", models.URLField(blank=True, max_length=500, verbose_name="link to source")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="in force from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="in force until")),
                (
                    "is_public",
                    models.BooleanField(
                        default=False,
                        help_text="Readers can see which organizations meet it, and when that was assessed.",
                        verbose_name="public",
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
                "verbose_name": "historical eligibility criterion",
                "verbose_name_plural": "historical eligibility criteria",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [],
                "constraints": [],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
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
                ("permission_on", models.DateField(blank=True, null=True, verbose_name="answered on")),
                (
                    "name_consent_on",
                    models.DateField(
                        blank=True,
                        help_text="The day it was given. Leave empty if none.",
                        null=True,
                        verbose_name="consent to publish the name",
                    ),
                ),
                (
                    "name_consent_ends_on",
                    models.DateField(
                        blank=True,
                        help_text="Leave empty if it has no end.",
                        null=True,
                        verbose_name="consent valid until",
                    ),
                ),
                (
                    "name_consent_withdrawn_on",
                    models.DateField(blank=True, null=True, verbose_name="consent withdrawn on"),
                ),
                ("erased_on", models.DateField(blank=True, editable=False, null=True, verbose_name="erased on")),
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
                "verbose_name": "historical person",
                "verbose_name_plural": "historical people",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [],
                "constraints": [],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
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
                ("permission_on", models.DateField(blank=True, null=True, verbose_name="answered on")),
                (
                    "name_consent_on",
                    models.DateField(
                        blank=True,
                        help_text="The day it was given. Leave empty if none.",
                        null=True,
                        verbose_name="consent to publish the name",
                    ),
                ),
                (
                    "name_consent_ends_on",
                    models.DateField(
                        blank=True,
                        help_text="Leave empty if it has no end.",
                        null=True,
                        verbose_name="consent valid until",
                    ),
                ),
                (
                    "name_consent_withdrawn_on",
                    models.DateField(blank=True, null=True, verbose_name="consent withdrawn on"),
                ),
                ("erased_on", models.DateField(blank=True, editable=False, null=True, verbose_name="erased on")),
                (
                    "sort_key",
                    engagement.core.models.sort_keys.SortKeyField("name", default="", editable=False, max_length=300),
                ),
            ],
            options={
                "verbose_name": "person",
                "verbose_name_plural": "people",
                "ordering": ["sort_key", "pk"],
                "indexes": [models.Index(fields=["sort_key", "id"], name="person_by_name")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("name_consent_ends_on", None),
                            models.Q(
                                ("name_consent_on__isnull", False),
                                ("name_consent_on__lte", models.F("name_consent_ends_on")),
                            ),
                            _connector="OR",
                        ),
                        name="person_consent_ends_after_it_begins",
                        violation_error_message="Enter the day on which consent was given. Consent cannot end before that day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("name_consent_withdrawn_on", None),
                            models.Q(
                                ("name_consent_on__isnull", False),
                                ("name_consent_on__lte", models.F("name_consent_withdrawn_on")),
                            ),
                            _connector="OR",
                        ),
                        name="person_consent_withdrawn_after_it_was_given",
                        violation_error_message="Enter the day on which consent was given. Consent cannot be withdrawn before that day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("erased_on", None), models.Q(("email", ""), ("name", "")), _connector="OR"),
                        name="person_erased_has_no_name",
                        violation_error_message="This person was erased. Add another person as a new record.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("permission_on", None),
                                models.Q(
                                    ("permission_on__gte", datetime.date(1900, 1, 1)),
                                    ("permission_on__lte", datetime.date(2199, 12, 31)),
                                ),
                                _connector="OR",
                            ),
                            models.Q(
                                ("name_consent_on", None),
                                models.Q(
                                    ("name_consent_on__gte", datetime.date(1900, 1, 1)),
                                    ("name_consent_on__lte", datetime.date(2199, 12, 31)),
                                ),
                                _connector="OR",
                            ),
                            models.Q(
                                ("name_consent_ends_on", None),
                                models.Q(
                                    ("name_consent_ends_on__gte", datetime.date(1900, 1, 1)),
                                    ("name_consent_ends_on__lte", datetime.date(2199, 12, 31)),
                                ),
                                _connector="OR",
                            ),
                            models.Q(
                                ("name_consent_withdrawn_on", None),
                                models.Q(
                                    ("name_consent_withdrawn_on__gte", datetime.date(1900, 1, 1)),
                                    ("name_consent_withdrawn_on__lte", datetime.date(2199, 12, 31)),
                                ),
                                _connector="OR",
                            ),
                        ),
                        name="person_years",
                        violation_error_message="Every day lies between the years 1900 and 2199.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Assessment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assessments",
                        to="organizations.organization",
                        verbose_name="organization",
                    ),
                ),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessments",
                        to="organizations.criterion",
                        verbose_name="eligibility criterion",
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        choices=[("met", "Met"), ("not_met", "Not met"), ("not_assessed", "Not assessed")],
                        default="met",
                        max_length=12,
                        verbose_name="result",
                    ),
                ),
                ("assessed_on", models.DateField(verbose_name="assessed on")),
                ("next_review_on", models.DateField(blank=True, null=True, verbose_name="next review")),
                (
                    "recorded_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="recorded at"),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="note")),
            ],
            options={
                "verbose_name": "assessment of eligibility",
                "verbose_name_plural": "assessments of eligibility",
                "ordering": ["criterion__order", "criterion", "-assessed_on", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "criterion", "assessed_on"),
                        name="assessment_once_a_day",
                        violation_error_message="This criterion was already assessed on that day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("result__in", ["met", "not_met", "not_assessed"])),
                        name="assessment_result_known",
                        violation_error_message="Choose the result from the list.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("next_review_on", None), ("next_review_on__gt", models.F("assessed_on")), _connector="OR"
                        ),
                        name="assessment_reviewed_later",
                        violation_error_message="The next review must be after the assessment.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("assessed_on", None),
                                models.Q(
                                    ("assessed_on__gte", datetime.date(1900, 1, 1)),
                                    ("assessed_on__lte", datetime.date(2199, 12, 31)),
                                ),
                                _connector="OR",
                            ),
                            models.Q(
                                ("next_review_on", None),
                                models.Q(
                                    ("next_review_on__gte", datetime.date(1900, 1, 1)),
                                    ("next_review_on__lte", datetime.date(2199, 12, 31)),
                                ),
                                _connector="OR",
                            ),
                        ),
                        name="assessment_years",
                        violation_error_message="Every day lies between the years 1900 and 2199.",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="HistoricalAssessment",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("root_version", models.PositiveIntegerField(editable=False, null=True)),
                (
                    "result",
                    models.CharField(
                        choices=[("met", "Met"), ("not_met", "Not met"), ("not_assessed", "Not assessed")],
                        default="met",
                        max_length=12,
                        verbose_name="result",
                    ),
                ),
                ("assessed_on", models.DateField(verbose_name="assessed on")),
                ("next_review_on", models.DateField(blank=True, null=True, verbose_name="next review")),
                (
                    "recorded_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="recorded at"),
                ),
                ("note", models.TextField(blank=True, verbose_name="note")),
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
                    "criterion",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="organizations.criterion",
                        verbose_name="eligibility criterion",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
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
                "verbose_name": "historical assessment of eligibility",
                "verbose_name_plural": "historical assessments of eligibility",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [],
                "constraints": [],
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
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid until")),
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
                "verbose_name": "historical register number",
                "verbose_name_plural": "historical register numbers",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [],
                "constraints": [],
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
                (
                    "legal_form",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("company", "Company"),
                            ("partnership", "Partnership"),
                            ("self_employed", "Self-employed person"),
                            ("association", "Association"),
                            ("foundation", "Foundation"),
                            ("cooperative", "Cooperative"),
                            ("trade_union", "Trade union"),
                            ("public_body", "Body under public law"),
                            ("treaty_body", "Body under a treaty"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                        verbose_name="legal form",
                    ),
                ),
                (
                    "sector",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("A", "Agriculture, forestry and fishing"),
                            ("B", "Mining and quarrying"),
                            ("C", "Manufacturing"),
                            ("D", "Electricity, gas and steam"),
                            ("E", "Water, waste and remediation"),
                            ("F", "Construction"),
                            ("G", "Wholesale and retail trade"),
                            ("H", "Transport and storage"),
                            ("I", "Accommodation and food"),
                            ("J", "Publishing, broadcasting and content"),
                            ("K", "Telecommunication and computing"),
                            ("L", "Finance and insurance"),
                            ("M", "Real estate"),
                            ("N", "Professional, scientific and technical services"),
                            ("O", "Administrative and support services"),
                            ("P", "Public administration and defence"),
                            ("Q", "Education"),
                            ("R", "Health and social work"),
                            ("S", "Arts, sports and recreation"),
                            ("T", "Other services"),
                            ("U", "Households as employers"),
                            ("V", "Extraterritorial organizations"),
                        ],
                        max_length=1,
                        verbose_name="sector",
                    ),
                ),
                ("website", models.URLField(blank=True, max_length=300, verbose_name="website")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                (
                    "is_host",
                    models.BooleanField(
                        default=False, help_text="This organization hosts meetings.", verbose_name="host"
                    ),
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
                "verbose_name": "historical organization",
                "verbose_name_plural": "historical organizations",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [],
                "constraints": [],
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
                "verbose_name": "historical other name",
                "verbose_name_plural": "historical other names",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [],
                "constraints": [],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalRepresentative",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("root_version", models.PositiveIntegerField(editable=False, null=True)),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="since")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
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
                "verbose_name": "historical representative",
                "verbose_name_plural": "historical representatives",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [],
                "constraints": [],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Identifier",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="identifiers",
                        to="organizations.organization",
                        verbose_name="organization",
                    ),
                ),
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
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid until")),
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
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Merge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("others", models.JSONField(default=list, editable=False, verbose_name="organizations merged into it")),
                ("steps", models.JSONField(default=list, editable=False, verbose_name="what was changed")),
                ("merged_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="merged at")),
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
                "verbose_name": "merge",
                "verbose_name_plural": "merges",
                "ordering": ["-merged_at", "-pk"],
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="NotSame",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
            ],
            options={
                "verbose_name": "pair of different organizations",
                "verbose_name_plural": "pairs of different organizations",
                "ordering": ["-said_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("first", "second"),
                        name="not_same_once",
                        violation_error_message="This is already recorded for these two organizations.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("first__lt", models.F("second"))),
                        name="not_same_in_order",
                        violation_error_message="Choose two different organizations.",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="OtherName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="other_names",
                        to="organizations.organization",
                        verbose_name="organization",
                    ),
                ),
                ("name", models.CharField(max_length=250, verbose_name="other name")),
                ("match_key", models.CharField(db_index=True, default="", editable=False, max_length=250)),
                (
                    "sort_key",
                    engagement.core.models.sort_keys.SortKeyField("name", default="", editable=False, max_length=300),
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
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Representative",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="representations",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="representatives",
                        to="organizations.organization",
                        verbose_name="organization",
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="since")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
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
                "indexes": [],
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
                "verbose_name": "historical post",
                "verbose_name_plural": "historical posts",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "indexes": [],
                "constraints": [],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="PersonMerge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kept",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merges",
                        to="organizations.person",
                        verbose_name="person kept",
                    ),
                ),
                (
                    "gone",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged_away",
                        to="organizations.person",
                        verbose_name="person merged into it",
                    ),
                ),
                ("steps", models.JSONField(default=list, editable=False, verbose_name="what was changed")),
                ("merged_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="merged at")),
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
                "verbose_name": "merge of people",
                "verbose_name_plural": "merges of people",
                "ordering": ["-merged_at", "-pk"],
                "default_permissions": (),
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="posts",
                        to="organizations.person",
                        verbose_name="person",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="organizations.organization",
                        verbose_name="organization",
                    ),
                ),
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
                "indexes": [],
            },
        ),
    ]
