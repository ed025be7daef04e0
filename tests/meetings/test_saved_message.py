"""What the form of a meeting answers: that it was saved, and who can see it now."""

import datetime as dt

import pytest

from meetings.models import Meeting
from meetings.saved_message import saved_message
from tests import makers as make
from tests.core.posting import opened, send
from tests.people import People, client_of


def meeting_with(number: int, visibility: int = make.PUBLIC, **fields: object) -> Meeting:
    others = [make.make_organization(f"Organization {n}", acronym=f"ORG{n}") for n in range(number)]
    made = make.make_meeting(host=make.make_host("Us"), counterparts=others, visibility=visibility, **fields)
    made.refresh_from_db()
    return made


@pytest.mark.parametrize(
    ("number", "visibility", "said"),
    [
        (1, make.INTERNAL, "Only the secretariat can see it."),
        (1, make.SHARED, "It is shared with ORG0."),
        (1, make.PUBLIC, "It is shared with ORG0 and not public yet."),
        (3, make.PUBLIC, "It is shared with ORG0, ORG1, ORG2 and not public yet."),
        (4, make.SHARED, "It is shared with 4 organizations."),
        (0, make.SHARED, "It names no counterpart, so only the secretariat can see it."),
    ],
)
def test_who_can_see_it(db: None, number: int, visibility: int, said: str) -> None:
    assert saved_message(meeting_with(number, visibility)) == f"Meeting saved. {said}"


def test_by_when_it_is_to_be_published_until_it_is(people: People) -> None:
    meeting = make.make_held(visibility=make.PUBLIC, publication_due_on=dt.date(2025, 5, 22))
    assert saved_message(meeting).endswith("not public yet. To be published by 22 May 2025.")
    meeting.publish(by=people.publisher)
    meeting.refresh_from_db()
    assert saved_message(meeting) == "Meeting saved. It is public."


def test_the_form_says_so(people: People) -> None:
    meeting, client = meeting_with(1), client_of(people.secretary)
    address = f"/admin/meetings/meeting/{meeting.pk}/change/"
    page = client.get(send(client, address, opened(client, address), title=["Renamed"]).headers["Location"])
    assert "Meeting saved. It is shared with ORG0 and not public yet." in page.content.decode()
    assert "successfully" not in page.content.decode()
