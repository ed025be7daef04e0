"""Rows in question come back as a file, are corrected in it, and go in with the next upload."""

import csv
import io
from typing import Any

from django.core.files.base import ContentFile

from engagement.imports import actions
from engagement.imports.models import Import
from engagement.imports.views.questionable import heads, lines
from meetings.models import Meeting
from tests.imports.files import DIARY_HEAD, committed, layout_of, outcomes

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
