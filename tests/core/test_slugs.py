"""Readable addresses: one for each record, never taken by another, and the old ones still lead there."""

import pytest
from django.db import IntegrityError, transaction

from engagement.core.models import FormerSlug
from engagement.topics.models import Topic
from meetings.models import Meeting
from organizations.models import Organization
from tests import makers
from tests.people import People


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Second bilateral meeting", "second-bilateral-meeting"),
        ("Réunion à Besançon", "reunion-a-besancon"),
        ("Европейская ассоциация", "evropeyskaya-assotsiatsiya"),
        ("Ευρωπαϊκός Οργανισμός", "eyropaikos-organismos"),
        ("欧洲药品管理局", "ouzhouyaopinguanliju"),
        ("Ask & answer: 50% / 100 €?", "ask-answer-50-100-eur"),
        ("???", "meeting"),
        ("   ", "meeting"),
        ("-", "meeting"),
        ("x" * 250, "x" * 90),
        (f"{'x' * 89} y", "x" * 89),
    ],
)
def test_a_title_becomes_an_address(db: None, title: str, slug: str) -> None:
    assert makers.make_meeting(title).slug == slug


def test_two_records_of_one_title_have_two_addresses(db: None) -> None:
    slugs = [makers.make_meeting("Annual meeting").slug for _ in range(3)]
    assert slugs == ["annual-meeting", "annual-meeting-2", "annual-meeting-3"]
    long = [makers.make_meeting("x" * 250).slug for _ in range(3)]
    assert len(set(long)) == 3
    assert max(map(len, long)) <= 100


def test_records_without_words_have_different_addresses(db: None) -> None:
    assert [makers.make_organization(name).slug for name in ("!", "?")] == ["organization", "organization-2"]


def test_a_changed_title_keeps_the_old_address(db: None) -> None:
    meeting = makers.make_meeting("Before")
    meeting.title = "After"
    meeting.save()
    assert meeting.slug == "after"
    assert Meeting.objects.at("before") == Meeting.objects.at("after") == meeting


def test_saving_without_a_new_title_changes_no_address(db: None) -> None:
    makers.make_meeting("Twin")
    twin = makers.make_meeting("Twin")
    for _ in range(3):
        twin.save()
    twin.title = "TWIN!"
    twin.save()
    assert twin.slug == "twin-2"
    assert not FormerSlug.objects.exists()


def test_there_and_back_again(db: None) -> None:
    meeting = makers.make_meeting("A")
    for title in ("B", "A", "B", "C", "A"):
        meeting.title = title
        meeting.save()
        assert meeting.slug == title.lower()
    assert set(FormerSlug.objects.values_list("slug", flat=True)) == {"b", "c"}
    for slug in "abc":
        assert Meeting.objects.at(slug) == meeting


def test_an_old_address_is_never_given_to_another(db: None) -> None:
    meeting = makers.make_meeting("Wanted")
    meeting.title = "Moved"
    meeting.save()
    other = makers.make_meeting("Wanted")
    assert other.slug == "wanted-2"
    assert Meeting.objects.at("wanted") == meeting
    other.title = "Elsewhere"
    other.save()
    assert Meeting.objects.at("wanted-2") == other
    meeting.title = "Wanted"
    meeting.save()
    assert meeting.slug == "wanted"


def test_two_that_swap_titles(db: None) -> None:
    first, second = makers.make_meeting("One"), makers.make_meeting("Two")
    first.title, second.title = "Two", "One"
    first.save()
    second.save()
    assert Meeting.objects.at("one") == first
    assert Meeting.objects.at("two") == second
    assert len({first.slug, second.slug, "one", "two"}) == 4


def test_kinds_do_not_share_addresses(db: None) -> None:
    assert makers.make_topic("Same").slug == makers.make_meeting("Same").slug == "same"
    topic = Topic.objects.get()
    topic.title = "Other"
    topic.save()
    assert Topic.objects.at("same") == topic
    assert makers.make_organization("Same").slug == "same"


def test_an_old_address_shows_nothing_new(people: People) -> None:
    meeting = makers.make_meeting("Secret name")
    meeting.title = "Renamed"
    meeting.save()
    for slug in ("secret-name", "renamed"):
        with pytest.raises(Meeting.DoesNotExist):
            Meeting.objects.visible_to(people.visitor).at(slug)


def test_an_address_nobody_had(db: None) -> None:
    with pytest.raises(Organization.DoesNotExist):
        Organization.objects.at("nowhere")


def test_the_address_follows_though_only_the_title_is_saved(db: None) -> None:
    meeting = makers.make_meeting("Before")
    meeting.title = "After"
    meeting.save(update_fields=["title"])
    assert Meeting.objects.get(slug="after").search_text.startswith("after")
    assert Meeting.objects.at("before") == meeting


def test_a_record_that_could_not_be_saved_takes_no_address(db: None) -> None:
    failed = Meeting(title="Twice", ordinal=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        failed.save()
    other = makers.make_meeting("Twice")
    failed.ordinal = None
    failed.save()
    assert (other.slug, failed.slug) == ("twice", "twice-2")
    assert (other.reference, failed.reference) == ("BM-2025-001", "BM-2026-001")


def test_a_year_that_leaves_the_title_leaves_the_address(db: None) -> None:
    meeting = makers.make_meeting("Annual meeting 2025")
    assert meeting.slug == "annual-meeting-2025"
    meeting.title = "Annual meeting"
    meeting.save()
    assert meeting.slug == "annual-meeting"
    assert Meeting.objects.at("annual-meeting-2025") == meeting


def test_a_number_given_because_the_words_were_taken_stays(db: None) -> None:
    makers.make_meeting("Twins")
    second = makers.make_meeting("Twins")
    second.venue = "Elsewhere"
    second.save()
    assert second.slug == "twins-2"
