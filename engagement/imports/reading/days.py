"""The day of a row, with a sentence where it cannot be read."""

from django.utils.translation import gettext as _

from engagement.imports.reading.cells import Cells
from engagement.imports.reading.dates import FileDate, When, read_date


def day_of(cells: Cells, target: str, hint: FileDate, *, is_needed: bool = False) -> When:
    """What the layout's date forms make of a cell."""
    text = cells.text(target)
    if not text:
        if is_needed:
            said = cells.line(target)[:60]
            sentence = _("There is no date: the cell says “%(text)s”.") if said else _("The row has no date.")
            cells.note("no_date", target, sentence % {"text": said}, is_error=True)
        return When()
    when = read_date(text, date_forms(cells, target), hint)
    if when.trouble:
        sentence = _sentence(when.trouble) % {"text": text[:60]}
        cells.note(f"date_{when.trouble}", target, sentence, is_error=is_needed)
    return when


def date_forms(cells: Cells, target: str) -> tuple[str, ...]:
    """The forms that the layout allows in this column."""
    column = next((column for column, _header, _text in cells.columns(target)), None)
    return (column.date_forms if column else ()) or cells.view.spec.date_forms


def _sentence(trouble: str) -> str:
    return {
        "impossible": _("“%(text)s” is a day that does not exist."),
        "several": _("“%(text)s” can be two different days; choose one date form in the layout."),
        "far": _("“%(text)s” is a year before 1900 or after 2100."),
    }.get(trouble, _("“%(text)s” is no date in a form of this layout."))
