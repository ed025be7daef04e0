"""The controlled vocabulary: three levels, no loops, nothing deleted."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from engagement.topics.models import Reference, Theme, Topic
from tests import makers


@pytest.fixture
def chain(db: None) -> list[Theme]:
    top = makers.make_theme("Top")
    middle = makers.make_theme("Middle", parent=top)
    return [top, middle, makers.make_theme("Low", parent=middle)]


def stored() -> dict[str, tuple[int, str | None]]:
    return {theme.name: (theme.depth, theme.parent and theme.parent.name) for theme in Theme.objects.all()}


def test_depth_is_counted_from_the_top(chain: list[Theme]) -> None:
    assert stored() == {"Top": (1, None), "Middle": (2, "Top"), "Low": (3, "Middle")}


def test_a_fourth_level_is_refused(chain: list[Theme]) -> None:
    deep = Theme(name="Deep", parent=chain[2])
    with pytest.raises(ValidationError) as told:
        deep.full_clean(exclude=["slug"])
    assert "parent" in told.value.message_dict
    with pytest.raises(IntegrityError), transaction.atomic():
        deep.save()


def test_a_branch_is_not_moved_where_it_does_not_fit(chain: list[Theme]) -> None:
    top, middle, _low = chain
    other = makers.make_theme("Other", parent=makers.make_theme("Elsewhere"))
    middle.parent = other
    with pytest.raises(ValidationError) as told:
        middle.full_clean()
    assert "parent" in told.value.message_dict
    middle.parent = makers.make_theme("Another top")
    middle.full_clean()
    assert top.height() == 3


@pytest.mark.django_db(transaction=True)
def test_a_move_that_fails_half_way_moves_nothing() -> None:
    top = makers.make_theme("Top")
    makers.make_theme("Low", parent=makers.make_theme("Middle", parent=top))
    before = stored()
    top.parent = makers.make_theme("Above")
    with pytest.raises(IntegrityError):
        top.save()
    assert stored() == {**before, "Above": (1, None)}


def test_a_moved_branch_takes_its_depth_along(chain: list[Theme]) -> None:
    _top, middle, _low = chain
    middle.parent = None
    middle.full_clean()
    middle.save()
    assert stored() == {"Top": (1, None), "Middle": (1, None), "Low": (2, "Middle")}


@pytest.mark.parametrize("below", [0, 1, 2])
def test_no_theme_stands_below_itself(chain: list[Theme], below: int) -> None:
    top, before = chain[0], stored()
    top.parent = Theme.objects.get(pk=chain[below].pk)
    with pytest.raises(ValidationError) as told:
        top.full_clean()
    assert told.value.message_dict["parent"] == ["A theme cannot be below itself."]
    with pytest.raises(IntegrityError), transaction.atomic():
        top.save()
    assert stored() == before


def test_themes_are_never_deleted(chain: list[Theme]) -> None:
    low = chain[2]
    for delete in (low.delete, Theme.objects.all().delete, Theme.objects.filter(pk=low.pk).delete):
        with pytest.raises(ValidationError) as told:
            delete()
        assert told.value.code == "never_deleted"
    with pytest.raises(ValidationError):
        chain[1].children.all().delete()
    assert Theme.objects.count() == 3


def test_a_retired_theme_still_names_what_was_discussed(chain: list[Theme]) -> None:
    topic = makers.make_topic()
    topic.themes.add(chain[0])
    chain[0].archive(by=None, reason="Out of use.")
    assert list(topic.themes.all()) == [chain[0]]


@pytest.mark.parametrize("make", [Topic.from_text, Reference.from_text])
def test_a_record_made_from_what_was_typed(db: None, make: object) -> None:
    record = make("  The   New\tAgreement ")  # type: ignore[operator]
    assert record.title == "The New Agreement"
    assert record.pk
    for text in ("The New Agreement", "", "   ", "x" * 400):
        with pytest.raises(ValidationError):
            make(text)  # type: ignore[operator]
