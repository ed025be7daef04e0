"""Activity stream: facts about records with their moments, grouped to happenings."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import models

from engagement.core.change_sets import PAUSE, counted


@dataclass(frozen=True)
class About:
    """The record that something happened to."""

    key: str
    """The same for a record whatever its title becomes: “meeting-12”."""
    title: str
    url: str


@dataclass(frozen=True)
class Fact:
    """One thing that happened: in words, or as a part of the record that was added, changed or removed.

    ``who`` and ``reason`` are for the secretariat.
    """

    at: dt.datetime
    about: About
    words: str = ""
    part: tuple[type[models.Model], str, int] | None = None
    """Of which model, which kind of change (``+``, ``~``, ``-``) and the key of the part."""
    who: int | None = None
    reason: str = ""
    is_state: bool = False
    """Of several that followed each other at once, the last is told."""


@dataclass
class Happening:
    """One change that one person made to one record."""

    about: About
    at: dt.datetime
    until: dt.datetime
    who: int | None
    facts: list[Fact] = field(default_factory=list)

    @property
    def key(self) -> str:
        return f"{self.about.key}-{int(self.at.timestamp() * 1000)}-{self.who or 0}"

    @property
    def lines(self) -> list[str]:
        """“Meeting added”, “held”, “5 positions added”: a part that was added and then changed was added."""
        states = [fact for fact in self.facts if fact.is_state]
        said = [fact.words for fact in self.facts if fact.words and (not fact.is_state or fact is states[-1])]
        kinds: dict[tuple[type[models.Model], int], str] = {}
        for fact in self.facts:
            if fact.part is not None:
                model, kind, key = fact.part
                kinds[model, key] = kind if kind == "-" else kinds.get((model, key), kind)
        parts: dict[tuple[type[models.Model], str], int] = {}
        for (model, _key), kind in kinds.items():
            parts[model, kind] = parts.get((model, kind), 0) + 1
        told = [*dict.fromkeys(said), *(counted(model, kind, number) for (model, kind), number in parts.items())]
        return [*told[:1], *(line[:1].lower() + line[1:] for line in told[1:])]

    @property
    def reasons(self) -> list[str]:
        return list(dict.fromkeys(fact.reason for fact in self.facts if fact.reason))


def happenings_of(facts: Iterable[Fact]) -> list[Happening]:
    """The latest first. Facts about one record, by one person, with no longer pause between them, are one."""
    found: list[Happening] = []
    for fact in sorted(facts, key=lambda fact: (fact.about.key, fact.who or 0, fact.at)):
        last = found[-1] if found else None
        if last is None or (last.about.key, last.who) != (fact.about.key, fact.who) or fact.at - last.until > PAUSE:
            found.append(Happening(fact.about, fact.at, fact.at, fact.who))
        found[-1].facts.append(fact)
        found[-1].until = fact.at
    return sorted(
        (one for one in found if one.lines), key=lambda one: (one.until, one.about.key, one.who or 0), reverse=True
    )


def opened_at(levels: Iterable[tuple[dt.datetime, int]], least: int) -> dt.datetime | None:
    """Since when without a break a record is open to those who read from an audience up; None while it is not."""
    since: dt.datetime | None = None
    for at, level in levels:
        if level < least:
            since = None
        elif since is None:
            since = at
    return since
