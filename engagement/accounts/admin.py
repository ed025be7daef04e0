"""Users in the admin."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.utils.translation import gettext_lazy as _

from engagement.core.kit.fields import KitFields
from engagement.core.kit.suggestions import LookupAdmin

from .models import User


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
    filter_horizontal = ()
    boxes = ("groups",)
    list_display = ("username", "first_name", "last_name", "email", "is_staff", "is_active")
    ordering = ("username", "pk")
