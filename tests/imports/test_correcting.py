"""Rows in question are corrected in the browser, or in their file; no row ever lands on another host by it."""

import csv
import io
import re
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engagement.imports import actions
from engagement.imports.models import Import, Layout
from engagement.imports.planning.corrections import correct
from engagement.imports.views.questionable import heads, lines
from meetings.models import Meeting, Party
from tests.imports.files import DIARY, DIARY_HEAD, layout_of, outcomes

CARRIED = {
    **DIARY,
    "columns": [{**one, "carry_down": True} if one["target"] in ("host", "date") else one for one in DIARY["columns"]],
}
ROWS = [
    "Cabinet A,2022-01-27,Kay,,Good,Brussels",
    ",soon,Jay,,Wrong day,Brussels",
    ",2022-01-29,Ell,,After it,Brussels",
    "Cabinet B,2022-02-01,Emm,,Other host,Brussels",
    ",2022-02-02,,,Nobody met,Brussels",
]


def previewed(rows: list[str], by: Any, layout: Layout | None = None, name: str = "file.csv") -> Import:
    layout = layout or layout_of(CARRIED)
    content = "\r\n".join([DIARY_HEAD, *rows]).encode()
    record = Import.objects.take_in(ContentFile(content, name), layout=layout, by=by)
    actions.preview(record, by=by)
    return record


def fields_of(page: Any) -> dict[str, str]:
    """What a browser sends of the form as it came."""
    form = page.context["form"]
    found = {name: form[name].initial for name in form.names}
    return found | {f"initial-{name}": text for name, text in found.items()}


def key_of(page: Any, heading: str) -> str:
    return next(key for key, name in page.context["form"].names.items() if name == heading)


def hosts() -> dict[str, str]:
    parties = Party.objects.filter(side="host")
    return dict(parties.values_list("meeting__title", "organization__name"))


def test_a_cell_is_corrected_on_its_row(client: Client, importer: Any) -> None:
    record = previewed(ROWS, importer)
    assert outcomes(record) == ["new", "error", "new", "new", "error"]
    assert "/rows/3/" in client.get(f"/imports/{record.pk}/").content.decode()
    page = client.get(f"/imports/{record.pk}/rows/3/")
    assert "Read as “Cabinet A”" in page.content.decode()
    date = key_of(page, "Day")
    answer = client.post(f"/imports/{record.pk}/rows/3/", {**fields_of(page), date: "2022-01-28", "next": "1"})
    assert answer.url == f"/imports/{record.pk}/rows/6/"
    page = client.get(answer.url)
    met = key_of(page, "With")
    assert client.post(answer.url, {**fields_of(page), met: "Enn"}).status_code == 302
    assert outcomes(record) == ["new"] * 5
    text = client.get(f"/imports/{record.pk}/").content.decode()
    assert re.search("“2022-01-28”\\s+instead of “soon”", " ".join(text.split()))
    assert record.rows.get(number=3).cells["Day"] == "soon"  # as published
    record.refresh_from_db()
    actions.commit(record, by=importer)
    assert hosts() == {
        "Good": "Cabinet A",
        "Wrong day": "Cabinet A",
        "After it": "Cabinet A",
        "Other host": "Cabinet B",
        "Nobody met": "Cabinet B",
    }
    assert Meeting.objects.get(title="Wrong day").starts_on.isoformat() == "2022-01-28"


def test_the_same_cell_everywhere_and_back_again(client: Client, importer: Any) -> None:
    record = previewed([ROWS[0], ",soon,Jay,,One,", ",soon,Ell,,Two,", ",later,Emm,,Three,"], importer)
    page = client.get(f"/imports/{record.pk}/rows/3/")
    date = key_of(page, "Day")
    sent = {**fields_of(page), date: "2022-01-28", "everywhere": "on"}
    assert client.post(f"/imports/{record.pk}/rows/3/", sent).status_code == 302
    assert outcomes(record) == ["new", "new", "new", "error"]
    page = client.get(f"/imports/{record.pk}/rows/3/")
    client.post(f"/imports/{record.pk}/rows/3/", {**fields_of(page), date: "soon"})
    assert outcomes(record) == ["new", "error", "new", "error"]
    assert record.rows.get(number=3).corrections == {}


def test_two_people_correct_other_cells_of_one_row(client: Client, importer: Any) -> None:
    record = previewed(ROWS, importer)
    page = client.get(f"/imports/{record.pk}/rows/3/")
    stale, (date, place) = fields_of(page), (key_of(page, "Day"), key_of(page, "Where"))
    client.post(f"/imports/{record.pk}/rows/3/", {**stale, place: "Ghent"})
    client.post(f"/imports/{record.pk}/rows/3/", {**stale, date: "2022-01-28"})
    shown = record.rows.get(number=3).shown_cells
    assert (shown["Where"], shown["Day"]) == ("Ghent", "2022-01-28")


@pytest.mark.parametrize("text", ["x" * 100_001, "<script>alert(1)</script>", "\x00", "2022-13-45"])
def test_whatever_is_entered_is_answered(client: Client, importer: Any, text: str) -> None:
    record = previewed(ROWS, importer)
    page = client.get(f"/imports/{record.pk}/rows/3/")
    date = key_of(page, "Day")
    answer = client.post(f"/imports/{record.pk}/rows/3/", {**fields_of(page), date: text}, follow=True)
    assert answer.status_code == 200
    assert outcomes(record)[1] == "error"
    assert "<script>alert(1)" not in client.get(f"/imports/{record.pk}/rows/3/").content.decode()


