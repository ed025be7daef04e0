"""When we met, who was there, what was said and what came of it."""

from .agenda_proposals import AgendaProposal
from .discussions import Discussion, Position
from .documents import Document
from .meeting import Meeting
from .outcomes import Outcome
from .parties import Participant, Party
from .querysets import MeetingQuerySet
from .series import Series

from . import visibility_rules  # isort: skip  # registers who sees organizations, topics and references through meetings

__all__ = [
    "AgendaProposal",
    "Discussion",
    "Document",
    "Meeting",
    "MeetingQuerySet",
    "Outcome",
    "Participant",
    "Party",
    "Position",
    "Series",
    "visibility_rules",
]
