"""Versions of a published meeting: one for each change that visitors read, none for any other, and never another."""

import hashlib
from collections.abc import Callable
from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from meetings.models import Meeting, PublishedVersion
from meetings.models.correction_notes import correcting
from meetings.public_content import canonical, published_form
from meetings.version_keeping import keep_first_versions, reads_otherwise
from organizations.merging.actions import merge_organizations
from tests import makers as make
from tests.makers import INTERNAL, PUBLIC, SHARED
from tests.people import People
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def meeting(people: People) -> Meeting:
    meeting = make.make_held("Met", visibility=PUBLIC, summary="As it was", counterparts=[people.ours])
    make.make_discussion(meeting, "Item", said="Words")
    meeting.refresh_from_db()
    meeting.publish(by=people.publisher)
    return meeting


def numbers(meeting: Meeting) -> list[int]:
    return list(PublishedVersion.objects.filter(meeting=meeting).values_list("number", flat=True))


def rows() -> list[object]:
    return list(PublishedVersion.objects.order_by("pk").values_list())


def test_publishing_makes_the_first(meeting: Meeting, people: People) -> None:
    version = PublishedVersion.objects.get()
    assert (version.meeting, version.number, version.by, version.note) == (meeting, 1, people.publisher, "")
    assert version.published_at == meeting.published_at
    text = canonical(published_form(version.content))
    assert b"As it was" in text and b"Words" in text and b"_part" not in text
    assert version.sha256 == hashlib.sha256(text).hexdigest()


def test_what_is_not_public_has_none(people: People) -> None:
    shared = make.make_held(visibility=SHARED)
    shared.summary = "Another"
    shared.save()
    assert not PublishedVersion.objects.exists()


def test_a_correction_makes_the_next_with_its_note_and_who(meeting: Meeting, people: People) -> None:
    with correcting(" The summary was wrong. "), meeting.locked(by=people.publisher):
        meeting.summary = "As it is"
        meeting.save()
    version = PublishedVersion.objects.get(number=2)
    assert (version.note, version.by, version.content["summary"]) == (
        "The summary was wrong.",
        people.publisher,
        "As it is",
    )
    meeting.city = "Elsewhere"
    meeting.save()
    assert PublishedVersion.objects.get(number=3).note == ""


def test_each_part_is_a_change_when_it_comes_changes_hides_or_goes(meeting: Meeting) -> None:
    talk = meeting.discussions.get()
    position = make.make_position(talk)
    assert numbers(meeting) == [1, 2]
    position.statement = "Otherwise"
    position.save()
    talk.themes.add(make.make_theme())
    talk.mentions.add(make.make_organization())
    assert numbers(meeting) == [1, 2, 3, 4, 5]
    position.visibility = INTERNAL
    position.save()
    assert numbers(meeting)[-1] == 6
    make.make_outcome(meeting).delete()
    assert numbers(meeting)[-1] == 8
    followup = make.make_followup("Promise", meeting=meeting, visibility=PUBLIC)
    other = make.make_held()
    followup.meeting = other
    followup.save()
    assert numbers(meeting)[-1] == 10
    talk.delete()
    assert numbers(meeting)[-1] == 11
    assert PublishedVersion.objects.get(number=11).content["discussions"] == []


def test_a_hidden_change_makes_none_byte_for_byte(meeting: Meeting, people: People) -> None:
    promise = make.make_followup("Promise", meeting=meeting, visibility=PUBLIC, chaser=people.manager)
    before = rows()
    talk = meeting.discussions.get()
    talk.internal_notes = "secret"
    talk.save()
    make.make_position(talk, visibility=INTERNAL, statement="secret")
    hidden = make.make_discussion(meeting, "secret", visibility=INTERNAL)
    hidden.themes.add(make.make_theme())
    make.make_outcome(meeting, "secret", visibility=SHARED)
    make.make_followup("secret", meeting=meeting, visibility=SHARED)
    promise.complete(by=people.manager, result="done")
    hidden.delete()
    meeting.refresh_from_db()
    meeting.internal_notes = "secret"
    meeting.save()
    assert rows() == before
    assert not reads_otherwise(meeting)


