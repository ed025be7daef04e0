"""Summary rows and footnotes of a table: lines that publishers add to their rows and that are no records."""

import re
from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from engagement.core.folding import fold_key
from engagement.core.months import MONTHS

TOTALS, NOTE = "totals", "note"
REMARKS: dict[str, Promise] = {
    TOTALS: _("This is a line of totals, not a record."),
    NOTE: _("Only one cell is filled: this is a note, not a record."),
}

_SUMS = (
    "total totals totale totali totaal totales totais totalt totaux totalsumme sum sums somme sommes summa summe "
    "summen subtotal subtotals zwischensumme gesamt gesamtsumme gesamtzahl gesamtergebnis teilergebnis insgesamt suma "
    "sumy razem ogolem celkem celkom soucet spolu yhteensa osszesen osszeg synolo itogo vsego obshcho ukupno skupaj "
    "kokku kopa sous-total sub-total en-tout i-alt is-viso"
)
_COUNTS = "number nombre anzahl zahl count"
_BESIDE = (
    "grand general generale generaux geral gran overall of in for per by all and with de des du d au aux en par pour "
    "et avec toutes tous der die das den im fur pro und mit alle aller di della van von year years annee an jahr "
    "month mois monat quarter trimestre quartal q1 q2 q3 q4 meeting meetings row rows line lines entry entries record "
    "records contact contacts organisation organisations organization organizations participant participants attendee "
    "attendees people person persons hour hours day days reunion reunions rencontre rencontres rendez vous ligne "
    "lignes personne personnes heure heures jour jours treffen sitzung sitzungen termin termine zeile zeilen eintrag "
    "eintrage kontakte gesprach gesprache organisationen teilnehmer teilnehmende personen stunde stunden tag tage eur "
    "euro euros"
)
"""What a sum is of, and what else is said with it; so are months and figures."""


def _any(*words: str) -> str:
    return f"(?:{'|'.join(words)})"


_SUM = _any(*_SUMS.replace("-", r"\s").split())
_COUNT = _any(*_COUNTS.split())
_MORE = _any(*_BESIDE.split(), *_COUNTS.split(), *MONTHS, "[0-9]+")
_TOTAL = re.compile(rf"(?:{_MORE} )*{_SUM}(?: {_MORE})*|{_COUNT}(?! [0-9])(?: {_MORE})+")
_COUNTED = re.compile(rf"(?:{_MORE} )*[0-9]+(?: {_MORE})*")
_FIGURE = re.compile(r"[\s(€$£]*[+-]?\d[\d\s.,'’]*[%€$£)\s]*")
_LONGEST = 80  # characters; anything longer is neither


def kind_of_line(cells: Iterable[str]) -> str:
    """What a line without a date of its own is, if it is no record: "totals", "note" or nothing."""
    filled = [cell for cell in cells if cell.strip()]
    if is_totals(filled):
        return TOTALS
    return NOTE if len(filled) == 1 else ""


def is_totals(cells: Iterable[str]) -> bool:
    """Whether a word for a sum is all that stands beside figures and what these count."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    if sum(not _has_digit(cell) for cell in filled) > 1 or any(len(cell) > _LONGEST for cell in filled):
        return False
    sums = [cell for cell in filled if _TOTAL.fullmatch(fold_key(cell))]
    return len(sums) == 1 and all(cell in sums or _is_figure(cell) for cell in filled)


def _has_digit(cell: str) -> bool:
    return any(map(str.isdigit, cell))


def _is_figure(cell: str) -> bool:
    """``1.000,50 €`` or ``4 meetings``."""
    return _has_digit(cell) and bool(_FIGURE.fullmatch(cell) or _COUNTED.fullmatch(fold_key(cell)))
