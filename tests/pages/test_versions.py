"""Published versions (snapshots): the public reads corrections, and never again what was hidden since."""

import hashlib
import html
import re
from collections.abc import Callable
from copy import deepcopy

import pytest
from django.test import Client

from engagement.core.word_differences import word_differences
from meetings.models import Meeting, Participant
from meetings.models.correction_notes import correcting
from tests import makers as make
from tests.makers import INTERNAL, PUBLIC, SHARED
from tests.people import People, client_of
from tests.world import ALL_MARKS, INSIDE_MARK, PUBLIC_MARK, SEEN_BY, World

PAGES = ("", "1/", "2/", "1.json", "2.json", "compare/", "compare/?from=1&to=2&all=1")


@pytest.fixture(scope="module")
def module_meeting(module_people: People) -> Meeting:
    """Published, then corrected: a word of a position, and a person was added."""
    people = module_people
    meeting = make.make_held("Met", visibility=PUBLIC, counterparts=[people.ours], city="Amsterdam")
    talk = make.make_discussion(meeting, "The item", said="What they said")
    make.make_position(talk, people.ours, statement="A survey of all members")
    Participant.objects.create(party=meeting.parties.all()[1], name="Ada Public", visibility=PUBLIC)
    meeting.refresh_from_db()
    meeting.publish(by=people.publisher)
    position = talk.positions.get()
    with correcting("Not all of them were asked."):
        position.statement = "A survey of 41 members"
        position.save()
    meeting.refresh_from_db()
    return meeting


@pytest.fixture
def meeting(module_meeting: Meeting, db: None) -> Meeting:
    return deepcopy(module_meeting)


def read(meeting: Meeting, page: str = "", user: object = None) -> str:
    client = client_of(user) if user else Client()
    response = client.get(f"{meeting.get_absolute_url()}versions/{page}")
    assert response.status_code == 200, page
    text = html.unescape(response.content.decode())
    return text if page.endswith(".json") else text.partition("<main")[2].partition("</main>")[0]


def test_the_page_says_that_it_was_corrected_and_leads_to_the_versions(meeting: Meeting) -> None:
    page = html.unescape(Client().get(meeting.get_absolute_url()).content.decode())
    told = re.search(r'class="corrected">\s*<a href="([^"]+)">\s*(.*?)</a>: (.*?)\s*</p>', page, re.DOTALL)
    assert told and told[1] == f"{meeting.get_absolute_url()}versions/"
    assert re.fullmatch(r"Version 2, corrected on \d+ \w+ \d{4}", told[2]) and told[3] == "Not all of them were asked."
    assert 'class="corrected"' not in Client().get(make.make_public().get_absolute_url()).content.decode()


def test_the_list_has_dates_notes_and_checksums(meeting: Meeting, people: People) -> None:
    page = read(meeting)
    assert page.index("Version 2") < page.index("Version 1")
    assert "Not all of them were asked." in page and "First version" in page
    for version in meeting.published_versions.all():
        assert version.sha256 in page
        data = Client().get(f"{meeting.get_absolute_url()}versions/{version.number}.json").content
        assert hashlib.sha256(data).hexdigest() == version.sha256
    assert str(people.publisher) not in page and str(people.publisher) in read(meeting, user=people.secretary)


def test_one_version_reads_as_it_was(meeting: Meeting) -> None:
    first, second = read(meeting, "1/"), read(meeting, "2/")
    assert "A survey of all members" in first and "A survey of 41 members" in second
    assert "Ada Public" in first and "The item" in first and "Amsterdam" in first
    assert "left out" not in first


def test_two_are_compared_word_by_word_and_in_words(meeting: Meeting) -> None:
    page = re.sub(r"\s+", " ", read(meeting, "compare/"))
    assert re.search(
        r"A survey of <del class=\"changed\"><span class=\"visually-hidden\">\[removed\] </span>all<", page
    )
    assert re.search(r"A survey of <ins class=\"changed\"><span class=\"visually-hidden\">\[added\] </span>41<", page)
    assert "What they said" not in page and "No difference: About this meeting; Participants" in page
    assert "What they said" in read(meeting, "compare/?from=1&to=2&all=1")
    assert read(meeting, "compare/") == read(meeting, "compare/?from=1&to=2")
    assert "These versions say the same." in read(meeting, "compare/?from=2&to=2")


@pytest.mark.parametrize("page", ["3/", "0/", "3.json", "compare/?from=1&to=9", "compare/?from=x&to=2", "compare/?to="])
def test_a_version_that_is_not_there(meeting: Meeting, page: str) -> None:
    assert Client().get(f"{meeting.get_absolute_url()}versions/{page}").status_code == 404


def test_what_is_hidden_since_is_in_no_older_version(meeting: Meeting, people: People) -> None:
    talk = meeting.discussions.get()
    talk.visibility = INTERNAL
    talk.save()
    for page in ("1/", "1.json", "compare/?from=1&to=3&all=1"):
        text = read(meeting, page)
        assert not [word for word in ("The item", "What they said", "survey") if word in text], page
        assert "left out" in text or '"withheld":true' in text
    assert "survey of all" in read(meeting, "1/", people.secretary)
    assert "survey of all" not in read(meeting, "1/", people.representative)


