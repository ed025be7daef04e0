"""Model instances from planned values, not saved yet."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db.models import Model

from engagement.core.models import Visibility
from engagement.imports.planning.plan import PlannedMeeting
from meetings.models import Meeting, Participant, Party

M = TypeVar("M", bound=Model)


def build(model: type[M], values: Mapping[str, object], **links: Model) -> M:
    """A record with these values, dates and hours as such, and these links to other records."""
    return model(**{name: to_python(model, name, value) for name, value in values.items()}, **links)


def to_python(model: type[Model], name: str, value: object) -> Any:
    """A value as JSON keeps it, as the field does."""
    field: Any = model._meta.get_field(name)
    if value in ("", None):
        return None if field.null else field.get_default() if name == "time_zone" else ""
    return field.to_python(value)


def build_meeting(planned: PlannedMeeting) -> Meeting:
    meeting = build(Meeting, planned.values)
    meeting.ordinal = planned.ordinal
    return meeting


def build_participant(person: Mapping[str, str], meeting: Meeting, party: Party, order: int) -> Participant:
    """Somebody at a meeting; the layout says who may see the name, or nobody outside does."""
    one = Participant(meeting=meeting, party=party, order=order, name=person["name"], function=person["function"])
    if seen_by := person.get("seen_by"):
        one.visibility = Visibility[seen_by.upper()]
    one.part = person["part"] or Participant.Part.PARTICIPANT
    return one
