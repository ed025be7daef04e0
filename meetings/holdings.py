"""Inventory of documents held on a meeting, by kind: each public, or withheld and on which ground."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from engagement.core.models import Visibility
from engagement.core.types import Label, Reader

from .models import Document, DocumentVersion, Meeting


@dataclass(frozen=True)
class Holding:
    """One document as the secretariat looks at it before an answer to a request."""

    document: Document
    meeting: Meeting

    @property
    def is_public(self) -> bool:
        return bool(self.document.effective_visibility == Visibility.PUBLIC)

    @property
    def is_held_back(self) -> bool:
        """On purpose, as opposed to one that goes out with its meeting."""
        return self.meeting.is_exempt or self.document.visibility < Visibility.PUBLIC

    @property
    def state(self) -> str:
        if self.is_public:
            return _("Public")
        if self.is_held_back:
            return _("Withheld from the public")
        return _("Public once the meeting is published")

    @property
    def ground(self) -> Label:
        """Of the document, else of the exemption of its meeting; empty where none is recorded."""
        found = self.document.ground or self.meeting.exemption_ground
        return f"{found.name} ({found.regime})" if found else ""

    @property
    def audience(self) -> Label:
        """Who can see it, of one that is held back."""
        return Visibility(self.document.effective_visibility).label

    @cached_property
    def versions(self) -> list[DocumentVersion]:
        """Earlier ones, the latest first."""
        return list(self.document.versions.all())


@dataclass(frozen=True)
class Kind:
    label: Label
    holdings: list[Holding]


@dataclass(frozen=True)
class Holdings:
    """``Holdings.of(meeting, user)``: in as many queries for one document as for many."""

    meeting: Meeting
    all: list[Holding]

    @classmethod
    def of(cls, meeting: Meeting, user: Reader) -> "Holdings":
        versions = DocumentVersion.objects.visible_to(user).select_related("replaced_by")
        rows = Document.objects.visible_to(user).filter(meeting=meeting).select_related("ground__regime")
        found = rows.prefetch_related(Prefetch("versions", queryset=versions))
        documents = list(found)
        for document in documents:
            document.meeting = meeting
        return cls(meeting, [Holding(document, meeting) for document in documents])

    @property
    def kinds(self) -> list[Kind]:
        """In the order of the choices; only those there are."""
        groups = [
            Kind(label, [one for one in self.all if one.document.kind == value])
            for value, label in Document.Kind.choices
        ]
        return [group for group in groups if group.holdings]

    @property
    def public(self) -> int:
        return sum(one.is_public for one in self.all)

    @property
    def held_back(self) -> int:
        return sum(one.is_held_back and not one.is_public for one in self.all)

    @property
    def to_come(self) -> int:
        """Neither public nor withheld: they go out with their meeting."""
        return len(self.all) - self.public - self.held_back
