"""A meeting is logged like another one: kind, parties and place are filled in, its dates and content are not."""

import datetime as dt

import pytest
from django.test import Client

from meetings.models import Meeting
from tests import makers as make
from tests.core.posting import opened, problems, send
from tests.people import People

ADD = "/admin/meetings/meeting/add/"


def test_what_is_sent_untouched_is_a_meeting_like_it(client: Client, people: People) -> None:
    host, gone = make.make_host("Agency"), make.make_organization("Gone")
    first = make.make_held(
        "First", host=host, counterparts=[people.ours, people.theirs, gone], kind="platform", city="Lisbon",
        attendance_mode="hybrid", time_zone="Europe/Lisbon", purpose="Fees", starts_on=dt.date(2025, 3, 4),
    )  # fmt: skip
    first.parties.filter(organization=people.theirs).update(side="observer")
    gone.archive(by=None, reason="Dissolved.")
    client.force_login(people.secretary)
    link = f"{ADD}?like={first.pk}"
    assert f'href="{link}"' in client.get(first.get_absolute_url()).content.decode()
    page = client.get(link).content.decode()
    assert f"Filled in from {first}: kind, parties and place." in page
    form = opened(client, link)
    assert form["title"] == [""] and form["starts_on"] == [""] and form["purpose"] == [""]
    answer = send(client, link, form, title="Second", starts_on="2025-06-05")
    assert answer.status_code == 302, problems(answer)
    second = Meeting.objects.get(title="Second")
    assert (second.kind, second.city, second.attendance_mode) == ("platform", "Lisbon", "hybrid")
    assert (second.time_zone, second.purpose, second.series) == ("Europe/Lisbon", "", None)
    assert [(one.organization, one.side) for one in second.parties.all()] == [
        (host, "host"),
        (people.ours, "counterpart"),
        (people.theirs, "observer"),
    ]


@pytest.mark.parametrize("key", ["", "0", "x", "9" * 30, "²"])
def test_an_address_that_names_no_meeting(client: Client, people: People, key: str) -> None:
    client.force_login(people.secretary)
    assert client.get(ADD, {"like": key}).status_code == 200


def test_only_who_may_log_a_meeting_is_offered_it(client: Client, people: People) -> None:
    meeting = make.make_held()
    for name, user in [(name, user) for name, user in people if user.is_staff]:
        client.force_login(user)
        offered = "Log another like this" in client.get(meeting.get_absolute_url()).content.decode()
        assert offered == (name == "secretary"), name