@pytest.mark.parametrize("gone", ["deleted", "hidden", "renamed"])
def test_a_name_is_read_as_long_as_it_is_public_in_the_same_words(meeting: Meeting, gone: str) -> None:
    person = meeting.participants.get()
    if gone == "deleted":
        person.delete()
    else:
        person.visibility, person.name = (SHARED, person.name) if gone == "hidden" else (PUBLIC, "A colleague")
        person.save()
    assert "Ada" not in "".join(read(meeting, page) for page in PAGES)


def test_what_it_names_is_read_as_long_as_a_visitor_may_know_of_it(meeting: Meeting) -> None:
    mentioned, talk = make.make_organization("Mentioned by mistake"), meeting.discussions.get()
    talk.mentions.add(mentioned)
    assert "Mentioned by mistake" in read(meeting, "3/")
    talk.mentions.clear()
    assert "Mentioned by mistake" not in read(meeting, "3/") + read(meeting, "3.json")


@pytest.mark.parametrize("how", ["withdrawn", "narrowed"])
def test_where_the_meeting_is_not_public_there_is_nothing(meeting: Meeting, people: People, how: str) -> None:
    if how == "withdrawn":
        meeting.withdraw(by=people.publisher, reason="A name")
    else:
        meeting.visibility = SHARED
        meeting.save()
    for page in PAGES:
        address = f"{meeting.get_absolute_url()}versions/{page}"
        wrong = address.replace(f"/{meeting.slug}/", "/never-was/")
        never = Client().get(wrong).content.replace(b"never-was", meeting.slug.encode())
        assert Client().get(address).content == never, page
        assert client_of(people.representative).get(address).status_code == 404
    assert "Version 1" in read(meeting, user=people.secretary)


def test_after_a_withdrawal_only_later_versions_are_public(meeting: Meeting, people: People) -> None:
    meeting.withdraw(by=people.publisher, reason="A word")
    meeting.publish(by=people.publisher, note="The name is out.")
    page = read(meeting)
    assert "Version 3" in page and "Version 2" not in page and "no longer public" in page
    assert Client().get(f"{meeting.get_absolute_url()}versions/2/").status_code == 404


def test_a_former_address_leads_to_the_same_page(meeting: Meeting) -> None:
    before = meeting.get_absolute_url()
    meeting.title = "Renamed"
    meeting.save()
    for page in PAGES:
        response = Client().get(f"{before}versions/{page}")
        assert (response.status_code, response["Location"]) == (
            301,
            f"{meeting.get_absolute_url()}versions/{page}",
        )


def test_no_version_tells_a_secret_to_anybody(world: World, people: People) -> None:
    meeting = Meeting.objects.get(pk=world.records["meeting"].pk)
    numbers = [version.number for version in meeting.published_versions.all()]
    assert len(numbers) >= 2
    pages = ["", "compare/?all=1", *(f"{n}/" for n in numbers), *(f"{n}.json" for n in numbers)]
    for name, user in people:
        for page in pages:
            text = client_of(user).get(f"{meeting.get_absolute_url()}versions/{page}").content.decode().lower()
            text = text.partition("<main")[2].partition("</main>")[0] or text
            assert PUBLIC_MARK in text
            assert not [mark for mark in ALL_MARKS - {PUBLIC_MARK} if mark in text and mark not in SEEN_BY[name]], page
            assert name in ("secretary", "manager", "publisher") or INSIDE_MARK not in text


def test_hidden_changes_leave_every_page_byte_for_byte(meeting: Meeting) -> None:
    before = [read(meeting, page) for page in PAGES]
    talk = meeting.discussions.get()
    make.make_position(talk, statement="secret", visibility=INTERNAL)
    make.make_discussion(meeting, "secret", visibility=SHARED)
    meeting.refresh_from_db()
    meeting.internal_notes = "secret"
    meeting.save()
    assert [read(meeting, page) for page in PAGES] == before


def test_reading_costs_the_same_for_many_parts(flat_queries: Callable[..., None]) -> None:
    meeting = make.make_public()

    def more(number: int) -> None:
        for _ in range(number // 2):
            talk = make.make_discussion(meeting, topic=make.make_topic())
            make.make_position(talk)
            make.make_outcome(meeting, discussion=talk)

    client = Client()
    flat_queries(
        more, lambda: client.get(f"{meeting.get_absolute_url()}versions/compare/?from=2&to=3"), ceiling=20, many=8
    )  # type: ignore[operator]


def test_words_that_differ() -> None:
    removed, added = word_differences("a survey of all members", "a survey of its 41 members")
    assert [(one.text, one.differs) for one in removed] == [("a survey of ", False), ("all", True), (" members", False)]
    assert [(one.text, one.differs) for one in added] == [
        ("a survey of ", False),
        ("its 41", True),
        (" members", False),
    ]
    for left, right in (("", "new"), ("old", ""), ("x " * 30_000, "x " * 30_000 + "y.")):
        removed, added = word_differences(left, right)
        assert "".join(one.text for one in removed) == left and "".join(one.text for one in added) == right
