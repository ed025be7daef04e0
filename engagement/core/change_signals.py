"""Change signals: which rows were written, told in batches before the transaction ends.

The search index and the page cache subscribe. Whatever saves, deletes or selects through Django is noticed; whoever
writes past it, with ``update`` or in bulk, says so with ``notify``. Subscribers get keys of rows that may be new,
changed or gone.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager

from asgiref.local import Local
from django.db import transaction
from django.db.models import Max, Model
from django.db.models.signals import m2m_changed, post_delete, post_save

Keys = Mapping[type[Model], set[int]]
Subscriber = Callable[[Keys], None]
Ending = Callable[[], None]

_subscribers: dict[type[Model], list[Subscriber]] = defaultdict(list)
_batch = Local()
_loading = Local()
_merging = Local()


def subscribe(models: Iterable[type[Model]], subscriber: Subscriber) -> None:
    """Have ``subscriber`` called with the keys of rows of these models that were written."""
    for model in models:
        _subscribers[model].append(subscriber)


def notify(model: type[Model], keys: Iterable[int]) -> None:
    """Tell subscribers that these rows were written or deleted."""
    if model not in _subscribers:
        return
    if (before := getattr(_loading, "before", None)) is not None:
        keys = [key for key in keys if key <= before[model]]
    with batch_changes() as changes:
        changes[model].update(keys)


@contextmanager
def loading() -> Iterator[dict[type[Model], int]]:
    """Inside, no subscriber is told of new rows: a caller that loads many does the subscribers' work at the end.

    Gives the last key of each model before; of rows up to it subscribers hear as ever.
    """
    before = {model: model._base_manager.aggregate(last=Max("pk"))["last"] or 0 for model in _subscribers}
    _loading.before = before
    try:
        yield before
    finally:
        _loading.before = None


@contextmanager
def batch_changes() -> Iterator[dict[type[Model], set[int]]]:
    """Inside, subscribers hear nothing; at the end, once, of everything. Failed writes are not told."""
    outer = getattr(_batch, "changes", None)
    if outer is not None:
        yield outer
        return
    changes: dict[type[Model], set[int]] = defaultdict(set)
    last: dict[Hashable, Ending] = {}
    before, _batch.found = getattr(_batch, "found", None), {}
    _batch.changes, _batch.last = changes, last
    try:
        try:
            yield changes
        finally:
            _batch.changes = _batch.last = None
        if last and not transaction.get_connection().needs_rollback:
            for ending in last.values():
                ending()
        _send(changes)
    finally:
        _batch.found = before


@contextmanager
def merging_records() -> Iterator[None]:
    """Inside, two records are merged or unmerged: subscribers learn that the content stays the same."""
    before, _merging.is_on = is_merging(), True
    try:
        yield
    finally:
        _merging.is_on = before


def is_merging() -> bool:
    return bool(getattr(_merging, "is_on", False))


def at_the_end(key: Hashable, make: Callable[[], Ending]) -> Ending | None:
    """What is called once when everything is written, before subscribers hear of it: made when first asked for by its
    key. What it raises undoes all. Nothing where nobody collects."""
    last: dict[Hashable, Ending] | None = getattr(_batch, "last", None)
    if last is None:
        return None
    if key not in last:
        last[key] = make()
    return last[key]


def found_at_the_end() -> dict[Hashable, object]:
    """Rows read at the end of the batch, by their key: subscribers need not read them again. Kept for one batch."""
    found: dict[Hashable, object] | None = getattr(_batch, "found", None)
    return {} if found is None else found


def _send(changes: dict[type[Model], set[int]]) -> None:
    if transaction.get_connection().needs_rollback:  # what was written will not have been
        return
    heard: dict[Subscriber, dict[type[Model], set[int]]] = {}
    for model, keys in changes.items():
        for subscriber in _subscribers[model] if keys else ():
            heard.setdefault(subscriber, {})[model] = keys
    for subscriber, theirs in heard.items():
        subscriber(theirs)


def connect() -> None:
    """Notice whatever Django saves, deletes and selects."""
    post_save.connect(_saved, dispatch_uid="change_signals")
    post_delete.connect(_saved, dispatch_uid="change_signals")
    m2m_changed.connect(_selected, dispatch_uid="change_signals")


def _saved(sender: type[Model], instance: Model, **kwargs: object) -> None:
    is_sign_in = kwargs.get("update_fields") == {"last_login"}  # nothing shows it
    if not kwargs.get("raw") and not is_sign_in:
        notify(sender, [instance.pk])


def _selected(instance: Model, action: str, model: type[Model], pk_set: set[int] | None, **kwargs: object) -> None:
    if action.startswith("post_"):
        notify(type(instance), [instance.pk])
    if kwargs["reverse"] and pk_set:
        notify(model, pk_set)
