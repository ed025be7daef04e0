"""Month names as files write them: those of `core/months.py`, and of more languages of the Union, folded."""

from difflib import get_close_matches
from functools import lru_cache

from engagement.core.months import MONTHS

_MORE = (
    "januari januar enero gennaio janeiro stycznia styczen tammikuu januara ledna ianuarie",
    "februari februar febrero febbraio fevereiro lutego luty helmikuu unora februarie",
    "maart marts marzo marco marca marzec maaliskuu brezna martie",
    "abril aprile kwietnia kwiecien huhtikuu dubna aprilie",
    "mei maj mayo maggio maio maja toukokuu kvetna",
    "junio giugno junho czerwca czerwiec kesakuu cervna iunie",
    "julio luglio julho lipca lipiec heinakuu cervence iulie",
    "augustus augusti agosto sierpnia sierpien elokuu srpna",
    "septiembre setiembre settembre setembro wrzesnia wrzesien syyskuu zari septembrie",
    "octubre ottobre outubro pazdziernika pazdziernik lokakuu rijna octombrie",
    "noviembre novembro listopada listopad marraskuu listopadu noiembrie",
    "diciembre dicembre dezembro grudnia grudzien joulukuu prosince decembrie",
)
MONTH_NAMES = {name: at for at, names in enumerate(_MORE, start=1) for name in names.split()} | MONTHS
_SHORTEST, _TYPED = 4, 6  # letters that begin one month only; that a mistyped month has


@lru_cache(maxsize=10_000)
def month_name(word: str) -> str:
    """The month that a folded word means: cut short (``marc``) or mistyped (``feburary``); "" where none is alone."""
    if word in MONTH_NAMES or len(word) < _SHORTEST or not word.isalpha():
        return word if word in MONTH_NAMES else ""
    near = [name for name in MONTH_NAMES if name.startswith(word)]
    if len(word) >= _TYPED and not near:
        near = [name for name in get_close_matches(word, MONTHS, n=3, cutoff=0.85) if name[0] == word[0]]
    return near[0] if len({MONTH_NAMES[name] for name in near}) == 1 else ""
