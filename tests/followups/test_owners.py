"""Whose promise it is, who chases it, and where it was made."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from engagement.followups.models import FollowUp
from tests import makers
from tests.makers import PUBLIC, SHARED
from tests.people import People


def test_sides(people: People) -> None:
    meeting = makers.make_held()
    assert makers.make_followup().side == "ours"
    assert makers.make_followup(owner=people.theirs, chaser=people.manager).side == "theirs"
    assert makers.make_followup(is_joint=True, meeting=meeting).side == "joint"


def test_a_promise_of_the_counterpart_has_a_chaser(people: People) -> None:
    with pytest.raises(ValidationError) as told:
        FollowUp(title="Theirs", owner=people.theirs).full_clean(exclude=["reference", "side"])
    assert "chaser" in told.value.message_dict
    FollowUp(title="Ours", owner=makers.make_host()).full_clean(exclude=["reference", "side"])


def test_a_promise_is_somebody_s(people: People) -> None:
    meeting = makers.make_held()
    for wrong in ({}, {"is_joint": True}, {"is_joint": True, "owner": people.theirs, "meeting": meeting}):
        with pytest.raises(ValidationError):
            FollowUp(title="Whose?", chaser=people.manager, **wrong).full_clean(exclude=["reference", "side"])
    FollowUp(title="Joint", is_joint=True, meeting=meeting).full_clean(exclude=["reference", "side"])
    discussion = makers.make_discussion(meeting)
    FollowUp(title="Joint", is_joint=True, discussion=discussion).full_clean(exclude=["reference", "side"])


def test_the_origin_is_filled_in_from_the_nearest(db: None) -> None:
    meeting = makers.make_held()
    discussion = makers.make_discussion(meeting)
    outcome = makers.make_outcome(meeting, discussion=discussion)
    followup = makers.make_followup(outcome=outcome)
    assert (followup.discussion, followup.meeting) == (discussion, meeting)
    assert makers.make_followup(outcome=makers.make_outcome(meeting)).meeting == meeting


@pytest.mark.parametrize("part", ["discussion", "outcome"])
def test_a_part_of_another_meeting_is_refused(db: None, part: str) -> None:
    here, there = makers.make_held(), makers.make_held()
    other = makers.make_discussion(there) if part == "discussion" else makers.make_outcome(there)
    wrong = FollowUp(title="Where?", owner=makers.make_host(), meeting=here, **{part: other})
    with pytest.raises(ValidationError) as told:
        wrong.full_clean(exclude=["reference", "side"])
    assert part in told.value.message_dict


def test_an_outcome_of_another_meeting_s_discussion_is_refused(db: None) -> None:
    here, there = makers.make_held(), makers.make_held()
    wrong = makers.make_outcome(here)
    wrong.discussion = makers.make_discussion(there)
    with pytest.raises(ValidationError) as told:
        wrong.full_clean()
    assert "discussion" in told.value.message_dict


def test_without_a_meeting_it_is_never_public(people: People) -> None:
    followup = makers.make_followup(owner=people.ours, chaser=people.manager, visibility=PUBLIC)
    assert followup.effective_visibility == SHARED
    seen = {name for name, user in people if followup in FollowUp.objects.visible_to(user)}
    assert seen == {"secretary", "manager", "publisher", "representative"}


def test_promises_change_sides_with_their_owner(people: People) -> None:
    """A body that becomes one of ours makes ours of its promises; the other way somebody must chase them."""
    owner = makers.make_organization("Body in between")
    followup = makers.make_followup(owner=owner, chaser=people.secretary)
    owner.is_host = True
    owner.save()
    followup.refresh_from_db()
    assert followup.side == "ours"
    unchased = makers.make_followup(owner=owner)
    owner.is_host = False
    with pytest.raises(IntegrityError), transaction.atomic():
        owner.save()
    unchased.refresh_from_db()
    assert unchased.side == "ours"
