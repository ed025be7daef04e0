"""Admin of erasures (read-only), and the link to erasing from the record of a person."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from engagement.core.admin.changelist import ReadOnlyAdmin
from organizations.admin import PersonAdmin
from organizations.models import Person

from .models import Erasure, may_handle

admin.site.unregister(Person)


@admin.register(Person)
class PersonToEraseAdmin(PersonAdmin):
    """Admin of people in which an erased person is read-only: no name is entered again."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.erased_on is None)

    def links_of(self, request: HttpRequest, record: Model) -> list[dict[str, object]]:
        links = super().links_of(request, record)
        if may_handle(request.user) and getattr(record, "erased_on", None) is None:
            for label, extension in (
                (_("Download personal data (JSON)"), "json"),
                (_("Download personal data (text)"), "txt"),
            ):
                links.append({"label": label, "url": reverse("privacy:held", args=[record.pk, extension])})
            links.append({"label": _("Erase this person"), "url": reverse("privacy:erase_person", args=[record.pk])})
        return links


@admin.register(Erasure)
class ErasureAdmin(ReadOnlyAdmin):
    """When somebody was erased, by whom, why, and in how many places; nobody's name."""

    list_display = ("at", "by", "stand_in", "number_of_places", "reason")
    list_display_links = None
    list_filter = ("at",)
    sortable_by = ("at",)
    list_select_related = ("by",)
    search_fields = ("stand_in", "reason")
    fields = ("at", "by", "stand_in", "number_of_places", "reason")

    @admin.display(description=_("places"))
    def number_of_places(self, trace: Erasure) -> int:
        return trace.places
