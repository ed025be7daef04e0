"""What readers know of organizations, topics, references, series and people: only what a visible record shows them."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from engagement.followups.models import CarryOver
from engagement.topics.models import Reference, Theme, Topic
from meetings.models import Discussion, Meeting, Party, Series
from organizations.models import Identifier, Organization, OtherName, Person, Post, Representative
from tests import makers
from tests.makers import INTERNAL, PUBLIC, SHARED
from tests.people import People

STAFF = {"secretary", "manager", "publisher"}
EVERYBODY = STAFF | {"representative", "stranger", "visitor"}
AUDIENCE = {INTERNAL: STAFF, SHARED: STAFF | {"representative"}, PUBLIC: EVERYBODY}


def seen_by(people: People, record: Any) -> set[str]:
    rows = type(record).objects
    return {name for name, user in people if rows.visible_to(user).filter(pk=record.pk).exists()}


def as_party(organization: Organization, people: People, level: int) -> None:
    meeting = makers.make_public(counterparts=[people.ours, organization])
    meeting.visibility = level
    meeting.save()


def on_discussion(people: People, level: int) -> Discussion:
    return makers.make_discussion(makers.make_public(counterparts=[people.ours]), visibility=level)


def as_mentioned(organization: Organization, people: People, level: int) -> None:
    on_discussion(people, level).mentions.add(organization)


def as_promiser(organization: Organization, people: People, level: int) -> None:
    meeting = makers.make_public(counterparts=[people.ours])
    makers.make_outcome(meeting, by=organization, visibility=level)


def as_promised_to(organization: Organization, people: People, level: int) -> None:
    meeting = makers.make_public(counterparts=[people.ours])
    makers.make_outcome(meeting, to=organization, discussion=makers.make_discussion(meeting, visibility=level))


def as_owner(organization: Organization, people: People, level: int) -> None:
    meeting = makers.make_public(counterparts=[people.ours])
    makers.make_followup(owner=organization, chaser=people.manager, meeting=meeting, visibility=level)


def as_awaited(organization: Organization, people: People, level: int) -> None:
    followup = makers.make_followup(meeting=makers.make_public(counterparts=[people.ours]), visibility=level)
    followup.wait(by=people.manager, on=organization, reason="Their answer.")


SHOWN = [as_party, as_mentioned, as_promiser, as_promised_to, as_owner, as_awaited]


@pytest.mark.parametrize("level", AUDIENCE)
@pytest.mark.parametrize("show", SHOWN)
def test_an_organization_is_known_where_a_record_shows_it(
    people: People, show: Callable[..., None], level: int
) -> None:
    organization = makers.make_organization("Hidden")
    assert seen_by(people, organization) == STAFF
    show(organization, people, level)
    assert seen_by(people, organization) == AUDIENCE[level]
    assert Organization.objects.visible_to(people.visitor).filter(pk=people.theirs.pk).count() == 0


def test_everybody_knows_the_host_and_representatives_their_own(people: People) -> None:
    assert seen_by(people, makers.make_host()) == EVERYBODY
    assert seen_by(people, people.ours) == STAFF | {"representative"}
    assert seen_by(people, people.theirs) == STAFF | {"stranger"}


def test_an_umbrella_and_its_members_give_no_hint_of_each_other(people: People) -> None:
    umbrella = makers.make_organization("Umbrella")
    member = makers.make_organization("Member", parent=umbrella)
    sibling = makers.make_organization("Sibling", parent=umbrella)
    as_party(member, people, PUBLIC)
    assert member.family(people.visitor) == (None, [])
    as_party(umbrella, people, PUBLIC)
    assert member.family(people.visitor) == (umbrella, [])
    assert umbrella.family(people.visitor) == (None, [member])
    assert sibling not in Organization.objects.visible_to(people.visitor)


def test_numbers_and_names_go_with_the_organization(people: People) -> None:
    organization = makers.make_organization("Hidden")
    number = makers.make_identifier(organization, "12345-67")
    own = makers.make_identifier(organization, "K-17", scheme=Identifier.Scheme.INTERNAL)
    name = OtherName.objects.create(organization=organization, name="Formerly")
    assert seen_by(people, number) == seen_by(people, name) == STAFF
    as_party(organization, people, SHARED)
    assert seen_by(people, number) == seen_by(people, name) == AUDIENCE[SHARED]
    as_party(organization, people, PUBLIC)
    assert seen_by(people, number) == seen_by(people, name) == EVERYBODY
    assert seen_by(people, own) == STAFF
    (read,) = Organization.objects.for_page(people.visitor).filter(pk=organization.pk)
    assert list(read.identifiers.all()) == [number]


@pytest.mark.parametrize("level", AUDIENCE)
def test_topics_and_references_are_known_where_a_discussion_shows_them(people: People, level: int) -> None:
    topic, reference = makers.make_topic(), makers.make_reference()
    assert seen_by(people, topic) == seen_by(people, reference) == STAFF
    discussion = makers.make_discussion(makers.make_public(counterparts=[people.ours]), topic=topic, visibility=level)
    discussion.references.add(reference)
    assert seen_by(people, topic) == seen_by(people, reference) == AUDIENCE[level]
    assert Topic.objects.visible_to(people.visitor).count() == int(level == PUBLIC)
    assert Reference.objects.visible_to(people.visitor).count() == int(level == PUBLIC)


@pytest.mark.parametrize("level", AUDIENCE)
def test_a_series_is_known_through_its_meetings(people: People, level: int) -> None:
    hidden = makers.make_organization("Hidden")
    series = makers.make_series()
    series.counterparts.add(hidden, people.ours)
    makers.make_series("Without meetings")
    makers.make_meeting(series=series)
    assert seen_by(people, series) == STAFF
    meeting = makers.make_public(counterparts=[people.ours], series=series)
    meeting.visibility = level
    meeting.save()
    assert seen_by(people, series) == AUDIENCE[level]
    for name in AUDIENCE[level] - STAFF:
        (read,) = Series.objects.visible_to(getattr(people, name)).for_page(getattr(people, name))
        assert hidden not in read.counterparts.all()


@pytest.mark.parametrize("level", AUDIENCE)
def test_parties_are_known_with_the_meeting(people: People, level: int) -> None:
    meeting = makers.make_public(counterparts=[people.ours])
    meeting.visibility = level
    meeting.save()
    for party in Party.objects.all():
        assert seen_by(people, party) == AUDIENCE[level]


def test_contacts_posts_and_carry_overs_stay_inside(people: People) -> None:
    meeting = makers.make_public(counterparts=[people.ours])
    person = makers.make_person()
    makers.make_participant(meeting.parties.first(), person=person, visibility=PUBLIC)
    post = Post.objects.create(person=person, organization=people.ours, function="Chair")
    carried = CarryOver.objects.create(meeting=meeting, followup=makers.make_followup(meeting=meeting))
    for record in (person, post, carried):
        assert seen_by(people, record) == STAFF
    assert Person.objects.visible_to(people.representative).count() == 0


def test_representatives_see_only_their_own_mandates(people: People) -> None:
    mine = Representative.objects.get(user=people.representative)
    assert seen_by(people, mine) == STAFF | {"representative"}


def test_the_vocabulary_is_public(people: People) -> None:
    theme = makers.make_theme()
    theme.archive(by=people.secretary, reason="Out of use.")
    assert seen_by(people, theme) == EVERYBODY
    assert Theme.objects.current().count() == 0


TODAY = dt.timedelta(0)
DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("starts", "ends", "acts"),
    [
        (None, None, True),
        (TODAY, TODAY, True),
        (-DAY, None, True),
        (None, DAY, True),
        (DAY, None, False),
        (None, -DAY, False),
        (-2 * DAY, -DAY, False),
    ],
)
def test_a_mandate_counts_while_it_lasts(people: People, starts: Any, ends: Any, acts: bool) -> None:
    meeting = makers.make_held(counterparts=[people.ours], visibility=SHARED)
    mandate = Representative.objects.get(user=people.representative)
    today = timezone.localdate()
    mandate.starts_on = None if starts is None else today + starts
    mandate.ends_on = None if ends is None else today + ends
    mandate.save()
    assert (meeting in Meeting.objects.visible_to(people.representative)) == acts
    assert (people.ours in Organization.objects.visible_to(people.representative)) == acts


def test_whoever_may_no_longer_sign_in_sees_what_visitors_see(people: People) -> None:
    shared = makers.make_held(counterparts=[people.ours], visibility=SHARED)
    public = makers.make_public()
    for user in (people.representative, people.secretary):
        user.is_active = False
        user.save()
        fresh = type(user).objects.get(pk=user.pk)
        assert list(Meeting.objects.visible_to(fresh)) == [public]
        assert people.ours not in Organization.objects.visible_to(fresh)
    assert shared in Meeting.objects.visible_to(people.manager)


def test_staff_without_a_role_sees_what_visitors_see(people: People) -> None:
    makers.make_held(counterparts=[people.ours], visibility=SHARED)
    public = makers.make_public()
    nobody = makers.make_user(is_staff=True)
    assert list(Meeting.objects.visible_to(nobody)) == [public]
    assert list(Meeting.objects.visible_to(makers.make_user(is_superuser=True))) == list(Meeting.objects.all())


def test_one_may_act_for_two_organizations(people: People) -> None:
    makers.make_representative(people.theirs, people.representative)
    meetings = [makers.make_held(counterparts=[o], visibility=SHARED) for o in (people.ours, people.theirs)]
    both = makers.make_held(counterparts=[people.ours, people.theirs], visibility=SHARED)
    assert set(Meeting.objects.visible_to(people.representative)) == {*meetings, both}
    assert Meeting.objects.visible_to(people.representative).count() == 3
