"""Race conditions between processes: numbers given once, edits not lost, nothing more visible than its whole."""

import datetime as dt
from collections.abc import Callable
from itertools import count

import pytest
from django.core.management import call_command

from engagement.core.models import Visibility
from engagement.followups.models import FollowUp, FollowUpEvent
from meetings.models import Meeting
from organizations.models import Organization
from tests import makers
from tests.makers import PUBLIC

pytestmark = pytest.mark.both_databases

Race = Callable[..., list[str]]


def consecutive(references: list[str]) -> bool:
    numbers = sorted(int(reference.rsplit("-", 1)[1]) for reference in references)
    return numbers == [number for number, _reference in zip(count(1), references, strict=False)]


def test_references_and_versions_are_distinct_and_without_gaps(race: Race) -> None:
    host, shared = makers.make_host(), makers.make_meeting("Shared", starts_on=None)
    before = shared.version
    race(
        f"""
        import datetime as dt
        from engagement.followups.models import FollowUp
        from meetings.models import Discussion, Meeting
        for n in range(4):
            Meeting.objects.create(title="Same title", starts_on=dt.date(2025, 5, 8))
            FollowUp.objects.create(title="Promise", owner_id={host.pk})
            Discussion.objects.create(meeting_id={shared.pk}, title=f"{{NUMBER}}.{{n}}")
        """,
        processes=3,
    )
    meetings = Meeting.objects.exclude(pk=shared.pk)
    for rows in (meetings, FollowUp.objects.all()):
        assert rows.count() == 12
        assert consecutive(list(rows.values_list("reference", flat=True)))
    slugs = {"same-title", *(f"same-title-{number}" for number in range(2, 13))}
    assert set(meetings.values_list("slug", flat=True)) == slugs
    shared.refresh_from_db()
    assert shared.version == before + 12
    versions = sorted(shared.discussions.model.history.values_list("root_version", flat=True))
    assert versions == list(range(before + 1, before + 13))


def test_meetings_confirmed_at_once_have_different_numbers(race: Race) -> None:
    series = makers.make_series(first_ordinal=2)
    keys = [makers.make_meeting(series=series).pk for _ in range(6)]
    contested = makers.make_meeting(series=makers.make_series())
    race(
        f"""
        from meetings.models import Meeting
        Meeting.objects.get(pk={contested.pk}).confirm(by=None)
        for key in {keys}[2 * NUMBER : 2 * NUMBER + 2]:
            Meeting.objects.get(pk=key).confirm(by=None)
        """,
        processes=3,
    )
    assert sorted(series.meetings.values_list("ordinal", flat=True)) == list(range(2, 8))
    contested.refresh_from_db()
    assert (contested.status, contested.ordinal) == ("confirmed", 1)
    assert Meeting.history.filter(id=contested.pk, status="confirmed").count() == 1


def test_a_series_is_renumbered_while_its_meetings_move_and_nobody_waits_for_ever(race: Race) -> None:
    """Whoever locks a series and its meetings begins with the series: renumbering, verbs, and the form."""
    series, secretary = makers.make_series(), makers.make_user(is_staff=True, is_superuser=True)
    days = [dt.date(2025, month, 3) for month in range(8, 0, -1)]
    numbered = [makers.make_meeting(series=series, ordinal=n, starts_on=day).pk for n, day in enumerate(days, start=1)]
    waiting = [makers.make_meeting(series=series, starts_on=dt.date(2024, month, 3)).pk for month in range(1, 9)]
    race(
        f"""
        from django.contrib import admin
        from django.db import transaction
        from django.test import RequestFactory
        from engagement.accounts.models import User
        from meetings.models import Meeting, Series
        request = RequestFactory().post("/")
        request.user = User.objects.get(pk={secretary.pk})
        for n in range(8):
            if NUMBER < 2:
                Series.objects.get(pk={series.pk}).renumber_by_date(by=None)
            elif NUMBER == 2:
                Meeting.objects.get(pk={waiting}[n]).confirm(by=None)
            else:  # an empty number of a confirmed meeting asks for the next one
                meeting = Meeting.objects.get(pk={numbered}[n])
                meeting.confirm(by=None)
                with transaction.atomic():
                    meeting = admin.site.get_model_admin(Meeting).get_object(request, str(meeting.pk))
                    meeting.ordinal = None
                    meeting.save()
        """,
        processes=4,
    )
    series.renumber_by_date(by=None)
    found = list(series.meetings.order_by("starts_on").values_list("ordinal", flat=True))
    assert len(found) == 16
    assert found == sorted(set(found))


