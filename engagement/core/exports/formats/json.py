"""JSON: one object with the rows, the meaning of their fields, and links to the other formats."""

import json
from collections.abc import Iterator

from engagement.core.types import FieldValue

from ..base import Export
from ..columns import plain

PORTION = 100


def json_text(export: Export) -> Iterator[str]:
    columns, part_columns = export.shown(export.columns), export.shown(export.part_columns)
    yield _opening(export)
    written: list[str] = []
    count = 0
    for row in export.rows():
        record: dict[str, FieldValue] = {column.name: plain(column.of(row)) for column in columns}
        if part_columns:
            parts = export.parts(row)
            record[export.parts_name] = [{c.name: plain(c.of(part)) for c in part_columns} for part in parts]
        written.append((",\n" if count else "\n") + _dumped(record))
        count += 1
        if len(written) == PORTION:
            yield "".join(written)
            written = []
    yield "".join(written) + f'\n],\n"count": {count}{_gone(export)}\n}}\n'


def _gone(export: Export) -> str:
    """Records that readers had and no longer get."""
    rows = [{name: plain(value) for name, value in one.fields.items()} for one in export.gone()]
    return f',\n"withdrawn": {_dumped(rows)}' if rows else ""


def _opening(export: Export) -> str:
    """Everything before the first row."""
    links = {"page": export.page_url} | {name: export.absolute(export.url(name)) for name in export.formats}
    fields = {c.name: str(c.meaning) for c in export.shown([*export.columns, *export.part_columns])}
    head = {"title": export.title, "links": links, "fields": fields}
    return "{\n" + "".join(f"{_dumped(name)}: {_dumped(value)},\n" for name, value in head.items()) + '"rows": ['


def _dumped(value: FieldValue) -> str:
    return json.dumps(value, ensure_ascii=False)
