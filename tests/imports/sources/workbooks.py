"""Workbooks of LibreOffice (.ods) and of old Excel (.xls), written byte by byte: no library here writes them."""

import io
import struct
import zipfile
from collections.abc import Sequence

SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"
_NAMES = " ".join(f'xmlns:{name}="{_OFFICE}{name}:1.0"' for name in ("office", "table", "text", "style"))
_HIDDEN = (
    '<style:style style:name="hidden" style:family="table">'
    '<style:table-properties table:display="false"/></style:style>'
)


def text(*lines: str) -> str:
    """A cell of text; each line is a paragraph of its own."""
    return (
        f"<table:table-cell{kind('string')}>{''.join(f'<text:p>{line}</text:p>' for line in lines)}</table:table-cell>"
    )


def kind(name: str, more: str = "") -> str:
    return f' office:value-type="{name}" {more}'


def cell(name: str, more: str, shown: str = "as shown") -> str:
    """A cell of another kind, whose value is not what the page shows."""
    return f"<table:table-cell{kind(name, more)}><text:p>{shown}</text:p></table:table-cell>"


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


def ods(sheets: dict[str, str], hidden: Sequence[str] = (), mimetype: bytes = SPREADSHEET, **parts: bytes) -> bytes:
    """A document of LibreOffice: rows of each sheet by the sheet's name."""
    style = ' table:style-name="hidden"'
    tables = "".join(
        f'<table:table table:name="{name}"{style if name in hidden else ""}>{rows}</table:table>'
        for name, rows in sheets.items()
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {_NAMES}><office:automatic-styles>{_HIDDEN}'
        f"</office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    manifest = b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("mimetype", mimetype, zipfile.ZIP_STORED)
        file.writestr("content.xml", content)
        for name, part in ({"META-INF/manifest.xml": manifest} | parts).items():
            file.writestr(name, part)
    return out.getvalue()


GENERAL, DAY, MOMENT, TIME = range(4)
"""Formats of the cells of ``xls``: the numbers of its XF records."""
_FORMATS = (0, 14, 22, 20)
Cell = str | float | tuple[float, int]


def xls(sheets: dict[str, dict[tuple[int, int], Cell]], hidden: Sequence[str] = (), before: bytes = b"") -> bytes:
    """A workbook of Excel 97: cells by row and column, numbers with a format beside them where they are days."""
    start = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0)) + before
    start += b"".join(_record(0xE0, struct.pack("<HH16x", 0, number)) for number in _FORMATS)
    pages = [_page(cells) for cells in sheets.values()]
    heads = [struct.pack("<BBBB", name in hidden, 0, len(name), 0) + name.encode("latin-1") for name in sheets]
    at = len(start) + sum(len(head) + 8 for head in heads) + 4
    for head, page in zip(heads, pages, strict=True):
        start += _record(0x85, struct.pack("<I", at) + head)
        at += len(page)
    return compound({"Workbook": start + _record(0x0A) + b"".join(pages)})


def _page(cells: dict[tuple[int, int], Cell]) -> bytes:
    found = [_record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))]
    for place, value in sorted(cells.items()):
        if isinstance(value, str):
            found.append(_record(0x204, struct.pack("<HHHHB", *place, 0, len(value), 1) + value.encode("utf-16-le")))
        else:
            number, style = value if isinstance(value, tuple) else (value, GENERAL)
            found.append(_record(0x203, struct.pack("<HHHd", *place, style, number)))
    return b"".join((*found, _record(0x0A)))


def _record(code: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", code, len(content)) + content


def compound(streams: dict[str, bytes]) -> bytes:
    """What old Office documents and encrypted new ones are packed in: streams in sectors of 512 bytes."""
    end, table, sectors = 0xFFFFFFFE, [0xFFFFFFFD, 0xFFFFFFFE], b""
    entries = _entry("Root Entry", 5, end, 0, child=1)
    for name, stream in streams.items():
        padded = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0")
        first = len(table)
        table += [*range(first + 1, first + len(padded) // 512), end]
        entries += _entry(name, 2, first, len(padded))
        sectors += padded
    assert len(table) <= 128 and len(entries) <= 512
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<9I", 0, 1, 1, 0, 4096, end, 0, end, 0) + struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    fat = struct.pack("<128I", *table, *[0xFFFFFFFF] * (128 - len(table)))
    return head + fat + entries.ljust(512, b"\0") + sectors


def _entry(name: str, kind: int, first: int, size: int, child: int = 0xFFFFFFFF) -> bytes:
    coded = name.encode("utf-16-le")
    none = 0xFFFFFFFF
    return (
        coded.ljust(64, b"\0") + struct.pack("<HBB3I", len(coded) + 2, kind, 1, none, none, child)
        + bytes(36) + struct.pack("<IQ", first, size)
    )  # fmt: skip
