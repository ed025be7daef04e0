"""JSON: a list of objects, or one list inside an object; nothing nested."""

import json
from pathlib import Path

import pytest

from engagement.imports.sources.open import Limits, Unreadable
from tests.imports.sources.files import table_of

ROWS = [{"a": "x", "b": 1}, {"b": None, "c": True}, {"a": "é", "b": 1.50}]


@pytest.mark.parametrize("inside", [ROWS, {"rows": ROWS}, {"made": {"on": [1]}, "results": ROWS, "next": None}])
def test_a_list_of_objects(tmp_path: Path, inside: object) -> None:
    table = table_of(tmp_path, json.dumps(inside), "a.json")
    assert (table.form, table.headers) == ("json", ["a", "b", "c"])
    assert [(row.number, *row.cells.values()) for row in table.rows] == [
        (1, "x", "1", ""), (2, "", "", "true"), (3, "é", "1.5", ""),
    ]  # fmt: skip


def test_numbers_stay_as_written(tmp_path: Path) -> None:
    table = table_of(tmp_path, '[{"a": 244710319190123456789, "b": 1.50}]', "a.json")
    assert next(iter(table.rows)).cells == {"a": "244710319190123456789", "b": "1.50"}


@pytest.mark.parametrize(
    ("held", "text"),
    [
        ('["x", "y"]', "x; y"),
        ('["x"]', "x"),
        ("[]", ""),
        ('["a, b", "c"]', "a, b; c"),
        ("[1, 1.50, true, null]", "1; 1.50; true"),
    ],
)
def test_a_list_of_texts_is_one_cell(tmp_path: Path, held: str, text: str) -> None:
    table = table_of(tmp_path, f'[{{"a": {held}, "b": 1}}]', "a.json")
    assert next(iter(table.rows)).cells == {"a": text, "b": "1"}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ('[{"a": [["x"]]}]', "item 1, “a” holds a list"),
        ('[{"a": ["x", {"b": 1}]}]', "item 1, “a” holds a list"),
        ('[{"a": 1}, {"a": {"b": 1}}]', "item 2, “a” holds a list or an object"),
        ('[{"a": 1, "a": 2}]', "twice"),
        ("[1, 2]", "not an object"),
        ('[{"a": 1}, {"a"', "not a complete JSON"),
        ('{"a": 1}', "not a complete JSON"),
        ('"text"', "not a complete JSON"),
        ("[]", "empty"),
        ("[" * 100_000, "not a complete JSON"),
        ('[{"a": ' + "[" * 100_000, "not a complete JSON"),
    ],
)
def test_anything_else_is_refused_with_a_sentence(tmp_path: Path, content: str, sentence: str) -> None:
    with pytest.raises(Unreadable, match=sentence):
        table_of(tmp_path, content, "a.json")


def test_an_endless_item_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="longer than"):
        table_of(tmp_path, '[{"a": "' + "x" * 3_000_000, "a.json", limits=Limits(swallowed=1_000_000))


def test_many_items_are_read_piece_by_piece(tmp_path: Path) -> None:
    table = table_of(tmp_path, json.dumps([{"n": n, "text": "x" * 100} for n in range(20_000)]), "a.json")
    assert sum(int(row.cells["n"]) for row in table.rows) == sum(range(20_000))


def test_what_no_database_keeps_is_replaced(tmp_path: Path) -> None:
    table = table_of(tmp_path, r'[{"a\u0000": "x\u0000y\ud800"}]', "a.json")
    assert next(iter(table.rows)).cells == {"a\ufffd": "x\ufffdy\ufffd"}


def test_a_csv_that_begins_with_a_bracket_is_csv(tmp_path: Path) -> None:
    assert table_of(tmp_path, "[a],b\n1,2\n").form == "csv"