def test_nobody_corrects_what_is_imported(client: Client, importer: Any) -> None:
    record = previewed(ROWS, importer)
    assert client.get(f"/imports/{record.pk}/rows/99/").status_code == 404
    actions.commit(record, by=importer)
    assert client.get(f"/imports/{record.pk}/rows/3/").status_code == 302


# The file of rows in question --------------------------------------------------------------------------


def returned(record: Import, by: Any, change: dict[int, dict[str, str]], name: str) -> Import:
    """The file of rows in question, corrected by its place in the file and brought in by the same layout."""
    buffer = io.StringIO()
    columns = heads(record)
    writer = csv.writer(buffer)
    writer.writerow(columns)
    for at, line in enumerate(lines(record)):
        writer.writerow([change.get(at, {}).get(head, text) for head, text in zip(columns, line, strict=True)])
    again = Import.objects.take_in(ContentFile(buffer.getvalue().encode(), name), layout=record.layout, by=by)
    actions.preview(again, by=by)
    return again


def test_the_file_carries_what_was_above_and_can_be_corrected_again(importer: Any) -> None:
    record = previewed(ROWS, importer)
    first, second = [dict(zip(heads(record), line, strict=True)) for line in lines(record)]
    assert (first["Host"], second["Host"]) == ("Cabinet A", "Cabinet B")
    again = returned(record, importer, {0: {"Day": "tomorrow"}}, "again.csv")
    assert outcomes(again) == ["error", "error"]
    assert heads(again) == heads(record)
    last = returned(again, importer, {0: {"Day": "2022-01-28"}, 1: {"With": "Enn"}}, "third.csv")
    assert outcomes(last) == ["new", "new"]
    actions.commit(last, by=importer)
    assert hosts() == {"Wrong day": "Cabinet A", "Nobody met": "Cabinet B"}


def test_the_year_of_the_file_s_name_goes_with_its_rows(importer: Any) -> None:
    spec = {**CARRIED, "file_name_dates": True, "date_forms": ["day_month", "month"]}
    rows = ["Cabinet A,Oct,,,No one,", "Cabinet A,3 November,,,No one either,"]
    record = previewed(rows, importer, layout_of(spec), "meetings-oct-to-dec-2012.csv")
    told = [line[1] for line in lines(record)]
    assert told == ["October 2012", "2012-11-03"]
    again = returned(record, importer, {0: {"With": "Kay"}, 1: {"With": "Jay"}}, "rows-in-question.csv")
    actions.commit(again, by=importer)
    assert [one.starts_on.isoformat() for one in Meeting.objects.order_by("starts_on")] == ["2012-10-01", "2012-11-03"]


def test_rows_after_one_that_cannot_be_taken_apart_have_no_host(importer: Any) -> None:
    """Whose rows follow it is not known."""
    record = previewed([ROWS[0], 'Cabinet B,2022-02-01,"a"b,,x,', ",2022-02-02,Jay,,y,"], importer)
    assert outcomes(record) == ["new", "error", "error"]


BROKEN = "broken"
CELLS = st.sampled_from(["", "", "Cabinet A", "Cabinet B", "?", BROKEN])
LINES = st.lists(
    st.tuples(CELLS, st.sampled_from(["2022-01-27", "soon"]), st.sampled_from(["Kay", "Jay", ""])),
    min_size=2,
    max_size=6,
)


def line_of(at: int, host: str, day: str, met: str) -> str:
    return f'Cabinet B,{day},"a"b,,About {at},' if host == BROKEN else f"{host},{day},{met},,About {at},"


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(rows=LINES, correction=st.sampled_from(["", "Cabinet C"]), everywhere=st.booleans())
def test_no_row_lands_on_another_host(importer: Any, rows: list[Any], correction: str, everywhere: bool) -> None:
    """Whatever is corrected, in the browser and then in the file: each row has the host that the whole file gave it."""
    Import.objects.all().delete()
    record = previewed([line_of(at, *row) for at, row in enumerate(rows)], importer)
    above, expected = "", {}
    for at, (host, _day, _met) in enumerate(rows):
        above = "" if host == BROKEN else host or above
        expected[f"About {at}"] = "" if above == "?" else above
    in_question = list(record.rows.in_question())
    if in_question and correction:
        name = "Host"
        touched = {in_question[0].number}
        if everywhere and in_question[0].cells[name].strip():
            touched |= {one.number for one in in_question if one.cells[name] == in_question[0].cells[name]}
        correct(record, in_question[0], {name: correction}, importer, everywhere=everywhere)
        expected |= {f"About {number - 2}": correction for number in touched}
        actions.preview(record, by=importer)
    change = {at: {"With": f"New {at}", "Day": "2022-03-01"} for at in range(len(rows))}
    again = returned(record, importer, change, "again.csv") if record.rows.in_question() else record
    for row in [*record.rows.all(), *again.rows.all()]:
        shown = [one["name"] for one in row.plan.get("parties", []) if one["side"] == "host"]
        assert shown in ([], [expected.get(row.plan.get("title", ""))])
