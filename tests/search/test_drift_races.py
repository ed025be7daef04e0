"""Several processes write to the same records, and to what hangs on them: the index is true, nobody is stuck."""

from collections.abc import Callable

import pytest

from engagement.search.models import Entry
from engagement.topics.models import Topic
from meetings.models import Meeting
from tests import makers as make
from tests.imports.files import layout_of
from tests.search.drift import drift

pytestmark = pytest.mark.both_databases

Race = Callable[..., list[str]]


def test_a_topic_and_a_series_are_renamed_while_they_are_used(race: Race) -> None:
    """Whoever adds something to one that is just being renamed takes the new title, or is found by who renames."""
    topics = [make.make_topic(f"Topic {number}").pk for number in range(2)]
    meetings = [make.make_meeting().pk for _ in range(2)]
    series = make.make_series().pk
    race(
        f"""
        from engagement.topics.models import Topic
        from meetings.models import Discussion, Meeting, Position, Series
        topics, meetings = {topics}, {meetings}
        for n in range(12):
            key = topics[(NUMBER + n) % 2]
            if NUMBER < 2:
                discussion = Discussion.objects.create(meeting_id=meetings[NUMBER], topic_id=key)
                Position.objects.create(discussion=discussion, is_joint=True, stance="supports", statement="Yes")
                number = 1 + 2 * n + NUMBER
                Meeting.objects.create(title=f"Meeting {{number}}", series_id={series}, ordinal=number)
            else:
                topic = Topic.objects.get(pk=topics[NUMBER - 2])
                topic.title = f"Renamed {{NUMBER}} {{n}}"
                topic.save()
                if NUMBER == 2:
                    series = Series.objects.get(pk={series})
                    series.title = ["Talks", "Bilateral talks"][n % 2]
                    series.save()
        """,
        processes=4,
    )
    assert Entry.objects.filter(kind="position").count() == 24
    assert drift() == []


def test_a_discussion_changes_its_topic_meanwhile(race: Race) -> None:
    topics = [make.make_topic(f"Topic {number}").pk for number in range(2)]
    discussion = make.make_discussion(make.make_meeting(), topic=Topic.objects.get(pk=topics[0]))
    make.make_outcome(discussion.meeting, discussion=discussion)
    race(
        f"""
        from engagement.topics.models import Topic
        from meetings.models import Discussion
        for n in range(15):
            if NUMBER == 0:
                discussion = Discussion.objects.get(pk={discussion.pk})
                discussion.topic_id = {topics}[n % 2]
                discussion.save()
            else:
                topic = Topic.objects.get(pk={topics}[NUMBER - 1])
                topic.title = f"Renamed {{NUMBER}} {{n}}"
                topic.save()
        """,
        processes=3,
    )
    assert drift() == []


def test_a_meeting_moves_into_a_series_that_is_renamed(race: Race) -> None:
    """It is found by the name that the series has then: who renames it waits for the meeting, or comes first."""
    series, meeting = make.make_series("Talks"), make.make_meeting()
    meeting.confirm(by=None)
    race(
        f"""
        import time
        from django.db import transaction
        from meetings.models import Meeting, Series
        meeting, series = Meeting.objects.get(pk={meeting.pk}), Series.objects.get(pk={series.pk})
        if NUMBER == 0:
            with transaction.atomic():
                meeting.series, meeting.ordinal = series, 2
                meeting.save()
                time.sleep(0.6)
        else:
            time.sleep(0.2)
            series.title = "Bilateral talks"
            series.save()
        """,
        processes=2,
    )
    assert Meeting.objects.get(pk=meeting.pk).series_id == series.pk
    assert drift() == []


