"""The next meeting of a series is planned on one page: what earlier ones left is kept, closed or dropped."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.utils import timezone

from engagement.followups.models import CarryOver, FollowUp
from engagement.samples.loading import load
from meetings.models import Discussion, Meeting, Series
from organizations.models import Organization
from tests import makers as make
from tests.core.test_sent_twice import RACE
from tests.forms import Data, forms_of
from tests.makers import INTERNAL, PUBLIC
from tests.pages.reading import page_text, words
from tests.people import People, client_of
from tests.queries import assert_flat_queries

TODAY = timezone.localdate()


def ago(days: int) -> dt.date:
    return TODAY - dt.timedelta(days=days)


@pytest.fixture
def arm(people: People) -> Organization:
    return make.make_organization("Alliance for Regenerative Medicine", acronym="ARM", lead=people.secretary)


@pytest.fixture
def series(arm: Organization) -> Series:
    host = make.make_organization("European Medicines Agency", acronym="EMA", is_host=True)
    series = make.make_series("EMA and ARM", host=host, cadence_months=6)
    series.counterparts.add(arm)
    return series


def held(series: Series, day: dt.date, **fields: Any) -> Meeting:
    return make.make_held(
        series=series, host=series.host, counterparts=series.counterparts.all(), starts_on=day, **fields
    )


@pytest.fixture
def second(series: Series, arm: Organization, people: People) -> Meeting:
    """The second of two meetings, with something left of everything."""
    first = held(series, ago(200))
    second = held(series, ago(30), city="Amsterdam", country="NL", attendance_mode="hybrid", start_time=dt.time(10))
    fees, waste = make.make_topic("Fees"), make.make_topic("Waste")
    for meeting in (first, second):
        make.make_discussion(meeting, topic=fees)
    make.make_position(make.make_discussion(first, topic=waste), arm, stance="requests", statement="A single form.")
    make.make_discussion(second, "Put off", is_deferred=True, visibility=INTERNAL)
    make.make_discussion(second, "Put off by a meeting that was cancelled", is_deferred=True)
    make.make_followup("Publish the fees", meeting=first, owner=series.host, assignee=people.secretary, due_on=ago(9))
    make.make_followup("Send figures", meeting=second, owner=arm, chaser=people.secretary)
    make.make_followup("Somebody else's", meeting=second, owner=series.host, assignee=people.manager)
    make.make_followup("Done", meeting=second, owner=series.host).complete(by=people.manager)
    return second


def address(series: Series) -> str:
    return f"{series.get_absolute_url()}plan/"


def opened(client: Client, series: Series) -> Data:
    page = client.get(address(series)).content.decode()
    (form,) = [form for form in forms_of(page, address(series)) if "_once" in form.data and "title" in form.data]
    return form.data


def sent(client: Client, series: Series, form: Data, **changes: Any) -> Any:
    return client.post(address(series), {**form, **{name.replace("__", "-"): text for name, text in changes.items()}})


def decide(form: Data, followup: str, decision: str, **why: str) -> Data:
    prefix = f"followup-{FollowUp.objects.get(title=followup).pk}"
    return {**form, f"{prefix}-decision": [decision], **{f"{prefix}-{name}": [text] for name, text in why.items()}}


def planned(response: Any) -> Meeting:
    assert response.status_code == 302, words(response.content.decode())[:2000]
    return Meeting.objects.get(slug=response.url.split("/")[2])


@pytest.fixture
def secretary(people: People, client: Client) -> Client:
    client.force_login(people.secretary)
    return client


def test_the_third_is_planned_from_the_second_with_nothing_retyped(people: People, secretary: Client) -> None:
    """The founding example: what the page proposes is sent as it is."""
    Organization.objects.update(kind=Organization.Kind.OTHER)
    founding = load(by=people.secretary, publisher=people.publisher)
    assert founding.series
    third = planned(sent(secretary, founding.series, opened(secretary, founding.series)))
    assert (third.title, third.status, third.ordinal) == ("EMA and ARM, third bilateral meeting", "proposed", None)
    assert (third.starts_on, third.city, third.country.code, third.kind) == (None, "Amsterdam", "NL", "bilateral")
    assert third.time_zone == "Europe/Amsterdam" and third.visibility == INTERNAL
    assert [(one.organization.acronym, one.side) for one in third.parties.all()] == [
        ("EMA", "host"),
        ("ARM", "counterpart"),
    ]
    assert [(talk.heading, talk.kind) for talk in third.discussions.all()] == [
        ("Minutes of the second meeting, 8 May 2025", "decision"),
        ("Previous actions", "previous_actions"),
        ("Patient-centred approaches and patient experience data", "discussion"),
    ]
    carried = CarryOver.objects.filter(meeting=third, followup__isnull=False)
    assert {row.followup.title for row in carried if row.followup} == set(
        FollowUp.objects.filter(meeting=founding).values_list("title", flat=True)
    )
    assert {(row.decision, row.decided_by) for row in carried} == {("kept", people.secretary)}


def test_what_is_proposed_and_in_which_order(series: Series, second: Meeting, secretary: Client) -> None:
    """Date by the cadence, place and hours as last time; minutes, previous actions, deferred, standing, requests."""
    off = make.make_meeting("Called off", series=series, starts_on=ago(-400))
    item = Discussion.objects.get(title__endswith="cancelled")
    CarryOver.objects.create(meeting=off, discussion=item)
    off.cancel(by=None, reason="Storm")
    form = opened(secretary, series)
    day = dt.date.fromisoformat(form["starts_on"][0])
    assert dt.timedelta(175) < day - ago(30) < dt.timedelta(187) and day.weekday() < 5
    assert (form["start_time"], form["city"], form["attendance_mode"]) == (["10:00"], ["Amsterdam"], ["hybrid"])
    third = planned(sent(secretary, series, form, status="confirmed"))
    assert (third.status, third.ordinal, third.starts_on) == ("confirmed", 3, day)
    assert [(talk.heading.split(",")[0], talk.visibility) for talk in third.discussions.all()] == [
        ("Minutes of the second meeting", INTERNAL),
        ("Previous actions", INTERNAL),
        ("Put off", INTERNAL),
        ("Put off by a meeting that was cancelled", INTERNAL),
        ("Fees", INTERNAL),
        ("Waste", INTERNAL),
    ], "no item is seen by more readers than what it goes back to"
    assert "ARM asked on" in third.discussions.get(topic__title="Waste").internal_notes


def test_closed_and_dropped_with_a_reason(series: Series, second: Meeting, secretary: Client, people: People) -> None:
    form = opened(secretary, series)
    form = decide(form, "Publish the fees", "closed", result="They are on the website.")
    put_off = Discussion.objects.get(title="Put off")
    form |= {f"item-{put_off.pk}-decision": ["dropped"], f"item-{put_off.pk}-reason": ["Overtaken."]}
    third = planned(sent(secretary, series, form, minutes__decision="dropped"))
    done = FollowUp.objects.get(title="Publish the fees")
    assert (done.status, done.result, done.closed_by) == ("done", "They are on the website.", people.secretary)
    rows = {str((row.followup and row.followup.title) or row.discussion): row for row in third.carried_in.all()}  # type: ignore[attr-defined]
    assert (rows["Publish the fees"].decision, rows["Put off"].decision) == ("closed", "dropped")
    assert (rows["Put off"].reason, rows["Put off"].became) == ("Overtaken.", None)
    headings = [talk.heading for talk in third.discussions.all()]
    assert "Put off" not in headings and headings[0] == "Previous actions"
    again = page_text(address(series), people.secretary)
    assert "Publish the fees" not in again and "Put off Deferred" not in again
    assert "Send figures" in again, "what was kept is proposed again as long as it is open"


def test_a_manager_closes_what_a_secretary_may_not(series: Series, second: Meeting, secretary: Client) -> None:
    """She completes what is hers; cancelling what she did not record, and what is another's, is refused."""
    form = opened(secretary, series)
    for followup, decision in (("Somebody else's", "closed"), ("Publish the fees", "dropped")):
        answer = sent(secretary, series, decide(form, followup, decision, result="x", reason="x"))
        assert answer.status_code == 200 and "is not one of the available choices" in answer.content.decode()
    assert Meeting.objects.count() == 2 and FollowUp.objects.is_open().count() == 3


