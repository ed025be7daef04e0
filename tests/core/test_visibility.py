"""Row-level visibility: every combination of levels, asked by every person."""

import itertools
from collections.abc import Sequence
from typing import Any

import pytest
from django.db import models

from engagement.core.models.visibility import leveled_models
from engagement.followups.models import FollowUp
from meetings.models import Discussion, Document, DocumentVersion, Meeting, Outcome, Participant, Party, Position
from organizations.models import Representative
from tests import makers
from tests.makers import INTERNAL, PUBLIC, SHARED
from tests.people import People

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("versions_stay_true")]

LEVELS = (INTERNAL, SHARED, PUBLIC)
PARENTS: dict[type[models.Model], tuple[str, ...]] = {
    Meeting: (),
    Participant: ("meeting",),
    Document: ("meeting",),
    DocumentVersion: ("document",),
    Discussion: ("meeting",),
    Position: ("meeting", "discussion"),
    Outcome: ("meeting", "discussion"),
    FollowUp: ("meeting", "discussion", "outcome"),
}


class Oracle:
    """Who sees what, worked out by hand from the rows of all tables."""

    def __init__(self) -> None:
        self.rows = {model: {row.pk: row for row in model._base_manager.all()} for model in PARENTS}
        self.at_table: dict[int, set[int]] = {}
        for meeting, organization in Party._base_manager.values_list("meeting", "organization"):
            self.at_table.setdefault(meeting, set()).add(organization)

    def level(self, record: Any) -> int:
        levels = [record.visibility]
        if isinstance(record, Meeting) and record.published_at is None:
            levels.append(SHARED)
        if isinstance(record, FollowUp) and record.meeting_id is None:
            levels.append(SHARED)
        for name in PARENTS[type(record)]:
            if key := getattr(record, f"{name}_id"):
                kinds = {"meeting": Meeting, "discussion": Discussion, "outcome": Outcome, "document": Document}
                kind = kinds[name]
                levels.append(self.level(self.rows[kind][key]))
        return min(levels)

    def meeting_of(self, row: Any) -> Any:
        if isinstance(row, Meeting):
            return row
        key = row.document.meeting_id if isinstance(row, DocumentVersion) else row.meeting_id
        return self.rows[Meeting].get(key)

    def seen_by(self, name: str, user: Any, model: type[models.Model]) -> set[int]:
        if name in ("secretary", "manager", "publisher"):
            return set(self.rows[model])
        acts_for = set(Representative.objects.filter(user_id=user.pk).values_list("organization", flat=True))
        seen = set()
        for row in self.rows[model].values():
            meeting = self.meeting_of(row)
            involved = set(self.at_table.get(meeting.pk, ())) if meeting else set()
            if model is DocumentVersion and meeting.published_at and row.replaced_at < meeting.published_at:
                continue
            if model is FollowUp:
                involved.add(row.owner_id)
            level = self.level(row)
            if level == PUBLIC or (level == SHARED and acts_for & involved):
                seen.add(row.pk)
        return seen


def check_everything(people: People) -> None:
    """What everybody sees of every kind is what the rules say, and the stored level is the true one."""
    oracle = Oracle()
    for model, rows in oracle.rows.items():
        for row in rows.values():
            assert row.effective_visibility == oracle.level(row), f"{model.__name__} {row.pk}"
        for name, user in people:
            seen = set(model.objects.visible_to(user).values_list("pk", flat=True))  # type: ignore[attr-defined]
            assert seen == oracle.seen_by(name, user, model), f"{model.__name__} as {name}"


def test_the_oracle_knows_every_kind_of_record_with_an_audience() -> None:
    assert {model: model.level_parents for model in leveled_models()} == PARENTS


def fill(meeting: Meeting, people: People, levels: Sequence[int] = LEVELS) -> None:
    """Give a meeting parts at every level below parts at every level."""
    party = meeting.parties.order_by("pk").last()
    for level in levels:
        makers.make_participant(party, visibility=level)
        paper = makers.make_document(meeting, visibility=level)
        for own in levels:
            makers.make_document_version(paper, number=own + 1, visibility=own)
        makers.make_outcome(meeting, visibility=level)
        discussion = makers.make_discussion(meeting, visibility=level)
        makers.make_followup(owner=people.theirs, chaser=people.manager, meeting=meeting, visibility=level)
        for own in levels:
            makers.make_position(discussion, visibility=own)
            outcome = makers.make_outcome(meeting, discussion=discussion, visibility=own)
            makers.make_followup(owner=people.ours, chaser=people.manager, discussion=discussion, visibility=own)
            for lowest in levels:
                makers.make_followup(owner=people.theirs, chaser=people.manager, outcome=outcome, visibility=lowest)


