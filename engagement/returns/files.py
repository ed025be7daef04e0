"""Files of returns: CSV, a workbook, or CSV files in an archive, as bytes."""

import csv
import datetime as dt
import io
import zipfile
from pathlib import PurePath

from django.utils.text import slugify

from engagement.core.exports.formats.xlsx import workbook
from engagement.core.formula_guard import guarded
from engagement.returns.drafts import Draft
from engagement.returns.tables import Cell, Table
from engagement.returns.vocabulary import Delimiter, FileFormat

TYPES = {
    FileFormat.CSV: "text/csv; charset=utf-8",
    FileFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileFormat.ZIP: "application/zip",
}
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The moment that parts of an archive bear: the same rows are the same bytes."""


def file_bytes(made: Draft) -> bytes:
    kind = made.form.file_format
    if kind == FileFormat.XLSX:
        return b"".join(_workbook(made))
    if kind == FileFormat.CSV:
        return _csv(made, made.tables[0])
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in made.tables:
            archive.writestr(zipfile.ZipInfo(_part_name(table.name), FIRST_DAY), _csv(made, table))
    return packed.getvalue()


def file_name(made: Draft) -> str:
    """``our-agencys-meetings-april-to-june-2025-2.csv``: of a correction, with its number."""
    name = slugify(made.title)[:150].strip("-") or "return"
    number = f"-{made.number}" if made.number > 1 else ""
    return f"{name}{number}.{made.form.file_format}"


def _part_name(name: str) -> str:
    return name if PurePath(name).suffix == ".csv" else f"{name}.csv"


def _first_line(made: Draft) -> str:
    return made.form.first_line.replace("[today]", f"{made.context.made_on:%d/%m/%Y}")


def _csv(made: Draft, table: Table) -> bytes:
    """Texts that a spreadsheet would run are guarded; our own import takes the guard off again."""
    text = io.StringIO(newline="")
    delimiter = "\t" if made.form.delimiter == Delimiter.TAB else made.form.delimiter
    writer = csv.writer(text, delimiter=delimiter)
    if said := _first_line(made):
        writer.writerow([guarded(said)])
    writer.writerow([guarded(heading) for heading in table.headings])
    writer.writerows([[guarded(_text(cell)) for cell in row] for row in table.rows])
    return text.getvalue().encode(made.form.encoding, "replace")


def _text(cell: Cell) -> str:
    return cell.isoformat() if isinstance(cell, dt.date) else cell


def _workbook(made: Draft) -> list[bytes]:
    table, said = made.tables[0], _first_line(made)
    lines: list[list[Cell]] = [*table.rows]
    if not said:
        return list(workbook(table.headings, lines))
    return list(workbook([said, *([""] * (len(table.headings) - 1))], [[*table.headings], *lines]))
