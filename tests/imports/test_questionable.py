"""Rows in question come back as a file, are corrected in it, and go in with the next upload."""

import csv
import io
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from engagement.imports import actions
from engagement.imports.models import Import
from engagement.imports.views.questionable import heads, lines
from meetings.models import Meeting
from tests.imports.files import DIARY, DIARY_HEAD, committed, layout_of, outcomes

KAY = "1111111111-11"


def test_a_corrected_row_goes_in(importer: Any) -> None:
    record = committed([f"Cabinet A,2022-01-27,Kay,{KAY},Good,", f"Cabinet A,soon,Kay,{KAY},Wrong day,"], importer)
    assert heads(record) == [*DIARY_HEAD.split(","), "Row", "Reason"]
    ((*cells, row, reason),) = lines(record)
    assert (cells[1], row) == ("soon", "3")
    assert "soon" in reason
    buffer = io.StringIO()
    csv.writer(buffer).writerows([heads(record), [cells[0], "2022-01-28", *cells[2:], row, reason]])
    corrected = ContentFile(buffer.getvalue().encode(), "corrected.csv")
    again = Import.objects.take_in(corrected, layout=layout_of(), by=importer)
    actions.preview(again, by=importer)
    assert outcomes(again) == ["new"]
    actions.commit(again, by=importer)
    assert Meeting.objects.filter(title="Wrong day").exists()


@pytest.mark.parametrize("extension", ["csv", "xlsx"])
def test_a_layout_that_says_how_files_are_saved_reads_the_rows_again(
    client: Client, importer: Any, extension: str
) -> None:
    said = {"encoding": "cp1252", "delimiter": ";", "header_row": 3, "sheet": "Réunions" if extension == "xlsx" else ""}
    text = f"Title\n\n{DIARY_HEAD}\nCabinet A,soon,Zoë,{KAY},Café,\n".replace(",", ";")
    layout = layout_of({**DIARY, **said, "sheet": ""})
    first = Import.objects.take_in(ContentFile(text.encode("cp1252"), "old.csv"), layout=layout, by=importer)
    actions.preview(first, by=importer)
    assert outcomes(first) == ["error"]
    layout.spec = {**DIARY, **said}
    layout.save()
    Import.objects.filter(pk=first.pk).update(spec=layout.spec)
    answer = client.get(f"/imports/{first.pk}/questions.{extension}")
    content = b"".join(answer.streaming_content)
    again = Import.objects.take_in(ContentFile(content, f"again.{extension}"), layout=layout, by=importer)
    actions.preview(again, by=importer)
    assert [row.cells["With"] for row in again.rows.all()] == ["Zoë"] and outcomes(again) == ["error"]
