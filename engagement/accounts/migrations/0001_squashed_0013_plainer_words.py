"""Squashed migration: the same tables as 0001_initial to 0013_plainer_words make, in one step."""

import django.contrib.auth.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import engagement.core.models.sort_keys


class Migration(migrations.Migration):
    replaces = [
        ("accounts", "0001_initial"),
        ("accounts", "0002_own_things"),
        ("accounts", "0003_saved_views"),
        ("accounts", "0004_sort_keys"),
        ("accounts", "0005_failed_sign_ins"),
        ("accounts", "0006_rows_of_an_export_as_they_left"),
        ("accounts", "0007_user_manager"),
        ("accounts", "0008_saved_views_shared_with_a_person"),
        ("accounts", "0009_plain_words"),
        ("accounts", "0010_last_looked_at"),
        ("accounts", "0011_what_a_link_opens"),
        ("accounts", "0012_pages_viewed_as_others_see_them"),
        ("accounts", "0013_plainer_words"),
    ]

    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "A user with that username already exists."},
                        help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                        max_length=150,
                        unique=True,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="username",
                    ),
                ),
                ("first_name", models.CharField(blank=True, max_length=150, verbose_name="first name")),
                ("last_name", models.CharField(blank=True, max_length=150, verbose_name="last name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="email address")),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                ("date_joined", models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined")),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "user",
                "verbose_name_plural": "users",
                "permissions": [("see_internal", "Can see everything the secretariat records")],
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="FailedSignIn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(max_length=40, verbose_name="source")),
                ("place", models.PositiveSmallIntegerField(verbose_name="place")),
                ("expires_at", models.DateTimeField(db_index=True, verbose_name="counts until")),
            ],
            options={
                "verbose_name": "failed sign-in",
                "verbose_name_plural": "failed sign-ins",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("source", "place"),
                        name="failed_sign_in_place",
                        violation_error_message="This failed sign-in is counted already.",
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="CalendarLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calendar_links",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        blank=True, help_text="Where you use it, such as “Phone”.", max_length=60, verbose_name="name"
                    ),
                ),
                (
                    "opens",
                    models.CharField(
                        choices=[("calendars", "Calendars"), ("activity", "Activity feeds")],
                        default="calendars",
                        editable=False,
                        max_length=10,
                        verbose_name="what it opens",
                    ),
                ),
                ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                (
                    "made_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="created at"),
                ),
                ("last_used_on", models.DateField(editable=False, null=True, verbose_name="last used on")),
                ("revoked_at", models.DateTimeField(editable=False, null=True, verbose_name="revoked at")),
            ],
            options={
                "verbose_name": "calendar link",
                "verbose_name_plural": "calendar links",
                "ordering": ["-made_at", "-pk"],
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="ExportLog",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
                ("at", models.DateTimeField(db_index=True, default=django.utils.timezone.now, verbose_name="at")),
                ("what", models.CharField(max_length=40, verbose_name="list")),
                ("format", models.CharField(max_length=10, verbose_name="format")),
                ("query", models.TextField(blank=True, verbose_name="filter")),
                ("rows", models.PositiveIntegerField(editable=False, null=True, verbose_name="rows")),
            ],
            options={
                "verbose_name": "export",
                "verbose_name_plural": "exports",
                "ordering": ["-at", "-pk"],
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Look",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
                ("page", models.CharField(max_length=60, verbose_name="page")),
                ("looked_at", models.DateTimeField(verbose_name="last seen at")),
            ],
            options={
                "verbose_name": "look",
                "verbose_name_plural": "looks",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "page"),
                        name="look_once_per_page",
                        violation_error_message="This page is marked as seen already.",
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_views",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner",
                    ),
                ),
                ("list_name", models.CharField(max_length=60, verbose_name="list")),
                ("name", models.CharField(help_text="Such as “Overdue, by us”.", max_length=60, verbose_name="name")),
                ("query", models.CharField(blank=True, max_length=4000, verbose_name="filter")),
                (
                    "role",
                    models.ForeignKey(
                        blank=True,
                        help_text="Everyone in the secretariat with this role can use it too.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="auth.group",
                        verbose_name="who can use it",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        help_text="A colleague who can see this view and copy it.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="or with one person",
                    ),
                ),
                (
                    "sort_key",
                    engagement.core.models.sort_keys.SortKeyField("name", default="", editable=False, max_length=300),
                ),
            ],
            options={
                "verbose_name": "saved view",
                "verbose_name_plural": "saved views",
                "ordering": ["list_name", "sort_key", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("owner"),
                        models.F("list_name"),
                        django.db.models.functions.text.Lower("name"),
                        name="saved_view_named_once",
                        violation_error_message="You already have a view with this name for this list.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("role", None), ("person", None), _connector="OR"),
                        name="saved_view_shared_once",
                        violation_error_message="Share it with a role or with one person, not with both.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("person", None), models.Q(("person", models.F("owner")), _negated=True), _connector="OR"
                        ),
                        name="saved_view_person_is_another",
                        violation_error_message="This view is already yours. Choose someone else to share it with.",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="ViewAsLog",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
                ("at", models.DateTimeField(db_index=True, default=django.utils.timezone.now, verbose_name="at")),
                ("audience", models.CharField(max_length=300, verbose_name="viewed as")),
                ("path", models.TextField(verbose_name="address")),
            ],
            options={
                "verbose_name": "page viewed as others see it",
                "verbose_name_plural": "pages viewed as others see them",
                "ordering": ["-at", "-pk"],
                "abstract": False,
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="DefaultView",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
                ("list_name", models.CharField(max_length=60, verbose_name="list")),
                (
                    "view",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="chosen_by",
                        to="accounts.savedview",
                        verbose_name="view",
                    ),
                ),
            ],
            options={
                "verbose_name": "default view",
                "verbose_name_plural": "default views",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "list_name"),
                        name="saved_view_one_default",
                        violation_error_message="A list opens with one view.",
                    )
                ],
                "indexes": [],
            },
        ),
    ]
