"""Two records of one person become one and two again; a name that was wrong is put right wherever it is printed."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from meetings.models import Meeting, Participant, PublishedVersion
from organizations.models import Person, PersonMerge, Post
from tests import makers as make
from tests.makers import PUBLIC
from tests.people import People

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(people: People) -> tuple[Person, Person]:
    """To keep, and to merge: a participation and a post of the second."""
    kept, gone = make.make_person("Ada Lovelace"), make.make_person("A. Lovelace", email="ada@example.org")
    meeting = make.make_held(counterparts=[people.ours])
    make.make_participant(meeting.parties.get(organization=people.ours), "A. Lovelace", person=gone)
    Post.objects.create(person=gone, organization=people.ours, function="Chair")
    return kept, gone


def test_what_names_one_names_the_other_and_is_put_back(two: tuple[Person, Person], people: People) -> None:
    kept, gone = two
    gone.merge_into(by=people.secretary, kept=kept)
    for person in two:
        person.refresh_from_db()
    one = Participant.objects.get()
    assert (one.person, one.name) == (kept, "A. Lovelace"), "what was printed stays"
    assert [post.function for post in kept.posts.all()] == ["Chair"]
    assert kept.email == "ada@example.org" and gone.is_archived
    assert list(Person.objects.lookup("ada@example.org")) == [kept]
    kept.undo_merge(by=people.secretary)
    for person in two:
        person.refresh_from_db()
    assert Participant.objects.get().person == gone
    assert gone.posts.count() == 1 and not gone.is_archived
    assert (kept.email, kept.search_text) == ("", "ada lovelace")
    merge = PersonMerge.objects.get()
    assert (merge.merged_by, merge.undone_by) == (people.secretary, people.secretary)
    with pytest.raises(ValidationError, match="Nobody was merged"):
        kept.undo_merge(by=people.secretary)


def test_it_is_not_undone_once_somebody_changed_what_moved(two: tuple[Person, Person], people: People) -> None:
    kept, gone = two
    gone.merge_into(by=people.secretary, kept=kept)
    one = Participant.objects.get()
    one.function = "Chair"
    one.save()
    with pytest.raises(ValidationError, match="was changed since"):
        kept.undo_merge(by=people.secretary)
    assert Participant.objects.get().person == kept


def test_what_cannot_be_merged_is_said(two: tuple[Person, Person], people: People) -> None:
    kept, gone = two
    with pytest.raises(PermissionDenied):
        gone.merge_into(by=people.publisher, kept=kept)
    with pytest.raises(ValidationError, match="same record"):
        gone.merge_into(by=people.secretary, kept=gone)
    kept.archive(by=people.secretary, reason="Old.")
    with pytest.raises(ValidationError, match="archived"):
        gone.merge_into(by=people.secretary, kept=kept)


def test_a_name_is_put_right_wherever_it_is_printed(people: People) -> None:
    person = make.make_person("Ada Lovelase")
    meeting = make.make_public()
    right = make.make_participant(meeting.parties.last(), "Ada Lovelase", person=person, visibility=PUBLIC)
    other = make.make_participant(meeting.parties.last(), "Countess Lovelace", person=person)
    person.correct_name(by=people.secretary, name=" Ada Lovelace ")
    for one in (right, other):
        one.refresh_from_db()
    assert (person.name, right.name, other.name) == ("Ada Lovelace", "Ada Lovelace", "Countess Lovelace")
    assert right.history.first().history_user == people.secretary
    version = PublishedVersion.objects.order_by("-number").first()
    assert "Ada Lovelace" in str(version.content) and version.number > 1 and version.by == people.secretary
    before = PublishedVersion.objects.count()
    person.correct_name(by=people.secretary, name="Ada Lovelace")
    assert PublishedVersion.objects.count() == before
    with pytest.raises(ValidationError, match="Enter the correct name"):
        person.correct_name(by=people.secretary, name="  ")


def test_the_record_in_the_admin_asks(two: tuple[Person, Person], people: People, client: Client) -> None:
    kept, gone = two
    client.force_login(people.secretary)
    page = client.get(reverse("admin:organizations_person_change", args=[gone.pk])).content.decode()
    for label in ("Correct the name", "Merge into another person"):
        assert label in page
    where = reverse("admin:organizations_person_verb", args=[gone.pk, "merge_into"])
    assert "Participations: 1. Posts: 1." in client.get(where).content.decode()
    client.post(where, {"_confirmed": "1", "kept_id": str(kept.pk), "kept": str(kept)})
    assert Participant.objects.get().person == kept
    where = reverse("admin:organizations_person_verb", args=[kept.pk, "correct_name"])
    assert client.post(where, {"_confirmed": "1", "name": " "}).status_code == 200, "it asks again"
    client.post(where, {"_confirmed": "1", "name": "Ada King"})
    kept.refresh_from_db()
    assert kept.name == "Ada King"
    assert Meeting.objects.exists()
