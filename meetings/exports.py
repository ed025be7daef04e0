"""Exports of the lists of meetings and of series: files, feeds and a calendar."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, Prefetch, QuerySet
from django.utils.translation import gettext, gettext_lazy

from engagement.core.exports import Column, Entry, Export
from engagement.core.exports.base import Gone
from organizations.models import Organization

from .calendar import event_of, journal_of
from .date_text import days_of
from .lists import MeetingList, SeriesList
from .models import Meeting
from .tombstones import Tombstone

MEETING = [
    Column("reference", gettext_lazy("Names the meeting and never changes.")),
    Column("title", gettext_lazy("Its title.")),
    Column("url", gettext_lazy("Its page."), "address"),
    Column("kind", gettext_lazy("bilateral, platform, standing_group or ad_hoc.")),
    Column("status", gettext_lazy("proposed, confirmed, held, postponed or cancelled.")),
    Column("starts_on", gettext_lazy("First day, where it takes place.")),
    Column(
        "date_precision",
        gettext_lazy(
            "How much of the date is known: day, month or year. Of a month or year, starts_on is the first day."
        ),
    ),
    Column("start_time", gettext_lazy("Hour it begins, where it takes place; empty: all day or not known.")),
    Column("ends_on", gettext_lazy("Last day, if it lasts several; empty: the first.")),
    Column("end_time", gettext_lazy("Hour it ends on its last day; 00:00 is the midnight that ends it.")),
    Column("time_zone", gettext_lazy("Time zone of days and hours.")),
    Column("contact_form", gettext_lazy("meeting, call, letter or event.")),
    Column("attendance_mode", gettext_lazy("in_person, online or hybrid.")),
    Column("venue", gettext_lazy("Place.")),
    Column("city", gettext_lazy("City.")),
    Column("country", gettext_lazy("Country, by ISO 3166."), "country.code"),
    Column("series", gettext_lazy("Series it belongs to."), "series.title"),
    Column("ordinal", gettext_lazy("Number in the series.")),
    Column("requested_by", gettext_lazy("host, counterpart or joint.")),
    Column("purpose", gettext_lazy("What it is for.")),
    Column("summary", gettext_lazy("Its summary.")),
    Column("summary_source", gettext_lazy("Who wrote the summary: secretariat, press or counterpart.")),
    Column("agenda", gettext_lazy("What was discussed."), lambda m: [item.heading for item in m.discussions.all()]),
    Column("public_since", gettext_lazy("Date since which it is public; empty: not public, or date not known.")),
    Column("changed_at", gettext_lazy("When the record was last changed.")),
    Column("audience", gettext_lazy("Who can see it."), lambda m: m.get_effective_visibility().name.lower(), True),
    Column("publication_due_on", gettext_lazy("To be published by."), staff_only=True),
]
PARTY = [
    Column("organization", gettext_lazy("An organization that takes part."), "organization.name"),
    Column("organization_acronym", gettext_lazy("Its acronym."), "organization.acronym"),
    Column("side", gettext_lazy("host, counterpart or observer.")),
    Column("leads", gettext_lazy("Whether it leads its side."), "is_lead"),
    Column("register_number", gettext_lazy("Its register number on that day.")),
    Column("on_behalf_of", gettext_lazy("For whom it came, such as the clients of a consultancy.")),
]


class MeetingsExport(Export):
    """A line for each meeting and organization; the reference says which lines are one meeting."""

    name = "meetings"
    url_name = "meetings:export"
    calendar_url_name = "meetings:calendar"
    page_class = MeetingList
    formats = ("csv", "xlsx", "ics", "json", "atom")
    columns = MEETING
    part_columns = PARTY
    parts_name = "organizations"

    def prepare(self, rows: "QuerySet[Model]") -> "QuerySet[Any]":
        meetings: QuerySet[Any] = rows.for_list().with_agenda(self.user)  # type: ignore[attr-defined]
        return meetings

    def parts(self, row: Meeting) -> Iterable[Any]:
        return row.parties.all()

    def entry(self, row: Any) -> Entry:
        facts = f"{row.get_status_display()}, {days_of(row)}"
        who = ", ".join(party.organization.name for party in row.parties.all())
        lines = [facts, who, row.summary or row.purpose]
        return Entry.of(row, row.reference, row.title, lines, row.get_kind_display())

    def gone(self) -> list[Gone]:
        """Withdrawn meetings, as their addresses tell of them."""
        return [
            Gone(
                key=one.reference,
                when=one.withdrawn_at,
                comment=one.notice or gettext("No reason was given to the public."),
                fields={
                    "reference": one.reference,
                    "date": str(one.date or ""),
                    "withdrawn_at": one.withdrawn_at,
                    "reason": one.notice,
                },
            )
            for one in Tombstone.all_for(self.user)
        ]

    def components(self, row: Meeting) -> Iterable[object]:
        """An event without a day fills none: as a journal entry it stays in the file, and out of the calendar."""
        yield (event_of if row.date and row.date.is_exact else journal_of)(row, self)


SERIES = [
    Column("title", gettext_lazy("Its title.")),
    Column("url", gettext_lazy("Its page."), "address"),
    Column("host", gettext_lazy("Organization that hosts it."), "host.name"),
    Column("counterparts", gettext_lazy("Who it is with."), lambda s: [one.name for one in s.counterparts.all()]),
    Column("cadence_months", gettext_lazy("Months between meetings; empty: as needed.")),
    Column("held", gettext_lazy("Meetings held.")),
    Column("last_on", gettext_lazy("Day of the last one.")),
    Column("last_precision", gettext_lazy("How much of that date is known: day, month or year.")),
    Column("purpose", gettext_lazy("What it is for.")),
    Column("changed_at", gettext_lazy("When the record was last changed.")),
]


class SeriesExport(Export):
    name = "series"
    url_name = "meetings:series_export"
    page_class = SeriesList
    columns = SERIES

    def prepare(self, rows: "QuerySet[Model]") -> "QuerySet[Model]":
        """With how often it met as far as this reader may know, and the counterparts this reader may know of."""
        seen = Organization.objects.visible_to(self.user)
        prepared = self.page.prepare(rows, self.request)
        return prepared.prefetch_related(Prefetch("counterparts", queryset=seen))

    def entry(self, row: Any) -> Entry:
        return Entry.of(row, row.pk, row.title, [row.host.name, row.purpose])
