"""Everything recorded about a row can be asked for, or somebody wrote down why not."""

import pytest

from engagement.core.lists.views import ListPage
from tests.lists.lists import LISTS


def unasked(page_class: type[ListPage]) -> set[str]:
    """Fields of the model that no filter asks for."""
    filterset = page_class.filterset_class
    fields = {
        field.name for field in filterset.Meta.model._meta.get_fields() if not field.auto_created or field.concrete
    }
    own = [one for one in filterset.base_filters.values() if one.field_name and not getattr(one, "through", None)]
    paths = {one.field_name.split("__")[0] for one in own}
    named = {name for name in filterset.base_filters if name in fields}
    return fields - paths - named - filterset.covers.keys()


@pytest.mark.parametrize("page_class", LISTS, ids=lambda page: page.__name__)
def test_every_field_has_a_filter_or_an_exemption(page_class: type[ListPage]) -> None:
    filterset = page_class.filterset_class
    missing = unasked(page_class)
    assert missing - filterset.exempt.keys() == set(), "neither a filter nor a reason in `exempt`"
    assert filterset.exempt.keys() - missing == set(), "a reason for something that a filter does ask for"
    assert all(filterset.exempt.values())


@pytest.mark.parametrize("page_class", LISTS, ids=lambda page: page.__name__)
def test_what_covers_a_field_is_a_filter(page_class: type[ListPage]) -> None:
    filterset = page_class.filterset_class
    assert set(filterset.covers.values()) <= filterset.base_filters.keys()
    assert set(filterset.more) <= filterset.base_filters.keys()


@pytest.mark.parametrize("page_class", LISTS, ids=lambda page: page.__name__)
def test_a_field_that_nobody_thought_of_is_found(page_class: type[ListPage], monkeypatch: pytest.MonkeyPatch) -> None:
    filterset = page_class.filterset_class
    for field in filterset.exempt:
        monkeypatch.setattr(filterset, "exempt", {k: v for k, v in filterset.exempt.items() if k != field})
        with pytest.raises(AssertionError, match="neither a filter nor a reason"):
            test_every_field_has_a_filter_or_an_exemption(page_class)
        monkeypatch.undo()
