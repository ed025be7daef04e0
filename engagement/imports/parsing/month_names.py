"""Month names as files write them: those of the house, and of more languages of the Union, folded."""

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
