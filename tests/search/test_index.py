"""What is indexed for whom: each text field of each noun for those whose page shows it, or not, for a reason."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from django.db import models, transaction
from django.utils import timezone

from engagement.core.models import Visibility
from engagement.followups.models import FollowUp
from engagement.minutes.models import How, Minutes, MinutesVersion
from engagement.search import indexing
from engagement.search.engine import find
from engagement.search.models import KINDS, Entry
from engagement.search.nouns import EXEMPT, INSIDE, OUTSIDE
from engagement.search.parser import parse
from engagement.topics.models import Topic
from meetings.models import Discussion, Meeting
from organizations.merging.actions import merge_organizations
from organizations.merging.undo import undo_merge
from organizations.models import Identifier, Organization
from tests import makers as make
from tests.makers import INTERNAL, PUBLIC, SHARED
from tests.people import People
from tests.world import ALL_MARKS, SEEN_BY, World

pytestmark = pytest.mark.django_db

TEXTS = (models.CharField, models.TextField)


def kinds(user: Any, text: str) -> set[str]:
    return {hit.kind for hit in find(user, parse(text)).hits}


def text_fields() -> list[str]:
    """Fields of every noun in which somebody writes; a word of a list is none."""
    found = []
    for kind in KINDS.values():
        for field in kind.model._meta.concrete_fields:
            if isinstance(field, TEXTS) and not field.choices:
                found.append(f"{kind.name}.{field.name}")
    return found


def test_every_text_field_is_decided() -> None:
    assert set(text_fields()) == {*OUTSIDE, *INSIDE, *EXEMPT}
    assert len({*OUTSIDE, *INSIDE, *EXEMPT}) == len(OUTSIDE) + len(INSIDE) + len(EXEMPT)
    assert all(len(reason) > 10 for reason in EXEMPT.values())


def _one(kind: str) -> Any:
    """A record of the kind, public as far as it can be."""
    meeting = make.make_public()
    discussion = make.make_discussion(meeting)
    makers: dict[str, Callable[[], Any]] = {
        "organization": lambda: make.make_host(),
        "topic": lambda: make.make_discussion(meeting, topic=make.make_topic()).topic,
        "series": lambda: make.make_public(series=make.make_series()).series,
        "theme": make.make_theme,
        "reference": lambda: _referred(discussion),
        "meeting": lambda: meeting,
        "followup": lambda: make.make_followup(meeting=meeting, visibility=PUBLIC),
        "discussion": lambda: discussion,
        "position": lambda: make.make_position(discussion),
        "outcome": lambda: make.make_outcome(meeting),
        "document": lambda: make.make_document(meeting),
        "minutes": lambda: _published(meeting),
    }
    return makers[kind]()


def _published(meeting: Meeting) -> MinutesVersion:
    minutes = Minutes.objects.begin(meeting, by=None)
    minutes.send(1, by=None, deadline_on=timezone.localdate(), is_silence_agreement=False, recipients="")
    for organization in minutes.agreeing():
        minutes.agree(1, organization, how=How.TOLD, word="By letter.")
    minutes.finalize(by=None)
    minutes.publish(by=None)
    return minutes.versions.latest("number")


def _referred(discussion: Discussion) -> Any:
    reference = make.make_reference()
    discussion.references.add(reference)
    return reference


FIXED = {"meeting.time_zone", *(name for name in EXEMPT if name.startswith("minutes."))}
"""What has to exist, and what is written once."""
STATES = {"meeting.cancellation_reason": "cancelled", "meeting.postponement_reason": "postponed"}
"""What is shown as long as the meeting stands so."""


@pytest.mark.parametrize("kind", dict.fromkeys(name.split(".")[0] for name in text_fields() if name not in FIXED))
def test_each_field_is_found_by_those_it_is_shown_to(people: People, kind: str) -> None:
    made = _one(kind)
    for name in text_fields():
        if name.startswith(f"{kind}.") and name not in FIXED:
            with transaction.atomic():
                assert_found_by_those_it_is_shown_to(people, name, deepcopy(made))
                transaction.set_rollback(True)
            indexing._known.clear()


def assert_found_by_those_it_is_shown_to(people: People, name: str, record: Any) -> None:
    kind, field = name.split(".")
    values = {field: "zebrafish" if record._meta.get_field(field).max_length != 10 else "zebrafis"}
    if name in STATES:
        values["status"] = STATES[name]
        values.setdefault("cancellation_reason", "zoo" if values["status"] == "cancelled" else "")
    for column, value in values.items():
        setattr(record, column, value)
    record.in_verb = True
    record.save()
    by_visitor, by_secretary = (kind in kinds(user, "zebrafis") for user in (people.visitor, people.secretary))
    assert by_secretary is (name in OUTSIDE or name in INSIDE), f"{name}: the secretariat"
    assert by_visitor is (name in OUTSIDE), f"{name}: visitors"


def test_reasons_of_a_meeting_that_no_longer_stands_so_stay_inside(people: People) -> None:
    meeting = make.make_meeting(visibility=PUBLIC)
    meeting.confirm(by=None)
    meeting.publish(by=None)
    meeting.postpone(by=None, reason="The zebrafish is ill")
    assert kinds(people.visitor, "zebrafish") == {"meeting"}
    Meeting.objects.filter(pk=meeting.pk).update(status="confirmed")
    Meeting.objects.get(pk=meeting.pk).save()
    assert kinds(people.visitor, "zebrafish") == set()
    assert kinds(people.secretary, "zebrafish") == {"meeting"}


def test_our_own_numbers_are_found_by_us_only(people: People) -> None:
    host = make.make_host("The Agency")
    make.make_identifier(host, "ZEBRA-77", scheme=Identifier.Scheme.INTERNAL)
    make.make_identifier(host, "38526121292-88")
    assert kinds(people.visitor, "ZEBRA-77") == set()
    assert kinds(people.secretary, "ZEBRA-77") == {"organization"}
    assert kinds(people.visitor, "38526121292-88") == {"organization"}


def test_a_record_with_notes_is_met_once_by_each_reader(people: People) -> None:
    make.make_discussion(make.make_public(), "Zebrafish", internal_notes="Zebrafish again")
    for user in (people.secretary, people.visitor):
        assert [hit.kind for hit in find(user, parse("zebrafish")).hits] == ["discussion"]
    assert kinds(people.secretary, "zebrafish again") == {"discussion"}


def test_everybody_finds_exactly_their_own(world: World, people: People) -> None:
    """The rank, the number and the text of what is found, in a world where every text says who may read it."""
    for name, user in people:
        for mark in ALL_MARKS:
            found = find(user, parse(mark, typing=False))
            assert bool(found.hits) is (mark in SEEN_BY[name]), f"{name} and {mark}"
        seen = " ".join(f"{e.heading} {e.body}" for e in Entry.objects.visible_to(user))
        assert {mark for mark in ALL_MARKS if mark in seen} == SEEN_BY[name], name


def test_the_index_shows_what_the_nouns_show(world: World, people: People) -> None:
    for name, user in people:
        entries = Entry.objects.visible_to(user)
        slices = [Entry.objects.visible_to(user).names(), *Entry.objects.all().records_visible_to(user)]
        assert sorted(e.pk for part in slices for e in part) == sorted(entries.values_list("pk", flat=True))
        for kind in KINDS.values():
            shown: Any = kind.model._default_manager.visible_to(user)  # type: ignore[attr-defined]
            if kind.name == "organization":
                shown = shown.filter(merged_into=None)
            there = entries.filter(kind=kind.name).values_list("source", flat=True)
            assert sorted(there) == sorted(shown.order_by().values_list("pk", flat=True)), f"{name}: {kind.name}"


def test_an_owner_does_not_learn_where_its_promise_was_made(people: People) -> None:
    """The theme of a discussion that it cannot see."""
    theme = make.make_theme("Zebrafish")
    meeting = make.make_held(visibility=SHARED)
    discussion = make.make_discussion(meeting)
    discussion.themes.add(theme)
    followup = make.make_followup(
        "Send it", discussion=discussion, owner=people.ours, chaser=people.manager, visibility=SHARED
    )
    (hit,) = find(people.representative, parse("send")).hits
    assert (hit.source, hit.themes) == (followup.pk, ())
    make.make_party(meeting, people.ours)
    (hit,) = find(people.representative, parse("send")).hits
    assert hit.themes == (theme.pk,)


def test_the_counterparts_of_a_series_are_not_told(people: People) -> None:
    series = make.make_series()
    series.counterparts.add(make.make_organization("Zebra Society"))
    make.make_public(series=series)
    (hit,) = find(people.visitor, parse(series.title)).hits[:1]
    assert hit.organizations == (series.host_id,)


def test_a_meeting_is_not_of_a_theme_discussed_behind_closed_doors(people: People) -> None:
    meeting = make.make_public("Zebrafish")
    open_one, closed = make.make_theme(), make.make_theme()
    make.make_discussion(meeting, "One").themes.add(open_one)
    make.make_discussion(meeting, "Two", visibility=INTERNAL).themes.add(closed)
    (hit,) = find(people.visitor, parse("zebrafish")).hits
    assert hit.themes == (open_one.pk,)


def test_a_discussion_without_themes_is_of_those_of_its_topic(people: People) -> None:
    topic, theme, own = make.make_topic("Zebrafish"), make.make_theme(), make.make_theme()
    discussion = make.make_discussion(make.make_public(), topic=topic)
    topic.themes.add(theme)
    (hit,) = find(people.visitor, parse("zebrafish"), kinds=["discussion"]).hits
    assert hit.themes == (theme.pk,)
    discussion.themes.add(own)
    (hit,) = find(people.visitor, parse("zebrafish"), kinds=["discussion"]).hits
    assert hit.themes == (own.pk,)


def test_levels_of_entries_are_those_of_records(world: World) -> None:
    """Minutes have none of their own: whose they are at each moment is tried in tests/minutes/test_search.py."""
    for kind in KINDS.values():
        if kind.is_name or kind.name == "minutes":
            continue
        levels = dict(kind.model._base_manager.values_list("pk", "effective_visibility"))
        rows = Entry.objects.filter(kind=kind.name, is_inside=False).values_list("source", "level")
        assert dict(rows) == levels, kind.name
        inside = Entry.objects.filter(kind=kind.name, is_inside=True).values_list("level", flat=True)
        assert set(inside) <= {Visibility.INTERNAL}


def test_a_record_that_is_gone_is_not_found(people: People) -> None:
    meeting = make.make_public()
    make.make_discussion(meeting, "Zebrafish", internal_notes="Zebra")
    Discussion.objects.get(title="Zebrafish").delete()
    assert not Entry.objects.filter(kind="discussion").exists()
    assert kinds(people.secretary, "zebrafish") == set()


def test_what_hangs_on_a_record_follows_it(people: People) -> None:
    topic = make.make_topic("Zebrafish")
    meeting = make.make_public()
    discussion = make.make_discussion(meeting, topic=topic)
    make.make_position(discussion)
    make.make_outcome(meeting, discussion=discussion)
    assert kinds(people.visitor, "zebrafish") == {"topic", "discussion", "position", "outcome"}
    topic = Topic.objects.get(pk=topic.pk)
    topic.title = "Axolotl"
    topic.save()
    assert kinds(people.visitor, "zebrafish") == set()
    assert kinds(people.visitor, "axolotl") == {"topic", "discussion", "position", "outcome"}
    meeting = Meeting.objects.get(pk=meeting.pk)
    meeting.withdraw(by=None, reason="Too early")
    assert kinds(people.visitor, "axolotl") == set()
    assert kinds(people.secretary, "axolotl") == {"topic", "discussion", "position", "outcome"}


def test_a_merged_organization_is_found_under_the_other_name(people: People) -> None:
    kept, gone = make.make_organization("Axolotl Society"), make.make_organization("Zebrafish Union")
    make.make_position(make.make_discussion(make.make_public(counterparts=[gone])), gone, statement="Swim")
    merge = merge_organizations(kept, [gone], by=None)
    assert [hit.source for hit in find(people.visitor, parse("zebrafish"), kinds=["organization"]).hits] == [kept.pk]
    assert find(people.visitor, parse("swim")).hits[0].organizations == (kept.pk,)
    undo_merge(merge, by=None)
    assert [hit.source for hit in find(people.visitor, parse("zebrafish"), kinds=["organization"]).hits] == [gone.pk]
    assert find(people.visitor, parse("swim")).hits[0].organizations == (gone.pk,)
    assert Organization.objects.filter(pk=gone.pk).exists()


def test_a_date_that_moves_takes_all_parts_along(people: People) -> None:
    meeting = make.make_public()
    make.make_document(meeting, "Zebrafish")
    meeting = Meeting.objects.get(pk=meeting.pk)
    meeting.starts_on = meeting.starts_on.replace(year=2023)
    meeting.save()
    (hit,) = find(people.visitor, parse("zebrafish"), years=[2023]).hits
    assert hit.happened_on == meeting.starts_on


def test_a_followup_without_a_date_is_of_the_year_of_its_reference(people: People) -> None:
    followup = make.make_followup("Zebrafish")
    (hit,) = find(people.secretary, parse("zebrafish")).hits
    assert (hit.happened_on, hit.year) == (None, int(followup.reference[3:7]))
    assert FollowUp.objects.get().due_on is None
