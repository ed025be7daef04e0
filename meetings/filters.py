"""FilterSets of the lists of meetings and of series."""

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from engagement.accounts.filters import colleagues, printed_name
from engagement.core.lists import filters
from engagement.core.lists.date_filters import Happened, on_days
from engagement.core.lists.filterset import ListFilterSet
from engagement.core.models import Visibility
from engagement.core.types import Reader
from engagement.topics.filters import themes, topics
from organizations.filters import organizations
from organizations.models import Organization

from .intervals import ZONES, Intervals
from .models import AgendaProposal, Discussion, Meeting, MeetingQuerySet, Party, Series
from .publication_filters import PUBLICATION, Rule, due_from, due_until


def meetings(user: Reader) -> MeetingQuerySet:
    return Meeting.objects.visible_to(user)


def discussions(user: Reader) -> Any:
    return Discussion.objects.visible_to(user)


def counterparts(user: Reader) -> Any:
    """Whom the host met, where the reader may know of the meeting."""
    return Party.objects.visible_to(user).filter(side=Party.Side.COUNTERPART)


def with_first_counterpart(rows: Any, user: Reader) -> Any:
    """Meetings with the short name of whom they were with, for where there is no room for a title."""
    first = counterparts(user).filter(meeting=OuterRef("pk")).order_by("-is_lead", "order", "pk")
    acronym, name = (Subquery(first.values(f"organization__{field}")[:1]) for field in ("acronym", "name"))
    return rows.annotate(counterpart_acronym=acronym, counterpart_name=name)


def held(user: Reader) -> MeetingQuerySet:
    return meetings(user).held()


def upcoming(user: Reader) -> MeetingQuerySet:
    return meetings(user).upcoming()


def serieses(user: Reader) -> Any:
    return Series.objects.visible_to(user)


def _between(rows: MeetingQuerySet, first: dt.date | None, last: dt.date | None) -> MeetingQuerySet:
    """Begun on one of these days. The moments are said as well, for the index by which meetings are put in order."""
    rows = rows.filter(starts_on__gte=first) if first else rows
    rows = rows.filter(starts_on__lte=last) if last else rows
    earliest = first - ZONES if first and first > dt.date.min + ZONES else None
    latest = last + ZONES if last and last < dt.date.max - ZONES else None
    return rows.filter(on_days("starts_at", earliest, latest))


def _from(rows: MeetingQuerySet, day: dt.date, user: Reader) -> MeetingQuerySet:
    return _between(rows, day, None)


def _until(rows: MeetingQuerySet, day: dt.date, user: Reader) -> MeetingQuerySet:
    return _between(rows, None, day)


def _year(rows: MeetingQuerySet, year: int) -> MeetingQuerySet:
    return _between(rows, dt.date(year, 1, 1), dt.date(year, 12, 31))


def _upcoming(rows: MeetingQuerySet, user: Reader) -> MeetingQuerySet:
    return rows.filter(pk__in=Meeting.objects.upcoming().order_by().values("pk"))


def _days(before: int, after: int) -> Any:
    def narrow(rows: MeetingQuerySet, user: Reader) -> MeetingQuerySet:
        today = timezone.localdate()
        return _between(rows, today - dt.timedelta(days=before), today + dt.timedelta(days=after))

    return narrow


WHEN: dict[str, Any] = {
    "upcoming": (_("Coming up"), _upcoming),
    "next_7": (_("Next 7 days"), _days(0, 7)),
    "next_30": (_("Next 30 days"), _days(0, 30)),
    "last_30": (_("Last 30 days"), _days(30, 0)),
    "this_year": (_("This year"), lambda rows, user: _year(rows, timezone.localdate().year)),
    "last_year": (_("Last year"), lambda rows, user: _year(rows, timezone.localdate().year - 1)),
    "undated": (_("No date yet"), lambda rows, user: rows.filter(starts_on=None, starts_at=None)),
}


RECORD: dict[str, Any] = {"empty": (_("Held, no minutes yet"), lambda rows, user: unwritten(rows))}


def unwritten(rows: MeetingQuerySet) -> MeetingQuerySet:
    """Held, and neither a discussion nor an outcome is recorded."""
    return rows.held().filter(is_written_up=False)


