"""What is suggested while one types: a few links by noun, the beginnings of words, fast and for this reader."""

import re
from typing import Any

import pytest

from tests import makers as make
from tests.makers import INTERNAL
from tests.people import People, client_of

pytestmark = pytest.mark.both_databases


def suggested(user: Any, typed: str) -> str:
    response = client_of(user).get("/search/suggestions/", {"q": typed})
    assert response.status_code == 200
    return response.content.decode()


def options(html: str) -> list[tuple[str, str]]:
    """Where each option leads, and what it says."""
    found = re.findall(r'<a role="option"[^>]*href="([^"]+)">(.*?)</a>', html, re.S)
    return [(url, re.sub(r"<span.*|<[^>]+>", "", text).strip()) for url, text in found]


def test_the_last_word_may_be_unfinished(people: People) -> None:
    society = make.make_organization("Regenerative Society")
    meeting = make.make_public("Bilateral on regeneration", counterparts=[society])
    talk = make.make_discussion(meeting, "Regenerative medicine & more")
    html = suggested(people.visitor, "regen")
    assert options(html) == [
        (society.get_absolute_url(), "Regenerative Society"),
        (meeting.get_absolute_url(), "Bilateral on regeneration"),
        (f"{meeting.get_absolute_url()}#discussion-{talk.pk}", "Regenerative medicine &amp; more"),
        ("/search/?q=regen", "Everything on “regen”"),
    ]
    assert re.findall('role="group" aria-label="(.*?)"', html) == ["Organizations", "Meetings", "Discussions", "All"]
    assert "<mark>Regenerative</mark> Society" in html and 'data-told="3 suggestions"' in html
    assert options(suggested(people.visitor, "regenerative med"))[0][1] == "Regenerative medicine &amp; more"
    assert "medicine" not in suggested(people.visitor, "med regenerativ ")


def test_there_are_few_and_not_all_of_one_noun(people: People) -> None:
    for at in range(12):
        make.make_public(f"Cells {at}", counterparts=[make.make_organization(f"Cell society {at}")])
    found = [url.split("/")[1] for url, _text in options(suggested(people.visitor, "cel"))]
    assert found == ["organizations"] * 3 + ["meetings"] * 3 + ["search"]


def test_nothing_is_suggested_for_nothing(people: People) -> None:
    make.make_public("Cells", counterparts=[people.ours])
    for typed in ("", " ", "c", "zebra", "-cells", '"', "\x00", "%", "…" * 300):
        assert suggested(people.visitor, typed).strip() == "", typed


def test_the_link_to_everything_keeps_what_was_typed(people: People) -> None:
    make.make_public("Cells & <genes>", counterparts=[people.ours])
    html = suggested(people.visitor, 'cells "&" <genes')
    assert options(html)[-1][0] == "/search/?q=cells%20%22%26%22%20%3Cgenes"
    assert "<genes" not in html


def test_for_this_reader(people: People) -> None:
    make.make_held("Secret cells", counterparts=[people.theirs], visibility=INTERNAL)
    assert len(options(suggested(people.manager, "cells"))) == 2
    for user in (people.visitor, people.stranger):
        assert suggested(user, "cells") == suggested(user, "zebra")
