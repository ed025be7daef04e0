"""Layouts: what is wrong is said by field; what is right comes back as it was written."""

import copy
import json

import pytest
from django_countries import countries
from hypothesis import given
from hypothesis import strategies as st

from engagement.imports.layouts import vocabulary
from engagement.imports.layouts.spec import Spec
from engagement.imports.layouts.validation import parse_spec
from meetings.models import Meeting
from organizations.models import Identifier, Organization
from tests.imports.sources.files import LAYOUTS, column, shipped

GOOD = {
    "noun": "meetings",
    "columns": [
        column("date", "Date", "Day", date_forms=["dmy"]),
        column("host", "Minister", carry_down=True),
        column("counterparts", "Organisation", separators=[";"]),
        column("mode", "Format", values={"in presenza": "in_person"}),
    ],
    "constants": {"country": "GB"},
    "time_zone": "Europe/London",
}


def test_a_layout_comes_back_as_it_was_written() -> None:
    spec, troubles = parse_spec(GOOD)
    assert spec is not None and not troubles
    assert parse_spec(json.loads(json.dumps(spec.to_json())))[0] == spec
    assert spec.to_json() == GOOD


@pytest.mark.parametrize("path", sorted(LAYOUTS.glob("*.json")), ids=lambda path: path.stem)
def test_shipped_layouts_are_good(path) -> None:
    spec = shipped(path.stem)
    assert spec.credit and parse_spec(spec.to_json())[0] == spec


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"noun": "gifts"}, "noun"),
        ({"columns": []}, "columns"),
        ({"surprise": 1}, "surprise"),
        ({"time_zone": "Europe/Atlantis"}, "time_zone"),
        ({"time_zone": "../etc/passwd"}, "time_zone"),
        ({"delimiter": "ab"}, "delimiter"),
        ({"header_row": -1}, "header_row"),
        ({"header_row": True}, "header_row"),
        ({"scheme": "A register"}, "scheme"),
        ({"date_forms": ["dd/mm"]}, "date_forms"),
        ({"constants": {"country": "Britain"}}, "constants.country"),
        ({"constants": {"date": "2022-01-27"}}, "constants.date"),
        ({"columns": [one for one in GOOD["columns"] if one["target"] != "host"]}, "constants.host"),
        ({"names": "everyone"}, "names"),
        ({"columns": [*GOOD["columns"], column("date", "When")]}, "columns"),
        ({"columns": [*GOOD["columns"], column("place", "Date")]}, "columns"),
        ({"columns": [*GOOD["columns"], column("place")]}, "columns.4.headers"),
        ({"columns": [*GOOD["columns"], column("name", "Name")]}, "columns.4.target"),
        ({"columns": [*GOOD["columns"], column("place", "Where", separators=[","])]}, "columns.4.separators"),
        ({"columns": [*GOOD["columns"], column("kind", "Kind", values={"a": "party"})]}, "columns.4.values"),
    ],
)
def test_what_is_wrong_is_said_by_field(change: dict[str, object], field: str) -> None:
    spec, troubles = parse_spec({**copy.deepcopy(GOOD), **change})
    assert spec is None and list(troubles) == [field] and all(troubles[field])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)
FIELDS = st.sampled_from([*Spec.__dataclass_fields__, "surprise"])


@given(
    st.dictionaries(FIELDS, JSON), st.dictionaries(st.sampled_from(["target", "headers", "values", "date_forms"]), JSON)
)
def test_no_json_breaks_it(data: dict[str, object], bad: dict[str, object]) -> None:
    for whole in (data, {**GOOD, **data}, {**GOOD, "columns": [{**GOOD["columns"][0], **bad}]}):
        spec, troubles = parse_spec(whole)
        assert (spec is None) == bool(troubles)
        assert all(sentence for sentences in troubles.values() for sentence in sentences)


def test_words_are_those_of_the_models() -> None:
    assert set(vocabulary.ORGANIZATION_KINDS) == set(Organization.Kind.values)
    assert set(vocabulary.MEETING_KINDS) == set(Meeting.Kind.values)
    assert set(vocabulary.MODES) == set(Meeting.Mode.values)
    assert set(vocabulary.SCHEMES) == set(Identifier.Scheme.values)
    assert set(vocabulary.STATUSES) == set(Identifier.Status.values)
    assert "GB" in countries.countries
