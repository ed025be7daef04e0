"""Admin of themes, topics and references."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from engagement.core.admin.noun_admin import ArchivedFilter, NounAdmin, archived_on, archiving

from .models import Reference, Theme, Topic


@admin.register(Theme)
class ThemeAdmin(NounAdmin):
    list_display = ("name", "parent", "depth", archived_on)
    list_filter = ("depth", ("archived_at", ArchivedFilter))
    list_select_related = ("parent",)
    search_fields = ("search_text",)
    ordering = ("sort_key", "pk")
    fieldsets = [(_("Theme"), {"fields": ["name", "parent", "description"]})]
    lookups = {"parent": {}}
    verbs = archiving("topics.change_theme")


@admin.register(Topic)
class TopicAdmin(NounAdmin):
    list_display = ("title", "status", "theme_names")
    list_filter = ("status", "themes")
    search_fields = ("search_text",)
    ordering = ("sort_key", "pk")
    fieldsets = [(_("Topic"), {"fields": ["title", "themes", "description", "status"]})]
    lookups = {"themes": {}}

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("themes")

    @admin.display(description=_("themes"))
    def theme_names(self, topic: Topic) -> str:
        return ", ".join(theme.name for theme in topic.themes.all())


@admin.register(Reference)
class ReferenceAdmin(NounAdmin):
    list_display = ("title", "kind", "identifier", "url")
    list_filter = ("kind",)
    search_fields = ("search_text",)
    ordering = ("sort_key", "pk")
    fieldsets = [(_("Reference"), {"fields": ["kind", "title", "identifier", "url"]})]
