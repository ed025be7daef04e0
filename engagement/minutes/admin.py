"""Admin of the body's own words around minutes."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from engagement.core.admin.noun_admin import NounAdmin

from .models import MinutesTexts


@admin.register(MinutesTexts)
class MinutesTextsAdmin(NounAdmin):
    list_display = ("__str__", "reference_pattern")
    fieldsets = [
        (_("Around the record"), {"fields": ["opening_notes", "disclaimer", "access_note", "footer"]}),
        (_("Reference"), {"fields": ["reference_pattern"]}),
        (_("DOCX"), {"fields": ["docx_template"]}),
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not MinutesTexts.objects.exists()
