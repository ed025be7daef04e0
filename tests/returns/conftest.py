"""The register of ``world.py``, made once a module, at the moment when its returns are made."""

from collections.abc import Iterator

import pytest
import time_machine
from django.conf import settings

from organizations.models import Organization
from tests.people import People
from tests.returns.world import MOMENT, SITE, make_register


@pytest.fixture(scope="module")
def register(module_people: People) -> Organization:
    with time_machine.travel(MOMENT, tick=False):
        return make_register(module_people)


@pytest.fixture(autouse=True)
def _in_june(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(settings, "SITE_URL", SITE)
    with time_machine.travel(MOMENT, tick=False):
        yield