@pytest.mark.parametrize("published", [False, True])
def test_everybody_sees_what_the_levels_allow(people: People, published: bool) -> None:
    make = makers.make_public if published else makers.make_held
    meeting = make(counterparts=[people.ours], visibility=PUBLIC)
    fill(meeting, people)
    for own in LEVELS:
        makers.make_followup(owner=people.ours, chaser=people.manager, visibility=own)
    for level in LEVELS:
        meeting.visibility = level
        meeting.save()
        check_everything(people)


def test_a_meeting_that_changes_takes_everything_below_it_along(people: People) -> None:
    meeting = makers.make_held(counterparts=[people.ours], visibility=PUBLIC)
    fill(meeting, people)
    check_everything(people)
    meeting.publish(by=people.publisher)
    check_everything(people)
    assert FollowUp.objects.visible_to(people.visitor).exists()
    meeting.withdraw(by=people.publisher, reason="Too early.")
    check_everything(people)
    assert not FollowUp.objects.visible_to(people.visitor).exists()
    for level in (INTERNAL, PUBLIC, SHARED):
        meeting.visibility = level
        meeting.save()
        check_everything(people)


def test_a_part_that_changes_takes_everything_below_it_along(people: People) -> None:
    meeting = makers.make_public(counterparts=[people.ours])
    fill(meeting, people)
    for model, level in itertools.product((Discussion, Outcome), (INTERNAL, PUBLIC, SHARED)):
        for part in model.objects.all():
            part.visibility = level
            part.save()
        check_everything(people)


def test_a_part_that_moves_to_another_discussion_takes_its_level_from_there(people: People) -> None:
    meeting = makers.make_public(counterparts=[people.ours])
    hidden, open_to_all = makers.make_discussion(meeting, visibility=INTERNAL), makers.make_discussion(meeting)
    position = makers.make_position(open_to_all)
    outcome = makers.make_outcome(meeting)
    followup = makers.make_followup(outcome=outcome, visibility=PUBLIC)
    for discussion in (hidden, open_to_all, hidden):
        position.discussion = outcome.discussion = discussion
        position.save()
        outcome.save()
        check_everything(people)
        followup.refresh_from_db()
        assert followup.effective_visibility == discussion.visibility


def test_narrowing_from_an_old_reading_reaches_what_is_below(people: People) -> None:
    """The discussion was read while the meeting was internal, and narrowed after it became public."""
    meeting = makers.make_held(counterparts=[people.ours], visibility=INTERNAL)
    discussion = makers.make_discussion(meeting)
    position = makers.make_position(discussion)
    meeting.visibility = PUBLIC
    meeting.save()
    meeting.publish(by=people.publisher)
    discussion.visibility = INTERNAL
    discussion.save()
    check_everything(people)
    assert position not in Position.objects.visible_to(people.visitor)


def test_an_unsaved_wish_is_not_an_audience(people: People) -> None:
    meeting = makers.make_held(counterparts=[people.ours])
    Discussion.objects.create(meeting=meeting, title="Wishful", effective_visibility=PUBLIC)
    check_everything(people)


@pytest.mark.parametrize("field", ["visibility", "title"])
def test_saving_one_field_keeps_the_levels_true(people: People, field: str) -> None:
    meeting = makers.make_public(counterparts=[people.ours])
    fill(meeting, people, (INTERNAL, PUBLIC))
    meeting.title, meeting.visibility = "Another title", INTERNAL
    meeting.save(update_fields=[field])
    check_everything(people)


def test_parts_written_in_bulk_are_internal_until_levels_are_made_true(people: People) -> None:
    meeting = makers.make_public(counterparts=[people.ours])
    Discussion.objects.bulk_create([Discussion(meeting=meeting, title="In bulk", visibility=PUBLIC)])
    assert not Discussion.objects.visible_to(people.visitor).exists()


def test_a_followup_of_one_s_own_is_seen_though_the_meeting_is_not(people: People) -> None:
    meeting = makers.make_held(visibility=SHARED)
    followup = makers.make_followup(owner=people.ours, chaser=people.manager, meeting=meeting)
    assert followup in FollowUp.objects.visible_to(people.representative)
    assert meeting not in Meeting.objects.visible_to(people.representative)
    (read,) = FollowUp.objects.visible_to(people.representative).for_page(people.representative)
    assert read.meeting is None
    assert followup not in FollowUp.objects.visible_to(people.stranger)