def test_mistakes_are_told_beside_their_fields_and_nothing_is_lost(
    series: Series, second: Meeting, secretary: Client
) -> None:
    form = decide(opened(secretary, series), "Publish the fees", "closed")
    wrong: list[tuple[dict[str, str], str]] = [
        ({}, "Publish the fees: Enter the result."),
        ({"starts_on": ago(1).isoformat()}, "This date is in the past."),
        ({"starts_on": "9999-12-31"}, "Enter a year between"),
        ({"starts_on": "tomorrow"}, "Enter a valid date."),
        ({"starts_on": "", "status": "confirmed"}, "A confirmed meeting needs a date."),
        ({"starts_on": "", "status": "proposed", "start_time": "09:00"}, "Enter a date as well as a time."),
        ({"start_time": "12:00", "end_time": "11:00"}, "A meeting must end after it begins."),
        ({"title": ""}, "Enter a title, such as"),
        ({"parties": "999999"}, "999999 is not one of the available choices."),
        ({"time_zone": "Mars"}, "Mars"),
    ]
    for changes, told in wrong:
        answer = sent(secretary, series, form, city="Porto", **changes)
        page = answer.content.decode()
        assert answer.status_code == 200 and told in words(page), told
        assert 'value="Porto"' in page and 'role="alert"' in page
        assert answer.context["forms"].followups[0]["decision"].value() == "closed"
    assert Meeting.objects.count() == 2 and not CarryOver.objects.exists()


