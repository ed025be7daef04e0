"""What is kept of a published meeting: all that a visitor reads, and not a word more."""

import json
from collections.abc import Callable

import pytest

from engagement.core.models import Visibility
from meetings.models import Meeting
from meetings.public_content import canonical, contents, own_form, public_content, sha256_of
from tests import makers as make
from tests.makers import INTERNAL, PUBLIC
from tests.world import INSIDE_MARK, PUBLIC_MARK, World


@pytest.fixture
def meeting(world: World) -> Meeting:
    return Meeting.objects.get(pk=world.records["meeting"].pk)


def test_all_that_a_visitor_reads_and_nothing_else(meeting: Meeting) -> None:
    text = canonical(public_content(meeting)).decode()
    for words in ("summary", "aim", "venue", "series", "counterpart", "name", "function", "topic", "reference"):
        assert f"{PUBLIC_MARK} {words}" in text, words
    for words in ("mentioned", "discussion", "said", "position", "outcome", "takeaway", "paper", "promise", "details"):
        assert f"{PUBLIC_MARK} {words}" in text, words
    assert INSIDE_MARK not in text


def test_it_names_no_key(meeting: Meeting) -> None:
    assert "_part" in str(contents([meeting.pk]))
    text = canonical(public_content(meeting)).decode()
    assert "_part" not in text and "_link" not in text


def test_what_no_visitor_reads_has_none(meeting: Meeting) -> None:
    meeting.visibility = Visibility.INTERNAL
    meeting.save()
    assert public_content(meeting) == {}


def test_hidden_changes_and_moves_of_a_followup_leave_it_as_it_was(meeting: Meeting, world: World) -> None:
    before = sha256_of(public_content(meeting))
    meeting.internal_notes = "another note"
    meeting.save()
    discussion = meeting.discussions.filter(visibility=PUBLIC).first()
    make.make_position(discussion, statement="hidden", visibility=INTERNAL)
    make.make_discussion(meeting, "hidden", visibility=INTERNAL)
    make.make_document(meeting, "hidden", visibility=INTERNAL)
    make.make_followup("hidden", meeting=meeting, visibility=INTERNAL)
    followup = world.records["followup"]
    followup.complete(by=None, result="done")
    assert sha256_of(public_content(meeting)) == before
    followup.title = "another promise"
    followup.save()
    assert sha256_of(public_content(meeting)) != before


def test_another_name_of_an_organization_is_no_change_of_its_own(meeting: Meeting) -> None:
    before = contents([meeting.pk])[meeting.pk]
    party = meeting.parties.filter(side="counterpart").get().organization
    party.name = "zzz renamed"
    party.save()
    after = contents([meeting.pk])[meeting.pk]
    assert canonical(before) != canonical(after)
    assert canonical(own_form(before)) == canonical(own_form(after))


def test_the_bytes_are_canonical(meeting: Meeting) -> None:
    content = public_content(meeting)
    text = canonical(content).decode()
    assert list(json.loads(text)) == sorted(content)
    assert canonical(json.loads(text)) == text.encode()
    assert ": " not in text.replace(f"{PUBLIC_MARK} ", "")[:20]


@pytest.mark.django_db
def test_it_costs_the_same_for_many_parts(flat_queries: Callable[..., None]) -> None:
    meeting = make.make_held(visibility=PUBLIC)
    meeting.publish(by=make.make_user())

    def more(number: int) -> None:
        for _ in range(number // 2):
            discussion = make.make_discussion(meeting, topic=make.make_topic())
            make.make_position(discussion)
            make.make_outcome(meeting, "outcome", discussion=discussion)
            make.make_followup(meeting=meeting, visibility=PUBLIC)

    flat_queries(more, lambda: public_content(meeting), ceiling=14, many=20)
