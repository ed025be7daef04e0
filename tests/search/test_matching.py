"""What answers a query, in which order: the same on both databases."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engagement.core.search_hooks import narrowed
from engagement.search import list_adapter
from engagement.search.backends import postgres
from engagement.search.engine import any_match, entries, find
from engagement.search.parser import parse
from meetings.models import Meeting
from tests import makers as make
from tests.makers import PUBLIC
from tests.people import People

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def headings(user: Any, text: str, **narrowed: Any) -> list[str]:
    return [entry.heading for entry in entries(find(user, parse(text), **narrowed).hits)]


def texts(user: Any, text: str) -> set[str]:
    return {entry.body for entry in entries(find(user, parse(text)).hits)}


@pytest.fixture
def said(people: People) -> Any:
    """A public discussion for each thing said."""
    meeting = make.make_public("Annual meeting of the board")

    def say(*things: str) -> None:
        for number, thing in enumerate(things):
            make.make_discussion(meeting, f"Item {number}", said=thing)

    return say


@pytest.mark.parametrize(
    ("said_text", "found_by", "not_by"),
    [
        ("Vaccines for rare diseases", ["vaccine", "VACCINES", "rare disease", "vacc", "diseases vaccine"], ["accine"]),
        ("The regulation of médicaments", ["medicaments", "médicaments", "regulat"], ["regulator board"]),
        ("Les entreprises et les autorités dans la salle", ["entreprise", "autorité", "salles"], ["entrepot"]),
        ("Die Zulassungen der Ärzte und der Verband", ["Zulassung", "arzte", "Verbände"], ["zuluft"]),
        ("Real world evidence", ['"real world"', "evidence real", "real-world"], ['"world real"', '"real evidence"']),
        ("One plan. Another road", ['"plan another"'], ['"one another"']),
        ("Promises were kept", ['"promises"'], ['"promise"']),
        ("The plan CELEX 32021R2282", ["32021R2282", "celex 32021"], ["2282"]),
    ],
)
def test_words(people: People, said: Any, said_text: str, found_by: list[str], not_by: list[str]) -> None:
    said(said_text)
    for text in found_by:
        assert texts(people.visitor, text) == {said_text}, text
    for text in not_by:
        assert texts(people.visitor, text) == set(), text


def test_every_word_must_occur_and_none_that_is_excluded(people: People, said: Any) -> None:
    said("gene therapy", "gene editing", "cell therapy", "gene therapy of old")
    assert texts(people.visitor, "gene therapy") == {"gene therapy", "gene therapy of old"}
    assert texts(people.visitor, "gene -therapies") == {"gene editing"}
    assert texts(people.visitor, 'therapy -"gene therapy"') == {"cell therapy"}
    assert texts(people.visitor, "-gene") == set()


def test_a_phrase_does_not_run_from_heading_into_text(people: People) -> None:
    make.make_discussion(make.make_public(), "The long road", said="ahead of us")
    assert headings(people.visitor, '"long road"') == ["The long road"]
    assert headings(people.visitor, '"road ahead"') == []


def test_a_position_is_found_by_what_it_was_about(people: People) -> None:
    meeting = make.make_public()
    discussion = make.make_discussion(meeting, "Shortages")
    make.make_position(discussion, statement="Wholesalers should report.")
    assert [hit.kind for hit in find(people.visitor, parse("shortages wholesaler")).hits] == ["position"]


def test_the_best_answer_comes_first(people: People) -> None:
    early, late = dt.date(2025, 1, 10), dt.date(2025, 3, 10)
    old, new = make.make_public("Old", starts_on=early), make.make_public("New", starts_on=late)
    make.make_discussion(old, "Gene therapy", said="")
    make.make_discussion(new, "Therapy and gene", said="")
    make.make_discussion(new, "Any other business", said="A gene for every therapy")
    make.make_discussion(old, "Progress", said="Gene therapies")
    make.make_discussion(new, "Costs", said="gene therapies")
    assert headings(people.visitor, "gene therapy") == [
        "Gene therapy",
        "Therapy and gene",
        "Any other business",
        "Costs",
        "Progress",
    ]


def test_names_come_before_what_was_said_of_them(people: People) -> None:
    topic = make.make_topic("Biosimilars")
    meeting = make.make_public("Biosimilars")
    make.make_discussion(meeting, topic=topic)
    assert [hit.kind for hit in find(people.visitor, parse("biosimilar")).hits] == ["topic", "meeting", "discussion"]


def test_a_word_that_names_an_organization_finds_what_is_of_it(people: People) -> None:
    known = make.make_organization("Alliance for Regenerative Medicine", acronym="ARM")
    meeting = make.make_public("First meeting", counterparts=[known])
    discussion = make.make_discussion(meeting, "Hospital exemption")
    make.make_position(discussion, known, statement="It should be narrow.")
    make.make_discussion(make.make_public("Second meeting"), "Hospital beds")
    found = {hit.kind for hit in find(people.visitor, parse("ARM")).hits}
    assert found == {"organization", "meeting", "discussion", "position"}
    assert headings(people.visitor, "arm hospital", kinds=["discussion"]) == ["Hospital exemption"]
    assert headings(people.visitor, "arm narrow") == ["Hospital exemption"]
    assert headings(people.visitor, "hospital -exemption") == ["Hospital beds"]


def test_an_organization_that_the_reader_does_not_know_stands_for_nothing(people: People) -> None:
    hidden = make.make_organization("Secret Society", acronym="SECSOC")
    meeting = make.make_meeting(counterparts=[hidden])
    assert [hit.kind for hit in find(people.manager, parse("secsoc")).hits] == ["organization", "meeting"]
    assert find(people.visitor, parse("secsoc")).query.terms[0].organizations == ()
    assert not find(people.visitor, parse("secsoc")).hits
    assert meeting.pk


def test_references_are_found(people: People) -> None:
    meeting = make.make_public("Annual meeting")
    followup = make.make_followup(meeting=meeting, visibility=PUBLIC, title="Send the report")
    assert headings(people.visitor, meeting.reference) == ["Annual meeting"]
    assert headings(people.visitor, followup.reference.lower()) == ["Send the report"]
    make.make_identifier(make.make_host("The Agency"), "38526121292-88")
    assert headings(people.visitor, "38526121292-88") == ["The Agency"]


def test_narrowing(people: People) -> None:
    broad = make.make_theme("Access")
    narrow = make.make_theme("Shortages", parent=broad)
    first = make.make_public("Plan one", starts_on=dt.date(2024, 5, 8), counterparts=[people.ours])
    second = make.make_public("Plan two", starts_on=dt.date(2025, 5, 8))
    make.make_discussion(first, "The plan", said="").themes.add(narrow)
    reader = people.visitor
    assert set(headings(reader, "plan")) == {"Plan one", "Plan two", "The plan"}
    assert headings(reader, "plan", kinds=["discussion"]) == ["The plan"]
    assert set(headings(reader, "plan", organizations=[people.ours.pk])) == {"Plan one", "The plan"}
    assert set(headings(reader, "plan", themes=[broad.pk])) == {"Plan one", "The plan"}
    assert headings(reader, "plan", years=[2025]) == ["Plan two"]
    assert headings(reader, "plan", years=[2024], kinds=["meeting", "topic"]) == ["Plan one"]
    assert headings(reader, "plan", kinds=["no such thing"]) == []
    assert second.pk


def test_hits_say_what_they_are_of(people: People) -> None:
    theme = make.make_theme()
    meeting = make.make_public("Plan", counterparts=[people.ours])
    make.make_discussion(meeting, "Other").themes.add(theme)
    (hit,) = find(people.visitor, parse("plan")).hits
    assert (hit.kind, hit.source, hit.year, hit.happened_on) == ("meeting", meeting.pk, 2025, make.LONG_AGO)
    assert people.ours.pk in hit.organizations
    assert hit.themes == (theme.pk,)


def test_of_too_many_it_is_said_that_there_are_more(people: People, said: Any) -> None:
    said(*(f"plan {number}" for number in range(7)))
    found = find(people.visitor, parse("plan"), limit=5)
    assert (len(found.hits), found.is_cut) == (4, True)
    found = find(people.visitor, parse("plan"), limit=8)
    assert (len(found.hits), found.is_cut) == (7, False)


def test_the_newest_are_looked_at_where_there_are_too_many(people: People) -> None:
    for month in range(1, 7):
        meeting = make.make_public(f"Plan {month}", starts_on=dt.date(2025, month, 1))
        assert meeting.pk
    assert headings(people.visitor, "plan", limit=4) == ["Plan 6", "Plan 5", "Plan 4"]


def test_whether_there_is_anything(people: People, said: Any) -> None:
    make.make_meeting("Secret plan")
    said("open plan")
    assert any_match(people.visitor, parse("plan"))
    assert not any_match(people.visitor, parse("secret"))
    assert any_match(people.manager, parse("secret"))
    assert not any_match(people.manager, parse(""))


@pytest.mark.parametrize(
    "text",
    [
        "'",
        "'; --",
        'a"b',
        "a & b | !c",
        "NOT x",
        "heading : x",
        "%s",
        "x*",
        "a:*",
        "(",
        "~gene",
        "#o1",
        "\\",
        "NEAR(a b)",
    ],
)
def test_no_sign_means_anything_to_the_database(people: People, said: Any, text: str) -> None:
    said("nothing of that")
    find(people.visitor, parse(text))
    find(people.manager, parse(f"{text} other -{text}"))


@pytest.fixture(scope="module")
def genes(module_db: None) -> None:
    """Twelve meetings about genes, every third of them about their therapy."""
    for number in range(12):
        called = f"Gene {'therapy' if number % 3 == 2 else 'editing'} {number}"
        make.make_public(called, starts_on=dt.date(2025, 1, 1 + number))


@pytest.mark.usefixtures("genes")
@pytest.mark.parametrize(("newest", "farthest"), [(1, 0), (2, 4), (2, 100), (100, 100)])
@pytest.mark.parametrize("limit", [2, 4, 30])
def test_however_far_the_newest_are_looked_through(
    people: People, monkeypatch: pytest.MonkeyPatch, newest: int, farthest: int, limit: int
) -> None:
    """The newest that answer are found, as many as asked for, wherever they stand among those that do not."""
    monkeypatch.setattr(postgres, "NEWEST", newest)
    monkeypatch.setattr(postgres, "FARTHEST", farthest)
    wanted = [f"Gene therapy {number}" for number in (11, 8, 5, 2)][: limit - 1]
    for user in (people.visitor, people.secretary):
        found = find(user, parse("gene therapy"), limit=limit)
        assert [entry.heading for entry in entries(found.hits)] == wanted
        assert found.is_cut is (limit < 5)
        assert any_match(user, parse("gene therapy")) and not any_match(user, parse("gene surgery"))


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite reads its index in the order of the answer")
@pytest.mark.usefixtures("genes")
@pytest.mark.parametrize(("limit", "asked"), [(4, [False]), (30, [False, True])])
def test_a_beginning_is_looked_up_where_the_word_leaves_room(
    people: People, monkeypatch: pytest.MonkeyPatch, limit: int, asked: list[bool]
) -> None:
    """The index of words takes ten times as long for the beginning of a word that many texts have."""
    monkeypatch.setattr(postgres, "NEWEST", 2)
    monkeypatch.setattr(postgres, "FARTHEST", 2)
    with CaptureQueriesContext(connection) as seen:
        find(people.secretary, parse("gene therapy"), limit=limit)
    by_words = [one["sql"] for one in seen if "stature + 0" in one["sql"] and '"stature" <' in one["sql"]]
    conditions = [sql.partition('"stature" <')[2].partition("ORDER BY")[0] for sql in by_words]
    assert [":*" in condition for condition in conditions] == asked


@pytest.mark.parametrize(("frequent", "most"), [(1, 100), (25, 1), (25, 2), (25, 100)])
def test_a_list_finds_the_same_whether_few_or_many_answer(
    people: People, monkeypatch: pytest.MonkeyPatch, frequent: int, most: int
) -> None:
    for number in range(2):
        make.make_public(f"Gene therapy {number}")
    make.make_public("Gene editing")
    make.make_held("Gene therapy at home")
    monkeypatch.setattr(postgres, "FREQUENT", frequent)
    monkeypatch.setattr(list_adapter, "MOST_LISTED", most)
    for user, number in ((people.visitor, 2), (people.secretary, 3)):
        rows = narrowed(Meeting.objects.visible_to(user), "gene therapy", user)
        assert rows is not None and rows.count() == number
