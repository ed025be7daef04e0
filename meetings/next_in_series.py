"""Form defaults of the next meeting of a series: taken from the series, its template and the latest of its meetings."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import F
from django.utils.translation import gettext as _

from engagement.core.admin.proposals import Proposal, ProposedRows
from engagement.core.templatetags.display import ordinal_words
from engagement.core.types import Reader
from organizations.models import Organization

from .models import Meeting, Party, Series
from .models.status import Status

PLACE = ("kind", "attendance_mode", "venue", "city", "country", "time_zone")
LONGEST, MOST = 120, 250
"""How long the names of the parties may be in a title, and a title at all."""


@dataclass(frozen=True)
class NextInSeries:
    """Values that a secretary need not type again, as far as this reader knows them."""

    series: Series
    reader: Reader

    @cached_property
    def number(self) -> int:
        return self.series.next_ordinal()

    @cached_property
    def last(self) -> Meeting | None:
        """The latest that took place or is planned."""
        seen = Meeting.objects.visible_to(self.reader).filter(series=self.series).exclude(status=Status.CANCELLED)
        return seen.order_by(F("starts_at").desc(nulls_last=True), "-pk").first()

    @cached_property
    def template(self) -> Meeting | None:
        """The meeting after which the next ones are planned, as long as it is one of the series."""
        seen = Meeting.objects.visible_to(self.reader).filter(series=self.series, pk=self.series.template_id)
        return seen.first() if self.series.template_id else None

    @property
    def like(self) -> Meeting | None:
        """The one whose place and people are proposed."""
        return self.template or self.last

    @cached_property
    def counterparts(self) -> list[Organization]:
        """The counterparts of the series; where it names none, those of its template or latest meeting."""
        known = Organization.objects.visible_to(self.reader).current()
        named = list(known.filter(series=self.series).order_by("sort_key", "pk"))
        if named or self.like is None:
            return named
        seats = self.like.parties.filter(side=Party.Side.COUNTERPART)
        return list(known.filter(pk__in=seats.values("organization")).order_by("sort_key", "pk"))

    def parties(self) -> list[dict[str, object]]:
        host, others = Party.Side.HOST, Party.Side.COUNTERPART
        rows: list[dict[str, object]] = [{"organization": self.series.host, "side": host}]
        return rows + [{"organization": one, "side": others} for one in self.counterparts]

    def fields(self) -> dict[str, object]:
        place = {name: getattr(self.like, name) for name in PLACE} if self.like else {}
        return {"title": self.title(), **place}

    def title(self) -> str:
        """The title of the last one with the next number; else the names of the parties."""
        if self.last and self.last.ordinal:
            before, after = ordinal_words(self.last.ordinal), ordinal_words(self.number)
            title, found = re.subn(rf"\b{re.escape(before)}\b", _like(after), self.last.title, count=1, flags=re.I)
            if found and len(title) <= MOST:
                return title
        names = [one.short_name for one in (self.series.host, *self.counterparts)]
        parties = _("%(some)s and %(last)s") % {"some": ", ".join(names[:-1]), "last": names[-1]} if names[1:] else ""
        if not parties or len(parties) > LONGEST:
            words = {"parties": self.series.title, "number": ordinal_words(self.number)}
            return _("%(parties)s, %(number)s meeting") % words
        return f"{parties}, {self._numbered()}"

    def _numbered(self) -> str:
        kind = Meeting.Kind(self.last.kind) if self.last else Meeting.Kind.BILATERAL
        words = {"number": ordinal_words(self.number)}
        match kind:
            case Meeting.Kind.BILATERAL:
                return _("%(number)s bilateral meeting") % words
            case Meeting.Kind.PLATFORM:
                return _("%(number)s platform meeting") % words
        return _("%(number)s meeting") % words

    def note(self) -> str:
        note = _("This will be the %(number)s meeting of this series.") % {"number": ordinal_words(self.number)}
        if self.last is None and self.number > 1:
            return f"{note} {_('Earlier meetings are not recorded.')}"
        return note

    def proposal(self) -> Proposal:
        rows = ProposedRows("organization", "side", self.parties())
        return Proposal(self.note(), self.fields(), {"parties": rows})


def _like(word: str) -> Callable[[re.Match[str]], str]:
    """A word in the place of another, with a capital where that one had it."""
    return lambda found: word.capitalize() if found[0][:1].isupper() else word


def another_like(meeting: Meeting, reader: Reader) -> Proposal:
    """Organizations that were archived since are left out."""
    known = Organization.objects.visible_to(reader).current()
    seats = meeting.parties.filter(organization__in=known).select_related("organization").order_by("order", "pk")
    rows = [{"organization": one.organization, "side": one.side, "is_lead": one.is_lead} for one in seats]
    note = _("Filled in from %(meeting)s: kind, parties and place.") % {"meeting": meeting}
    fields = {name: getattr(meeting, name) for name in PLACE}
    return Proposal(note, fields, {"parties": ProposedRows("organization", "side", rows)})
