"""How the list of meetings is narrowed."""

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from engagement.core.text import fold

from .models import Meeting, MeetingQuerySet, Party


class MeetingFilter(django_filters.FilterSet):
    """By words and by year."""

    q = django_filters.CharFilter(label=_("Words in the title, reference or organization"), method="with_words")
    year = django_filters.ChoiceFilter("starts_on__year", label=_("Year"), empty_label=_("Any year"))

    class Meta:
        model = Meeting
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dated = Meeting.objects.visible_to(self.request.user).filter(starts_on__isnull=False)
        years = [day.year for day in dated.dates("starts_on", "year", order="DESC")]
        self.filters["year"].extra["choices"] = [(year, str(year)) for year in years]

    def with_words(self, meetings: MeetingQuerySet, name: str, value: str) -> MeetingQuerySet:
        """Every word occurs in the meeting's own text or in that of a party to it."""
        for word in fold(value).split():
            party = Party.objects.filter(meeting=OuterRef("pk"), organization__search_text__contains=word)
            meetings = meetings.filter(Q(search_text__contains=word) | Exists(party))
        return meetings
