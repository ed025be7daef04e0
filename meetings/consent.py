"""Consent of people (a subscriber of change signals): a name is published, or no longer, as soon as they say so."""

from engagement.core.change_signals import Keys, subscribe
from organizations.models import Person

from .models.participants import relevel_names


def start() -> None:
    subscribe([Person], _follow)


def _follow(written: Keys) -> None:
    if people := set(written.get(Person, ())):
        relevel_names(people)
