"""Row parser for organizations."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from engagement.imports.layouts.spec import Spec
from engagement.imports.parsing.cell_statistics import CellStatistics, walk
from engagement.imports.parsing.cells import Cells, address_of, country_of
from engagement.imports.parsing.rows import OrganizationRow
from engagement.imports.parsing.summary_rows import REMARKS, TOTALS, is_totals
from engagement.imports.sources.table import Table
from engagement.imports.sources.texts import clean

ACRONYM = 30


def read_organizations(table: Table, spec: Spec, file_name: str = "") -> Iterator[OrganizationRow]:
    """Parse each row as an organization."""
    for cells, statistics in walk(table, spec, file_name):
        yield _organization(cells, statistics)


def _organization(cells: Cells, statistics: CellStatistics) -> OrganizationRow:
    parsed = OrganizationRow(cells.row.number, cells.row.cells, cells.problems, cells.filled)
    if any(problem.is_error for problem in cells.problems):
        return parsed
    if _is_totals(cells):
        parsed.is_remark = True
        cells.note(TOTALS, "", str(REMARKS[TOTALS]))
        return parsed
    parsed.name, parsed.acronym = cells.text("name"), cells.text("acronym")
    parsed.category, parsed.kind = _published_category(cells), cells.mapped("kind")
    parsed.country = country_of(cells)
    parsed.website = address_of(cells, "website", 300)
    parsed.description = cells.body("description").strip()
    parsed.identifier, parsed.scheme = cells.text("identifier"), cells.column_map.spec.scheme
    parsed.identifier_status = cells.mapped("identifier_status")
    parsed.other_names = statistics.texts(cells, "other_names")
    parsed.parent, parsed.source_url = cells.text("parent"), address_of(cells, "source_url", 500)
    _check_names(parsed, cells)
    return parsed


def _is_totals(cells: Cells) -> bool:
    """A line of totals has figures and no number of its own; an organization may be called "Total"."""
    texts = cells.row.cells.values()
    return not cells.text("identifier") and any(map(str.isdigit, "".join(texts))) and is_totals(texts)


def _check_names(parsed: OrganizationRow, cells: Cells) -> None:
    """Every row names somebody, and every name fits."""
    if not parsed.name and not parsed.identifier:
        cells.note("no_name", "name", _("The row names no organization."), is_error=True)
    if len(parsed.name) > 250:
        cells.note("name_too_long", "name", _("A name is longer than 250 characters."), is_error=True)
    if len(parsed.acronym) > ACRONYM:
        sentence = _("“%(text)s” is too long for an acronym. It was kept as another name.")
        cells.note("acronym_too_long", "acronym", sentence % {"text": parsed.acronym[:100]})
        parsed.other_names.append(parsed.acronym)
        parsed.acronym = ""


def _published_category(cells: Cells) -> str:
    return next((clean(text) for _column, _header, text in cells.columns("kind")), "")
