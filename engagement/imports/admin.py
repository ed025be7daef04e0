"""Layouts in the admin: to be read, with their history. They are made and changed beside a file, on the site."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from engagement.core.admin import NounAdmin

from .models import Layout


@admin.register(Layout)
class LayoutAdmin(NounAdmin):
    list_display = ("name", "noun", "made_at", "made_by")
    list_select_related = ("made_by",)
    list_filter = ("noun",)
    search_fields = ("name",)
    ordering = ("name", "pk")
    fieldsets = [(_("Layout"), {"fields": ["name", "noun", "spec"]})]
    is_read_only = True

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
