"""Who is told of what was written, before the transaction ends: the search index, the cache of public pages.

Whatever saves, deletes or selects through Django is noticed; whoever writes past it, with ``update`` or in bulk, says
so with ``tell``. Apps above register with ``follow``; they are given keys of rows that may be new, changed or gone.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from asgiref.local import Local
from django.db import transaction
from django.db.models import Max, Model
from django.db.models.signals import m2m_changed, post_delete, post_save

Keys = Mapping[type[Model], set[int]]
Follower = Callable[[Keys], None]

_followers: dict[type[Model], list[Follower]] = defaultdict(list)
_gathering = Local()
_loading = Local()


def follow(models: Iterable[type[Model]], follower: Follower) -> None:
    """Have ``follower`` called with the keys of rows of these models that were written."""
    for model in models:
        _followers[model].append(follower)


def tell(model: type[Model], keys: Iterable[int]) -> None:
    """These rows were written, or are gone."""
    if model not in _followers:
        return
    if (before := getattr(_loading, "before", None)) is not None:
        keys = [key for key in keys if key <= before[model]]
    with gathered() as found:
        found[model].update(keys)


@contextmanager
def loading() -> Iterator[dict[type[Model], int]]:
    """Inside, nobody is told of new rows: whoever loads so many does himself, at the end, what followers would do.

    Gives the last key of each model before; of rows up to it followers hear as ever.
    """
    before = {model: model._base_manager.aggregate(last=Max("pk"))["last"] or 0 for model in _followers}
    _loading.before = before
    try:
        yield before
    finally:
        _loading.before = None


@contextmanager
def gathered() -> Iterator[dict[type[Model], set[int]]]:
    """Inside, followers hear nothing; at the end, once, of everything. What fails is not told."""
    outer = getattr(_gathering, "found", None)
    if outer is not None:
        yield outer
        return
    found: dict[type[Model], set[int]] = defaultdict(set)
    _gathering.found = found
    try:
        yield found
    finally:
        _gathering.found = None
    _pass_on(found)


def _pass_on(found: dict[type[Model], set[int]]) -> None:
    if transaction.get_connection().needs_rollback:  # what was written will not have been
        return
    heard: dict[Follower, dict[type[Model], set[int]]] = {}
    for model, keys in found.items():
        for follower in _followers[model] if keys else ():
            heard.setdefault(follower, {})[model] = keys
    for follower, theirs in heard.items():
        follower(theirs)


def notice() -> None:
    """Notice whatever Django saves, deletes and selects."""
    post_save.connect(_saved, dispatch_uid="written")
    post_delete.connect(_saved, dispatch_uid="written")
    m2m_changed.connect(_selected, dispatch_uid="written")


def _saved(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    if kwargs.get("raw"):
        return
    tell(sender, [instance.pk])


def _selected(instance: Model, action: str, model: type[Model], pk_set: set[int] | None, **kwargs: Any) -> None:
    if action.startswith("post_"):
        tell(type(instance), [instance.pk])
    if kwargs["reverse"] and pk_set:
        tell(model, pk_set)
