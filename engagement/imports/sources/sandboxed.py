"""Child process of the sandbox: reads one .ods or .xls workbook with python-calamine, within its limits.

It knows no settings and no database; what it finds it writes to a file, and what it has to say to its output, as JSON.
"""

import json
import resource
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import repeat
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from engagement.imports.sources.limits import Limits
from engagement.imports.sources.sheet_choice import choose
from engagement.imports.sources.sheets import CellValue, rows_of
from engagement.imports.sources.table import RawRow


def main(folder: str, form: str, sheet: str, said: str) -> None:
    limits = Limits(**json.loads(said))
    _bind(limits)
    problem, sheets = "", []
    alike: list[str] = []
    try:
        with CalamineWorkbook.from_path(str(Path(folder) / f"book.{form}")) as book:
            sheets = book.sheet_names
            if not sheet:
                visible = [page.name for page in book.sheets_metadata if page.visible == SheetVisibleEnum.Visible]
                sheet, alike = choose(((name, _rows(book, name, limits)) for name in visible), limits)
            problem = _write(book, sheet, Path(folder) / "rows", limits)
    except PasswordError:
        problem = "password"
    except CalamineError as error:
        problem = "large" if "limit exceeded" in str(error) else "damaged"
    except (MemoryError, OSError):
        problem = "large"
    print(json.dumps({"sheets": sheets, "sheet": sheet, "alike": alike, "problem": problem}))


def _bind(limits: Limits) -> None:
    """Set the limits of the system, where it knows them."""
    bounds = {
        resource.RLIMIT_AS: limits.memory,
        resource.RLIMIT_CPU: limits.seconds,
        resource.RLIMIT_FSIZE: limits.unpacked,
        resource.RLIMIT_CORE: 0,
    }
    for bound, most in bounds.items():
        with suppress(ValueError, OSError):
            resource.setrlimit(bound, (most, most))


def _write(book: CalamineWorkbook, sheet: str, target: Path, limits: Limits) -> str:
    """Write the rows of the sheet; the problem, if there is one."""
    if not sheet:
        return "table"
    if sheet not in book.sheet_names:
        return "sheet"
    with target.open("w", encoding="utf-8") as file:
        for count, row in enumerate(_rows(book, sheet, limits), start=1):
            if count > limits.sheet_rows:
                return "rows"
            file.write(json.dumps([row.number, row.cells]) + "\n")
    return ""


def _rows(book: CalamineWorkbook, sheet: str, limits: Limits) -> Iterator[RawRow]:
    page = book.get_sheet_by_name(sheet)
    left = page.start[1] if page.start else 0  # it leaves out empty columns before the first, though not empty rows
    values: Iterator[Sequence[CellValue]] = ([*repeat("", left), *row] for row in page.iter_rows())
    return rows_of(values, limits)


if __name__ == "__main__":
    main(*sys.argv[1:])
