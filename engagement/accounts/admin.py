"""Users and roles in the admin."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from engagement.core.kit.fields import KitFields
from engagement.core.kit.suggestions import LookupAdmin

from .models import User


class NewUserForm(AdminUserCreationForm):
    """As Django's, but after a mistake the list of what to fix has the focus, and only one thing can."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound:
            self.fields["username"].widget.attrs.pop("autofocus", None)


@admin.register(User)
class UserAdmin(KitFields, LookupAdmin, DjangoUserAdmin):
    """What a user may do comes from roles; single permissions are not handed out here."""

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
class RoleAdmin(DjangoGroupAdmin):
    """What a role may do, in one list that works without scripts."""

    filter_horizontal = ()
