"""On paper: how many sheets, what stands on each, and what does not."""

import datetime as dt

import pytest
from django.core.management import call_command
from playwright.sync_api import Page

from engagement.core.models import Visibility
from meetings.models import Discussion, Meeting
from organizations.models import Organization
from tests import makers as make
from tests.browser.windows import Windows
from tests.pdf import Pdf
from tests.people import People

pytestmark = pytest.mark.django_db(transaction=True)

PRESSED = (
    "button, .button, .site-nav a, .breadcrumbs a, .site-footer a, .skip-link, "
    ".menu a, .menu > summary, .chart-table > summary"
)
READ = "h1, h2, thead th, .breadcrumbs [aria-current]"
WORDS = (
    """(which) => [...document.querySelectorAll(which)].map((e) => e.textContent.replace(/[\\s↑↓]+/g, " ").trim())"""
)


def sheets(page: Page, size: str = "A4") -> list[str]:
    """What each printed sheet says, without spaces, and none of what is pressed; all of it black on white."""
    page.emulate_media(media="print")
    look = page.evaluate("(({ color, backgroundColor }) => [color, backgroundColor])(getComputedStyle(document.body))")
    assert look == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    found = Pdf(page.pdf(format=size)).sheets
    pressed = set(page.evaluate(WORDS, PRESSED)) - set(page.evaluate(WORDS, READ)) - {""}
    pressed &= {line.strip() for sheet in found for line in sheet.splitlines()}
    assert not pressed, f"{pressed} on paper"
    return [squeezed(sheet) for sheet in found]


def squeezed(words: str) -> str:
    """Lines and letters set apart on paper are where they are for the look of it."""
    return "".join(words.split())


def promises(people: People, number: int = 25) -> None:
    meeting = make.make_held(counterparts=[people.ours], visibility=Visibility.SHARED)
    for each in range(number):
        make.make_followup(
            f"Promise {each:02d}: comments on the draft guidance for experts without conflicts of interest",
            discussion=make.make_discussion(meeting) if each == 0 else None,
            meeting=meeting,
            owner=people.ours,
            chaser=people.manager,
            due_on=make.LONG_AGO,
        )


def test_the_founding_meeting_is_two_sheets(browse: Windows, people: People) -> None:
    """As visitor and as secretary, on both sizes of paper, with no discussion on two sheets."""
    Organization.objects.update(kind=Organization.Kind.OTHER)
    call_command("load_founding_example", verbosity=0)
    meeting = Meeting.objects.get()
    page = browse(meeting.get_absolute_url(), dark=True)
    staff = browse(meeting.get_absolute_url(), user=people.secretary)
    for found in (sheets(page), sheets(page, "Letter"), sheets(staff), sheets(staff, "Letter")):
        assert len(found) == 2
        assert all(f"Page{number}of2" in sheet for number, sheet in enumerate(found, 1))
        assert all(meeting.reference in sheet for sheet in found)
        for talk in Discussion.objects.all():
            whole = [talk.heading, *talk.positions.values_list("statement", flat=True)]
            begins = [[squeezed(words[:40]) in sheet for sheet in found] for words in whole[1:]]
            assert begins.count(begins[0]) == len(begins) and any(begins[0]), f"{whole} stand on {begins}"
    assert all(squeezed("Secretariat copy of a public record") in sheet for sheet in found)
    assert "printedon" in found[0] and "bysecretary" in found[0]
    of_all = sheets(page)
    assert "copy" not in "".join(of_all) and "bysecretary" not in of_all[0]
    assert "(https://marketaccesstoday.com" in of_all[0]


def test_a_long_discussion_begins_on_the_sheet_it_comes_to(browse: Windows, people: People) -> None:
    meeting = make.make_public(counterparts=[people.ours])
    talk = make.make_discussion(meeting)
    for holder in (people.ours, meeting.parties.get(side="host").organization):
        statement = "Points:\n• https://example.org/one\n" + "• What was said about it, at length.\n" * 60
        make.make_position(talk, holder, statement=statement)
    found = sheets(browse(meeting.get_absolute_url()))
    assert len(found) > 1 and "Whatwassaidaboutit" in found[0]
    assert "".join(found).count("https://example.org/one") == 2, "an address that is read is not printed again"


def test_who_a_sheet_is_for(browse: Windows, people: People) -> None:
    """On each sheet of what is not public."""
    meeting = make.make_held(counterparts=[people.ours], visibility=Visibility.SHARED)
    for number in range(12):
        make.make_discussion(meeting, f"Item {number}", said="What was said about it.\n\n" * 6)
    shared = "shared with the counterpart, not public"
    told = {people.secretary: f"Secretariat copy: {shared}", people.representative: shared.capitalize()}
    for user, words in told.items():
        found = sheets(browse(meeting.get_absolute_url(), user=user))
        assert len(found) > 1
        assert all(squeezed(words) in sheet for sheet in found)


def test_a_list_of_follow_ups_is_two_sheets(browse: Windows, people: People) -> None:
    """With every column on both, and nothing to tick."""
    promises(people)
    found = sheets(browse("/follow-ups/", user=people.manager))
    assert len(found) == 2
    for sheet in found:
        assert all(head in sheet for head in ("Follow-up", "Nextstep", "Due", "Frommeeting"))
    assert all(f"Promise{number:02d}" in "".join(found) for number in range(25))
    assert "1to25of25" in found[1]


def test_a_brief_on_five_counterparts_is_three_sheets(browse: Windows, people: People) -> None:
    """Names without an acronym stand in the line of what was said, not in a narrow column of their own."""
    others = [make.make_organization(f"Organization of stakeholders {name}") for name in "ABCDE"]
    topics = [make.make_topic(f"Topic {number}") for number in range(8)]
    for month in range(1, 7):
        held = make.make_held(f"Platform {month}", counterparts=others, starts_on=make.LONG_AGO.replace(month=month))
        for topic in topics:
            talk = make.make_discussion(held, topic=topic)
            for one in others[:3]:
                make.make_position(talk, one, statement="Asks for a timetable, and for one place for its questions.")
    planned = make.make_meeting("To come", counterparts=others, starts_on=dt.date(2030, 1, 8))
    make.make_discussion(planned, topic=topics[0])
    assert len(sheets(browse(f"{planned.get_absolute_url()}brief/", user=people.secretary))) == 3


def test_what_is_folded_is_printed(browse: Windows, people: People) -> None:
    topic = make.make_topic("Gene editing")
    for day in (dt.date(2024, 5, 8), dt.date(2025, 5, 8)):
        meeting = make.make_public(f"Of {day}", counterparts=[people.ours], starts_on=day)
        make.make_position(make.make_discussion(meeting, topic=topic), people.ours)
    page = browse(topic.get_absolute_url())
    assert not page.get_by_text("Any later position or outcome").is_visible()
    found = "".join(sheets(page))
    assert squeezed("Any later position or outcome") in found and "PartyMeetingPosition" in found