def test_two_forms_swap_meetings_between_two_series_and_nobody_waits_for_ever(race: Race) -> None:
    """Each holds both series, the one the meeting leaves and the one it is moved to, in one order."""
    both, secretary = [makers.make_series("A"), makers.make_series("B")], makers.make_user(is_superuser=True)
    swapped = [makers.make_meeting(series=series) for series in both]
    for meeting in swapped:
        meeting.confirm(by=None)
    race(
        f"""
        import time
        from django.contrib import admin
        from django.db import transaction
        from django.test import RequestFactory
        from engagement.accounts.models import User
        from meetings.models import Meeting, Series
        for n in range(6):
            series = Series.objects.get(title="BA"[(n + NUMBER) % 2])
            named = {{"series": series.title}} if n % 2 else {{"series_id": series.pk}}
            request = RequestFactory().post("/", named)
            request.user = User.objects.get(pk={secretary.pk})
            with transaction.atomic():
                key = {[meeting.pk for meeting in swapped]}[NUMBER]
                meeting = admin.site.get_model_admin(Meeting).get_object(request, str(key))
                time.sleep(0.02)  # as a form takes to be checked
                meeting.series, meeting.ordinal = series, None
                meeting.save()
        """,
        processes=2,
    )
    assert [Meeting.objects.get(pk=meeting.pk).series for meeting in swapped] == both
    assert all(meeting.version > 6 for meeting in Meeting.objects.all())


def test_of_edits_made_at_once_one_wins_and_the_others_are_told(race: Race) -> None:
    contested, shared = makers.make_organization("Contested"), makers.make_organization("Shared")
    said = race(
        f"""
        import time
        from engagement.core.models import StaleRecord
        from organizations.models import Organization

        organization = Organization.objects.get(pk={contested.pk})
        time.sleep(1)  # until all have read it
        organization.description = f"By {{NUMBER}}"
        try:
            organization.save()
            print("saved", NUMBER)
        except StaleRecord:
            print("stale")
        left = 4
        while left:
            organization = Organization.objects.get(pk={shared.pk})
            organization.description += f"{{NUMBER}} "
            try:
                organization.save()
                left -= 1
            except StaleRecord:
                pass
        """,
        processes=3,
    )
    assert said.count("stale") == 2
    (winner,) = [answer.split()[1] for answer in said if answer != "stale"]
    contested.refresh_from_db()
    assert (contested.description, contested.version) == (f"By {winner}", 2)
    assert Organization.history.filter(id=contested.pk).count() == 2
    shared.refresh_from_db()
    assert sorted(shared.description.split()) == sorted("012" * 4)
    assert shared.version == 13


def test_no_part_is_ever_more_visible_than_its_meeting(race: Race) -> None:
    """Some narrow and widen the meeting while others add parts and promises to it."""
    meeting = makers.make_public()
    race(
        f"""
        from engagement.core.models import StaleRecord
        from engagement.followups.models import FollowUp
        from meetings.models import Discussion, Meeting, Outcome, Position
        from organizations.models import Organization
        host = Organization.objects.filter(is_host=True).first()
        for n in range(8):
            if NUMBER == 0:
                meeting = Meeting.objects.get(pk={meeting.pk})
                meeting.visibility = (0, 20, 10, 20)[n % 4] if n < 7 else 0
                done = False
                while not done:
                    try:
                        meeting.save()
                        done = True
                    except StaleRecord:
                        level = meeting.visibility
                        meeting = Meeting.objects.get(pk={meeting.pk})
                        meeting.visibility = level
            else:
                item = Discussion.objects.create(meeting_id={meeting.pk}, title=f"{{NUMBER}}.{{n}}")
                Position.objects.create(discussion=item, is_joint=True, stance="supports", statement="Yes.")
                outcome = Outcome.objects.create(meeting_id={meeting.pk}, discussion=item, kind="decision", text="So.")
                FollowUp.objects.create(title="Promise", owner=host, outcome=outcome, visibility=20)
        """,
        processes=3,
    )
    call_command("check_visibility", verbosity=0)
    meeting.refresh_from_db()
    assert meeting.visibility == Visibility.INTERNAL
    assert FollowUp.objects.count() == 16
    assert not FollowUp.objects.exclude(effective_visibility=Visibility.INTERNAL).exists()


def test_promises_move_while_their_meeting_changes_and_nobody_waits_for_ever(race: Race) -> None:
    """Whoever locks a meeting and a promise does so in the same order."""
    meeting = makers.make_public()
    keys = [makers.make_followup(meeting=meeting, visibility=PUBLIC).pk for _ in range(2)]
    race(
        f"""
        from engagement.followups.models import FollowUp
        from meetings.models import Meeting
        for n in range(8):
            if NUMBER == 0:
                Meeting.objects.get(pk={meeting.pk}).withdraw(by=None, reason="Again.")
                Meeting.objects.get(pk={meeting.pk}).publish(by=None)
            else:
                promise = FollowUp.objects.get(pk={keys}[NUMBER - 1])
                promise.complete(by=None)
                promise.reopen(by=None, reason="Again.")
        """,
        processes=3,
    )
    call_command("check_visibility", verbosity=0)
    assert FollowUpEvent.objects.count() == 32
