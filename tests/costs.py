"""What addresses cost in queries, recorded beside the tests: a change of a number is seen in the change.

RECORD_COSTS=1 writes the numbers anew.
"""

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.cache import caches

from tests.people import client_of
from tests.queries import count_queries

ROWS = 200
"""With how many of each thing the recorded numbers are counted."""


def costs_of(addresses: Iterable[str], user: Any) -> dict[str, int]:
    """How many queries each address takes, opened for the second time, by this person."""
    client = client_of(user)
    found = {}
    for address in addresses:
        assert client.get(address).status_code == 200, address
        caches["pages"].clear()  # what making a page costs
        found[address] = len(count_queries(lambda where=address: client.get(where)))
    return found


def assert_recorded(file: Path, who: str, found: dict[str, int]) -> None:
    """Fail when a number is not the recorded one."""
    recorded = json.loads(file.read_text()) if file.exists() else {}
    if os.environ.get("RECORD_COSTS"):
        file.write_text(json.dumps({**recorded, who: found}, indent=2, sort_keys=True) + "\n")
        return
    known = recorded.get(who, {})
    differences = [f"{name}: {found.get(name)}, recorded {known.get(name)}" for name in sorted({*found, *known})]
    assert found == known, [line for line in differences if len(set(line.split(": ")[1].split(", recorded "))) > 1]
