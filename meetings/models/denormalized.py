"""Denormalized columns: on which day a party was met, and whether a meeting is written up. Stored, and kept true.

Both follow from rows beside them, and the database works them out. What is saved or deleted through the models is
noticed here, ``MeetingQuerySet.update`` says what it moved, whoever writes in bulk fills them in; ``manage.py
check_stored_facts`` proves them. See docs/decisions/stored-facts.md.
"""

from collections.abc import Collection
from functools import partial
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, Model, OuterRef, Q, Subquery
from django.db.models.signals import post_delete, post_save

from engagement.core.change_signals import Keys as ChangedKeys
from engagement.core.change_signals import at_the_end, subscribe
from engagement.core.queries import distinct_from
from engagement.core.types import Rows

from .discussions import Discussion
from .meeting import Meeting
from .outcomes import Outcome
from .parties import Party
from .status import Status

Keys = Collection[int]


def held_on() -> Subquery:
    """Of a party: the day of its meeting, once that was held."""
    held = Meeting._base_manager.filter(pk=OuterRef("meeting"), status=Status.HELD)
    return Subquery(held.order_by().values("starts_on"))


def is_written_up() -> "ExpressionWrapper[Any]":
    """Of a meeting: whether a discussion or an outcome is recorded."""
    of_it = {"meeting": OuterRef("pk")}
    parts = Q(Exists(Discussion._base_manager.filter(**of_it))) | Q(Exists(Outcome._base_manager.filter(**of_it)))
    return ExpressionWrapper(parts, output_field=BooleanField())


def wrong_parties() -> Rows:
    """Those whose stored day is not the right one: always none, unless something wrote past the models."""
    return Party._base_manager.order_by().annotate(right=held_on()).filter(distinct_from("held_on", "right"))


def wrong_meetings() -> Rows:
    """Those of which it is not stored rightly whether they are written up: always none as well."""
    return Meeting._base_manager.order_by().annotate(right=is_written_up()).exclude(is_written_up=F("right"))


def keep_met(meetings: Keys) -> None:
    wrong_parties().filter(meeting__in=meetings).update(held_on=held_on())


def keep_written(meetings: Keys) -> None:
    wrong_meetings().filter(pk__in=meetings).update(is_written_up=is_written_up())


def _keep_parties(changes: ChangedKeys) -> None:
    """Also those that were brought back as they once stood."""
    wrong_parties().filter(pk__in=changes[Party]).update(held_on=held_on())


def _notice(sender: type[Model], instance: Model, created: bool | None = None, **kwargs: object) -> None:
    """A meeting is saved again, or a part comes or goes: nothing else moves a fact. Looked at once in a transaction."""
    if kwargs.get("raw") or created is (sender is Meeting):
        return
    if isinstance(instance, Meeting):
        keep, key = keep_met, instance.pk
    elif isinstance(instance, Discussion | Outcome):
        keep, key = keep_written, instance.meeting_id
    else:
        return
    look_again = partial(keep, [key])
    if at_the_end((keep.__name__, key), lambda: look_again) is None:
        look_again()


def connect() -> None:
    post_save.connect(_notice, dispatch_uid="meetings.denormalized.save")
    post_delete.connect(_notice, dispatch_uid="meetings.denormalized.delete")
    subscribe([Party], _keep_parties)
