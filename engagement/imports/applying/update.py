"""Update a recorded object from a plan, through the record itself: versions, history and search follow."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias

from engagement.core.types import Actor
from engagement.imports.applying.origins import Before, OriginRecorder
from engagement.imports.planning.instances import build, build_participant, to_python
from engagement.imports.planning.plan import PlannedChange
from meetings.models import Meeting, Participant, Party
from organizations.models import Identifier, Organization, OtherName

Part: TypeAlias = Identifier | OtherName | Participant | Party
MODELS: dict[str, type[Meeting] | type[Organization]] = {"organization": Organization, "meeting": Meeting}


def take_change(change: PlannedChange, key_of: Callable[[str], int], by: Actor, tracer: OriginRecorder) -> None:
    """Change a record and add its parts; the former values are kept, so that it can be undone."""
    model = MODELS[change.kind]
    record = model._base_manager.get(pk=change.pk)
    before: Before = {"fields": {name: stood for name, (stood, _after) in change.fields.items()}}
    after = {name: value for name, (_before, value) in change.fields.items()}
    set_fields(record, after, by)
    before["parts"] = [_added(part, by) for part in _parts(record, change, key_of)]
    if change.status and isinstance(record, Organization):
        before["status"] = change.status
        set_status(record, change.status[0], change.status[1], change.status[3], by)
    record.refresh_from_db(fields=["version"])
    tracer.changed(record, change.row, before)


def _parts(record: Meeting | Organization, change: PlannedChange, key_of: Callable[[str], int]) -> Iterator[Part]:
    if isinstance(record, Organization):
        yield from (build(Identifier, number, organization=record) for number in change.numbers)
        yield from (OtherName(organization=record, name=name) for name in change.other_names)
        return
    for planned in change.parties:
        party = Party(meeting=record, organization_id=key_of(planned.organization), side=planned.side)
        party.register_number, party.headcount = planned.register_number, planned.headcount
        yield party
        yield from _people(record, party, planned.people)
    for key, people in change.people.items():
        yield from _people(record, record.parties.get(organization_id=key_of(key)), people)


def _people(meeting: Meeting, party: Party, people: Iterable[Mapping[str, str]]) -> Iterator[Participant]:
    """After those who are there."""
    last = party.participants.count()
    yield from (build_participant(one, meeting, party, last + at) for at, one in enumerate(people, start=1))


def set_fields(record: Meeting | Organization, values: Mapping[str, object], by: Actor) -> None:
    """Save the record with these values, as JSON keeps them."""
    if not values:
        return
    with record.locked(by=by):
        for name, value in values.items():
            setattr(record, name, to_python(type(record), name, value))
        record.clean_fields(exclude=[field.name for field in record._meta.concrete_fields if field.is_relation])
        record.clean()
        record.save()


def set_status(organization: Organization, scheme: str, number: str, status: str, by: Actor) -> None:
    """How a number stands in its register."""
    identifier = organization.identifiers.filter(scheme=scheme, value=number).first()
    if identifier is not None:
        identifier.status = status
        identifier._history_user = by
        identifier.save()


def _added(part: Part, by: Actor) -> list[str | int]:
    part._history_user = by
    part.save()
    return [part._meta.label_lower, part.pk]
