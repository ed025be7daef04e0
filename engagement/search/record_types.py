"""The kinds of records that search finds."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from engagement.followups.models import FollowUp
from engagement.topics.models import Reference, Theme, Topic
from meetings.models import Discussion, Document, Meeting, Outcome, Position, Series
from organizations.models import Organization


@dataclass(frozen=True)
class Kind:
    """A noun as search knows it."""

    name: str
    model: type[Model]
    plural: Any
    is_name: bool = False
    """Something that others are about: few, without an audience of their own, and first in every answer."""
    is_part: bool = False
    """Shown on the page of its meeting."""


_ALL = (
    Kind("organization", Organization, _("Organizations"), is_name=True),
    Kind("topic", Topic, _("Topics"), is_name=True),
    Kind("series", Series, _("Series"), is_name=True),
    Kind("theme", Theme, _("Themes"), is_name=True),
    Kind("reference", Reference, _("References"), is_name=True),
    Kind("meeting", Meeting, _("Meetings")),
    Kind("followup", FollowUp, _("Follow-ups")),
    Kind("discussion", Discussion, _("Discussions"), is_part=True),
    Kind("position", Position, _("Positions"), is_part=True),
    Kind("outcome", Outcome, _("Outcomes"), is_part=True),
    Kind("document", Document, _("Documents"), is_part=True),
)
KINDS = {kind.name: kind for kind in _ALL}
KIND_OF: dict[type[Model], Kind] = {kind.model: kind for kind in _ALL}
