"""Model validation of a plan, before anybody is asked to take it."""

from collections.abc import Iterable
from functools import cache

from django.core.exceptions import ValidationError
from django.db.models import Model
from django_countries import countries
from django_countries.fields import Country

from engagement.imports.planning.instances import build, build_meeting, build_participant
from engagement.imports.planning.plan import PlannedMeeting, PlannedOrganization
from engagement.imports.planning.registry import Registry
from meetings.models import Party
from organizations.models import Identifier, Organization, OtherName


def check(record: Model) -> list[str]:
    """Why a record would be refused; links to others are the database's to check."""
    try:
        record.clean_fields(exclude=_not_asked(type(record), getattr(record, "country", None)))
        record.clean()
    except ValidationError as error:
        return _sentences(record, error)
    return []


@cache
def _not_asked(model: type[Model], country: Country | None) -> frozenset[str]:
    """Links, what is worked out, and a country that is on the list, which takes long to find out each time."""
    fields = model._meta.concrete_fields
    names = {field.name for field in fields if field.is_relation or not field.editable}
    return frozenset(names | ({"country"} if country and country.code in countries.countries else set()))


def _sentences(record: Model, error: ValidationError) -> list[str]:
    found = []
    for name, texts in error.message_dict.items():
        label = "" if name == "__all__" else f"{record._meta.get_field(name).verbose_name}: "  # type: ignore[union-attr]
        found += [f"{label}{text}" for text in texts]
    return found


def check_meeting(meeting: PlannedMeeting) -> list[str]:
    built, found = build_meeting(meeting), []
    for planned in meeting.parties:
        for person in planned.people:
            found += check(build_participant(person, built, Party(meeting=built), 1))
    return [*check(built), *found]


def check_organizations(registry: Registry, keys: Iterable[str]) -> list[str]:
    """Errors of the new organizations among these, and of additions to others."""
    found: list[str] = []
    for key in dict.fromkeys(keys):
        if planned := registry.new.get(key):
            if key not in registry.problems:
                registry.problems[key] = check_organization(planned)
            found += registry.problems[key]
        elif key.startswith("#") and (change := registry.changes.get(int(key[1:]))):
            found += _check_parts(change.numbers, [])
    return found


def check_organization(planned: PlannedOrganization) -> list[str]:
    return [*check(build(Organization, planned.values)), *_check_parts(planned.numbers, planned.other_names)]


def _check_parts(numbers: list[dict[str, str]], names: list[str]) -> list[str]:
    parts: list[Model] = [build(Identifier, number) for number in numbers]
    parts += [OtherName(name=name) for name in names]
    return [sentence for part in parts for sentence in check(part)]
