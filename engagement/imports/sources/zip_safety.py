"""Zip bomb protection: a workbook, a zip archive of XML, is streamed through before any of it is opened.

What it says about its own size may be a lie, and a few kilobytes can unfold to more than the memory holds: one cell
of gigabytes, one row of millions of cells, millions of empty rows.
"""

import re
import zipfile
from pathlib import Path
from xml.parsers.expat import ParserCreate

from django.utils.translation import gettext as _

from engagement.core.archives import Protected, opened, read_part
from engagement.imports.sources.errors import Unreadable, protected
from engagement.imports.sources.limits import Limits

_CHUNK = 1 << 20
_ROW = re.compile(rb"<(?:\w{1,10}:)?(?:table-)?row[\s/>]")
_TAIL = 24  # bytes a row's beginning may be cut in two by the end of a piece
_SHEETS = ("xl/worksheets/", "content.xml")  # where the rows are, in .xlsx and in .ods
_MANIFEST = "META-INF/manifest.xml"
_OPEN_SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"


def check_archive(path: Path, limits: Limits) -> str:
    """The archive is whole, holds a workbook, and nothing in it is larger than allowed; says whether xlsx or ods."""
    try:
        with path.open("rb") as file, opened(file) as archive:
            form = _form(archive, limits)
            _check_said(archive, limits)
            _check_found(archive, limits)
            return form
    except Unreadable:
        raise
    except Protected:
        raise protected() from None
    except Exception:
        sentence = _("The workbook is damaged or cut off. Open it, save it again as .xlsx and upload it again.")
        raise Unreadable(sentence) from None


def _form(archive: zipfile.ZipFile, limits: Limits) -> str:
    names = set(archive.namelist())
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "mimetype" not in names or not names & {"content.xml", "encrypted-package"}:
        raise Unreadable(_("This is a zip archive, not a workbook. Unpack it and import the file inside."))
    if not read_part(archive, "mimetype", 1000).strip().startswith(_OPEN_SPREADSHEET):
        raise Unreadable(
            _("This is an OpenDocument file, but not a spreadsheet. Save the table as .ods, .xlsx or .csv.")
        )
    manifest = read_part(archive, _MANIFEST, limits.part) if _MANIFEST in names else b""
    if "encrypted-package" in names or b"encryption-data" in manifest:
        raise protected()
    return "ods"


def _check_said(archive: zipfile.ZipFile, limits: Limits) -> None:
    """Check the sizes that the archive declares."""
    total = sum(member.file_size for member in archive.infolist())
    largest = max(member.file_size for member in archive.infolist() if not member.filename.startswith(_SHEETS))
    if total > limits.unpacked:
        raise _too_large(limits)
    if largest > limits.part:
        size = limits.part // (1024 * 1024)
        raise Unreadable(_("The texts of this workbook are larger than %(size)s MB. Save it as .csv.") % {"size": size})


def _check_found(archive: zipfile.ZipFile, limits: Limits) -> None:
    """Check the sizes that unpacking finds."""
    left = limits.unpacked
    for member in archive.infolist():
        with archive.open(member) as content:
            watch = _Watch(limits, is_sheet=member.filename.startswith(_SHEETS))
            # A reader of this part never ends if it is cut off.
            parser = ParserCreate() if member.filename == "content.xml" else None
            while piece := content.read(_CHUNK):
                left -= len(piece)
                if left < 0:
                    raise _too_large(limits)
                watch.see(piece)
                if parser:
                    parser.Parse(piece)
            if parser:
                parser.Parse(b"", True)


def _too_large(limits: Limits) -> Unreadable:
    size = limits.unpacked // (1024 * 1024)
    return Unreadable(_("Unpacked, this workbook is larger than %(size)s MB. Save the table as .csv.") % {"size": size})


class _Watch:
    """Follows one part of the archive, piece by piece."""

    def __init__(self, limits: Limits, *, is_sheet: bool) -> None:
        self.limits, self.is_sheet = limits, is_sheet
        self.text = self.row = self.rows = 0  # bytes since a tag began, bytes since a row began, rows
        self.tail = b""

    def see(self, piece: bytes) -> None:
        """One more piece."""
        last = piece.rfind(b"<")
        self.text = len(piece) - last if last >= 0 else self.text + len(piece)
        if self.is_sheet:
            self._see_rows(piece)
        if max(self.text, self.row // 4) > self.limits.swallowed:
            raise Unreadable(_("This workbook has a cell or a row of millions of characters. Save the table as .csv."))

    def _see_rows(self, piece: bytes) -> None:
        joined, seen = self.tail + piece, len(self.tail)
        begins = [match.start() for match in _ROW.finditer(joined) if match.end() > seen]
        self.rows += len(begins)
        self.row = len(joined) - begins[-1] if begins else self.row + len(piece)
        self.tail = joined[-_TAIL:]
        if self.rows > self.limits.sheet_rows:
            most = self.limits.sheet_rows
            raise Unreadable(_("This workbook has more than %(most)s rows. Save the table as .csv.") % {"most": most})
