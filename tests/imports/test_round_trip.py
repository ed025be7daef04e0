"""Meetings that were imported are exported, taken back and imported again from our own file: nothing is different.

Our file has a line for each organization at a meeting, so a layout of one host reads meetings with one counterpart:
the host's own lines cannot be meetings with itself and stay where they are.
"""

import csv
import datetime as dt
import io
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from engagement.imports import actions
from engagement.imports.models import Import, Layout
from meetings.models import Meeting
from tests.exports.reading import fetch
from tests.people import client_of
from tests.thorough import drawn

HOST = "Our Agency"
HANDMADE = {
    "noun": "meetings",
    "columns": [
        {"target": "date", "headers": ["Day"]},
        {"target": "counterparts", "headers": ["With"]},
        {"target": "counterpart_numbers", "headers": ["Number"]},
        {"target": "purpose", "headers": ["About"]},
        {"target": "place", "headers": ["Where"]},
    ],
    "constants": {"host": HOST},
    "scheme": "eu_transparency",
}
OURS = {
    "noun": "meetings",
    "columns": [
        {"target": "source_id", "headers": ["reference"]},
        {"target": "title", "headers": ["title"]},
        {"target": "kind", "headers": ["kind"]},
        {"target": "date", "headers": ["starts_on"]},
        {"target": "mode", "headers": ["attendance_mode"]},
        {"target": "venue", "headers": ["venue"]},
        {"target": "city", "headers": ["city"]},
        {"target": "country", "headers": ["country"]},
        {"target": "purpose", "headers": ["purpose"]},
        {"target": "counterparts", "headers": ["organization"]},
        {"target": "counterpart_numbers", "headers": ["register_number"]},
    ],
    "constants": {"host": HOST},
    "scheme": "eu_transparency",
}
LETTERS = ["é", "ß", "Ω", "Ж", "ש", "ع", "中", "e\u0301", "x", "7"]
SIGNS = [*'=+-@",;|\n\t ()&', "\r\n", "’", "\u200f", "＝", "'", *LETTERS]
PLACES = ["", "Brussels", "Ghent, Belgium", "Paris, virtual", "online", "Αθήνα"]


def words(most: int) -> st.SearchStrategy[str]:
    """Anything that says something: with a letter in it."""
    signs = st.lists(st.sampled_from(SIGNS), max_size=most).map("".join)
    return st.tuples(signs, st.sampled_from(LETTERS), signs).map("".join)


ROWS = st.lists(
    st.tuples(
        st.dates(dt.date(2022, 1, 1), dt.date(2022, 1, 4)).map(str),
        words(6),
        st.sampled_from(["", "", "1111111111-11", "2222222222-22"]),
        st.just("") | words(20),
        st.sampled_from(PLACES) | words(8),
    ),
    min_size=1,
    max_size=6,
)


def taken(name: str, spec: dict[str, Any], content: bytes, by: Any) -> Import:
    layout = Layout.objects.create(name=name, noun="meetings", spec=spec)
    record: Import = Import.objects.take_in(ContentFile(content, f"{name}.csv"), layout=layout, by=by)
    actions.preview(record, by=by)
    actions.commit(record, by=by)
    return record


def handmade(rows: list[tuple[str, ...]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([("Day", "With", "Number", "About", "Where"), *rows])
    return text.getvalue().encode()


def recorded() -> list[Any]:
    return sorted(
        [
            *(meeting.title, meeting.purpose, meeting.venue, meeting.city),
            *(str(meeting.starts_on), str(meeting.country), meeting.attendance_mode, meeting.kind),
            sorted((one.side, one.organization.name, one.register_number) for one in meeting.parties.all()),
        ]
        for meeting in Meeting.objects.prefetch_related("parties__organization")
    )


def there_and_back(rows: list[tuple[str, ...]], by: Any, client: Client) -> None:
    first = taken("Handmade", HANDMADE, handmade(rows), by)
    before, exported = recorded(), fetch(client, "/meetings.csv")
    actions.undo(first, by=by)
    assert not Meeting.objects.exists()
    second = taken("Ours", OURS, exported, by)
    assert recorded() == before
    again = fetch(client, "/meetings.csv")
    actions.undo(second, by=by)
    taken("Again", OURS, again, by)
    assert recorded() == before


def test_what_leaves_comes_back_the_same(importer: Any) -> None:
    client = client_of(importer)

    @settings(
        max_examples=drawn(15),
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
    )
    @given(ROWS)
    def check(rows: list[tuple[str, ...]]) -> None:
        with transaction.atomic():
            there_and_back(rows, importer, client)
            transaction.set_rollback(True)

    check()


def test_formulas_quotes_lines_and_other_scripts(importer: Any) -> None:
    rows = [
        ("2022-01-04", "'=Quoted", "", "'-5 °C and ''=", "+32"),
        ("2022-01-01", '=Kay "and" sons, Ltd', "1111111111-11", '=1+1\n"two", lines; שלום', "Brussels"),
        ("2022-01-02", "Łódź Société, S.A.", "", "@home | مرحبا", "Ghent, Belgium"),
        ("2022-01-03", "-Minus", "", "", "Salle \u200fΩ; 2, online"),
    ]
    there_and_back(rows, importer, client_of(importer))
    assert Meeting.objects.get(starts_on="2022-01-01").title == "=1+1"
    assert Meeting.objects.count() == 4
