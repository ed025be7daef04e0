"""Mutation test of the leak test: leave each gate open once, and somebody meets what is not theirs.

In every run the gates in front of views, a part each day; all gates with ``make gates``, which takes the time of a walk
for each hole that nothing notices and says which these are.
"""

import datetime as dt
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from tests.leaks.addresses import addresses
from tests.leaks.gates import HELD_TWICE, IN_FRONT_OF, MADE_WITH, gates
from tests.leaks.walking import faults
from tests.leaks.world import make_secrets
from tests.people import People, make_people
from tests.thorough import ALL, some

GATES = gates()
SAMPLE = (
    [*GATES] if ALL else some([name for name in GATES if name.startswith(IN_FRONT_OF)], dt.date.today().toordinal())
)


def test_gates_are_found() -> None:
    assert len(GATES) > 100
    assert HELD_TWICE.keys() <= GATES.keys(), "a gate that is no more"


@pytest.mark.slow("a world full of secrets, and a walk")
@pytest.mark.parametrize("name", [name for name in SAMPLE if not name.startswith(MADE_WITH)])
def test_an_open_gate_is_noticed(name: str, secrets: People, people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = addresses(people.representative)
    route = name.removeprefix(IN_FRONT_OF)
    behind = [one for one in asked if one.route == route]
    assert route == name or not list(faults(people, behind)), "it stands open already"
    GATES[name](monkeypatch)
    found = next(faults(people, behind), None)
    assert bool(found) is (name not in HELD_TWICE), found


@pytest.mark.night
@pytest.mark.slow("a world full of secrets, and a walk")
@pytest.mark.parametrize("name", [name for name in GATES if name.startswith(MADE_WITH)])
def test_an_open_gate_is_noticed_in_what_is_stored(
    name: str, db: None, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    GATES[name](monkeypatch)
    with transaction.atomic():
        people = make_people()
        try:
            make_secrets(people)
            found = next(faults(people), None)
        except IntegrityError:
            found = "the database refuses what would be read"
        transaction.set_rollback(True)
    assert bool(found) is (name not in HELD_TWICE), found
