"""Consent handlers (subscribers): a name is published, or no longer, or put right wherever it is printed."""

from engagement.core.change_signals import Keys, merging_records, subscribe
from engagement.core.types import Actor
from organizations.merging.journal import save
from organizations.models import Person
from organizations.models.people import name_corrected

from .models import Participant
from .models.participants import relevel_names


def start() -> None:
    subscribe([Person], _follow)
    name_corrected.connect(_print_right_name, dispatch_uid="meetings.consent.name_corrected")


def _follow(written: Keys) -> None:
    if people := set(written.get(Person, ())):
        relevel_names(people)


def _print_right_name(person: Person, before: str, by: Actor, **kwargs: object) -> None:
    """Whoever corrects the name of a person need not publish: it says of the same person the same."""
    rows = Participant._base_manager.filter(person=person.pk, name=before).order_by("pk")
    with merging_records():
        for one in rows:
            one.name = person.name
            one._change_reason = "Name corrected"  # type: ignore[attr-defined]
            save(one, by)
