"""Users in the admin."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin

from engagement.core.kit.suggestions import LookupAdmin

from .models import User


@admin.register(User)
class UserAdmin(LookupAdmin, DjangoUserAdmin):
    list_display = ("username", "first_name", "last_name", "email", "is_staff", "is_active")
    ordering = ("username", "pk")
