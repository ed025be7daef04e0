"""Admin of users and roles, and of the log of exports."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.contrib.auth.models import Group
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from engagement.core.admin.changelist import BoundedAdmin, ReadOnlyAdmin
from engagement.core.admin.form_fields import KitFields
from engagement.core.admin.once import OnceAdmin
from engagement.core.exports import Export
from engagement.core.lookups.views import LookupAdmin

from .models import ExportLog, User, ViewAsLog


class NewUserForm(AdminUserCreationForm):
    """Django's form, but after a mistake the list of errors has the focus."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["usable_password"]
        chosen.label, chosen.help_text = _("First password"), ""
        chosen.choices = [  # type: ignore[attr-defined]
            ("false", _("The person chooses one, by a link from the sign-in page. Enter the e-mail address next.")),
            ("true", _("Set one now")),
        ]
        if self.is_bound:
            self.fields["username"].widget.attrs.pop("autofocus", None)


@admin.register(User)
class UserAdmin(KitFields, LookupAdmin, OnceAdmin, BoundedAdmin, DjangoUserAdmin):
    """Users get permissions from roles; single permissions are not given here."""

    fieldsets = (
        (_("Account"), {"fields": ["username", "password"]}),
        (_("Person"), {"fields": [("first_name", "last_name"), "email"]}),
        (_("Roles"), {"fields": [("is_active", "is_staff", "is_superuser"), "groups"]}),
        (_("Dates"), {"fields": [("last_login", "date_joined")]}),
    )
    readonly_fields = ("last_login", "date_joined")
    add_form = NewUserForm
    filter_horizontal = ()
    boxes = ("groups",)
    list_display = ("username", "first_name", "last_name", "email", "is_staff", "is_active")
    ordering = ("username", "pk")


admin.site.unregister(Group)


@admin.register(Group)
class RoleAdmin(OnceAdmin, BoundedAdmin, DjangoGroupAdmin):
    """The permissions of a role, in one list that works without scripts."""

    filter_horizontal = ()


class OfListFilter(admin.SimpleListFilter):
    """By list: those that can be taken out are known, so nobody looks through the log for them."""

    title = _("list")
    parameter_name = "what"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        return [(export.name, export.name) for export in Export.by_list.values()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Model]) -> "QuerySet[Model] | None":
        offered = {name for name, _label in self.lookup_choices}
        return queryset.filter(what=self.value()) if self.value() in offered else queryset


@admin.register(ExportLog)
class ExportLogAdmin(ReadOnlyAdmin):
    """Who took which list out, when, under which filter and how many rows: to be read, and nothing else."""

    list_display = ("at", "user", "what", "format", "asked", "left")
    list_display_links = None
    list_filter = ("at", OfListFilter)
    sortable_by = ("at",)
    list_select_related = ("user",)
    search_fields = ("user__username", "user__last_name", "query")
    fields = ("at", "user", "what", "format", "asked", "left")

    @admin.display(description=_("filter"))
    def asked(self, line: ExportLog) -> str:
        """The filter, as the way to the same rows as they are today."""
        lists = {export.name: list_name for list_name, export in Export.by_list.items()}
        words = line.query or gettext("Everything")
        if line.what not in lists:
            return words
        query = f"?{line.query}" if line.query else ""
        return format_html('<a href="{}{}">{}</a>', reverse(lists[line.what]), query, words)

    @admin.display(description=_("rows"))
    def left(self, line: ExportLog) -> object:
        """Without a number it was broken off, or is still under way."""
        return gettext("not finished") if line.rows is None else line.rows


@admin.register(ViewAsLog)
class ViewAsLogAdmin(ReadOnlyAdmin):
    """Who looked at which page as whom: to be read, and nothing else."""

    list_display = ("at", "user", "audience", "path")
    list_display_links = None
    list_filter = ("at",)
    sortable_by = ("at",)
    list_select_related = ("user",)
    search_fields = ("user__username", "user__last_name", "audience", "path")
    fields = ("at", "user", "audience", "path")
