"""The front page of a visitor: search first, with examples that find something, and the data to take."""

import datetime as dt
import html
import re

import time_machine
from django.test import Client
from django.utils import timezone

from tests import makers as make
from tests.makers import INTERNAL, PUBLIC
from tests.pages.charts import markup_of, section_of
from tests.people import People


def test_search_is_the_one_box_and_comes_before_everything_else(people: People) -> None:
    markup = markup_of("/", people.visitor)
    assert markup.count('role="search"') == 1
    head = markup.split("<main", 1)[1].split('role="search"', 1)[0]
    assert re.findall(r"<(h1|h2|a|input|section)\b", head) == ["h1"]


def test_examples_find_what_this_reader_may_see(people: People) -> None:
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    fields = {"counterparts": [people.ours], "starts_on": yesterday}
    for word, meeting in (
        ("public", make.make_public(**fields)),
        ("hidden", make.make_held(**fields, visibility=INTERNAL)),
    ):
        talk = make.make_discussion(meeting, topic=make.make_topic(f"The {word} steps"))
        talk.themes.add(make.make_theme(f"The {word} theme"))
    [examples] = re.findall(r'<p class="examples.*?</p>', markup_of("/", people.visitor), re.DOTALL)
    found = {html.unescape(words): html.unescape(url) for url, words in re.findall(r'href="(.*?)">(.*?)<', examples)}
    assert list(found) == [f"{yesterday.day} {yesterday:%B %Y}", "The public theme", "The public steps"]
    for words, address in found.items():
        page = Client().get(address).content.decode()
        assert 'class="hit"' in page and "The hidden" not in page, words


def test_data_to_take_is_there(people: People) -> None:
    make.make_public(counterparts=[people.ours])
    addresses = re.findall(r'href="([^"]+)"', section_of(markup_of("/", people.visitor), "data"))
    assert len(addresses) == 5
    assert {Client().get(address).status_code for address in addresses} == {200}


@time_machine.travel("2026-07-01 12:00 +00:00")
def test_promises_kept_of_those_that_were_due_this_year(people: People) -> None:
    """Neither cancelled ones, nor those due last year, today or later, nor what a visitor may not see."""
    meeting = make.make_public(counterparts=[people.ours], starts_on=dt.date(2025, 5, 8))
    common = {"meeting": meeting, "owner": people.ours, "chaser": people.secretary, "visibility": PUBLIC}
    spring = dt.date(2026, 3, 1)
    for due, done, more in (
        (spring, spring, {}), (spring, dt.date(2026, 5, 5), {}), (spring, None, {}), (spring, spring, {}),
        (dt.date(2025, 12, 31), None, {}), (dt.date(2026, 7, 1), None, {}), (None, spring, {}),
        (spring, None, {"visibility": INTERNAL}),
    ):  # fmt: skip
        promise = make.make_followup(due_on=due, **{**common, **more})
        if done:
            promise.complete(by=people.manager, on=done)
    make.make_followup(due_on=spring, **common).cancel(by=people.manager, reason="Overtaken.")
    section = " ".join(section_of(markup_of("/", people.visitor), "promises").split())
    assert "50%" in section and "4 due: 2 done on time, 1 done late, 1 not done yet." in section
    section = " ".join(section_of(markup_of("/overview/", people.secretary), "promises").split())
    assert "5 due: 2 done on time, 1 done late, 2 not done yet." in section