def test_sent_twice_it_makes_one_meeting(series: Series, second: Meeting, secretary: Client) -> None:
    form = opened(secretary, series)
    one, two = (sent(secretary, series, form) for _ in range(2))
    assert one.url == two.url == planned(one).get_absolute_url()
    assert Meeting.objects.filter(series=series).count() == 3


def test_who_plans_second_is_told_of_the_first(series: Series, second: Meeting, secretary: Client) -> None:
    """And may plan one more on purpose."""
    form, other = opened(secretary, series), opened(secretary, series)
    first = planned(sent(secretary, series, form))
    answer = sent(secretary, series, other, city="Porto")
    told = answer.content.decode()
    assert "Someone planned a next meeting while this page was open." in told and first.get_absolute_url() in told
    assert 'value="Porto"' in told and Meeting.objects.filter(series=series).count() == 3
    assert "A next meeting is already planned." in page_text(address(series), answer.wsgi_request.user)
    (form_again,) = [form for form in forms_of(told, address(series)) if "title" in form.data]
    assert planned(secretary.post(address(series), form_again.data)) != first


@pytest.mark.both_databases
def test_two_who_plan_at_one_moment(race: Callable[..., list[str]], people: People) -> None:
    series = make.make_series("Raced")
    client = Client()
    client.force_login(people.secretary)
    forms = [{**opened(client, series), "parties": []} for _ in range(2)]
    code = (
        RACE.replace("{data!r}", "{data!r}[NUMBER]")
        .replace('answer["Location"]', 'answer.get("Location")')
        .format(address=address(series), data=forms)
    )
    said = race(code, processes=2)
    assert sorted(answer.split()[0] for answer in said) == ["200", "302"]
    assert Meeting.objects.count() == 1


def test_only_who_may_add_meetings(series: Series, second: Meeting, people: People) -> None:
    expected = {"secretary": 200, "visitor": 302}
    for name, user in people:
        client = client_of(user)
        for method in (client.get, client.post):
            assert method(address(series)).status_code == expected.get(name, 404), name
    assert Meeting.objects.count() == 2


