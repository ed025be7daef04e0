"""Publication preview: the page that everybody would read, as read by a visitor of that day."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from engagement.core.models.visibility import VisitorToCome
from engagement.core.types import Actor

from .models import Meeting
from .models.preflight import Shortfall, shortfalls
from .public_content import PART, Content, canonical, contents, sha256_of
from .version_text import Section, sections
from .write_signals import parts


@dataclass(frozen=True)
class Kind:
    """How many parts of one kind everybody would read, and how many stay inside."""

    one: str
    many: str
    shown: int
    kept: int

    @property
    def label(self) -> str:
        return capfirst(self.many)

    def __str__(self) -> str:
        return f"{self.shown} {self.one if self.shown == 1 else self.many}"


@dataclass(frozen=True)
class Preview:
    """The consequences of publishing a meeting, for whoever decides on it."""

    meeting: Meeting
    shortfalls: list[Shortfall]
    content: Content

    @property
    def digest(self) -> str:
        return _digest(self.content)

    @property
    def stops(self) -> bool:
        """Whether it cannot be published as it is."""
        return bool(self.shortfalls)

    @property
    def sections(self) -> list[Section]:
        """The sections, like those of a published version's page."""
        return sections(json.loads(canonical(self.content))) if self.content else []

    @cached_property
    def kinds(self) -> list[Kind]:
        return _kinds(self.meeting, self.content)


def shown_of(meeting: Meeting) -> list[Kind]:
    """The parts that a published meeting shows now, by kind."""
    return _kinds(meeting, contents([meeting.pk]).get(meeting.pk, {}))


def _kinds(meeting: Meeting, content: Content) -> list[Kind]:
    shown = Counter(_parts_in(content))
    found = []
    for model in parts():
        number = shown[model._meta.label_lower]
        every = model._base_manager.filter(meeting=meeting.pk).count()
        if every:
            names = str(model._meta.verbose_name), str(model._meta.verbose_name_plural)
            found.append(Kind(*names, number, every - number))
    return found


def preview(meeting: Meeting, by: Actor) -> Preview:
    return Preview(meeting, shortfalls(meeting, by), content_once_published(meeting))


def content_once_published(meeting: Meeting) -> Content:
    """The content that a visitor could read if this meeting were published as it is stored."""
    found = contents([meeting.pk], VisitorToCome(meeting)).get(meeting.pk, {})
    return {**found, "public_since": timezone.localdate()} if found else {}


def _digest(content: Content) -> str:
    """Of what was shown, on whatever day."""
    return sha256_of({name: value for name, value in content.items() if name != "public_since"})


def check_as_shown(meeting: Meeting, digest: str) -> None:
    """Optimistic locking of the text that was read before publishing; asked while the meeting is locked."""
    if digest != _digest(content_once_published(meeting)):
        raise ValidationError(
            _("The meeting was changed while you read it. Read again what everyone will read, then publish."),
            code="not_as_shown",
        )


def _parts_in(value: object) -> Iterator[str]:
    """The model of each part of a meeting that stands in its public content."""
    if isinstance(value, dict):
        if PART in value:
            yield value[PART][0]
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _parts_in(one)
