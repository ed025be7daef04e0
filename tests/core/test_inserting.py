"""Rows inserted in bulk are what saving them would have stored, character by character."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django_countries.fields import Country

from engagement.core.inserting import insert_new
from engagement.followups.models import FollowUp
from meetings.models import Discussion, Meeting
from organizations.models import Organization, Person
from tests import makers as make

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
ODD = "tab\t, line\nand \r\n end, \\N \\. \\t, 'one' \"two\", ; $$ %s {} é ß 漢 🐟 \u2028"


def stored(row: Any) -> dict[str, Any]:
    found = type(row)._base_manager.get(pk=row.pk)
    names = [field.attname for field in row._meta.concrete_fields]
    return {name: getattr(found, name) for name in names if name not in ("id", "slug", "reference", "search_text")}


def test_every_kind_of_value_comes_back_as_from_a_save() -> None:
    saved = make.make_organization(ODD, country=Country("PT"), description=ODD)
    saved.archived_at, saved.archive_reason = dt.datetime(2025, 7, 1, 23, 59, 58, 123456, tzinfo=dt.UTC), ODD
    saved.save()
    again = Organization._base_manager.get(pk=saved.pk)
    again.pk, again.slug = None, "another"
    insert_new([again])
    assert again.pk != saved.pk and again.country.code == "PT"
    assert stored(again) == stored(saved)


def test_keys_go_on_where_they_stood_and_are_known_to_what_belongs_to_them() -> None:
    last = make.make_meeting("Before").pk
    meetings = [Meeting(title=ODD, slug=f"m{place}", reference=f"BM-{place}") for place in range(3)]
    parts = [Discussion(meeting=meeting, order=1, title="Item") for meeting in meetings]
    insert_new(meetings)
    insert_new(parts)
    assert [meeting.pk for meeting in meetings] == [last + 1, last + 2, last + 3]
    assert list(Discussion.objects.order_by("pk").values_list("meeting", flat=True)) == [m.pk for m in meetings]
    assert make.make_meeting("After").pk > last + 3
    meetings[0].refresh_from_db()
    assert meetings[0].title == ODD


def test_rules_of_the_table_hold() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_new([FollowUp(title="Twice", reference="FU-1"), FollowUp(title="Twice", reference="FU-1")])
    assert not FollowUp.objects.exists()


def test_a_table_without_keys_yet() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM organizations_person")
    people = [Person(name="One"), Person(name="Two")]
    insert_new(people)
    assert list(Person.objects.order_by("pk").values_list("name", flat=True)) == ["One", "Two"]
