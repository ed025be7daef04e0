"""The number of a meeting in its series: the second bilateral meeting."""

import datetime as dt

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from meetings.models import Meeting, Series
from tests import makers
from tests.core.posting import opened, send
from tests.people import People

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("versions_stay_true")]


@pytest.fixture
def series(db: None) -> Series:
    return makers.make_series()


def confirmed(series: Series, **fields: object) -> Meeting:
    meeting = makers.make_meeting(series=series, **fields)
    meeting.confirm(by=None)
    return meeting


def test_the_number_is_given_when_a_meeting_is_confirmed(series: Series) -> None:
    first, second = makers.make_meeting(series=series), makers.make_meeting(series=series)
    assert (first.ordinal, second.ordinal) == (None, None)
    second.confirm(by=None)
    first.confirm(by=None)
    assert (second.ordinal, first.ordinal) == (1, 2)
    first.confirm(by=None)
    assert first.ordinal == 2


def test_a_series_may_start_at_two(db: None) -> None:
    series = makers.make_series(first_ordinal=2)
    assert [confirmed(series).ordinal for _ in range(2)] == [2, 3]
    early = makers.make_meeting(series=series, ordinal=1)
    with pytest.raises(ValidationError) as told:
        early.confirm(by=None)
    assert "ordinal" in told.value.message_dict


def test_a_series_does_not_start_after_a_meeting_it_has(series: Series) -> None:
    confirmed(series)
    series.first_ordinal = 2
    with pytest.raises(ValidationError) as told:
        series.full_clean()
    assert "first_ordinal" in told.value.message_dict


def test_a_number_given_by_hand_stays_and_the_next_follows_it(series: Series) -> None:
    assert confirmed(series, ordinal=7).ordinal == 7
    assert confirmed(series).ordinal == 8


def test_a_number_is_given_once(series: Series) -> None:
    confirmed(series)
    other = makers.make_meeting(series=series)
    other.ordinal = 1
    with pytest.raises(ValidationError, match="already has this number"):
        other.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        other.save()
    assert confirmed(makers.make_series()).ordinal == 1


def test_a_meeting_of_no_series_has_no_number(db: None) -> None:
    meeting = makers.make_meeting()
    meeting.confirm(by=None)
    assert meeting.ordinal is None


@pytest.mark.parametrize(
    ("now", "kept"),
    [
        ("2025-05-07 21:59", False),  # the day before, in Brussels
        ("2025-05-07 22:01", True),  # the day itself has begun there
        ("2025-05-20 12:00", True),
    ],
)
def test_a_number_is_released_before_the_date_only(series: Series, now: str, kept: bool) -> None:
    meeting = confirmed(series, starts_on=dt.date(2025, 5, 8), time_zone="Europe/Brussels")
    with time_machine.travel(f"{now} +00:00"):
        meeting.cancel(by=None, reason="Strike.")
    assert Meeting.objects.get().ordinal == (1 if kept else None)
    assert confirmed(series).ordinal == (2 if kept else 1)


def test_a_number_in_between_is_not_given_again(series: Series) -> None:
    """Those who come after keep theirs, so the gap shows."""
    first, second = confirmed(series), confirmed(series)
    with time_machine.travel("2025-01-01 12:00 +00:00"):
        first.cancel(by=None, reason="Strike.")
    assert first.ordinal is None
    assert second.ordinal == 2
    assert confirmed(series).ordinal == 3


def test_a_postponed_meeting_keeps_its_number(series: Series) -> None:
    meeting = confirmed(series)
    meeting.postpone(by=None, reason="Strike.")
    assert meeting.ordinal == 1
    assert confirmed(series).ordinal == 2
    meeting.confirm(by=None)
    assert (meeting.ordinal, meeting.postponement_reason) == (1, "Strike.")


def test_a_proposal_that_is_cancelled_took_no_number(series: Series) -> None:
    makers.make_meeting(series=series, starts_on=None).cancel(by=None, reason="Strike.")
    assert confirmed(series).ordinal == 1


