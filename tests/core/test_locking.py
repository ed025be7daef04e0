"""Optimistic locking: of two people with one record the second is told, and nothing is overwritten."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from engagement.core.models import StaleRecord
from meetings.models import Discussion, Meeting, Party
from organizations.models import Organization
from tests import makers
from tests.makers import PUBLIC


def again(record: Any) -> Any:
    return type(record)._base_manager.get(pk=record.pk)


MAKERS = [
    makers.make_organization,
    makers.make_person,
    makers.make_theme,
    makers.make_topic,
    makers.make_reference,
    makers.make_series,
    makers.make_meeting,
    lambda: makers.make_party(makers.make_meeting()),
    lambda: makers.make_participant(makers.make_party(makers.make_meeting())),
    lambda: makers.make_discussion(makers.make_meeting()),
    lambda: makers.make_position(makers.make_discussion(makers.make_meeting())),
    lambda: makers.make_outcome(makers.make_meeting()),
    lambda: makers.make_document(makers.make_meeting()),
    lambda: makers.make_identifier(makers.make_organization(), "12345-67"),
    lambda: makers.make_representative(makers.make_organization()),
    makers.make_followup,
]


@pytest.mark.parametrize("make", MAKERS, ids=lambda make: getattr(make, "__name__", ""))
def test_a_save_from_an_older_reading_is_refused(db: None, make: Any) -> None:
    record = make()
    mine, theirs = again(record), again(record)
    mine.save()
    with pytest.raises(StaleRecord) as told:
        theirs.save()
    assert told.value.record is theirs
    assert again(record).version == mine.version == record.version + 1
    mine.save()
    assert again(record).version == record.version + 2


def test_what_was_refused_changed_nothing(db: None) -> None:
    organization = makers.make_organization("Before")
    mine, theirs = again(organization), again(organization)
    mine.name = "Mine"
    mine.save()
    theirs.name = "Theirs"
    with pytest.raises(StaleRecord):
        theirs.save()
    with pytest.raises(StaleRecord):  # trying once more does not help
        theirs.save()
    with pytest.raises(StaleRecord):
        theirs.save(update_fields=["name"])
    stored = again(organization)
    assert (stored.name, stored.slug, stored.history.count()) == ("Mine", "mine", 2)


PARTS = [
    makers.make_party,
    makers.make_discussion,
    makers.make_outcome,
    makers.make_document,
    lambda meeting: makers.make_participant(makers.make_party(meeting)),
    lambda meeting: makers.make_position(makers.make_discussion(meeting)),
]


@pytest.mark.parametrize("make", PARTS, ids=lambda make: getattr(make, "__name__", ""))
def test_a_part_raises_the_version_of_the_whole(db: None, make: Any) -> None:
    meeting = makers.make_meeting()
    before = meeting.version
    part = make(meeting)
    added = again(meeting).version
    assert added > before
    assert meeting.version == added, "the whole in hand does not know its version"
    part.save()
    saved = again(meeting).version
    assert saved > added
    part.delete()
    assert again(meeting).version > saved


def test_somebody_who_read_the_whole_before_a_part_changed_is_told(db: None) -> None:
    meeting = makers.make_meeting()
    theirs = again(meeting)
    makers.make_discussion(meeting)
    with pytest.raises(StaleRecord):
        theirs.save()
    meeting.save()


def test_a_refused_part_does_not_raise_the_whole_in_hand(db: None) -> None:
    """Otherwise the whole could be saved over what somebody else wrote meanwhile."""
    meeting = makers.make_meeting()
    old = Discussion.objects.select_related("meeting").get(pk=makers.make_discussion(meeting).pk)
    theirs = again(old)
    theirs.said = "By somebody else"
    theirs.save()
    with pytest.raises(StaleRecord):
        old.save()
    with pytest.raises(StaleRecord):
        old.meeting.save()


def test_a_part_the_database_refuses_leaves_the_versions_as_they_were(db: None) -> None:
    meeting = makers.make_meeting()
    party = makers.make_party(meeting)
    with pytest.raises(IntegrityError), transaction.atomic():
        makers.make_party(meeting, party.organization)
    assert meeting.version == again(meeting).version
    party.organization = makers.make_party(meeting).organization
    with pytest.raises(IntegrityError), transaction.atomic():
        party.save()
    assert party.version == again(party).version
    assert meeting.version == again(meeting).version
    meeting.save()


def test_a_verb_that_fails_leaves_the_record_in_hand_as_stored(db: None) -> None:
    meeting = makers.make_meeting()
    meeting.confirm(by=None)
    with pytest.raises(ValidationError):
        meeting.hold(by=None)  # nobody is party to it
    stored = again(meeting)
    assert (meeting.status, meeting.version) == (stored.status, stored.version) == ("confirmed", stored.version)
    meeting.save()


def test_a_verb_acts_on_what_the_database_holds(db: None) -> None:
    meeting = makers.make_meeting(visibility=PUBLIC)
    old = again(meeting)
    meeting.title = "Renamed meanwhile"
    meeting.save()
    old.title = "Never saved"
    old.confirm(by=None)
    assert again(meeting).title == old.title == "Renamed meanwhile"


def test_a_part_stays_with_its_whole(db: None) -> None:
    """Its own parts, and promises made on it, say where they belong; they would be left behind."""
    here, there = makers.make_meeting(), makers.make_meeting()
    party, discussion = makers.make_party(here), makers.make_discussion(here)
    position = makers.make_position(discussion)
    for part in (party, discussion):
        part.meeting = there
        with pytest.raises(ValidationError) as told:
            part.save()
        assert told.value.code == "moved"
    position.discussion = makers.make_discussion(there)
    with pytest.raises(ValidationError):
        position.save()
    assert again(party).meeting == again(discussion).meeting == again(position).meeting == here


def test_what_a_part_was_chosen_to_be_about_raises_versions_too(db: None) -> None:
    meeting = makers.make_meeting()
    discussion, theme = makers.make_discussion(meeting), makers.make_theme()
    theirs, their_meeting = again(discussion), again(meeting)
    discussion.themes.add(theme)
    with pytest.raises(StaleRecord):
        theirs.save()
    with pytest.raises(StaleRecord):
        their_meeting.save()
    before = again(discussion).version
    discussion.themes.add(theme)
    discussion.themes.set([theme])
    assert again(discussion).version == before
    discussion.save()
    meeting.save()


def test_a_deleted_record_is_not_brought_back_by_an_old_reading(db: None) -> None:
    meeting = makers.make_meeting()
    party = makers.make_party(meeting)
    old = again(party)
    party.delete()
    with pytest.raises(StaleRecord):
        old.save()
    assert not Party.objects.filter(meeting=meeting).exists()


def test_records_made_in_bulk_can_be_saved(db: None) -> None:
    Organization.objects.bulk_create([Organization(name="In bulk", slug="in-bulk")])
    Meeting.objects.bulk_create([Meeting(title="In bulk", slug="in-bulk", reference="BM-2025-900")])
    Organization.objects.get(slug="in-bulk").save()
    Meeting.objects.get(slug="in-bulk").save()
