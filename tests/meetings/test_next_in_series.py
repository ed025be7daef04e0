"""The form of a new meeting begins with what its series and the latest meeting of that say."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from engagement.followups.models import FollowUp
from meetings.models import Meeting, Series
from organizations.models import Organization
from tests import makers as make
from tests.core.posting import opened, problems, send, with_row
from tests.people import People

ADD = "/admin/meetings/meeting/add/"
ASKED = "/admin/meetings/meeting/proposals/series/"


@pytest.fixture
def arm(db: None) -> Organization:
    return make.make_organization("Alliance for Regenerative Medicine", acronym="ARM")


@pytest.fixture
def series(arm: Organization) -> Series:
    host = make.make_organization("European Medicines Agency", acronym="EMA", is_host=True)
    series = make.make_series("EMA and ARM", host=host, first_ordinal=2)
    series.counterparts.add(arm)
    return series


def held(series: Series, arm: Organization, title: str = "Spring meeting", **fields: Any) -> Meeting:
    return make.make_held(title, series=series, host=series.host, counterparts=[arm], **fields)


def ask(client: Client, series: Series, address: str = ASKED) -> Any:
    return client.get(f"{address}?key={series.pk}")


def test_the_first_recorded_meeting_is_told_its_number(client: Client, people: People, series: Series) -> None:
    client.force_login(people.secretary)
    told = ask(client, series).json()
    assert told["note"] == "This will be the second meeting of this series. Earlier meetings are not recorded."
    assert told["fields"] == {"title": "EMA and ARM, second bilateral meeting"}
    seats = [(row["organization"]["label"][-5:], row["side"]) for row in told["rows"]["parties"]["rows"]]
    assert seats == [("(EMA)", "host"), ("(ARM)", "counterpart")]


def test_the_place_is_that_of_the_latest_one(client: Client, people: People, series: Series, arm: Organization) -> None:
    held(series, arm, "Second platform of EMA and ARM", kind="platform", city="Amsterdam", time_zone="Europe/Amsterdam")
    make.make_meeting("Called off", series=series, starts_on=dt.date(2031, 1, 1), city="Paris").cancel(
        by=None, reason="Storm"
    )
    client.force_login(people.secretary)
    fields = ask(client, series).json()["fields"]
    assert fields["title"] == "Third platform of EMA and ARM"
    assert (fields["kind"], fields["city"], fields["time_zone"]) == ("platform", "Amsterdam", "Europe/Amsterdam")


def test_counterparts_that_the_series_does_not_name(
    client: Client, people: People, series: Series, arm: Organization
) -> None:
    held(series, arm)
    series.counterparts.clear()
    other = make.make_organization("Put away", acronym="AWAY")
    held(series, other, starts_on=dt.date(2025, 3, 1))
    client.force_login(people.secretary)
    told = ask(client, series).json()
    assert [row["organization"]["pk"] for row in told["rows"]["parties"]["rows"][1:]] == [str(arm.pk)]
    assert told["fields"]["title"] == "EMA and ARM, fourth bilateral meeting"


def test_without_scripts_the_address_names_the_series(client: Client, people: People, series: Series) -> None:
    """What is sent untouched is saved as it was shown."""
    client.force_login(people.secretary)
    page = client.get(f"{ADD}?series={series.pk}&kind=platform").content.decode()
    assert "This will be the second meeting of this series." in page
    form = opened(client, f"{ADD}?series={series.pk}&kind=platform")
    assert (form["series"], form["kind"]) == (["EMA and ARM"], ["platform"])
    answer = send(client, f"{ADD}?series={series.pk}", form, starts_on="2025-05-08")
    assert answer.status_code == 302, problems(answer)
    meeting = Meeting.objects.get()
    assert (meeting.title, meeting.ordinal) == ("EMA and ARM, second bilateral meeting", 2)
    assert [party.organization.acronym for party in meeting.parties.all()] == ["EMA", "ARM"]


@pytest.mark.parametrize("series", ["", "0", "x", "9" * 30, "²"])
def test_an_address_that_names_no_series(client: Client, people: People, series: str) -> None:
    client.force_login(people.secretary)
    assert client.get(ADD, {"series": series, "series_note": "<b>"}).status_code == 200
    assert client.get(ASKED, {"key": series}).status_code == 404


def test_only_who_may_log_a_meeting_is_told(client: Client, people: People, series: Series) -> None:
    """Nobody else, and nothing of another field."""
    for name, user in people:
        client.logout() if name == "visitor" else client.force_login(user)
        assert (ask(client, series).status_code == 200) == (name == "secretary"), name
    client.force_login(people.secretary)
    assert ask(client, series, "/admin/meetings/meeting/proposals/title/").status_code == 404


def test_pages_of_the_series_lead_to_its_next_meeting(client: Client, people: People, series: Series) -> None:
    link = f'href="{ADD}?series={series.pk}"'
    client.force_login(people.secretary)
    for address in (series.get_absolute_url(), f"/admin/meetings/series/{series.pk}/change/"):
        assert link in client.get(address).content.decode(), address
    client.force_login(people.manager)
    assert link not in client.get(series.get_absolute_url()).content.decode()


# Who chases ----------------------------------------------------------------------------------------------------


def test_a_promise_is_chased_by_our_lead_or_who_wrote_it_down(
    client: Client, people: People, series: Series, arm: Organization
) -> None:
    """One that was named stays; of our own promises nobody is."""
    meeting = held(series, arm)
    address = f"/admin/meetings/meeting/{meeting.pk}/change/"
    led = make.make_organization("Led by the manager", acronym="LED", lead=people.manager)
    left = make.make_organization("Led by nobody of ours", acronym="LEFT", lead=people.stranger)
    client.force_login(people.secretary)
    form = opened(client, address)
    for title, who, chaser in [
        ("a", "ARM", ""),
        ("b", "LED", ""),
        ("c", "LEFT", ""),
        ("d", "EMA", ""),
        ("e", "Both sides", ""),
        ("f", "ARM", "publisher"),
    ]:
        form = with_row(form, "followups", title=title, who=who, chaser=chaser, priority=20, visibility=10)
    answer = send(client, address, form)
    assert answer.status_code == 302, problems(answer)
    found = {f.title: f.chaser for f in FollowUp.objects.select_related("chaser")}
    us, lead, named = people.secretary, people.manager, people.publisher
    assert found == {"a": us, "b": lead, "c": us, "d": None, "e": None, "f": named}
    told = [
        ask(client, owner, "/admin/followups/followup/proposals/who/").json()["fields"]
        for owner in (arm, led, left, series.host)
    ]
    assert [fields["chaser"]["label"] if fields else "" for fields in told] == ["secretary", "manager", "secretary", ""]


def test_the_rule_of_the_model_names_our_lead(people: People, arm: Organization) -> None:
    arm.lead = people.manager
    arm.save()
    promise = FollowUp(title="Theirs", owner=arm)
    promise.full_clean(exclude=["reference", "side"])
    assert promise.chaser == people.manager