def test_a_postponed_meeting_that_is_cancelled_gives_its_number_back(series: Series) -> None:
    """Its old date means nothing any more, whether or not it has passed."""
    meeting = makers.make_meeting(series=series)
    meeting.confirm(by=None)
    meeting.postpone(by=None, reason="Fog")
    meeting.cancel(by=None, reason="More fog")
    assert meeting.ordinal is None


def test_a_confirmed_meeting_that_joins_a_series_gets_its_number(series: Series) -> None:
    makers.make_meeting(series=series, ordinal=4)
    meeting = makers.make_meeting()
    meeting.confirm(by=None)
    meeting.series = series
    meeting.save()
    assert meeting.ordinal == 5


@pytest.fixture
def mixed(db: None) -> Series:
    """From two on: March 2, February 3, one without a day 5, January 6, which is published."""
    series = makers.make_series(first_ordinal=2)
    for ordinal, day in ((2, dt.date(2025, 3, 5)), (3, dt.date(2025, 2, 3)), (5, None)):
        makers.make_meeting(f"Was {ordinal}", series=series, ordinal=ordinal, starts_on=day)
    makers.make_public("Was 6", series=series, ordinal=6, starts_on=dt.date(2025, 1, 9))
    return series


def numbers(series: Series) -> dict[str, int | None]:
    return dict(series.meetings.order_by("ordinal").values_list("title", "ordinal"))


def test_numbers_are_given_anew_by_the_days(mixed: Series) -> None:
    manager = makers.make_user("manager")
    mixed.renumber_by_date(by=manager, reason=" February was recorded late. ")
    assert numbers(mixed) == {"Was 6": 2, "Was 3": 3, "Was 5": 5, "Was 2": 6}
    moved = Meeting.objects.get(title="Was 6").history.first()
    assert (moved.history_user, moved.history_change_reason) == (manager, "February was recorded late.")
    assert Meeting.objects.get(title="Was 3").history.first().history_user is None
    before = Meeting.history.count()
    mixed.renumber_by_date(by=manager)
    assert Meeting.history.count() == before


def test_a_published_number_changes_with_a_reason_only(mixed: Series) -> None:
    before = numbers(mixed)
    with pytest.raises(ValidationError, match="published meeting"):
        mixed.renumber_by_date(by=None, reason=" ")
    assert numbers(mixed) == before


def test_whoever_records_late_is_told_and_led_to_the_mending(people: People, client: Client) -> None:
    client.force_login(people.secretary)
    series = makers.make_series()
    confirmed(series, starts_on=dt.date(2025, 3, 5))
    late = makers.make_meeting(series=series, starts_on=dt.date(2025, 2, 3))
    address = f"/admin/meetings/meeting/{late.pk}/verb/confirm/"
    page = client.post(address, {"_confirmed": "1"}, follow=True).content.decode()
    assert "Number 2 of the series is dated 3 February 2025, earlier than number 1 (5 March 2025)." in page
    mend = f"/admin/meetings/series/{series.pk}/verb/renumber_by_date/"
    assert mend in page
    assert f"{late}, 3 February 2025: number 2 becomes 1" in client.get(mend).content.decode()
    client.post(mend, {"_confirmed": "1"})
    assert Meeting.objects.get(pk=late.pk).ordinal == 1
    assert mend not in client.get(f"/admin/meetings/series/{series.pk}/change/").content.decode()


def test_the_old_day_of_a_postponed_meeting_means_nothing(series: Series) -> None:
    """Neither where its number is the highest nor where it stands in between; it keeps that number."""
    march = confirmed(series, starts_on=dt.date(2025, 3, 5))
    late = confirmed(series, starts_on=dt.date(2025, 2, 3))
    assert (march.out_of_order(), late.out_of_order()) == (late, march)
    assert list(Series.objects.out_of_order()) == [series]
    late.postpone(by=None, reason="Fog")
    confirmed(series, starts_on=dt.date(2025, 4, 2))
    assert (march.out_of_order(), late.out_of_order(), series.renumbering()) == (None, None, [])
    assert not Series.objects.out_of_order().exists()


