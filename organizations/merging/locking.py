"""Lock ordering of a merge (select_for_update): wholes first, organizations last, so that none deadlock."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import OperationalError, connection, transaction
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from engagement.core.models import Counter
from organizations.models import Organization

from .references import references

Touched = dict[type[Model], set[int]]
TRIES = 5


def lock(group: Iterable[int]) -> None:
    """Until the transaction ends nobody else merges, and nobody changes these organizations or what points to them.

    Others lock a meeting and then name an organization; so meetings are locked before organizations here too. What came
    to point to them meanwhile is locked without waiting; if somebody is at work on it, all is let go and tried again.
    """
    keys = sorted(group)
    hold_merges()
    if not connection.features.has_select_for_update:
        return  # whoever writes has the database alone
    for _try in range(TRIES):
        point = transaction.savepoint()
        wanted = touched(keys)
        _hold(wanted)
        _hold({Organization: set(keys)})
        meanwhile = {model: rows - wanted.get(model, set()) for model, rows in touched(keys).items()}
        try:
            _hold(meanwhile, nowait=True)
        except OperationalError:
            transaction.savepoint_rollback(point)
        else:
            return
    message = _("Someone else is changing records of these organizations. Nothing was merged. Try again.")
    raise ValidationError(message, code="busy")


def _hold(wanted: Touched, nowait: bool = False) -> None:
    for model, rows in sorted(wanted.items(), key=_place):
        locked = model._base_manager.filter(pk__in=rows).order_by("pk").select_for_update(nowait=nowait)
        list(locked.values_list("pk"))


def hold_merges() -> None:
    """Until the transaction ends nobody else merges organizations or takes a merge back: they wait."""
    Counter.take("merge:organizations")


def touched(keys: list[int]) -> Touched:
    """The rows that point to these organizations, and their wholes."""
    found: Touched = defaultdict(set)
    for reference in references(Organization):
        model = reference.model
        if model is Organization:
            continue
        names = {getattr(model, "root_field", ""), *getattr(model, "level_parents", ())} - {""}
        parents = sorted(names - {reference.field.name})
        for pk, *above in reference.rows(keys).values_list("pk", *(f"{name}_id" for name in parents)):
            found[model].add(pk)
            for name, key in zip(parents, above, strict=True):
                whole: Any = model._meta.get_field(name).related_model
                if key is not None and whole is not Organization:
                    found[whole].add(key)
    return found


def _place(item: tuple[type[Model], set[int]]) -> int:
    """Models in the order they are declared: a model stands after those it belongs to."""
    return _ORDER.setdefault(item[0], list(apps.get_models()).index(item[0]))


_ORDER: dict[type[Model], int] = {}
