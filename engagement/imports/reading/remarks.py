"""Summary rows and footnotes of a table: lines that publishers add to their rows and that are no records."""

import re
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from engagement.core.text import fold_key

TOTALS, NOTE = "totals", "note"
REMARKS: dict[str, Any] = {
    TOTALS: _("This is a line of totals, and no record."),
    NOTE: _("Only one cell is filled: this is read as a note, and not as a record."),
}

_WORDS = (
    "total totals totale totali totaal totales totais totalt totaux totali totalsumme sum sums summa summe summen "
    "subtotal subtotals zwischensumme gesamt gesamtsumme gesamtzahl insgesamt suma sumy razem ogolem celkem celkom "
    "soucet spolu yhteensa osszesen osszeg synolo itogo vsego obshcho ukupno skupaj kokku kopa"
)
_FIRST = (
    "sous total|sub total|grand total|total general|total generale|totale generale|total geral|total number|i alt|"
    "is viso|suma total|general total|overall total|gran total"
)
_OF = (
    "number|nombre|zahl|anzahl|of|de|des|der|di|du|von|van|all|meetings?|reunions?|rows?|entries|records|rencontres|"
    "treffen|sitzungen|termine|organi[sz]ations?|organisationen|contacts?"
)
_COUNTED = rf"(?: (?:{_OF}))*"
_TOTAL = re.compile(rf"(?:{'|'.join(_WORDS.split())}|{_FIRST}){_COUNTED}(?: [0-9 ]+)?{_COUNTED}")
_FIGURE = re.compile(r"[\s(€$£]*[+-]?\d[\d\s.,'’]*[%€$£)\s]*")
_LONGEST = 80  # characters; anything longer is neither


def kind_of_line(cells: Iterable[str]) -> str:
    """What a line without a date of its own is, if it is no record: "totals", "note" or nothing."""
    filled = [cell for cell in cells if cell.strip()]
    if is_totals(filled):
        return TOTALS
    return NOTE if len(filled) == 1 else ""


def is_totals(cells: Iterable[str]) -> bool:
    """Whether a word for a sum is all that stands beside figures."""
    words = [cell.strip() for cell in cells if cell.strip() and not _is_figure(cell.strip())]
    return len(words) == 1 and len(words[0]) <= _LONGEST and bool(_TOTAL.fullmatch(fold_key(words[0])))


def _is_figure(cell: str) -> bool:
    return len(cell) <= _LONGEST and bool(_FIGURE.fullmatch(cell))
