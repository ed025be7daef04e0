"""Archiving (soft delete): put away with a reason, and brought back."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from tests import makers
from tests.people import People

MAKERS = [makers.make_organization, makers.make_person, makers.make_theme]


@pytest.mark.parametrize("make", MAKERS)
def test_archive_and_restore(people: People, make: Any) -> None:
    record = make()
    rows = type(record).objects
    record.archive(by=people.secretary, reason=" Merged. ")
    stored = rows.get(pk=record.pk)
    assert stored.is_archived
    assert (stored.archived_by, stored.archive_reason) == (people.secretary, "Merged.")
    assert record not in rows.current()
    assert record.history.first().history_user == people.secretary
    first, lines = stored.archived_at, record.history.count()
    record.archive(by=people.manager, reason="Again.")
    assert (rows.get(pk=record.pk).archived_at, record.history.count()) == (first, lines)
    record.restore(by=people.manager)
    stored = rows.get(pk=record.pk)
    assert (stored.archived_at, stored.archived_by, stored.archive_reason) == (None, None, "")
    assert record in rows.current()
    lines = record.history.count()
    record.restore(by=people.manager)
    assert record.history.count() == lines


@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize("reason", ["", "  "])
def test_without_a_reason_nothing_is_put_away(people: People, make: Any, reason: str) -> None:
    record = make()
    with pytest.raises(ValidationError):
        record.archive(by=people.secretary, reason=reason)
    assert record in type(record).objects.current()


@pytest.mark.parametrize("make", [makers.make_organization, makers.make_person])
def test_what_is_put_away_is_not_offered(people: People, make: Any) -> None:
    record = make("Findable name")
    rows = type(record).objects
    assert list(rows.lookup("findable")) == [record]
    record.archive(by=people.secretary, reason="Merged.")
    assert list(rows.lookup("findable")) == []