def _with_proposals(rows: MeetingQuerySet, user: Reader) -> MeetingQuerySet:
    """Planned, not over yesterday, and what counterparts proposed for its agenda waits for an answer."""
    waiting = AgendaProposal.objects.visible_to(user).waiting().order_by().filter(meeting=OuterRef("pk"))
    is_to_come = Q(ends_at=None) | on_days("ends_at", timezone.localdate(), None)
    return rows.filter(is_to_come, Exists(waiting), status__in=(Meeting.Status.PROPOSED, Meeting.Status.CONFIRMED))


PROPOSALS: dict[str, Any] = {"waiting": (_("Waiting for an answer"), _with_proposals)}


def organizations_of(meeting: Meeting) -> list[Any]:
    return [party.organization for party in meeting.parties.all()]


class MeetingFilter(ListFilterSet):
    """FilterSet of meetings: by party, date, place and subject."""

    more = (
        "topic", "counterpart", "country", "place", "form", "mode", "requested_by", "lead", "publication", "regime",
        "due_from", "due_to", "proposals", "record", "visibility",
    )  # fmt: skip
    exempt = {
        "id": "the key",
        "version": "counts changes",
        "search_text": "asked through q",
        "sort_key": "asked through q",
        "reference_key": "asked through q",
        "slug": "asked through q",
        "title": "asked through q",
        "ordinal": "read on the page of the series",
        "date_precision": "asked by the first day that it can be",
        "start_time": "asked by the day",
        "ends_on": "asked by the first day",
        "end_time": "asked by the day",
        "time_zone": "read on the page",
        "starts_at": "asked by the day",
        "ends_at": "asked through when=upcoming",
        "purpose": "read on the page",
        "summary": "read on the page",
        "summary_source": "read on the page",
        "source_url": "read on the page",
        "source_note": "read on the page",
        "public_since": "read on the page",
        "internal_notes": "read on the page by the secretariat",
        "postponement_reason": "read on the page",
        "postponement_note": "read on the page",
        "cancellation_reason": "read on the page",
        "cancellation_note": "read on the page",
        "prepared_by": "read on the page",
        "ready_by": "read on the page",
        "published_by": "read on the page",
        "withdrawn_by": "read on the page",
        "withdrawal_reason": "read on the page",
        "withdrawal_notice": "read on the page",
        "exempted_by": "read on the page",
        "exemption_ground": "read on the page",
        "exemption_text": "read on the page",
    }
    covers = {
        "starts_on": "from",
        "contact_form": "form",
        "attendance_mode": "mode",
        "venue": "place",
        "city": "place",
        "publication_due_on": "publication",
        "regimes": "regime",
        "is_written_up": "record",
        "prepared_at": "publication",
        "ready_at": "publication",
        "published_at": "publication",
        "published_on": "publication",
        "withdrawn_at": "publication",
        "exempted_at": "publication",
    }

    q = filters.Words(also=["parties__organization__search_text"])
    when = filters.OneOf(WHEN, label=_("When"))
    locals()["from"] = filters.Day(_from, label=_("From"))
    to = filters.Day(_until, label=_("To"))
    organization = filters.Records(
        "parties__organization__lineage", organizations, of=organizations_of, label=_("Organization")
    )
    theme = filters.Records(
        "themes__lineage", themes, is_seen=True, through=discussions, back="meeting",
        of=lambda row: [theme for talk in row.discussions.all() for theme in talk.themes.all()],
        reads="discussions__themes", label=_("Theme"),
    )  # fmt: skip
    status = filters.Choices("status", Meeting.Status.choices, label=_("Status"))
    kind = filters.Choices("kind", Meeting.Kind.choices, label=_("Kind"))
    series = filters.Records(
        "series", serieses, is_seen=True, name="title", of=lambda row: [row.series], label=_("Series")
    )
    topic = filters.Records(
        "topic", topics, is_seen=True, through=discussions, back="meeting", name="title",
        of=lambda row: [talk.topic for talk in row.discussions.all()], label=_("Topic"),
    )  # fmt: skip
    country = filters.Choices(
        "country", list(countries), is_long=True, of=lambda row: [row.country.code], label=_("Country")
    )
    counterpart = filters.Choices(
        "organization__kind", Organization.Kind.choices, through=counterparts, back="meeting",
        of=lambda row: [one.organization.kind for one in row.parties.all() if one.side == Party.Side.COUNTERPART],
        label=_("Kind of counterpart"),
    )  # fmt: skip
    place = filters.Text(paths=("venue", "city"), label=_("Place"))
    form = filters.Choices("contact_form", Meeting.Form.choices, label=_("Form of contact"))
    mode = filters.Choices("attendance_mode", Meeting.Mode.choices, label=_("Attendance"))
    requested_by = filters.Choices("requested_by", Meeting.RequestedBy.choices, label=_("Requested by"))
    lead = filters.Records(
        "parties__organization__lead",
        colleagues,
        key="username",
        called=printed_name,
        label=_("Our lead"),
        staff_only=True,
    )
    publication = filters.OneOf(PUBLICATION, label=_("Publication"), staff_only=True)
    due_from = filters.Day(due_from, label=_("To be published from"), staff_only=True)
    due_to = filters.Day(due_until, label=_("To be published by"), staff_only=True)
    regime = Rule("regimes", label=_("Publication rule"), staff_only=True)
    proposals = filters.OneOf(PROPOSALS, label=_("Agenda proposals"), staff_only=True)
    record = filters.OneOf(RECORD, label=_("Record"), staff_only=True)
    visibility = filters.Choices("effective_visibility", Visibility.choices, label=_("Who can see it"), staff_only=True)
    reference = filters.Exactly("reference", label=_("Reference"))

    class Meta:
        model = Meeting
        fields: list[str] = []