def test_the_page_is_linked_where_it_is_needed(series: Series, second: Meeting, people: People) -> None:
    link = f'href="{address(series)}"'
    client = Client()
    client.force_login(people.secretary)
    first = Meeting.objects.order_by("starts_on").first()
    assert first and link not in client.get(first.get_absolute_url()).content.decode(), "not the last one"
    assert link not in client.get("/today/").content.decode(), "not yet past its cadence"
    Series.objects.filter(pk=series.pk).update(cadence_months=1)
    Meeting.objects.filter(pk=second.pk).update(starts_on=ago(40), starts_at=timezone.now() - dt.timedelta(40))
    for page in (second.get_absolute_url(), series.get_absolute_url(), "/today/"):
        assert link in client.get(page).content.decode(), page
    client.force_login(people.manager)
    assert link not in client.get(second.get_absolute_url()).content.decode()


# Provenance ----------------------------------------------------------------------------------------------------


def test_what_is_carried_over_again_and_again_is_flagged(
    series: Series, second: Meeting, secretary: Client, people: People
) -> None:
    """A deferred item that is deferred again goes back to where it was first raised."""
    Discussion.objects.exclude(title="Put off").update(is_deferred=False)
    third = planned(sent(secretary, series, opened(secretary, series)))
    third.starts_on = ago(2)
    third.save()
    third.confirm(by=None)
    third.hold(by=None)
    item = third.discussions.get(title="Put off")  # type: ignore[attr-defined]
    item.is_deferred = True
    item.save()
    fourth = planned(sent(secretary, series, opened(secretary, series)))
    day = second.starts_on
    assert day
    told = page_text(fourth.get_absolute_url(), people.secretary)
    assert f"First raised {day.day} {day:%B %Y} , carried over 2 times" in told
    assert "Send figures ARM, first raised" in told
    promise = FollowUp.objects.get(title="Send figures")
    page = page_text(promise.get_absolute_url(), people.secretary)
    assert "carried over 2 times" in page and third.title in page and fourth.title in page
    rows = {query: page_text(f"/follow-ups/?carried={query}", people.secretary) for query in ("1", "2")}
    assert all("Send figures" in text and "carried over 2 times" in text for text in rows.values())
    late = make.make_followup("Recent", meeting=third, owner=series.host)
    CarryOver.objects.create(meeting=fourth, followup=late)
    assert "Recent" in page_text("/follow-ups/?carried=1", people.secretary)
    assert "Recent" not in page_text("/follow-ups/?carried=2", people.secretary)
    fourth.cancel(by=None, reason="Storm")
    assert "carried over once" in page_text(promise.get_absolute_url(), people.secretary)
    assert "Send figures" not in page_text("/follow-ups/?carried=2", people.secretary)


def test_nobody_else_reads_what_was_carried_over(
    series: Series, second: Meeting, secretary: Client, people: People
) -> None:
    series.counterparts.add(people.ours)
    make.make_party(second, people.ours)
    second.refresh_from_db()
    second.visibility = PUBLIC
    second.save()
    promise = make.make_followup("Of ours", meeting=second, owner=people.ours, chaser=people.secretary)
    third = planned(sent(secretary, series, opened(secretary, series), visibility=str(int(PUBLIC))))
    for page in (third.get_absolute_url(), promise.get_absolute_url()):
        assert "arried over" in page_text(page, people.secretary)
        assert "arried over" not in page_text(page, people.representative), page


def test_it_costs_the_same_with_many_follow_ups(series: Series, second: Meeting, secretary: Client) -> None:
    def more(number: int) -> None:
        for _ in range(number):
            make.make_followup(meeting=second, owner=series.host)
            make.make_discussion(second, is_deferred=True)

    assert_flat_queries(more, lambda: secretary.get(address(series)), ceiling=30)


def test_the_message_counts(series: Series, second: Meeting, secretary: Client) -> None:
    answer = sent(secretary, series, opened(secretary, series))
    said = [str(message) for message in get_messages(answer.wsgi_request)]
    assert said == ["Meeting proposed. 3 follow-ups carried over."]
