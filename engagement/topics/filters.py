"""FilterSet of the list of topics."""

from django.utils.translation import gettext_lazy as _

from engagement.core.lists import filters
from engagement.core.lists.filterset import ListFilterSet
from engagement.core.types import Reader

from .models import Theme, ThemeQuerySet, Topic, TopicQuerySet


def themes(user: Reader) -> ThemeQuerySet:
    return Theme.objects.visible_to(user)


def topics(user: Reader) -> TopicQuerySet:
    return Topic.objects.visible_to(user)


class TopicFilter(ListFilterSet):
    """By words, by theme with all narrower ones, and by how they stand."""

    exempt = {
        "id": "the key",
        "version": "counts changes",
        "search_text": "asked through q",
        "sort_key": "asked through q",
        "slug": "asked through q",
        "title": "asked through q",
        "description": "read on the page",
    }
    covers = {"themes": "theme"}

    q = filters.Words()
    theme = filters.Records(
        "themes__lineage", themes, is_seen=True, of=lambda row: row.themes.all(), label=_("Theme (and sub-themes)")
    )
    status = filters.Choices("status", Topic.Status.choices, label=_("Status"))

    class Meta:
        model = Topic
        fields: list[str] = []