def test_a_meeting_moves_and_is_seated_while_its_parts_are_written(race: Race) -> None:
    meeting = make.make_public()
    organizations = [make.make_organization().pk for _ in range(10)]
    discussion = make.make_discussion(meeting)
    race(
        f"""
        import datetime as dt
        from engagement.core.models import StaleRecord
        from engagement.followups.models import FollowUp
        from meetings.models import Document, Discussion, Meeting, Party, Position
        for n in range(10):
            try:
                if NUMBER == 0:
                    meeting = Meeting.objects.get(pk={meeting.pk})
                    meeting.starts_on = dt.date(2020 + n % 4, 5, 8)
                    meeting.save()
                elif NUMBER == 1:
                    Party.objects.create(meeting_id={meeting.pk}, organization_id={organizations}[n])
                elif NUMBER == 2:
                    Document.objects.create(meeting_id={meeting.pk}, title=f"Paper {{n}}", url="https://example.org/")
                    Position.objects.create(
                        discussion=Discussion.objects.get(pk={discussion.pk}), is_joint=True, statement="Yes"
                    )
                else:
                    FollowUp.objects.create(title=f"Promise {{n}}", discussion_id={discussion.pk}, is_joint=True)
            except StaleRecord:
                pass
        """,
        processes=4,
    )
    assert Entry.objects.filter(kind="document").count() == 10
    assert drift() == []


def test_saving_merging_erasing_publishing_and_repairing_at_once(race: Race) -> None:
    host, kept = make.make_host(), make.make_organization("Kept")
    others = [make.make_organization(f"Other {number}") for number in range(4)]
    meetings = [make.make_public(host=host, counterparts=[other]) for other in others]
    discussions = [make.make_discussion(meeting) for meeting in meetings]
    for discussion, other in zip(discussions, others, strict=True):
        make.make_position(discussion, other)
    race(
        f"""
        from django.core.exceptions import ValidationError
        from django.core.management import call_command
        from engagement.search.rebuild import check
        from meetings.models import Discussion, Meeting, Position
        from organizations.merging.actions import merge_organizations
        from organizations.merging.undo import undo_merge
        from organizations.models import Organization
        others, meetings, kept = {[one.pk for one in others]}, {[one.pk for one in meetings]}, {kept.pk}
        for n in range(4):
            try:
                if NUMBER == 0:
                    one, other = (Organization.objects.get(pk=pk) for pk in (kept, others[n]))
                    merge = merge_organizations(one, [other], by=None)
                    if n % 2:
                        undo_merge(merge, by=None)
                elif NUMBER == 1:
                    Position.objects.filter(meeting_id=meetings[n]).first().delete()
                    Discussion.objects.filter(meeting_id=meetings[n]).first().delete()
                elif NUMBER == 2:
                    meeting = Meeting.objects.get(pk=meetings[-n])
                    meeting.withdraw(by=None, reason="Wrong")
                    Discussion.objects.create(meeting_id=meetings[n], title=f"Title {{n}}", internal_notes="Note")
                else:
                    list(check(repair=True))
            except ValidationError:
                pass
        """,
        processes=4,
    )
    assert drift() == []


def test_files_are_brought_in_while_others_write(race: Race) -> None:
    keys = [make.make_organization(name).pk for name in ("Kay", "Lee")]
    layout_of()
    race(
        f"""
        from engagement.accounts.models import User
        from engagement.imports import actions
        from organizations.models import Organization
        from tests.imports.files import committed
        if NUMBER < 2:
            by = User.objects.create_superuser(f"importer{{NUMBER}}")
            lines = [f"Cabinet {{NUMBER}},2022-01-{{n:02}},Kay;Lee,,Subject {{n}},Brussels" for n in range(1, 6)]
            record = committed(lines, by)
            if NUMBER == 1:
                actions.undo(record, by=by)
        else:
            for n in range(10):
                organization = Organization.objects.get(pk={keys}[n % 2])
                organization.other_names.create(name=f"Name {{NUMBER}} {{n}}")
        """,
        processes=3,
    )
    assert Entry.objects.filter(kind="meeting").count() == 5
    assert drift() == []
