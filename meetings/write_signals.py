"""Signals before the first write to a meeting or any of its parts, and after the last one of the transaction.

An app above names its own parts with ``is_part``. What is to be done before and after is registered with ``around``.
"""

from collections.abc import Callable, Iterator
from functools import cached_property, partial

from django.db.models import Model
from django.db.models.signals import m2m_changed, pre_delete, pre_save

from engagement.core.change_signals import at_the_end
from engagement.core.models.history import actor_of
from engagement.core.types import Actor

from .models import Meeting
from .models.preparing import PARTS

_keys: dict[type[Model], str] = {Meeting: "pk", **dict.fromkeys(PARTS, "meeting_id")}
_told: dict[type[Model], tuple[str, ...]] = {}
_around: "list[Callable[[Written], Iterator[None]]]" = []


class Written:
    """One meeting within one transaction, and who is writing."""

    def __init__(self, key: int) -> None:
        self.key = key
        self.actor: Actor = None
        self.is_by_verb = self.is_taken_over = False
        self.under_way: list[Iterator[None]] | None = None

    @cached_property
    def before(self) -> Meeting | None:
        """The state read before anything changed; nothing of a new meeting."""
        return Meeting._base_manager.filter(pk=self.key).first()

    def begin(self, record: Model) -> None:
        self.actor = self.actor or actor_of(record)
        self.is_by_verb = self.is_by_verb or bool(getattr(record, "in_verb", False))
        if self.under_way is None and self.before is not None:
            self.under_way = [one(self) for one in _around]
            for one in self.under_way:
                next(one, None)

    def __call__(self) -> None:
        for one in self.under_way or ():
            next(one, None)


def around(call: "Callable[[Written], Iterator[None]]") -> "Callable[[Written], Iterator[None]]":
    """Register a generator: the code before its ``yield`` runs before the first write, the rest when all is written."""
    _around.append(call)
    return call


def is_part(model: type[Model], told: tuple[str, ...]) -> None:
    """Rows of this model belong to a meeting, by their ``meeting``, and may move to another. Writing one is noticed
    where one of the columns that are ``told`` of it is another; the rest moves often."""
    _keys[model], _told[model] = "meeting_id", ("meeting_id", *told)


def parts() -> list[type[Model]]:
    """The models whose rows belong to a meeting by their ``meeting``, those of apps above included."""
    return [model for model in _keys if model is not Meeting]


def connect() -> None:
    pre_save.connect(_before, dispatch_uid="meetings.write_signals.save")
    pre_delete.connect(_before, dispatch_uid="meetings.write_signals.delete")
    m2m_changed.connect(_selected, dispatch_uid="meetings.write_signals.select")


def _before(sender: type[Model], instance: Model, **kwargs: object) -> None:
    if sender not in _keys or kwargs.get("raw"):
        return
    keys = {getattr(instance, _keys[sender])}
    if sender in _told and instance.pk is not None:
        stored = sender._base_manager.filter(pk=instance.pk).values_list(*_told[sender]).first()
        is_kept = stored == tuple(getattr(instance, name) for name in _told[sender])
        if is_kept and "origin" not in kwargs:  # which Django's signal has when a row is deleted
            return
        keys.add(stored[0] if stored else None)
    for key in sorted(keys - {None}):
        ending = at_the_end(("meeting", key), partial(Written, key))
        if isinstance(ending, Written):
            ending.begin(instance)


def _selected(instance: Model, action: str, reverse: bool, **kwargs: object) -> None:
    if action.startswith("pre_") and not reverse:
        _before(type(instance), instance)
