"""Lookup fields turn what people type into records, with or without scripts."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from engagement.core.lookups.fields import LookupField, MultiLookupField
from engagement.topics.models import Theme, Topic
from organizations.models import Organization
from tests.makers import make_organization, make_theme, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def arm() -> Organization:
    return make_organization("Alliance for Regenerative Medicine", acronym="ARM")


@pytest.fixture
def armenian() -> Organization:
    return make_organization("Armenian Medical Association")


def typed(field: Any, **posted: Any) -> Any:
    """What the field makes of a post of ``x`` and its companions."""
    return field.clean(field.widget.value_from_datadict(posted, {}, "x"))


def said(field: Any, **posted: Any) -> str:
    with pytest.raises(ValidationError) as refused:
        typed(field, **posted)
    return " ".join(refused.value.messages)


def test_a_text_alone_is_enough(arm: Organization) -> None:
    assert typed(LookupField(Organization), x="Alliance for Regenerative Medicine (ARM)") == arm
    assert typed(LookupField(Organization), x="regenerative") == arm


def test_an_acronym_wins_over_names_that_begin_so(arm: Organization, armenian: Organization) -> None:
    assert typed(LookupField(Organization), x="arm") == arm


def test_a_text_that_may_mean_several_lists_them(arm: Organization, armenian: Organization) -> None:
    message = said(LookupField(Organization), x="ar")
    assert "Alliance for Regenerative Medicine (ARM)" in message
    assert "Armenian Medical Association" in message


def test_the_one_used_in_this_form_is_meant(arm: Organization, armenian: Organization) -> None:
    field = LookupField(Organization, sources="parties-*-organization")
    assert typed(field, **{"x": "ar", "parties-3-organization_id": str(armenian.pk)}) == armenian


def test_an_unknown_text_says_what_to_do(arm: Organization) -> None:
    assert "Correct the name, or add it as new" in said(LookupField(Organization), x="Nobody")


def test_the_chosen_record_counts_while_the_text_is_its_label(arm: Organization, armenian: Organization) -> None:
    chosen = {"x_id": str(arm.pk), "x_was": "Old name"}
    assert typed(LookupField(Organization), x="Old name", **chosen) == arm
    assert typed(LookupField(Organization), x="Armenian Medical Association", **chosen) == armenian


def test_a_cleared_text_is_nothing(arm: Organization) -> None:
    assert typed(LookupField(Organization, required=False), x="", x_id=str(arm.pk), x_was="ARM") is None
    assert "Choose one" in said(LookupField(Organization), x="")


def test_a_chosen_record_that_is_gone_is_told(arm: Organization) -> None:
    assert "no longer exists" in said(LookupField(Organization), x="Gone", x_id="999999", x_was="Gone")


@pytest.mark.parametrize("key", ["'; drop", "1e9", "-", "٣"])
def test_a_key_that_is_none_is_not_believed(arm: Organization, key: str) -> None:
    assert "no longer exists" in said(LookupField(Organization), x="ARM", x_id=key, x_was="ARM")


def test_words_stand_for_no_record(arm: Organization) -> None:
    field = LookupField(Organization, words={"joint": "Joint"})
    assert typed(field, x="joint") == "joint"
    assert field.prepare_value("joint").text == "Joint"
    assert not field.has_changed("joint", field.prepare_value("joint"))


def test_a_new_record_is_made_only_when_agreed() -> None:
    field = LookupField(Topic, create=Topic.from_text)
    said(field, x="Gene editing")
    assert field.widget.offers == ["Gene editing"]
    assert not Topic.objects.exists()
    assert typed(field, x="Gene editing", x_new="Gene editing").title == "Gene editing"


def test_an_agreement_is_for_one_text_only() -> None:
    said(LookupField(Topic, create=Topic.from_text), x="Gene editing 2", x_new="Gene editing")


def test_the_same_new_text_twice_is_one_record() -> None:
    field = LookupField(Topic, create=Topic.from_text)
    first = typed(field, x="Gene editing", x_new="Gene editing")
    assert typed(field, x="gene  editing", x_new="gene  editing") == first


def test_a_new_name_that_others_begin_with_is_still_new() -> None:
    make_topic("Gene editing in plants")
    field = LookupField(Topic, create=Topic.from_text)
    assert typed(field, x="Gene editing", x_new="Gene editing").title == "Gene editing"


@pytest.mark.django_db(transaction=True)
def test_nothing_is_made_outside_the_form_s_transaction() -> None:
    with pytest.raises(RuntimeError):
        typed(LookupField(Topic, create=Topic.from_text), x="Loose", x_new="Loose")


def test_several_are_ticked_typed_or_new() -> None:
    atmp, gene = make_theme("ATMP"), make_theme("Gene editing")
    field = MultiLookupField(Theme)
    assert typed(field, x=[str(atmp.pk)], x_text="gene; atmp") == [atmp, gene]


def test_all_unknown_texts_are_told_at_once() -> None:
    make_theme("ATMP")
    message = said(MultiLookupField(Theme), x_text="atmp; one; two")
    assert "“one”" in message
    assert "“two”" in message


def test_only_real_changes_count(arm: Organization, armenian: Organization) -> None:
    field = LookupField(Organization)
    shown = field.prepare_value(arm)
    assert not field.has_changed(arm.pk, shown)
    assert not field.has_changed(None, field.prepare_value(None))
    assert field.has_changed(arm, field.prepare_value(armenian))
    assert field.has_changed(arm, field.prepare_value(None))
    several = MultiLookupField(Organization)
    assert not several.has_changed([armenian, arm], several.prepare_value([arm, armenian]))
    assert several.has_changed([arm], several.prepare_value([]))


def test_showing_a_record_at_hand_asks_nothing(arm: Organization, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert LookupField(Organization).prepare_value(arm).text == "Alliance for Regenerative Medicine (ARM)"
