"""Corrections of cells: values that somebody entered in place of the file's, row by row, without another file.

A correction is of its row alone. What a later row takes from the cell above is what was published there.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import TypeAlias

from engagement.core.types import Actor
from engagement.imports.models import Import, ImportRow
from engagement.imports.sources.table import Row, Rows, Table

Corrections: TypeAlias = dict[int, dict[str, str]]  # by row number and heading


def corrections_of(batch: Import) -> Corrections:
    """The corrected cells of each row, by column."""
    rows = batch.rows.exclude(corrections={}).values_list("number", "corrections")
    return {number: {name: now for name, (_was, now) in cells.items()} for number, cells in rows}


def corrected(table: Table, start: int, corrections: Corrections) -> Table:
    """The table with corrections on its rows; ``start`` is added to their numbers elsewhere."""
    return replace(table, rows=Rows(partial(_rows, table.rows, start, corrections))) if corrections else table


def _rows(rows: Iterable[Row], start: int, corrections: Corrections) -> Iterator[Row]:
    for row in rows:
        mine = corrections.get(start + row.number)
        yield replace(row, corrected={name: text for name, text in mine.items() if name in row.cells}) if mine else row


def correct(batch: Import, row: ImportRow, cells: dict[str, str], by: Actor, *, everywhere: bool = False) -> int:
    """Keep corrected cells with the row, and with others in question that have the same cell; returns how many rows.

    A cell that says again what was published is no correction.
    """
    changed = {name: text for name, text in cells.items() if name in row.cells and text != row.shown_cells[name]}
    if not changed:
        return 0
    rows = [row]
    if everywhere:
        rows += ImportRow.objects.filter(batch=batch).in_question().exclude(pk=row.pk)
    touched = [one for one in rows if one.correct(row.cells if one is not row else {}, changed, by)]
    ImportRow.objects.bulk_update(touched, ["corrections", "decision", "decided_at", "decided_by"], batch_size=500)
    return len(touched)
