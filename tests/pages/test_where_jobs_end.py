"""What a page offers fits how far the work is: after planning, after a report, for a meeting that is over."""

from typing import Any

from django.test import Client

from tests import makers as make
from tests.pages.reading import words
from tests.people import People


def page(user: Any, address: str) -> str:
    client = Client()
    client.force_login(user)
    return client.get(address).content.decode()


def test_a_series_says_what_is_proposed_though_it_has_no_date(people: People) -> None:
    series = make.make_series("Twice a year")
    make.make_held("First", series=series)
    proposed = make.make_meeting("Second, proposed", series=series, starts_on=None)
    text = words(page(people.secretary, series.get_absolute_url()))
    assert "Second, proposed No date yet, proposed" in text
    assert "No meeting planned" not in text
    agenda = words(page(people.secretary, proposed.get_absolute_url()))
    assert "Agenda" in agenda and "Topics discussed" not in agenda


def test_the_brief_of_a_meeting_that_was_held_says_so(people: People) -> None:
    held, planned = make.make_held("Over"), make.make_meeting("To come")
    assert "how things were before it" in page(people.secretary, f"{held.get_absolute_url()}brief/")
    assert "how things were before it" not in page(people.secretary, f"{planned.get_absolute_url()}brief/")


def test_what_was_reported_is_confirmed_and_not_completed_past_the_report(people: People) -> None:
    meeting = make.make_held(counterparts=[people.ours], visibility=10)
    promise = make.make_followup(
        "Send figures", meeting=meeting, owner=people.ours, chaser=people.manager, visibility=10
    )
    main = '<button class="button" type="submit"\n      formaction="/follow-ups/act/'
    assert main in page(people.manager, promise.get_absolute_url())
    promise.report("done", by=people.representative, comment="Sent")
    assert main not in page(people.manager, promise.get_absolute_url()), "the report comes first"
    today = page(people.manager, "/today/")
    assert f'href="{promise.get_absolute_url()}#reported"' in today
    assert f'name="pick" value="{promise.reference}"' not in today
