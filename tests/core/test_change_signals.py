"""Change signals: each subscriber hears of every write, once, while it can still be rolled back."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Q

from engagement.core import change_signals
from engagement.core.models.visibility import relevel
from engagement.topics.models import Theme, Topic
from meetings.models import Discussion, Meeting
from organizations.merging.actions import merge_organizations
from organizations.models import Organization
from tests import makers as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard() -> Iterator[list[dict[Any, set[int]]]]:
    """What a follower of meetings, discussions, topics, themes and organizations was told."""
    told: list[dict[Any, set[int]]] = []

    def listen(keys: change_signals.Keys) -> None:
        told.append({model: set(found) for model, found in keys.items()})

    models = (Meeting, Discussion, Topic, Theme, Organization)
    change_signals.subscribe(models, listen)
    yield told
    for model in models:
        change_signals._subscribers[model].remove(listen)


def of(heard: list[dict[Any, set[int]]], model: type) -> set[int]:
    return {key for told in heard for key in told.get(model, ())}


def test_saving_is_told_once_though_levels_follow(heard: list[Any]) -> None:
    topic = make.make_topic()
    assert heard == [{Topic: {topic.pk}}]
    meeting = make.make_meeting()
    heard.clear()
    meeting.save()
    assert heard == [{Meeting: {meeting.pk}}]


def test_a_selection_is_told_from_either_side(heard: list[Any]) -> None:
    topic, theme = make.make_topic(), make.make_theme()
    heard.clear()
    topic.themes.add(theme)
    assert of(heard, Topic) == {topic.pk}
    heard.clear()
    theme.topics.set([])
    assert of(heard, Topic) == {topic.pk}


def test_deleting_is_told(heard: list[Any]) -> None:
    topic = make.make_topic()
    key = topic.pk
    heard.clear()
    topic.delete()
    assert heard == [{Topic: {key}}]


def test_another_level_is_told_of_everything_below(heard: list[Any]) -> None:
    meeting = make.make_meeting(visibility=make.SHARED)
    discussion = make.make_discussion(meeting)
    Meeting._base_manager.filter(pk=meeting.pk).update(visibility=make.INTERNAL)
    heard.clear()
    relevel(Meeting, Q(pk=meeting.pk))
    assert of(heard, Meeting) == {meeting.pk} and of(heard, Discussion) == {discussion.pk}


def test_a_merge_is_told_at_its_end(heard: list[Any]) -> None:
    kept, gone = make.make_organization(), make.make_organization()
    member = make.make_organization(parent=gone)
    heard.clear()
    merge_organizations(kept, [gone], by=None)
    assert len(heard) == 1 and {kept.pk, gone.pk, member.pk} <= of(heard, Organization)


def test_what_fails_is_not_told(heard: list[Any]) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic(), change_signals.batch_changes():
        make.make_topic()
        raise ZeroDivisionError
    assert not heard
    with transaction.atomic(), change_signals.batch_changes():
        make.make_topic()
        transaction.set_rollback(True)
    assert not heard
    make.make_topic()
    assert len(heard) == 1


def test_of_a_load_only_older_rows_are_told(heard: list[Any]) -> None:
    old = make.make_meeting("Old")
    heard.clear()
    with change_signals.loading():
        new = make.make_meeting("New")
        change_signals.notify(Meeting, [old.pk, new.pk])
    assert of(heard, Meeting) == {old.pk}
    new.save()
    assert of(heard, Meeting) == {old.pk, new.pk}
