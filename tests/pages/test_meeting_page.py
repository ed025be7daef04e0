"""The page of a meeting: how much there is to read, side beside side, what one can take along; for each reader."""

import re
from typing import Any

import pytest
from django.test import Client

from meetings.models import Meeting
from tests import makers as make
from tests.makers import INTERNAL, PUBLIC
from tests.pages.charts import markup_of, section_of
from tests.pages.reading import words
from tests.people import People, client_of


def jumps(markup: str) -> dict[str, str]:
    """What the numbers below the title say, by where they lead."""
    [found] = re.findall(r'<ul class="jump.*?</ul>', markup, re.DOTALL) or [""]
    links = re.findall(r'href="#(\w+)">(.*?)</a>', found, re.DOTALL)
    return {anchor: words(text) for anchor, text in links}


def full_meeting(people: People) -> Meeting:
    """Two discussions, two promises and two documents, of which everybody sees one each."""
    meeting = make.make_public(host=make.make_host("Agency"), counterparts=[people.ours])
    for level in (PUBLIC, INTERNAL):
        talk = make.make_discussion(meeting, topic=make.make_topic(f"Timetables {level}"), visibility=level)
        make.make_followup(discussion=talk, chaser=people.manager, visibility=level)
        make.make_document(meeting, f"Minutes {level}", visibility=level)
    return meeting


def test_numbers_below_the_title_count_what_the_reader_sees_and_lead_to_it(people: People) -> None:
    address = full_meeting(people).get_absolute_url()
    seen, whole = markup_of(address, people.visitor), markup_of(address, people.secretary)
    assert jumps(seen) == {"discussed": "1 topic", "followups": "1 follow-up", "documents": "1 document"}
    assert jumps(whole) == {"discussed": "2 topics", "followups": "2 follow-ups", "documents": "2 documents"}
    for anchor in jumps(seen):
        assert len(re.findall(rf'id="{anchor}"', seen)) == 1


def test_a_meeting_without_anything_to_read_has_no_numbers(people: People) -> None:
    meeting = make.make_public(counterparts=[people.ours])
    assert jumps(markup_of(meeting.get_absolute_url(), people.visitor)) == {}


def test_the_heading_of_a_discussion_is_the_link_to_its_topic(people: People) -> None:
    meeting = full_meeting(people)
    topic = meeting.discussions.get(visibility=PUBLIC).topic
    assert topic
    links = re.findall(
        rf'href="{topic.get_absolute_url()}">(.*?)</a>', markup_of(meeting.get_absolute_url(), people.visitor)
    )
    assert links == [topic.title]


def columns(markup: str) -> list[list[str]]:
    """Who stands in each column, and below them across."""
    _head, *sides = markup.split('<div class="positions__side">')
    *sides, last = sides or [""]
    *across, _rest = last.split('position--wide">') if "position--wide" in last else [last, ""]
    parts = [*sides, across[0], *last.split('position--wide">')[1:]]
    return [re.findall(r'position__who">\s*(?:<abbr[^>]*>)?\s*([\w ]+?)\s*<', part) for part in parts]


def test_host_left_counterparts_right_both_sides_below(people: People) -> None:
    """In whatever order the positions were entered."""
    host = make.make_host("Agency")
    meeting = make.make_public(host=host, counterparts=[people.ours, people.theirs])
    talk = make.make_discussion(meeting, "Steps")
    for holder in (None, people.theirs, host, people.ours):
        make.make_position(talk, holder)
    drawn = columns(markup_of(meeting.get_absolute_url(), people.visitor))
    assert drawn == [["Agency"], [people.theirs.short_name, people.ours.short_name], ["Both sides"]]


def test_where_one_side_speaks_alone_no_column_is_kept_free(people: People) -> None:
    meeting = make.make_public(counterparts=[people.ours])
    make.make_position(make.make_discussion(meeting, "Steps"), people.ours, statement="Supports the steps.")
    markup = markup_of(meeting.get_absolute_url(), people.visitor)
    assert "positions--one" in markup
    assert "Supports the steps." in words(markup)
    assert "Supports Supports" not in words(markup)


@pytest.mark.parametrize("extension", ["json", "csv", "ics"])
def test_take_it_with_you_is_this_meeting_and_no_other(people: People, extension: str) -> None:
    meeting, other = (make.make_public(counterparts=[people.ours]) for _ in range(2))
    card = section_of(markup_of(meeting.get_absolute_url(), people.visitor), "take")
    [address] = re.findall(rf'href="(/meetings\.{extension}\?[^"]+)"', card)
    taken = text_of(Client().get(address))
    assert meeting.reference in taken
    assert other.reference not in taken


def test_a_meeting_that_a_reader_may_not_see_is_not_found_by_its_reference(people: People) -> None:
    hidden = make.make_held(counterparts=[people.ours])
    address = f"/meetings.csv?reference={hidden.reference}"
    assert hidden.reference not in text_of(Client().get(address))
    assert hidden.reference in text_of(client_of(people.secretary).get(address))


def test_printing_is_offered_where_a_script_can_do_it(people: People) -> None:
    card = section_of(markup_of(make.make_public().get_absolute_url(), people.visitor), "take")
    assert re.search(r"<li data-print hidden>\s*<button[^>]*>Print or save as PDF</button>", card)


def text_of(response: Any) -> str:
    body: bytes = b"".join(response.streaming_content)
    return body.decode()
