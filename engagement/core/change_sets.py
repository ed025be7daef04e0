"""Change sets: the history of a record in saves, each with all changes of one person at once, parts included."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engagement.core.history import Change, all_changes
from engagement.core.models import Record

PAUSE = dt.timedelta(seconds=3)
"""Rows of history say who and when, and not which belong together. A save writes its rows one after the other, while
the whole is locked: rows by one person with no longer pause between them are one save."""
NAMED = 3
"""So many fields are named in a summary."""


@dataclass(frozen=True)
class Save:
    """One save: the changes that one person made at once, in the record and in its parts."""

    changes: list[Change]
    """The oldest first; a field that was written twice stands here once."""

    @property
    def who(self) -> str:
        return self.changes[0].who

    @property
    def when(self) -> dt.datetime:
        return self.changes[0].when

    @property
    def reasons(self) -> list[str]:
        return list(dict.fromkeys(change.reason for change in self.changes if change.reason))

    @property
    def summary(self) -> list[str]:
        """“title and day changed”, “5 discussions added”, “8 positions changed”."""
        parts: dict[tuple[type[models.Model], str], set[int]] = defaultdict(set)
        for change in self.changes:
            if change.is_of_part:
                parts[change.model, self._kinds[change.model, change.key]].add(change.key)
        return [*self._of_the_whole(), *(counted(*what, len(keys)) for what, keys in parts.items())]

    @cached_property
    def _kinds(self) -> dict[tuple[type[models.Model], int], str]:
        """The last kind of change of each record: one that was added and then changed was added."""
        found: dict[tuple[type[models.Model], int], str] = {}
        for change in self.changes:
            whose = change.model, change.key
            found[whose] = change.kind if change.kind == "-" or whose not in found else found[whose]
        return found

    def _of_the_whole(self) -> Iterator[str]:
        own = [change for change in self.changes if not change.is_of_part]
        if not own:
            return
        kind = self._kinds[own[0].model, own[0].key]
        if kind != "~":
            yield counted(own[0].model, kind, 1)
            return
        told, others = _moments(own)
        yield from told
        fields = list(dict.fromkeys(change.field for change in others))
        if not fields:
            return
        named, more = ", ".join(fields[:NAMED]), len(fields) - NAMED
        if more > 0:
            words = {"fields": named, "number": more}
            yield (
                ngettext(
                    "%(fields)s and %(number)s more field changed",
                    "%(fields)s and %(number)s more fields changed",
                    more,
                )
                % words
            )
        else:
            yield _("%(fields)s changed") % {"fields": named}


def _moments(changes: list[Change]) -> tuple[list[str], list[Change]]:
    """The verbs that were done, in a word each, and the other changes, without the name that stands above."""
    words = getattr(changes[0].model, "moments", {})
    found = [words[change.name][0 if change.new else 1] for change in changes if change.name in words]
    told = {name for change in changes if (name := change.name) in words}
    told |= {name.removesuffix("_at") + "_by" for name in told}
    return [str(text) for text in found if text], [change for change in changes if change.name not in told]


def counted(model: type[models.Model], kind: str, number: int) -> str:
    names = model._meta
    words = {"number": number, "things": names.verbose_name if number == 1 else names.verbose_name_plural}
    if kind == "+":
        return _("%(number)s %(things)s added") % words
    return (_("%(number)s %(things)s removed") if kind == "-" else _("%(number)s %(things)s changed")) % words


def saves_of(record: Record) -> list[Save]:
    """The whole history, the latest save first."""
    saves: list[list[Change]] = []
    for change in reversed(all_changes(record)):
        last = saves[-1][-1] if saves else None
        if last is None or change.who != last.who or change.when - last.when > PAUSE:
            saves.append([])
        saves[-1].append(change)
    found = [Save(list(_without_repeats(changes))) for changes in saves]
    return [save for save in found if save.changes][::-1]


def _without_repeats(changes: list[Change]) -> Iterator[Change]:
    """A field that was written twice changed once; one that is as it was before did not change."""
    by_field: dict[tuple[type[models.Model], int, str], Change] = {}
    for change in changes:
        whose = change.model, change.key, change.field
        first = by_field.get(whose, change)
        by_field[whose] = replace(change, old=first.old, when=first.when, reason=change.reason or first.reason)
    for change in by_field.values():
        if change.old != change.new or change.kind != "~":
            yield change
