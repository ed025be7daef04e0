"""Summary rows and footnotes of a table: lines that publishers add to their rows and that are no records."""

import re
from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from engagement.core.folding import fold_key
from engagement.core.months import MONTHS
from engagement.imports.sources.texts import is_nothing

TOTALS, NOTE, NIL, HEADING = "totals", "note", "nil", "heading"
REMARKS: dict[str, Promise] = {
    TOTALS: _("This is a line of totals, not a record."),
    NOTE: _("This is a note, not a record."),
    NIL: _("Nothing to report: this is a nil return, not a record."),
    HEADING: _("This row repeats the headings."),
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
_NIL = re.compile(
    r"nil|none|nil returns?(?: .*)?|nil (?:report|entry|entries|activity|submission)(?: .*)?|null return(?: .*)?"
    r"|none (?:in|for|during|this|to|held|recorded|declared|reported|received)(?: .*)?"
    r"|no (?:(?:external|ministerial|official|relevant|such|reportable|lobbying|formal|other|further) )*"
    r"(?:meetings?|returns?|entries|entry|activity|activities|contacts?|engagements?|visits?|data|gifts|hospitality)"
    r"(?: (?:were|was|have|has|had|took|to|in|for|during|this|held|with|recorded|reported|declared|attended).*)?"
    r"|nothing to (?:report|declare|disclose|return|register)(?: .*)?|did not (?:meet|hold|have|attend)(?: .*)?"
    r"|neant(?: .*)?|rien a (?:signaler|declarer)(?: .*)?"
    r"|aucune? (?:rencontre|reunion|rendez vous|entretien|contact)s?(?: .*)?|fehlanzeige(?: .*)?|entfallt"
    r"|keine (?:termine|treffen|gesprache|kontakte|meldungen|angaben|sitzungen|eintrage)(?: .*)?"
    r"|sin (?:reuniones|actividad|datos|agenda)(?: .*)?|nessun[oa]? (?:incontro|riunione|appuntamento)(?: .*)?"
    r"|geen (?:afspraken|gesprekken|ontmoetingen|bijeenkomsten)(?: .*)?|ingen (?:moten|moder|mote)(?: .*)?"
    r"|brak(?: spotkan(?: .*)?)?|nihil|nil (?:on|due to|because|owing) .*|ningun[oa]? (?:reunion|encuentro)(?: .*)?"
    r"|(?:nada a declarar|sem (?:reunioes|encontros|agenda)|ni (?:srecanj|sestankov|bilo))(?: .*)?"
    r"|(?:ei tapaamisia|nincs talalkozo|nu au fost|inga (?:moten|traffar)|ingen (?:treffer|aktivitet))(?: .*)?"
    r"|(?:there were|(?:the )?(?:minister|secretary of state|adviser|official)s? (?:held|had|attended))"
    r" no (?:external )?(?:meetings?|engagements?|visits?|events?|contacts?)(?: .*)?"
    r"|no meetings? (?:recess|maternity|leave|held|in recess).*"
)
_NEVER = frozenset(["", "n a", "na", "none", "nil", "sans objet"])
_NOTED = re.compile(
    r"(?:notes?|nb|please note|source|sources|key|footnotes?|quelle|hinweise?|anmerkung(?:en)?|remarques?|nota)\b"
    r"|this (?:return|list|table|document|publication|data|file|report|register)|these (?:meetings|returns|data)"
    r"|does not (?:normally )?include|the (?:following|above) (?:return|table|list)"
    r"|meetings (?:that|which) (?:are|were) not"
)
_LONGEST = 80  # characters; anything longer is neither


def kind_of_line(cells: Iterable[str]) -> str:
    """The kind of a line without a date of its own that is no record: "totals", "note" or nothing."""
    filled = [cell for cell in cells if cell.strip()]
    if is_totals(filled):
        return TOTALS
    return NOTE if len(filled) == 1 or (filled and _is_noted(filled[0])) else ""


def _is_noted(cell: str) -> bool:
    return cell.lstrip().startswith("*") or bool(_NOTED.match(fold_key(cell[:_LONGEST])))


def is_nil(text: str) -> bool:
    """``Nil return``, ``None in this period``, ``Fehlanzeige``."""
    return len(text) <= 3 * _LONGEST and bool(_NIL.fullmatch(fold_key(text)))


def is_nil_line(who: Iterable[str], rest: Iterable[str]) -> bool:
    """Whether a line says of somebody, or of everybody else, that there is nothing to report."""
    said = [cell for cell in rest if cell.strip()]
    if any(not is_nil(cell) and not is_nothing(cell) for cell in said):
        return False
    if any(fold_key(cell) not in _NEVER and not is_nil(cell) for cell in said):
        return False  # still to come
    return any(map(is_nil, said)) or len(said) > 1 or any(is_nil(cell) for cell in who)


def is_totals(cells: Iterable[str]) -> bool:
    """Whether the row holds only figures with their units, and one word for a sum."""
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
