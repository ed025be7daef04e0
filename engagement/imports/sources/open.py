"""Open a file as a table: CSV, a workbook or JSON, or a sentence that says why it cannot be."""

import hashlib
from collections.abc import Iterator
from functools import partial
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext as _

from engagement.imports.sources.csv import open_delimited
from engagement.imports.sources.errors import Problem, Unreadable
from engagement.imports.sources.headers import column_letters, find_header, name_columns
from engagement.imports.sources.json import open_objects
from engagement.imports.sources.limits import Limits
from engagement.imports.sources.sandbox import COMPOUND, open_elsewhere
from engagement.imports.sources.table import RawRow, Row, Rows, Source, Table
from engagement.imports.sources.texts import repaired, storable
from engagement.imports.sources.xlsx import open_workbook
from engagement.imports.sources.zip_safety import check_archive

__all__ = ["Limits", "Problem", "Row", "Table", "Unreadable", "open_table"]


def open_table(
    path: Path | str,
    name: str = "",
    *,
    sheet: str = "",
    encoding: str = "",
    delimiter: str = "",
    header_row: int = 0,
    limits: Limits | None = None,
) -> Table:
    """The table in a file; unknown properties are detected. Raises ``Unreadable``, and nothing else."""
    file, bounds = Path(path), limits or Limits()
    name = name or file.name
    try:
        size, digest = _measure(file, bounds)
        source = _open(file, name, bounds, sheet=sheet, encoding=encoding, delimiter=delimiter)
        return _as_table(source, header_row, bounds, name=name, size=size, sha256=digest)
    except OSError:
        raise Unreadable(_("The file cannot be opened.")) from None


def _measure(path: Path, limits: Limits) -> tuple[int, str]:
    """Size and fingerprint of a file that is neither empty nor too large."""
    size = path.stat().st_size
    if not size:
        raise Unreadable(_("The file is empty."))
    if size > limits.size:
        most = limits.size // (1024 * 1024)
        raise Unreadable(_("The file is larger than %(most)s MB. Split it into several files.") % {"most": most})
    with path.open("rb") as file:
        return size, hashlib.file_digest(file, "sha256").hexdigest()


def _open(path: Path, name: str, limits: Limits, *, sheet: str, encoding: str, delimiter: str) -> Source:
    """The file by what is in it; its name only tells JSON from text that begins like it."""
    with path.open("rb") as file:
        start = file.read(1024)
    if sentence := _foreign(start):
        raise Unreadable(sentence)
    if start.startswith(b"PK"):
        form = check_archive(path, limits)
        return open_workbook(path, limits, sheet) if form == "xlsx" else open_elsewhere(path, form, limits, sheet)
    if start.startswith(COMPOUND):
        return open_elsewhere(path, "xls", limits, sheet)
    suffix = Path(name).suffix.lower()
    looks_like_json = start.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:1] in (b"[", b"{")
    if suffix == ".json" or (looks_like_json and suffix not in (".csv", ".tsv", ".txt")):
        return open_objects(path, limits, encoding)
    return open_delimited(path, limits, encoding, delimiter)


def _foreign(start: bytes) -> str:
    """Why a file of a well-known other kind cannot be a table."""
    if start.startswith(b"%PDF"):
        return _("This is a PDF document. Ask for the table as CSV or XLSX.")
    if start.startswith((b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ", b"(\xb5/\xfd")):
        return _("This file is compressed. Unpack it and import the file inside.")
    if start.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<!doctype", b"<html", b"<?xml")):
        return _("This is a web page or an XML document. Ask for the table as CSV or XLSX.")
    return ""


def _as_table(source: Source, header_row: int, limits: Limits, *, name: str, size: int, sha256: str) -> Table:
    """The table, once its headings are known and a first row under them was seen."""
    at, cells, preamble = _locate(source, header_row, limits)
    headers = name_columns(cells, limits)
    rows = Rows(partial(_rows, source, headers, at, limits))
    if next(iter(rows), None) is None:
        raise Unreadable(_("The file has headings, but no rows under them."))
    return Table(
        headers=headers,
        rows=rows,
        sha256=sha256,
        size=size,
        name=name,
        form=source.form,
        sheet=source.sheet,
        sheets=source.sheets,
        alike=source.alike,
        encoding=source.encoding,
        delimiter=source.delimiter,
        header_row=at,
        preamble=preamble,
        notes=source.notes,
    )


def _locate(source: Source, header_row: int, limits: Limits) -> tuple[int, list[str], list[str]]:
    """The number and cells of the row with the headings, and what stands above it; row 0 where the form names them."""
    if source.headers is not None:
        return 0, source.headers, []
    first = [row for row in islice(source.walk(), max(limits.preamble, header_row)) if row.filled or row.error]
    given = [at for at, row in enumerate(first) if row.number == header_row]
    if header_row and not given:
        raise Unreadable(_("Row %(row)s has no headings: it is empty.") % {"row": header_row})
    at = given[0] if given else find_header(first)
    row = first[at]
    if row.error:
        raise Unreadable(_("Row %(row)s cannot be read: %(why)s") % {"row": row.number, "why": row.error})
    preamble = [storable(" ".join(cell.strip() for cell in above.cells if cell.strip())) for above in first[:at]]
    return row.number, row.cells, preamble


def _rows(source: Source, headers: list[str], header_row: int, limits: Limits) -> Iterator[Row]:
    """Every row under the headings that holds anything."""
    for raw in source.walk():
        if raw.number > header_row and (raw.filled or raw.error):
            yield _row(raw, headers, limits)


def _row(raw: RawRow, headers: list[str], limits: Limits) -> Row:
    """One row by heading; what does not fit under the headings is said."""
    if raw.error:
        return Row(raw.number, dict.fromkeys(headers, ""), (Problem("quoting", "", raw.error, is_error=True),))
    width, problems = len(headers), []
    surplus = [column_letters(width + at) for at, cell in enumerate(raw.cells[width:]) if cell.strip()]
    if surplus:
        sentence = _(
            "There is text right of the last heading (column %(letters)s). Check whether the cells are shifted."
        )
        problems.append(Problem("too_many_cells", "", sentence % {"letters": surplus[0]}, is_error=True))
    published = [storable(cell) for cell in raw.cells[:width]] + [""] * (width - len(raw.cells))
    cells = dict(zip(headers, map(repaired, published), strict=True))
    if twice := [header for header, text in zip(headers, published, strict=True) if cells[header] != text]:
        problems.append(Problem("encoded_twice", twice[0], _("Letters that were encoded twice were corrected.")))
    for header, cell in cells.items():
        if len(cell) > limits.cell:
            cells[header] = cell[:200] + "…"
            sentence = _("The cell has %(length)s characters. Only the first %(most)s were read.")
            detail = {"length": len(cell), "most": limits.cell}
            problems.append(Problem("cell_too_long", header, sentence % detail, is_error=True))
    return Row(raw.number, cells, tuple(problems))
