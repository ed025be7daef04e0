"""FilterSet of the list of organizations."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from engagement.accounts.filters import colleagues, printed_name
from engagement.core.lists import filters
from engagement.core.lists.filterset import ListFilterSet
from engagement.core.types import Reader

from .models import Organization, OrganizationQuerySet
from .models.eligibility import review_due


def organizations(user: Reader) -> OrganizationQuerySet:
    return Organization.objects.visible_to(user)


SHOW: dict[str, Any] = {
    "current": (_("In use"), lambda rows, user: rows.filter(archived_at=None)),
    "archived": (_("Archived"), lambda rows, user: rows.exclude(archived_at=None)),
    "all": (_("All, including archived"), lambda rows, user: rows),
}


class Show(filters.OneOf):
    """A filter by archived or current; current ones unless asked for others."""

    def chosen(self, name: str, value: Any) -> list[filters.Chosen]:
        return [filters.Chosen(name, value, str(self.answers[value][0]))] if value not in ("", "current") else []


class OrganizationFilter(ListFilterSet):
    """FilterSet of organizations: by kind, by place, and by umbrella."""

    defaults = {"show": "current"}
    keeps = frozenset({"show"})
    more = ("legal_form", "sector", "lead", "review", "show")
    exempt = {
        "id": "the key",
        "version": "counts changes",
        "search_text": "asked through q",
        "sort_key": "asked through q",
        "short_sort_key": "asked through q",
        "slug": "asked through q",
        "name": "asked through q",
        "acronym": "asked through q",
        "match_key": "finds duplicates",
        "acronym_key": "finds duplicates",
        "website": "read on the page",
        "description": "read on the page",
        "archived_by": "read in the admin",
        "archive_reason": "read in the admin",
        "merged_into": "merged ones are not listed",
    }
    covers = {"parent": "organization", "is_host": "host", "archived_at": "show"}

    q = filters.Words()
    kind = filters.Choices("kind", Organization.Kind.choices, label=_("Kind"))
    country = filters.Choices(
        "country", list(countries), is_long=True, of=lambda row: [row.country.code], label=_("Country")
    )
    legal_form = filters.Choices("legal_form", Organization.LegalForm.choices, label=_("Legal form"))
    sector = filters.Choices("sector", Organization.Sector.choices, label=_("Sector"))
    organization = filters.Records("lineage", organizations, label=_("Member of"))
    host = filters.Flag(lambda rows, user: rows.filter(is_host=True), label=_("Hosts only"))
    lead = filters.Records(
        "lead", colleagues, key="username", called=printed_name, label=_("Our lead"), staff_only=True
    )
    review = filters.Flag(
        lambda rows, user: review_due(rows, timezone.localdate()), label=_("Eligibility: review due"), staff_only=True
    )
    show = Show(SHOW, label=_("Show"))

    class Meta:
        model = Organization
        fields: list[str] = []
