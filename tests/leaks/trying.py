"""Mutation runner with test selection by coverage: an open gate is tried against the visits that ask it, no others."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from django.core.cache import caches
from django.db import transaction
from django.db.models import Q
from pytest import MonkeyPatch

from engagement.core.models.visibility import leveled_models, relevel
from tests.leaks.gates import STORED, Gate
from tests.leaks.walking import ROWS, Visit

Found = tuple[str, ...]
"""Where an open gate is noticed, a route of ``Visit``; then, where others hold it too, their names."""


@contextmanager
def opened(*gates: Gate) -> Iterator[None]:
    """Left open meanwhile; what is stored behind them is computed anew, and so are pages that were kept."""
    caches["pages"].clear()
    with MonkeyPatch.context() as patch, transaction.atomic():
        for gate in gates:
            gate.open(patch)
        if any(gate.name.startswith(STORED) for gate in gates):
            for model in leveled_models():
                relevel(model, Q())
        yield
        transaction.set_rollback(True)
    caches["pages"].clear()


def faults_behind(gates: Iterable[Gate], visits: Iterable[Visit]) -> Iterator[tuple[Visit, str]]:
    """What is met while all of them are open."""
    with opened(*gates):
        for visit in visits:
            for fault in visit.find():
                yield visit, fault


def is_noticed(gate: Gate, visits: Iterable[Visit], *others: Gate) -> bool:
    """Alone; or with others open as well, by something that is not met while those are open without it."""
    if not others:
        return next(faults_behind([gate], visits), None) is not None
    return any(_of([gate, *others], visit) - _of(others, visit) for visit in visits)


def _of(gates: Iterable[Gate], visit: Visit) -> set[str]:
    return {fault for _visit, fault in faults_behind(gates, [visit])}


def asked_by(gates: Iterable[Gate], visits: Iterable[Visit]) -> dict[str, list[Visit]]:
    """Which visits ask each gate. Levels are asked when a row is saved, and met in the rows."""
    asked: defaultdict[str, dict[Visit, None]] = defaultdict(dict)
    with MonkeyPatch.context() as patch:
        caches["pages"].clear()
        now: list[Visit] = []
        for gate in gates:
            if not gate.name.startswith(STORED):
                gate.watch(patch, lambda name: asked[name].setdefault(now[-1]))
        for visit in visits:
            now.append(visit)
            list(visit.find())
    rows = [visit for visit in visits if visit.route.startswith(ROWS)]
    found = {gate.name: rows if gate.name.startswith(STORED) else list(asked[gate.name]) for gate in gates}
    return {gate.name: [one for one in found[gate.name] if gate.route in ("", one.route)] for gate in gates}


def sought(gate: Gate, gates: Mapping[str, Gate], asked: list[Visit]) -> Found:
    """Where it is noticed, by itself or with the gate that holds it too; nothing where neither is so."""
    if (first := next(faults_behind([gate], asked), None)) is not None:
        return (first[0].route,)
    others = [other for other in gates.values() if other != gate]
    with opened(gate):
        behind = asked_by(others, asked)
    for name, visits in sorted(behind.items(), key=lambda one: len(one[1])):
        for visit in visits:
            if is_noticed(gate, [visit], gates[name]):
                return visit.route, name
    return ()
