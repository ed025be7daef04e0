"""One thing that can be written in several ways is found however it is written: the same on both databases."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from engagement.core.search_hooks import narrowed
from engagement.followups.models import FollowUp
from engagement.search.engine import entries, find
from engagement.search.parser import parse
from engagement.search.snippets import marker_of
from meetings.models import Meeting
from organizations.models import Organization
from tests import makers as make
from tests.makers import INTERNAL, PUBLIC
from tests.people import People, client_of
from tests.search.test_page import page, titles
from tests.search.test_suggestions import options, suggested

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def headings(user: Any, text: str, **narrowed: Any) -> list[str]:
    return [entry.heading for entry in entries(find(user, parse(text), **narrowed).hits)]


WRITTEN = [
    (
        "Regulatory co-operation",
        ["cooperation", "co-operation", "co‑operation", "co–operation", "cooperations", "coop"],
    ),
    ("Regulatory cooperation", ["co-operation", "co\u00adoperation", "co-oper", '"regulatory co-operation"']),
    (
        "Pre-clinical data",
        [
            "preclinical",
            "pre-clinical",
            '"preclinical data"',
            '"pre clinical data"',
            "preclin",
            "pre clinical",
            "data pre clinical",
        ],
    ),
    ("Preclinical data", ["pre-clinical", "pre–clinical", '"pre-clinical data"', "pre clinical", "PRE Clinical data"]),
    ("Pre clinical data", ["preclinical", "pre-clinical", "preclinical data", "preclin", "pre clinical"]),
    ("Dose-counting in trials", ["dosecounting", "dosecount", "dose counting", "dose cou", "trials dosecounting"]),
    ("Dosecounting in trials", ["dose-counting", "dose-cou", "dose counting", "dose cou", "trials dose cou"]),
    ("Preclinical trials", ["pre clin", "pre cli", "trials pre cli", "pre-cli"]),
    ("Healthcare of stakeholders", ["health care", "stake holder", "health care stakeholders"]),
    ("Council of Bio-Sim", ["biosim", "bio-sim", "BIOSIM council", "bios"]),
    ("L’Oréal at the table", ["loreal", "l'oréal", "l’oreal", "oreal"]),
    ("On HIV/AIDS", ["hivaids", "hiv/aids", "hiv-aids"]),
    ("An anti-rust/primer", ["antirust", "primer", "anti-rust"]),
    ("For 250 000 doses", ["250000", "250 000", "250,000", "250.000", "250'000", "250\u202f000", "250\u2009000 doses"]),
    ("For 250000 doses", ["250000", "250 000", "250,000", "250.000"]),
    ("For 1,250,000 doses", ["1250000", "1 250 000", "1.250.000"]),
    ("Until 8.5.2025", ["8 May 2025", "2025-05-08", "8.5.2025"]),
    ("Until 8 May 2025", ["8.5.2025", "08/05/2025", "May 8th, 2025", "8. Mai 2025", '"8 mai 2025"']),
]


@pytest.mark.parametrize(("heading", "asked"), WRITTEN, ids=lambda value: value if isinstance(value, str) else "")
def test_it_is_found_however_it_is_written(people: People, heading: str, asked: list[str]) -> None:
    make.make_topic("Something else: operation, clinical, sim, 250, 000")
    make.make_discussion(make.make_public("Board"), topic=make.make_topic(heading))
    for text in asked:
        found = entries(find(people.visitor, parse(text)).hits)
        assert [entry.heading for entry in found if entry.kind == "topic"] == [heading], text
        marked = marker_of(parse(text)).marked(heading)
        assert "<mark>" in marked or "." in heading or "20" in heading, text


@pytest.mark.parametrize(
    ("heading", "asked"),
    [
        ("Clinical pre", ["preclinical"]),
        ("Dead lines", ["deadlines"]),
        ("Dosecounting in trials", ["dose cou trials", '"dose cou"', "cou dose", "dose cou "]),
        ("Predicting clinical data", ['"pre clinical"']),
        ("Regulatory cooperation", ["operation", "operation co", '"co operation"']),
        ("The agency's plan", ["agencysplan"]),
        ("Rooms 12, 500 and 600", ["12500", "500600"]),
        ("BM-2025-014 100", ["14100", "014100"]),
        ("Until 8 May 2025", ["9 May 2025", "8 June 2025", "2025-08-05"]),
    ],
)
def test_what_is_written_otherwise_is_not_found(people: People, heading: str, asked: list[str]) -> None:
    make.make_discussion(make.make_public("Board"), heading)
    for text in asked:
        assert headings(people.visitor, text) == [], text


@pytest.mark.parametrize(
    ("asked", "text", "marked"),
    [
        ("cooperation", "A co-operation of co-operators", ["co-operation", "co-operators"]),
        ("co-operation", "The cooperation", ["cooperation"]),
        ("biosim", "Bio-Sim and bio sim", ["Bio-Sim"]),
        ("250000", "For 250 000 and 250,000 and 25", ["250 000", "250,000"]),
        ("preclinical", "Pre clinical, pre-clinical, clinical", ["Pre clinical", "pre-clinical"]),
        ("pre clinical", "Preclinical", ["Preclinical"]),
        ("zulassung", "Zulassung, Arzneimittelzulassungen", ["Zulassung", "Arzneimittelzulassungen"]),
        ("national", "International and national", ["national"]),
        ("versicherung", "Die Krankenversicherungskarte", ["Krankenversicherungskarte"]),
    ],
)
def test_it_is_marked_as_it_is_written(asked: str, text: str, marked: list[str]) -> None:
    drawn = marker_of(parse(asked)).marked(text)
    assert [piece.split("</mark>")[0] for piece in drawn.split("<mark>")[1:]] == marked


def test_the_words_of_a_list_and_suggestions_know_the_spellings(people: People) -> None:
    council = make.make_organization("Bio-Sim Council")
    meeting = make.make_public("Regulatory co-operation", counterparts=[council])
    for text in ("cooperation", "co-operation", "biosim", meeting.reference.replace("-", "").lower()):
        rows = narrowed(Meeting.objects.visible_to(people.visitor), text, people.visitor)
        assert rows is not None and list(rows) == [meeting], text
        assert meeting in Meeting.objects.lookup(text) or text == "biosim"
    assert "Bio-Sim Council" in [text for _url, text in options(suggested(people.visitor, "biosi"))]


# Whole words, and longer ones -----------------------------------------------------------------------------------


def test_whole_words_come_first_and_longer_ones_in_the_same_answer(people: People) -> None:
    old, new = dt.date(2024, 1, 10), dt.date(2025, 1, 10)
    make.make_discussion(make.make_public("Old", starts_on=old), "Board", said="Das Arzneimittel")
    make.make_discussion(make.make_public("New", starts_on=new), "Arzneimittelzulassung in Europe")
    make.make_discussion(make.make_public("Newer", starts_on=new), "Zulassung")
    assert headings(people.visitor, "arzneimittel") == ["Board", "Arzneimittelzulassung in Europe"]
    assert headings(people.visitor, "zulassung") == ["Zulassung", "Arzneimittelzulassung in Europe"]
    assert headings(people.visitor, "zulassungen") == ["Zulassung", "Arzneimittelzulassung in Europe"]
    html = page(people.visitor, "q=arzneimittel")
    assert titles(html) == ["Board", "Arzneimittelzulassung in Europe"]
    assert "2 results" in html and "No exact match" not in html
    assert "No exact match" in page(people.visitor, "q=arzneimit")
    rows = narrowed(Meeting.objects.visible_to(people.visitor), "arzneimittel", people.visitor)
    assert rows is not None and rows.count() == 0  # of meetings themselves


@pytest.mark.parametrize(("limit", "kept"), [(4, ["Gene"]), (6, ["Gene"]), (30, ["Gene"])])
def test_an_old_whole_word_is_not_pushed_out_by_newer_longer_ones(people: People, limit: int, kept: list[str]) -> None:
    make.make_public("Gene", starts_on=dt.date(2020, 1, 1))
    for day in range(1, 9):
        make.make_public(f"Generation {day}", starts_on=dt.date(2025, 1, day))
    found = headings(people.visitor, "gene", limit=limit)
    assert found[:1] == kept
    assert found[1:3] == ["Generation 8", "Generation 7"]
    assert len(found) == min(limit - 1, 9)


def test_a_part_of_a_hidden_compound_tells_nothing(people: People) -> None:
    """What divides a word rests on its own letters, never on which other words there are."""
    make.make_discussion(make.make_public("Board"), "Wolkenkuckucksheimverband")
    before = [headings(people.visitor, text) for text in ("verband", "kuckucksheim", "heimverband")]
    make.make_discussion(make.make_held("Hidden", visibility=INTERNAL), "Kuckucksheim und Verband")
    assert [headings(people.visitor, text) for text in ("verband", "kuckucksheim", "heimverband")] == before
    assert before == [["Wolkenkuckucksheimverband"], ["Wolkenkuckucksheimverband"], ["Wolkenkuckucksheimverband"]]


def test_english_words_are_not_divided(people: People) -> None:
    make.make_discussion(make.make_public("Board"), "International administration", said="This is the information.")
    for text in ("national", "ration", "formation", "station"):
        assert headings(people.visitor, text) == [], text


# References, ordinals and days ----------------------------------------------------------------------------------


@pytest.mark.parametrize("written", ["{0}", "fu{1}{2:03}", "FU {1} {2}", "fu-{1}-{2}", "FU{1}{2:03}", "fu/{1}/{2}"])
def test_a_reference_needs_no_marks(people: People, written: str) -> None:
    followup = make.make_followup(meeting=make.make_public(), visibility=PUBLIC, title="Send the report")
    _fu, year, number = followup.reference.split("-")
    text = written.format(followup.reference, year, int(number))
    response = page_of(people.visitor, text)
    assert response.status_code == 302 and response["Location"] == followup.get_absolute_url()
    rows = narrowed(FollowUp.objects.visible_to(people.visitor), text, people.visitor)
    assert rows is not None and list(rows) == [followup]
    assert next(url for url, _text in options(suggested(people.visitor, text))) == followup.get_absolute_url()
    assert list(FollowUp.objects.lookup(text)) == [followup]


def page_of(user: Any, text: str) -> Any:
    return client_of(user).get("/search/", {"q": text})


@pytest.fixture(scope="module")
def module_dated(module_people: People) -> list[Meeting]:
    series = make.make_series(first_ordinal=2)
    days = {"In spring": dt.date(2025, 5, 8), "In autumn": dt.date(2025, 11, 6)}
    return [make.make_public(title, starts_on=day, series=series) for title, day in days.items()]


@pytest.fixture
def dated(module_dated: list[Meeting], db: None) -> list[Meeting]:
    return module_dated


@pytest.mark.parametrize(
    "text",
    [
        "8 May 2025", "8 may 2025", "08 May 2025", "May 8, 2025", "May 8th 2025", "8th of May 2025", "8.5.2025",
        "8. 5. 2025", "08.05.2025", "2025-05-08", "8/5/2025", "08/05/2025", "5/8/2025", "8. Mai 2025", "8 mai 2025",
        "Thursday 8 May 2025", "Donnerstag, 8. Mai 2025", "May 2025", "mai 2025", "2025-05", '"8 May 2025"',
        "(8 May 2025)", "spring 8 May 2025", "second bilateral", "2nd bilateral", "second bilateral meeting",
        "Second Bilateral May 2025", "8 May", "May 8", "8th of May", "8. Mai", "8 mai", "8.5.", "Thursday 8 May",
        '"8 May"', "second bilateral 8 May",
    ],
)  # fmt: skip
def test_a_meeting_is_found_by_its_day_and_its_number(people: People, dated: list[Meeting], text: str) -> None:
    founding, _later = dated
    hits = find(people.visitor, parse(text)).hits
    assert [hit.source for hit in hits if hit.kind == "meeting"] == [founding.pk]
    rows = narrowed(Meeting.objects.visible_to(people.visitor), text, people.visitor)
    assert rows is not None and list(rows) == [founding]


@pytest.mark.parametrize(
    "text",
    [
        "9 May 2025",
        "8 May 2024",
        "31 June 2025",
        "June 2025",
        "fourth bilateral",
        "13/13/2025",
        "9 May",
        "8 June",
        "31 June",
    ],
)
def test_other_days_and_numbers_find_nothing(people: People, dated: list[Meeting], text: str) -> None:
    assert headings(people.visitor, text) == []


def test_a_meeting_of_several_days_is_found_by_each(people: People) -> None:
    make.make_public("Long", starts_on=dt.date(2025, 5, 30), ends_on=dt.date(2025, 6, 1))
    for text in ("30 May 2025", "31 May 2025", "1 June 2025", "May 2025", "June 2025", "31 May", "1 June"):
        assert headings(people.visitor, text) == ["Long"], text
    assert headings(people.visitor, "2 June 2025") == []


@pytest.mark.both_databases
def test_a_day_without_a_year_finds_the_newest_first(people: People) -> None:
    """Whatever their titles say."""
    titles_of = {2023: "Board of 8 May 2023", 2025: "Board", 2024: "About 8 May"}
    for year, title in titles_of.items():
        make.make_public(title, starts_on=dt.date(year, 5, 8))
    make.make_public("Another", starts_on=dt.date(2025, 5, 9))
    expected = ["Board", "About 8 May", "Board of 8 May 2023"]
    assert headings(people.visitor, "8 May") == expected
    assert [meeting.title for meeting in Meeting.objects.lookup("8 May").order_by("-starts_on")] == expected
    assert len(options(suggested(people.visitor, "8 May"))) == 3 + 1
    rows = narrowed(Meeting.objects.visible_to(people.visitor), "8 May", people.visitor)
    assert rows is not None and rows.count() == 3
    assert headings(people.visitor, "May 2025") == ["Another", "Board"]


@pytest.mark.both_databases
def test_a_meeting_of_a_series_that_is_called_so_comes_first(people: People) -> None:
    """Also once the series is renamed."""
    plain, bilateral = make.make_series(title="Talks with A"), make.make_series(title="Bilateral meetings of B")
    for day, series in enumerate((bilateral, plain), start=1):
        make.make_public(f"First {day}", starts_on=dt.date(2025, 1, day), series=series)
        make.make_public(f"Bilateral {day}", starts_on=dt.date(2025, 2, day), series=series)
    assert headings(people.visitor, "second bilateral") == ["Bilateral 1", "Bilateral 2"]
    bilateral.title = "Talks with B"
    bilateral.save()
    assert headings(people.visitor, "second bilateral") == ["Bilateral 2", "Bilateral 1"]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("second bilateral", "<mark>Second</mark> <mark>bilateral</mark> meeting in the series Talks"),
        ("2nd bilateral", "<mark>2nd</mark> <mark>bilateral</mark> meeting in the series Talks"),
        ("Ghent", "<mark>Ghent</mark>"),
        ("8 May", '<mark><time datetime="2025-05-08">8 May 2025</time> to'),
        ("9 May 2025", '<mark><time datetime="2025-05-08">8 May 2025</time> to <time datetime="2025-05-09">'),
        ("may 2025 spring", '<mark><time datetime="2025-05-08">'),
        ("cell lines", "Topic: <mark>Cell</mark> <mark>lines</mark>"),
    ],
)
def test_a_hit_says_by_what_it_was_found(people: People, asked: str, told: str) -> None:
    series = make.make_series(title="Talks", first_ordinal=2)
    days = {"starts_on": dt.date(2025, 5, 8), "ends_on": dt.date(2025, 5, 9)}
    meeting = make.make_public("In spring", series=series, city="Ghent", **days)
    make.make_discussion(meeting, "Something else", topic=make.make_topic("Cell lines"))
    html = page(people.visitor, f"q={asked}")
    assert told in html
    assert told not in page(people.visitor, "q=spring")


def test_a_suggestion_says_it_too_and_nothing_twice(people: People) -> None:
    meeting = make.make_public("Second bilateral in Ghent", series=make.make_series(first_ordinal=2), city="Ghent")
    assert "hit__why" not in page(people.visitor, "q=second bilateral ghent")
    assert "<mark>Second</mark>" in suggested(people.visitor, "second") and "find__what" in suggested(
        people.visitor, meeting.reference
    )


# Names ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("recorded", "typed"),
    [
        ("Bio-Sim Council", "BioSim Council"),
        ("BioSim Council", "Bio-Sim Council AISBL"),
        ("Bio Sim Council", "Bio-Sim Council"),
        ("Co-operation Board", "Cooperation Board Ltd."),
        ("Cooperation Board", "Co–operation Board"),
        ("L'Oréal", "LOreal"),
        ("Île-de-France", "Ile de France"),
    ],
)
def test_entry_warns_of_another_spelling(people: People, recorded: str, typed: str) -> None:
    organization = make.make_organization(recorded)
    assert list(Organization.objects.resembling(typed)) == [organization]
    assert not Organization.objects.resembling("Operation Board")


@pytest.mark.parametrize(("name", "typed"), [("Bio-Sim Council", "biosim"), ("BioSim Council", "bio-sim cou")])
def test_a_lookup_knows_the_spellings(people: People, name: str, typed: str) -> None:
    organization = make.make_organization(name)
    assert list(Organization.objects.lookup(typed)) == [organization]


@pytest.mark.parametrize("typed", ["smithjones", "Smith-Jones", "smith‑jones zoe", "Zoë", "smith jones"])
def test_people_in_the_admin_know_the_spellings(people: People, client: Client, typed: str) -> None:
    """Of people no index knows."""
    make.make_person("Zoë Smith-Jones")
    make.make_person("John Smith")
    client.force_login(people.secretary)
    html = client.get("/admin/organizations/person/", {"q": typed}).content.decode()
    assert "Zoë Smith-Jones" in html and "John Smith" not in html
    assert "Zoë" not in client.get("/admin/organizations/person/", {"q": "…"}).content.decode()