def test_meetings_of_one_day_keep_their_order(series: Series) -> None:
    """One of them has no hours, so nobody knows which came first."""
    _morning, some_hour = confirmed(series, start_time=dt.time(10)), confirmed(series)
    assert (some_hour.out_of_order(), series.renumbering()) == (None, [])
    assert not Series.objects.out_of_order().exists()


def test_staff_are_told_on_the_page_of_the_series_and_read_the_reason(
    mixed: Series, people: People, client: Client
) -> None:
    page, mend = mixed.get_absolute_url(), f"/admin/meetings/series/{mixed.pk}/verb/renumber_by_date/"
    told = {}
    for name, user in people:
        client.force_login(user) if user.pk else client.logout()
        text = client.get(page).text
        told[name] = ("are not in date order" in text, mend in text)
    assert told.pop("secretary") == (True, True)
    assert (told.pop("manager"), told.pop("publisher")) == ((True, False), (True, False))
    assert set(told.values()) == {(False, False)}
    mixed.renumber_by_date(by=people.secretary, reason="Recorded late")
    client.force_login(people.secretary)
    assert "are not in date order" not in client.get(page).text
    moved = Meeting.objects.get(title="Was 6")
    assert "Reason: Recorded late" in client.get(f"/admin/meetings/meeting/{moved.pk}/history/").text


def saved(client: Client, meeting: Meeting, **changes: str) -> str:
    """What is said when this meeting is saved in the admin with these changes."""
    page = f"/admin/meetings/meeting/{meeting.pk}/change/"
    assert send(client, page, opened(client, page), **changes).status_code == 302
    return client.get("/admin/").text


def test_a_save_that_moves_nothing_does_not_say_it_again(people: People, client: Client) -> None:
    client.force_login(people.secretary)
    series = makers.make_series()
    confirmed(series, starts_on=dt.date(2025, 3, 5))
    late = confirmed(series, starts_on=dt.date(2025, 2, 3))
    told = "Number 2 of the series is dated"
    assert told not in saved(client, late, venue="Room 2")
    assert Meeting.objects.get(pk=late.pk).venue == "Room 2"
    assert told in saved(client, late, starts_on="2025-02-04")


def test_only_whoever_may_change_the_series_is_led_to_the_mending(people: People, client: Client) -> None:
    series = makers.make_series()
    confirmed(series, starts_on=dt.date(2025, 3, 5))
    late = makers.make_meeting(series=series, starts_on=dt.date(2025, 2, 3))
    people.publisher.user_permissions.add(Permission.objects.get(codename="change_meeting"))
    client.force_login(people.publisher)
    page = client.post(f"/admin/meetings/meeting/{late.pk}/verb/confirm/", {"_confirmed": "1"}, follow=True).text
    assert "earlier than number 1" in page
    assert "renumber_by_date" not in page


@pytest.mark.parametrize("from_list", [False, True])
def test_a_missing_reason_is_told_where_it_was_asked(
    mixed: Series, people: People, client: Client, from_list: bool
) -> None:
    client.force_login(people.secretary)
    asked, answer = f"/admin/meetings/series/{mixed.pk}/verb/renumber_by_date/", {"_confirmed": "1", "reason": ""}
    if from_list:
        asked = "/admin/meetings/series/"
        answer |= {"action": "renumber_by_date", "_selected_action": str(mixed.pk)}
    before = numbers(mixed)
    response = client.post(asked, answer)
    assert response.status_code == 200
    assert "Enter a reason: the number of a published meeting changes." in response.text
    assert 'name="reason"' in response.text
    assert numbers(mixed) == before
    assert client.post(asked, answer | {"reason": "Recorded late"}).status_code == 302
    assert numbers(mixed) != before
