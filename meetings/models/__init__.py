"""Models of meetings: parties, discussions, positions, outcomes, documents, publication."""

from .agenda_proposals import AgendaProposal
from .agenda_sendings import AgendaSending
from .discussions import Discussion, Position
from .document_versions import DocumentVersion
from .documents import Document
from .meeting import Meeting
from .outcomes import Outcome
from .participants import Participant
from .parties import Party
from .proposed_changes import ProposedChange
from .proposed_files import ProposedFile
from .published_versions import PublishedVersion
from .querysets import MeetingQuerySet
from .regimes import Ground, Regime
from .series import Series

from . import deadlines  # isort: skip  # keeps the days by which meetings are to be published
from . import visibility_rules  # isort: skip  # registers who sees organizations, topics and references through meetings

__all__ = [
    "AgendaProposal",
    "AgendaSending",
    "Discussion",
    "Document",
    "DocumentVersion",
    "Ground",
    "Meeting",
    "MeetingQuerySet",
    "Outcome",
    "Participant",
    "Party",
    "Position",
    "ProposedChange",
    "ProposedFile",
    "PublishedVersion",
    "Regime",
    "Series",
    "deadlines",
    "visibility_rules",
]