def test_another_name_of_what_it_names_makes_none(meeting: Meeting, people: People) -> None:
    people.ours.name = "Renamed"
    people.ours.save()
    meeting.refresh_from_db()
    meeting.internal_notes = "and a hidden change after it"
    meeting.save()
    assert numbers(meeting) == [1]


def test_merged_organizations_make_one(meeting: Meeting, people: People) -> None:
    merge_organizations(make.make_organization("Kept"), [people.ours], by=None)
    assert numbers(meeting) == [1, 2]


def test_numbering_goes_on_after_a_withdrawal(meeting: Meeting, people: People) -> None:
    meeting.withdraw(by=people.publisher, reason="A name")
    meeting.summary = "Corrected inside"
    meeting.save()
    assert numbers(meeting) == [1]
    assert not PublishedVersion.objects.visible_to(people.visitor).exists()
    assert not PublishedVersion.objects.visible_to(people.representative).exists()
    meeting.publish(by=people.publisher, note="The name is out.")
    assert [version.number for version in PublishedVersion.objects.visible_to(people.visitor)] == [2]
    assert [version.number for version in PublishedVersion.objects.visible_to(people.secretary)] == [1, 2]
    assert PublishedVersion.objects.get(number=2).note == "The name is out."


def test_narrowed_none_is_read(meeting: Meeting, people: People) -> None:
    meeting.visibility = SHARED
    meeting.save()
    assert numbers(meeting) == [1]
    assert not PublishedVersion.objects.visible_to(people.representative).exists()


def test_it_is_written_once(meeting: Meeting) -> None:
    version = PublishedVersion.objects.get()
    version.note = "another"
    versions = PublishedVersion.objects.all()
    for forbidden in (version.save, version.delete, versions.delete, lambda: versions.update(note="another")):
        with pytest.raises(ValidationError, match="written once"):
            forbidden()
    with pytest.raises(ValidationError, match="written once"), transaction.atomic():
        versions.bulk_update([version], ["note"])
    version.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        PublishedVersion.objects.bulk_create([version])
    assert [one.note for one in versions] == [""]


def test_what_was_taken_back_makes_none(meeting: Meeting) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        meeting.summary = "Another"
        meeting.save()
        raise ZeroDivisionError
    assert numbers(meeting) == [1]


def test_what_was_public_before_gets_its_first_in_a_fixed_number_of_queries(
    world: World, flat_queries: Callable[..., None]
) -> None:
    def forget(number: int) -> None:
        for _ in range(number):
            make.make_public()

    def first() -> None:
        kept = PublishedVersion._base_manager.all()
        kept._raw_delete(kept.db)
        assert keep_first_versions() == Meeting.objects.filter(published_at__isnull=False).count()
        assert keep_first_versions() == 0

    flat_queries(forget, first, ceiling=25, many=20)


def test_published_edited_and_withdrawn_at_once_versions_follow_one_another(
    race: Callable[..., list[str]],
) -> None:
    meeting = make.make_held("Raced", visibility=PUBLIC)
    talk = make.make_discussion(meeting, "Item")
    meeting.publish(by=None)
    race(
        f"""
        from contextlib import suppress
        from django.core.exceptions import ValidationError
        from meetings.models import Discussion, Meeting, Position
        for n in range(6):
            meeting = Meeting.objects.get(pk={meeting.pk})
            if NUMBER == 0:
                meeting.publish(by=None)
            elif NUMBER == 1:
                with suppress(ValidationError):  # somebody else was faster
                    meeting.summary = f"{{n}}"
                    meeting.save()
            elif NUMBER == 2:
                Discussion.objects.create(meeting=meeting, title=f"New {{n}}")
            elif n % 3 == 2:
                meeting.withdraw(by=None, reason="Wrong")
            else:
                talk = Discussion.objects.get(pk={talk.pk})
                with suppress(ValidationError):
                    talk.said = f"{{n}}"
                    talk.save()
        """
    )
    meeting.refresh_from_db()
    meeting.publish(by=None)
    versions = list(PublishedVersion.objects.all())
    assert [version.number for version in versions] == list(range(1, len(versions) + 1))
    assert len(versions) >= 2
    assert not reads_otherwise(meeting)
    assert all(
        first.own_sha256 != second.own_sha256 or first.published_at != second.published_at
        for first, second in pairwise(versions)
    )
