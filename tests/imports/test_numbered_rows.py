"""A register with a row for each organization gives them the number of their meeting: that is one meeting."""

from typing import Any

import pytest

from engagement.imports import actions
from meetings.models import Meeting
from tests.imports.files import DIARY, outcomes, previewed

# The column "Where" of the invented publisher holds the number of the meeting here.
NUMBERED = {
    **DIARY,
    "columns": [
        {"target": "source_id", "headers": ["Where"]} if one["target"] == "place" else one for one in DIARY["columns"]
    ],
}


def lines(*rows: tuple[str, str, str, str]) -> list[str]:
    return [f"Cabinet A,{day},{name},,{about},{number}" for day, name, about, number in rows]


ROUND_TABLE = lines(
    ("2022-01-27", "Alpha", "Growth", "M-1"),
    ("2022-01-27", "Beta", "Growth", "M-1"),
    ("2022-01-27", "Gamma", "Growth", "M-1"),
)


def test_rows_of_one_number_are_one_meeting_and_come_back_the_same(importer: Any) -> None:
    record = previewed(ROUND_TABLE, importer, NUMBERED)
    assert (record.counts["meetings"], record.counts["parties"]) == (1, 4)
    assert outcomes(record) == ["new"] * 3
    actions.commit(record, by=importer)
    assert Meeting.objects.get().parties.count() == 4
    assert outcomes(previewed(ROUND_TABLE, importer, NUMBERED)) == ["same"] * 3
    actions.undo(record, by=importer)
    assert not Meeting.objects.exists()


@pytest.mark.parametrize("place", [0, 1, 3])
def test_the_host_s_own_row_is_no_counterpart(importer: Any, place: int) -> None:
    """As in our own export, which has a line for each party, wherever that of the host stands."""
    rows = [*ROUND_TABLE]
    rows.insert(place, *lines(("2022-01-27", "Cabinet A", "Growth", "M-1")))
    record = previewed(rows, importer, NUMBERED)
    assert (record.counts["meetings"], record.counts["parties"]) == (1, 4)
    assert outcomes(record) == ["new"] * 4


@pytest.mark.parametrize(
    ("second", "meetings", "outcome"),
    [
        (("2022-01-28", "Beta", "Growth", "M-1"), 2, "new"),  # another day
        (("2022-01-27", "Beta", "Trade", "M-1"), 2, "new"),  # another subject
        (("2022-01-27", "Beta", "Growth", "M-2"), 2, "new"),  # another number
        (("2022-01-27", "Alpha", "Growth", "M-1"), 1, "duplicate"),
    ],
)
def test_rows_that_differ_stay_apart(
    importer: Any, second: tuple[str, str, str, str], meetings: int, outcome: str
) -> None:
    record = previewed([ROUND_TABLE[0], *lines(second)], importer, NUMBERED)
    assert (record.counts["meetings"], outcomes(record)[1]) == (meetings, outcome)
