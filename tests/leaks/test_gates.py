"""Mutation test of the leak test: leave each gate open once, and somebody meets what is not theirs.

``gates.json`` says where each is noticed, and by which other gate it is held if it is not noticed alone. In every run
a fifth of them is tried there, another one each day; all with ``make gates``, which looks for those that are noticed
there no more over the whole walk, and writes the file anew.
"""

import json
from pathlib import Path

import pytest
from django.db import transaction

from tests.leaks.gates import gate_of_minutes, gates
from tests.leaks.trying import Found, asked_by, faults_behind, is_noticed, sought
from tests.leaks.walking import Visit, visits
from tests.leaks.world import make_secrets
from tests.people import People, make_people
from tests.thorough import ALL, today
from tests.world import OURS_MARK

FILE = Path(__file__).parent / "gates.json"
RECORDED: dict[str, Found] = {name: tuple(found) for name, found in json.loads(FILE.read_text()).items()}
GATES = gates()


@pytest.fixture(scope="module")
def walk(secrets: People) -> list[Visit]:
    return visits(secrets)


def noticed_where_recorded(name: str, walk: list[Visit]) -> bool:
    route, *others = RECORDED.get(name, ("",))
    there = [visit for visit in walk if visit.route == route]
    if not others:
        return is_noticed(GATES[name], there)
    return is_noticed(GATES[name], there, *(GATES[one] for one in others)) and not is_noticed(GATES[name], there)


@pytest.mark.skipif(ALL, reason="which writes the file anew")
def test_every_gate_is_recorded() -> None:
    assert len(GATES) > 100
    assert GATES.keys() == RECORDED.keys()
    assert {other for _route, *others in RECORDED.values() for other in others} <= GATES.keys()


@pytest.mark.slow("a world full of secrets")
@pytest.mark.parametrize("name", [] if ALL else today(sorted(GATES), parts=5))
def test_an_open_gate_is_noticed(name: str, walk: list[Visit], db: None) -> None:
    assert noticed_where_recorded(name, walk)


@pytest.mark.night
@pytest.mark.slow("whatever is noticed elsewhere now, over the whole walk")
def test_all_gates_are_noticed(walk: list[Visit], db: None) -> None:
    found = {name: RECORDED[name] for name in GATES if noticed_where_recorded(name, walk)}
    asked = asked_by(list(GATES.values()), walk) if len(found) < len(GATES) else {}
    for name in sorted(GATES.keys() - found.keys()):
        found[name] = sought(GATES[name], GATES, asked[name])
        lines = ",\n".join(f"  {json.dumps(one)}: {json.dumps(found[one])}" for one in sorted(found))
        FILE.write_text(f"{{\n{lines}\n}}\n")
    assert not [name for name, places in found.items() if not places]


@pytest.mark.night
@pytest.mark.slow("a world full of secrets, made behind a hole")
def test_minutes_that_are_read_for_nobody_are_noticed(db: None, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They go through their gate when they are made, so the world is made behind the hole. What they say too much is
    left out again for each reader, so that gate is open as well: alone it shows nothing of what is shared with some."""
    gate_of_minutes().open(monkeypatch)
    with transaction.atomic():
        people = make_people()
        make_secrets(people)
        there = [visit for visit in visits(people) if visit.route.startswith("meetings/<slug:slug>/minutes/")]
        found = faults_behind([GATES["minutes: what was hidden since"]], there)
        assert any(f"{OURS_MARK}-meeting-renamed" in fault for _visit, fault in found)
        transaction.set_rollback(True)
