"""A load writes the index at its end, and leaves the indexes of words as they were."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from engagement.core.models import Stamp
from engagement.search.backends import postgres
from engagement.search.engine import find
from engagement.search.parser import parse
from tests.people import People
from tests.search.drift import drift

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def word_indexes() -> list[str]:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT indexdef FROM pg_indexes WHERE tablename = 'search_entry' ORDER BY indexname")
        else:
            cursor.execute("SELECT sql FROM sqlite_master WHERE tbl_name = 'search_entry' ORDER BY name")
        return [definition for (definition,) in cursor.fetchall()]


@pytest.mark.parametrize("nearly_empty", [0, 10_000])
def test_a_load_is_indexed_as_if_saved(people: People, nearly_empty: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "NEARLY_EMPTY", nearly_empty)
    before, state = word_indexes(), Stamp.objects.state()
    call_command("make_sample", follow_ups=20, verbosity=0, stdout=StringIO())
    assert drift() == []
    assert word_indexes() == before
    assert Stamp.objects.state() != state  # every kept page is made again
    assert {hit.kind for hit in find(people.secretary, parse("fictional")).hits} >= {"organization"}
