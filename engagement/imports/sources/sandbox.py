"""Sandbox for .ods and .xls: another process reads the workbook with bounded memory, and writes its rows to a file.

The library that reads these kinds holds a sheet whole, as large as its last cell says. A few kilobytes can make it ask
for more memory than there is, which ends the process and cannot be caught; here that process is not the site's.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypedDict

from django.utils.translation import gettext as _

from engagement.imports.sources.errors import Unreadable, no_sheet, no_table, protected
from engagement.imports.sources.limits import Limits
from engagement.imports.sources.table import RawRow, Source

COMPOUND = b"\xd0\xcf\x11\xe0"
"""How old Office files begin, and new ones with a password."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ROOT = Path(__file__).resolve().parents[3]


class Answer(TypedDict):
    """The answer of the other process: which sheets there are, and which it wrote, or the error."""

    sheets: list[str]
    sheet: str
    alike: list[str]
    problem: str


def open_elsewhere(path: Path, form: str, limits: Limits, sheet: str = "") -> Source:
    """A sheet of an .ods or .xls workbook as rows: the one asked for, or the likeliest that holds a table."""
    if form == "xls" and _ENCRYPTED in path.read_bytes():
        raise protected()
    folder = TemporaryDirectory()  # goes when nobody walks any more
    answer = _ask(path, Path(folder.name), form, limits, sheet)
    if answer["problem"]:
        raise _refusal(answer, limits, sheet)
    return Source(
        form=form, walk=partial(_walk, folder), sheet=answer["sheet"], sheets=answer["sheets"], alike=answer["alike"]
    )


def _ask(path: Path, folder: Path, form: str, limits: Limits, sheet: str) -> Answer:
    """Have the rows written into the folder, from a link with the ending that the library goes by."""
    (folder / f"book.{form}").symlink_to(path.resolve())
    command = [sys.executable, "-m", "engagement.imports.sources.sandboxed", str(folder), form, sheet]
    try:
        done = subprocess.run(
            [*command, json.dumps(asdict(limits))], cwd=_ROOT, capture_output=True, timeout=limits.seconds, check=False
        )
    except subprocess.TimeoutExpired:
        return Answer(sheets=[], sheet="", alike=[], problem="large")
    if done.returncode:  # below zero: ended by the system, for want of memory
        return Answer(sheets=[], sheet="", alike=[], problem="large" if done.returncode < 0 else "damaged")
    answer: Answer = json.loads(done.stdout)
    return answer


def _refusal(answer: Answer, limits: Limits, sheet: str) -> Unreadable:
    if answer["problem"] == "sheet":
        return no_sheet(sheet, answer["sheets"])
    if answer["problem"] == "table":
        return no_table()
    if answer["problem"] == "password":
        return protected()
    sentences = {
        "damaged": _("The workbook cannot be read. Open it, save it again as .xlsx and upload it again."),
        "large": _("Unpacked, this workbook is too large. Save the table as .csv."),
        "rows": _("This workbook has more than %(most)s rows. Save the table as .csv.") % {"most": limits.sheet_rows},
    }
    return Unreadable(sentences[answer["problem"]])


def _walk(folder: "TemporaryDirectory[str]") -> Iterator[RawRow]:
    with (Path(folder.name) / "rows").open(encoding="utf-8") as file:
        for line in file:
            number, cells = json.loads(line)
            yield RawRow(number, cells)