class Rhythm(filters.OneOf):
    """Whether a series meets at fixed intervals, and whether its next meeting should have been held by now."""

    def filter(self, rows: Any, value: str) -> Any:
        if value != "overdue":
            return super().filter(rows, value)
        return self.intervals.not_met(rows, held(self.user))

    @property
    def intervals(self) -> Intervals:
        return Intervals.of(self.parent.request)


MET = Happened(held, "series", "starts_on")


class SeriesFilter(ListFilterSet):
    """FilterSet of series: by host, by date and interval, and by subject."""

    exempt = {
        "id": "the key",
        "version": "counts changes",
        "search_text": "asked through q",
        "sort_key": "asked through q",
        "slug": "asked through q",
        "title": "asked through q",
        "template": "chosen in the form, and seen when the next meeting is planned",
        "first_ordinal": "read on the page",
        "purpose": "read on the page",
        "regimes": "read in the admin",
    }
    covers = {"counterparts": "organization", "cadence_months": "rhythm"}
    more = ("topic", "kind", "rhythm", "lead")

    q = filters.Words()
    locals().update(
        MET.filters(
            when=_("Meeting date"), first=_("Meeting date from"), last=_("Meeting date to"), never=_("No meetings yet")
        )
    )
    organization = filters.Records("counterparts__lineage", organizations, label=_("Counterpart"))
    host = filters.Records("host", organizations, of=lambda row: [row.host], label=_("Host"))
    theme = filters.Records(
        "themes__lineage", themes, is_seen=True, through=discussions, back="meeting__series", label=_("Theme")
    )
    topic = filters.Records(
        "topic", topics, is_seen=True, through=discussions, back="meeting__series", name="title", label=_("Topic")
    )
    kind = filters.Choices("kind", Meeting.Kind.choices, through=meetings, back="series", label=_("Kind of meeting"))
    rhythm = Rhythm(
        {
            "regular": (_("At fixed intervals"), lambda rows, user: rows.filter(cadence_months__isnull=False)),
            "overdue": (_("At fixed intervals, not met within one"), lambda rows, user: rows),
            "as_needed": (_("As needed"), lambda rows, user: rows.filter(cadence_months=None)),
        },
        label=_("How often"),
    )
    lead = filters.Records(
        "counterparts__lead", colleagues, key="username", called=printed_name, label=_("Our lead"), staff_only=True
    )

    class Meta:
        model = Series
        fields: list[str] = []
