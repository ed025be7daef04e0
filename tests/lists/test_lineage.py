"""A theme brings all narrower ones, an umbrella all its members; what stands above each is kept true."""

import pytest

from engagement.core.models import rebuild_lineage
from engagement.topics.lists import TopicList, theme_tree
from engagement.topics.models import Theme
from organizations.models import Organization
from tests import makers as make
from tests.lists.lists import ask, keys, listing
from tests.people import People

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def above(record: Theme | Organization) -> set[str]:
    return set(record.lineage.values_list("name", flat=True))


def test_a_lineage_follows_every_move() -> None:
    broad, other = make.make_theme("Broad"), make.make_theme("Other")
    narrow = make.make_theme("Narrow", parent=broad)
    narrowest = make.make_theme("Narrowest", parent=narrow)
    assert (above(broad), above(narrowest)) == ({"Broad"}, {"Broad", "Narrow", "Narrowest"})
    narrow.parent = other
    narrow.save()
    assert above(narrowest) == {"Other", "Narrow", "Narrowest"}
    narrow.parent = None
    narrow.save()
    assert above(narrowest) == {"Narrow", "Narrowest"}


def test_a_lineage_worked_out_again_is_the_one_that_saving_keeps() -> None:
    top = make.make_organization("Top")
    middle = make.make_organization("Middle", parent=top)
    bottom = make.make_organization("Bottom", parent=middle)
    kept = [above(one) for one in (top, middle, bottom)]
    bottom.lineage.clear()
    rebuild_lineage(Organization)
    assert (
        [above(one) for one in (top, middle, bottom)]
        == kept
        == [{"Top"}, {"Top", "Middle"}, {"Top", "Middle", "Bottom"}]
    )


def test_a_theme_brings_the_narrower_ones_and_counts_each_topic_once(people: People) -> None:
    broad = make.make_theme("Broad")
    narrow, other = make.make_theme("Narrow", parent=broad), make.make_theme("Other", parent=broad)
    both, one, none = make.make_topic("Both"), make.make_topic("One"), make.make_topic("None")
    both.themes.set([narrow, other])
    one.themes.set([broad])
    found = listing(TopicList, people.manager, "theme=broad")
    rows = keys(ask(TopicList, people.manager, "theme=broad"))
    assert rows == [both.pk, one.pk] and none.pk not in rows
    assert {c.value: c.count for c in found.facets["theme"].choices} == {"broad": 2, "narrow": 1, "other": 1}
    tree = theme_tree(ask(TopicList, people.manager, "theme=broad"))
    assert [(b.theme.name, b.number, [(n.theme.name, n.number) for n in b.narrower]) for b in tree] == [
        ("Broad", 2, [("Narrow", 1), ("Other", 1)])
    ]
