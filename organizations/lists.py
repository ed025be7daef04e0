"""List view of organizations."""

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django_countries import countries

from engagement.core.lists.request import PageRequest
from engagement.core.lists.sorts import Sort
from engagement.core.lists.views import ListPage

from .filters import OrganizationFilter, organizations
from .models import Organization
from .models.merging import may_merge


class OrganizationList(ListPage):
    """Organizations that took part in meetings, or were mentioned there, by name."""

    url_name = "organizations:list"
    filterset_class = OrganizationFilter
    sorts = {
        "name": Sort.on("sort_key", _("Name"), jump="text"),
        "kind": Sort.by_label("kind", Organization.Kind.choices, _("Kind")),
        "country": Sort.by_label("country", list(countries), _("Country")),
    }
    default_sort = "name"
    rows_template = "organizations/_list_rows.html"
    title = _("Organizations")
    lede = _("Organizations that took part in or were mentioned at meetings")
    none_recorded = _("No organizations recorded yet.")
    none_shown = _("No organizations to show yet. Organizations appear here once a meeting with them is published.")

    def get_queryset(self) -> "QuerySet[Model]":
        return organizations(self.request.user)

    def in_short(self, rows: "QuerySet[Model]", request: HttpRequest) -> "QuerySet[Model]":
        return rows.only("slug", "name", "kind")

    def counted(self, number: int) -> str:
        return ngettext("%(number)s organization", "%(number)s organizations", number) % {"number": number}

    def extra_context(self, asked: PageRequest) -> dict[str, object]:
        context: dict[str, object] = {}
        if self.request.user.has_perm("organizations.add_organization"):
            address = reverse("admin:organizations_organization_add")
            context |= {"add_url": address, "add_label": _("Add an organization")}
        if may_merge(self.request.user):
            context |= {"more_url": reverse("organizations:duplicates"), "more_label": _("Likely duplicates")}
        return context
