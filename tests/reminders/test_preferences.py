"""Each person of the secretariat chooses which reminders to get and how often; nobody else has that page."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.test import Client

from engagement.reminders.models import Preference
from tests import makers as make
from tests.people import People, client_of

pytestmark = pytest.mark.both_databases

PAGE = "/accounts/reminders/"
TUESDAY, MONDAY = dt.datetime(2026, 3, 3, 6, tzinfo=dt.UTC), dt.datetime(2026, 3, 9, 6, tzinfo=dt.UTC)


def choose(client: Client, frequency: str, *kinds: str) -> None:
    answer = client.post(PAGE, {"frequency": frequency, "kinds": kinds}, follow=True)
    assert "Reminders saved." in answer.text


def told(people: People) -> list[str]:
    mail.outbox.clear()
    call_command("send_reminders", verbosity=0)
    return [str(one.body) for one in mail.outbox if one.to == [people.secretary.email]]


def test_everything_every_day_unless_chosen_otherwise(people: People) -> None:
    client = client_of(people.secretary)
    page = client.get(PAGE).text
    assert page.count("checked") == 4  # three kinds and how often
    assert "secretary@example.org" in page and "without a reminder" not in page
    assert "Follow-ups without a reminder" in client_of(people.manager).get(PAGE).text
    choose(client, "weekly", "chase")
    assert client.get(PAGE).text.count("checked") == 2
    kept = Preference.objects.get(user=people.secretary)
    assert (kept.frequency, kept.unwanted) == ("weekly", ["mine", "waiting"])


def test_what_is_chosen_is_what_comes(people: People) -> None:
    client = client_of(people.secretary)
    with time_machine.travel(TUESDAY, tick=False) as clock:
        for days in (0, 1, 7):
            make.make_followup("Mine", assignee=people.secretary, due_on=TUESDAY.date() + dt.timedelta(days=days))
        make.make_followup("Theirs", owner=people.theirs, chaser=people.secretary, due_on=TUESDAY.date())
        choose(client, "never", "mine", "chase", "waiting")
        assert told(people) == []
        choose(client, "daily", "mine")
        [body] = told(people)
        assert "DUE SOON" in body and "REMIND THE COUNTERPART" not in body
        choose(client, "weekly", "mine", "chase")
        for _day in range(5):
            clock.shift(dt.timedelta(days=1))
            assert told(people) == []
        clock.move_to(MONDAY)
        [body] = told(people)
        assert body.count("FU-") == 2 * 4 and "REMIND THE COUNTERPART" in body


def test_a_frequency_that_is_none_is_not_saved(people: People) -> None:
    page = client_of(people.secretary).post(PAGE, {"frequency": "hourly", "kinds": ["mine"]}).text
    assert "There is a problem" in page and "Select a valid choice" in page
    assert not Preference.objects.exists()


def test_without_an_address_the_page_says_so(people: People) -> None:
    people.secretary.email = ""
    people.secretary.save()
    assert "You have no e-mail address" in client_of(people.secretary).get(PAGE).text


def test_the_account_menu_leads_there_for_the_secretariat_only(people: People) -> None:
    for user, leads in ((people.secretary, True), (people.representative, False)):
        assert (f'href="{PAGE}"' in client_of(user).get("/meetings/").text) == leads
