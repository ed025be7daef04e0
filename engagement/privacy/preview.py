"""Preview of an erasure: the places of the name, and the text that will stand there afterwards."""

from collections import Counter as Tally
from dataclasses import dataclass, field

from django.db.models import Exists, Model, OuterRef
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from engagement.core.models import Record
from meetings.models import Meeting, Participant
from organizations.models import Organization, OtherName

from .erasing import SEALED, Target, stand_in_of
from .kept_files import Paper, papers_of
from .spellings import Spellings
from .text_columns import is_history, is_text, label_of, named_rows

NOT_CHOSEN = (Organization, OtherName)
"""Rows whose names are rather those of an organization: they are ticked by hand."""
AROUND = 60


@dataclass(frozen=True)
class Text:
    """One record in whose texts the name stands."""

    key: str
    kind: str
    record: str
    pieces: list[tuple[str, str]]
    """The name of a field, and its words around the name."""
    is_chosen: bool


@dataclass
class Preview:
    target: Target
    spellings: Spellings
    participants: list[Participant]
    stand_in: str
    namesakes: list[Model]
    texts: list[Text] = field(default_factory=list)
    copies: "Tally[str]" = field(default_factory=Tally)
    papers: list[Paper] = field(default_factory=list)
    """Of meetings at which the person was, or of which a text has the name."""
    meetings_named: set[int] = field(default_factory=set)
    alone: int = 0
    """At so many meetings nobody else is named."""

    @property
    def naming(self) -> list[Paper]:
        return [paper for paper in self.papers if paper.names]

    @property
    def unread(self) -> list[Paper]:
        return [paper for paper in self.papers if not paper.names]

    @property
    def meetings(self) -> int:
        return len({one.meeting_id for one in self.participants})

    @property
    def found(self) -> bool:
        return bool(self.target.person or self.participants or self.texts or self.copies)


def preview(target: Target) -> Preview:
    spellings = target.spellings()
    participants = target.participants(spellings)
    made = Preview(target, spellings, participants, stand_in_of(target, participants), target.namesakes(spellings))
    meetings = [one.meeting_id for one in participants]
    others = Participant._base_manager.filter(meeting=OuterRef("meeting")).exclude(
        pk__in=[one.pk for one in participants]
    )
    mine = Participant._base_manager.filter(pk__in=[one.pk for one in participants])
    made.alone = mine.exclude(Exists(others)).values("meeting").distinct().count()
    sought = Spellings(text for text in spellings.texts if "@" in text) if made.namesakes else spellings
    if sought:
        _add_texts(made, sought)
        made.papers = papers_of(sought, made.meetings_named.union(meetings))
    return made


def _add_texts(made: Preview, sought: Spellings) -> None:
    own = {(Participant, one.pk) for one in made.participants}
    person = made.target.person
    for one, row, fields in named_rows(sought):
        texts = [field for field in fields if is_text(one.model, field.name)]
        is_own = (type(row), row.pk) in own or row == person
        if texts and isinstance(row, Record) and not is_own:
            pieces = [
                (capfirst(str(field.verbose_name)), _around(str(getattr(row, field.attname)), sought))
                for field in texts
            ]
            key = f"{label_of(one.model)}:{row.pk}"
            kind = capfirst(str(one.model._meta.verbose_name))
            made.meetings_named.add(row.pk if isinstance(row, Meeting) else getattr(row, "meeting_id", None) or 0)
            made.texts.append(Text(key, kind, str(row), pieces, not isinstance(row, NOT_CHOSEN)))
        elif not is_own and not isinstance(row, SEALED):
            made.copies[_called(one.model)] += 1


def _called(model: type[Model]) -> str:
    if not is_history(model):
        return str(model._meta.verbose_name_plural)
    return _("History of %(records)s") % {"records": model.instance_type._meta.verbose_name_plural}  # type: ignore[attr-defined]


def _around(text: str, sought: Spellings) -> str:
    start, end = sought.spans(text)[0]
    before = "…" if start > AROUND else ""
    after = "…" if end + AROUND < len(text) else ""
    return Truncator(before + text[max(0, start - AROUND) : end + AROUND] + after).chars(400)
