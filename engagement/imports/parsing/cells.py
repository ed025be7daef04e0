"""A row mapped through a layout: cells by target, blanks filled from above, words put into ours; web addresses."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from engagement.core.folding import fold
from engagement.imports.layouts.spec import Column, Spec
from engagement.imports.layouts.vocabulary import NEEDED, allowed
from engagement.imports.parsing.gazetteer import country_code
from engagement.imports.parsing.summary_rows import is_totals
from engagement.imports.sources.errors import Problem, Unreadable
from engagement.imports.sources.table import Row, Table
from engagement.imports.sources.texts import clean, is_nothing, whole


@dataclass
class ColumnMap:
    """The columns of one file that a layout knows."""

    spec: Spec
    headers: dict[int, str]  # position of the layout's column -> heading in the file
    above: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, table: Table, spec: Spec) -> "ColumnMap":
        """The layout laid over a file; a needed column that is not there refuses the file."""
        headers = {at: header for at, column in enumerate(spec.columns) if (header := column.header_in(table.headers))}
        present = {spec.columns[at].target for at in headers} | set(spec.constants)
        for at, column in enumerate(spec.columns):
            if at not in headers and (column.is_required or _is_needed(column, spec, present)):
                raise Unreadable(_missing(column))
        return cls(spec, headers)

    def row(self, row: Row) -> "Cells":
        """One row with its corrections; blank cells take the value above where the layout says so.

        Nothing is taken from a line of totals, from a line that could not be taken apart, or from a correction, which
        is of its row alone.
        """
        whole = replace(row, cells={**row.cells, **row.corrected}, problems=()) if row.corrected else row
        cells = Cells(self, whole, dict(whole.cells), list(whole.problems))
        if any(problem.code == "quoting" for problem in row.problems):
            self.above.clear()  # whose rows follow is not known
        if is_totals(whole.cells.values()):
            return cells
        for header in (header for at, header in self.headers.items() if self.spec.columns[at].carry_down):
            if row.cells[header].strip():
                self.above[header] = row.cells[header]
            if not cells.texts[header].strip() and (above := self.above.get(header, "")):
                cells.texts[header] = cells.filled[header] = above
        return cells


def _is_needed(column: Column, spec: Spec, present: set[str]) -> bool:
    """Whether nothing in the file can stand in for this column, without which no row says anything."""
    return any(column.target in group and not group & present for group in NEEDED[spec.noun])


def _missing(column: Column) -> str:
    names = " / ".join(column.headers)
    return _("The file has no column “%(names)s”. Choose another layout, or add the new heading to this one.") % {
        "names": names
    }


@dataclass
class Cells:
    """The cells of one row by target, and the problems met on the way."""

    column_map: ColumnMap
    row: Row
    texts: dict[str, str]
    problems: list[Problem]
    filled: dict[str, str] = field(default_factory=dict)  # by heading: what the row itself leaves out

    def columns(self, target: str) -> Iterator[tuple[Column, str, str]]:
        """The columns that are this, with heading and text."""
        for at, header in self.column_map.headers.items():
            column = self.column_map.spec.columns[at]
            if column.target == target:
                yield column, header, self.texts[header]

    def header(self, target: str) -> str:
        """The heading of the first column that is this."""
        return next((header for _column, header, _text in self.columns(target)), "")

    def raw(self, target: str) -> str:
        """The text as published; several columns under each other. Without one, the layout's constant."""
        texts = [text for _column, _header, text in self.columns(target) if text.strip()]
        return "\n\n".join(texts) if texts else self.column_map.spec.constants.get(target, "")

    def line(self, target: str) -> str:
        """One clean line, whatever it says."""
        return clean(self.raw(target))

    def text(self, target: str) -> str:
        """One clean line; a dash or "n/a" is an empty cell."""
        line = self.line(target)
        return "" if is_nothing(line) else line

    def short(self, target: str, most: int) -> str:
        """One clean line that must fit; a longer one is an error of the row."""
        text = self.text(target)
        if len(text) > most:
            self.note(
                "too_long", target, _("The text is longer than %(most)s characters.") % {"most": most}, is_error=True
            )
            return ""
        return text

    def body(self, target: str) -> str:
        """Text of any length, verbatim but for its line ends."""
        return whole(self.raw(target))

    def mapped(self, target: str) -> str:
        """One of our own words: through the layout's pairs, or because the file uses ours."""
        text = self.text(target)
        pairs = {key: value for column, _header, _text in self.columns(target) for key, value in column.pairs.items()}
        few = allowed(self.column_map.spec.noun, target)
        if not text or text in few:
            return text
        if (value := pairs.get(fold(text))) is not None:
            return value
        if few:
            self.note(
                f"unknown_{target}",
                target,
                _("The layout does not say what “%(text)s” means. Add the value to the layout, or correct the cell.")
                % {"text": text[:100]},
            )
            return ""
        return text

    def note(self, code: str, target: str, sentence: str, *, is_error: bool = False) -> None:
        """Something to know about the row."""
        self.problems.append(Problem(code, self.header(target), sentence, is_error))


def country_of(cells: Cells) -> str:
    """Two letters, from a code or a name in English, French or German."""
    text = cells.mapped("country")
    code = country_code(text) if text else ""
    if text and not code:
        cells.note("unknown_country", "country", _("“%(text)s” is not a country.") % {"text": text[:60]})
    return code


def address_of(cells: Cells, target: str, most: int) -> str:
    """A web address; one without a beginning gets https, anything else is said and left out."""
    text = cells.text(target)
    if not text:
        return ""
    address = text if "://" in text else f"https://{text}"
    host = address.split("://", 1)[1].split("/", 1)[0]
    is_web = address.lower().startswith(("http://", "https://")) and "." in host and " " not in address
    if is_web and len(address) <= most:
        return address
    cells.note("no_address", target, _("“%(text)s” is not a web address.") % {"text": text[:100]})
    return ""
