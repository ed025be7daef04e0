"""Publishing and withdrawing: somebody else than the one who prepared it, and everybody sees it at once."""

import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from meetings.models import Meeting
from meetings.models.times import local_day
from tests import makers
from tests.makers import INTERNAL, PUBLIC, SHARED
from tests.people import People, client_of


def seen_by_visitor(people: People) -> set[Any]:
    return set(Meeting.objects.visible_to(people.visitor))


@pytest.mark.parametrize("level", [INTERNAL, SHARED])
def test_only_what_is_meant_for_the_public_is_published(people: People, level: int) -> None:
    meeting = makers.make_held(visibility=level)
    with pytest.raises(ValidationError) as told:
        meeting.publish(by=people.publisher)
    assert "visibility" in told.value.message_dict
    assert not Meeting.objects.get().is_published


def test_meant_for_the_public_is_not_yet_public(people: People) -> None:
    meeting = makers.make_held(counterparts=[people.ours], visibility=PUBLIC)
    assert meeting.effective_visibility == SHARED
    assert seen_by_visitor(people) == set()
    assert meeting in Meeting.objects.visible_to(people.representative)
    meeting.publish(by=people.publisher)
    assert meeting.effective_visibility == PUBLIC
    assert seen_by_visitor(people) == {meeting}


def test_whoever_prepared_it_does_not_publish_it(people: People) -> None:
    meeting = makers.make_held(visibility=PUBLIC, prepared_by=people.publisher, prepared_at=timezone.now())
    with pytest.raises(ValidationError) as told:
        meeting.publish(by=people.publisher)
    assert told.value.code == "same_person"
    assert seen_by_visitor(people) == set()
    meeting.publish(by=people.manager)
    assert meeting.published_by == people.manager


def test_publishing_twice_keeps_the_first_moment(people: People) -> None:
    meeting = makers.make_held(visibility=PUBLIC)
    meeting.publish(by=people.publisher)
    first = meeting.published_at
    meeting.publish(by=people.manager)
    stored = Meeting.objects.get()
    assert (stored.published_at, stored.published_by) == (first, people.publisher)
    assert first is not None and stored.public_since == local_day(first, meeting.time_zone)


def test_withdrawing_takes_it_back_and_says_who_and_why(people: People) -> None:
    meeting = makers.make_public(counterparts=[people.ours])
    meeting.withdraw(by=people.publisher, reason=" Names. ")
    assert seen_by_visitor(people) == set()
    assert meeting in Meeting.objects.visible_to(people.representative)
    assert (meeting.withdrawn_by, meeting.withdrawal_reason) == (people.publisher, "Names.")
    assert meeting.withdrawn_at is not None
    assert (meeting.published_at, meeting.published_by, meeting.public_since) == (None, None, None)
    lines = Meeting.history.count()
    meeting.withdraw(by=people.publisher, reason="Again.")
    assert Meeting.history.count() == lines
    with pytest.raises(ValidationError, match="why it is published again"):
        meeting.publish(by=people.publisher)
    assert seen_by_visitor(people) == set()
    meeting.publish(by=people.publisher, note=" The names are out. ")
    assert meeting.published_versions.latest("number").note == "The names are out."
    assert (meeting.withdrawn_at, meeting.withdrawn_by, meeting.withdrawal_reason) == (None, None, "")
    assert seen_by_visitor(people) == {meeting}
    assert meeting.published_by == people.publisher
    meeting.withdraw(by=people.publisher, reason="Names again.")
    meeting.refresh_from_db()
    assert (meeting.published_at, meeting.published_by, meeting.public_since) == (None, None, None)


def test_a_narrowed_meeting_is_no_longer_public(people: People) -> None:
    meeting = makers.make_public(counterparts=[people.ours])
    meeting.visibility = SHARED
    meeting.save()
    assert seen_by_visitor(people) == set()
    assert meeting in Meeting.objects.visible_to(people.representative)
    meeting.visibility = INTERNAL
    meeting.save()
    assert meeting not in Meeting.objects.visible_to(people.representative)
    assert meeting in Meeting.objects.visible_to(people.manager)


def test_a_hidden_discussion_leaves_no_gap_on_the_agenda(people: People) -> None:
    meeting = makers.make_public()
    for level in (0, PUBLIC, 0, PUBLIC):
        item = makers.make_discussion(meeting, f"Item of {level}", visibility=level)
    makers.make_followup(discussion=item, chaser=people.manager, visibility=PUBLIC)
    for user, numbers in ((people.visitor, "12"), (people.secretary, "1234")):
        page = client_of(user).get(meeting.get_absolute_url()).content.decode()
        assert re.findall(r'discussion__number">(.)<', page) == list(numbers)
        assert f'href="#discussion-{item.pk}">From topic {numbers[-1]}</a>' in page
