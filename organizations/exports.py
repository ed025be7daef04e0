"""Exports of the list of organizations: file and feed."""

from typing import Any

from django.db.models import Model, Prefetch, QuerySet
from django.utils.translation import gettext_lazy

from engagement.core.exports import Column, Entry, Export

from .lists import OrganizationList
from .models import Identifier, Organization

COLUMNS = [
    Column("name", gettext_lazy("Its name.")),
    Column("acronym", gettext_lazy("Its acronym.")),
    Column("url", gettext_lazy("Its page."), "address"),
    Column("kind", gettext_lazy("What it is, such as company, regulator or patient.")),
    Column("country", gettext_lazy("Country, by ISO 3166."), "country.code"),
    Column("legal_form", gettext_lazy("Its legal form, such as company, association or foundation.")),
    Column("sector", gettext_lazy("What it works in: letter of a section of NACE, revision 2.1.")),
    Column("website", gettext_lazy("Its own website.")),
    Column("description", gettext_lazy("What it does.")),
    Column("is_host", gettext_lazy("Whether it is a host.")),
    Column("umbrella", gettext_lazy("Organization it is a member of."), "parent.name"),
    Column("other_names", gettext_lazy("Former and other names."), lambda o: [n.name for n in o.other_names.all()]),
    Column(
        "identifiers",
        gettext_lazy("Numbers in registers."),
        lambda o: [f"{one.scheme}:{one.value}" for one in o.identifiers.all()],
    ),
    Column("changed_at", gettext_lazy("When the record was last changed.")),
    Column("lead", gettext_lazy("Colleague responsible for this organization."), staff_only=True),
    Column("archived_at", gettext_lazy("When it was archived."), staff_only=True),
]


class OrganizationsExport(Export):
    name = "organizations"
    url_name = "organizations:export"
    page_class = OrganizationList
    columns = COLUMNS

    def prepare(self, rows: "QuerySet[Model]") -> "QuerySet[Model]":
        """With the umbrella and the numbers this reader may know of."""
        above = Prefetch("parent", queryset=Organization.objects.visible_to(self.user))
        numbers = Prefetch("identifiers", queryset=Identifier.objects.visible_to(self.user))
        return rows.select_related("lead").prefetch_related(above, numbers, "other_names")

    def entry(self, row: Any) -> Entry:
        kind = str(row.get_kind_display())
        country = str(row.country.name) if row.country else ""
        facts = ", ".join(part for part in (kind, country) if part)
        return Entry.of(row, row.pk, str(row), [facts, row.description], kind)
