"""Charts as data: what is drawn, where, how much of a lot, and that nothing depends on the language of the page."""

import re
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from engagement.core.charts import COLUMNS, LANES, BarChart, Dot, Line, Look, Mark, Strip, strip_of
from engagement.core.partial_dates import PartialDate

PLAIN = Look("In", "Informs", "plain")
NASTY = '<b>"A & B"</b>'


def strip(marks: list[tuple[Any, int]], **fields: Any) -> Strip:
    """Of marks given as (lane, year)."""
    times: dict[Any, tuple[PartialDate, str]] = {
        year: (PartialDate(date(year, 5, 8)), f"Meeting of {year}") for _lane, year in marks
    }
    owners: dict[Any, Any] = {lane: {"name": str(lane), "full_name": f"{lane} in full"} for lane, _year in marks}
    return strip_of([Mark(lane, year, PLAIN, f"/{lane}/{year}/", **fields) for lane, year in marks], times, owners)


def drawn(found: Strip) -> set[tuple[Any, Any]]:
    return {(placed.mark.lane, placed.mark.column) for lane in found.lanes for placed in lane.marks}


def test_bars_stand_on_one_line_and_the_highest_is_the_most() -> None:
    bars = BarChart.by_year({2022: 5, 2024: 10, 2023: 0}).bars
    assert [(bar.label, bar.number, bar.height) for bar in bars] == [(2022, 5, 50), (2023, 0, 1), (2024, 10, 100)]
    assert {bar.y + bar.height for bar in bars} == {120}
    assert [bar.x for bar in bars] == ["3.00%", "23.00%", "43.00%"]


def test_years_between_are_drawn_too_and_of_many_the_latest() -> None:
    chart = BarChart.by_year({1990: 1, 2024: 2})
    assert chart.rows == [*((year, 0) for year in range(2017, 2024)), (2024, 2)]
    assert chart.is_cut and not BarChart.by_year({2024: 1}).is_cut
    assert BarChart.by_year({}) == BarChart([], False)


def test_of_a_very_high_number_a_single_one_is_still_seen() -> None:
    assert [bar.height for bar in BarChart.by_year({2023: 1, 2024: 10_000}).bars] == [2, 100]


def test_bars_never_overlap_or_leave_the_picture() -> None:
    for number in range(1, 13):
        bars = BarChart([(place, place) for place in range(number)]).bars
        edges = [(float(bar.x[:-1]), float(bar.x[:-1]) + float(bar.width[:-1])) for bar in bars]
        assert all(here[1] < there[0] for here, there in pairwise(edges))
        assert edges[0][0] > 0 and edges[-1][1] < 100


def test_of_many_columns_the_latest_are_drawn_and_the_rest_is_counted() -> None:
    found = strip([("A", year) for year in range(2000, 2020)])
    assert [column.key for column in found.columns] == list(range(2020 - COLUMNS, 2020))
    assert (found.columns_left_out, found.lanes_left_out) == (20 - COLUMNS, 0)


def test_of_many_lanes_the_fullest_are_drawn_in_the_order_of_their_owners() -> None:
    busy = [(f"Z{number}", year) for number in range(LANES) for year in (2023, 2024)]
    quiet = [(f"A{number}", 2024) for number in range(300 - LANES)]
    found = strip(sorted(quiet + busy, key=lambda mark: mark[1]))
    assert [lane.owner["name"] for lane in found.lanes] == [f"Z{number}" for number in range(LANES)]
    assert found.lanes_left_out == 300 - LANES
    assert drawn(found) == set(busy)


def test_a_lane_whose_marks_are_all_too_early_is_no_party_left_out_of_those_years() -> None:
    found = strip([("Gone", 1990), *(("Here", year) for year in range(2000, 2000 + COLUMNS))])
    assert [lane.owner["name"] for lane in found.lanes] == ["Here"]
    assert (found.columns_left_out, found.lanes_left_out) == (1, 0)


def test_marks_of_one_column_stand_below_each_other_and_the_lane_grows() -> None:
    (lane,) = strip([("A", 2024), ("A", 2024), ("A", 2025)]).lanes
    assert [placed.y for placed in lane.marks] == [2, 32, 2]
    assert lane.height >= 32 + 26


def rendered(found: Strip) -> str:
    words = {"caption": NASTY, "owner": "Party", "event": "Meeting", "kind": "Position"}
    return render_to_string("core/charts/_strip.html", {"strip": found, **words})


def test_names_are_escaped_in_the_picture_and_in_the_table() -> None:
    markup = rendered(strip([(NASTY, 2024)], note=NASTY))
    assert NASTY not in markup and "<b>" not in markup
    assert markup.count("&lt;b&gt;") >= 6
    assert " style=" not in markup and "<script" not in markup


def test_what_is_left_out_is_said() -> None:
    assert "is not drawn" not in rendered(strip([("A", 2024)]))
    assert "12 earlier meetings are not shown." in rendered(strip([("A", year) for year in range(2000, 2020)]))
    assert "One party with fewer positions is not shown." in rendered(strip([(n, 2024) for n in range(LANES + 1)]))


@pytest.mark.parametrize("language", ["en", "de", "fr"])
def test_places_have_a_point_in_every_language(language: str) -> None:
    with translation.override(language):
        markup = rendered(strip([("A", 2022), ("A", 2023), ("A", 2024)]))
        markup += render_to_string("core/charts/_bars.html", {"chart": BarChart.by_year({2024: 1200})})
    places = re.findall(r' (?:x|y|x1|x2|width|height|rx)="([^"]*)"', markup)
    assert len(places) > 30
    assert not [place for place in places if not re.fullmatch(r"\d+(\.\d+)?%?", place)]


def test_colour_letters_and_shape_do_not_need_each_other() -> None:
    """Two letters, a word and a tone for each; tones differ in shape: round, square, or rounded."""
    good, late, plain = (Look("Xx", "X", tone).radius for tone in ("good", "late", "plain"))
    assert good > plain > late


def test_of_many_dots_the_latest_are_on_the_line() -> None:
    line = Line.of([Dot(str(number), "", "full") for number in range(20)])
    assert [dot.text for dot in line.dots] == [str(number) for number in range(20 - COLUMNS, 20)]
    assert line.left_out == 20 - COLUMNS


def test_the_line_is_broken_where_nothing_took_place() -> None:
    shapes = ["full", "full", "gap", "full", "crossed", "full", "expected"]
    segments = Line.of([Dot("", "", shape) for shape in shapes]).segments
    assert [is_whole for _x1, _x2, is_whole in segments] == [True, False, False, False, False, False]
    assert all(here[1] == there[0] for here, there in pairwise(segments))
