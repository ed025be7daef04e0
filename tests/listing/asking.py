"""Questions that hypothesis puts to a list."""

from typing import Any

from hypothesis import strategies as st

from engagement.core.listing.filterset import FIND, ListFilterSet
from tests.listing.lists import Question
from tests.makers import LONG_AGO

DAYS = ["2024-01-01", LONG_AGO.isoformat(), "2026-06-30", "2027-01-01"]


def values(filterset: ListFilterSet, name: str) -> list[str]:
    """Values that mean something to a filter."""
    one: Any = filterset.filters[name]
    if one.kind == "records":
        return [str(getattr(record, one.key)) for record in one.source(one.user)][:40]
    if one.kind == "choices":
        return [value for value, _label in one.choices][:40]
    if one.kind in ("one_of", "flag"):
        return list(one.answers)
    return {"day": DAYS, "number": ["0", "30", "365"]}.get(one.kind, ["meeting", "mark promise", "Zürich"])


def questions(filterset: ListFilterSet, *, most: int = 3, but: str = "") -> st.SearchStrategy[Question]:
    """A few filters with values they understand; several for those that take several."""
    names = [name for name in filterset.filters if name != but and values(filterset, name)]

    def pairs(name: str) -> st.SearchStrategy[Question]:
        many = 2 if filterset.filters[name].takes_many else 1
        chosen = st.lists(st.sampled_from(values(filterset, name)), min_size=1, max_size=many, unique=True)
        return chosen.map(lambda found: [(name, value) for value in found])

    some = st.lists(st.sampled_from(names), max_size=most, unique=True)
    return some.flatmap(lambda chosen: st.tuples(*map(pairs, chosen))).map(
        lambda parts: [p for part in parts for p in part]
    )


# Anything at all ------------------------------------------------------------------------------------------

ODD = [
    "", " ", "0", "-1", "1", "99999999999999999999999999", "1e309", "NaN", "\x00", "a\x00b", "\ud7ff", "\uffff",
    "\u202e", "true", "None", "[]", "{}", "' OR 1=1 --", "%", "_", "\\", "../../etc", "2026-02-30", "0000-00-00",
    "9999-12-31", "0001-01-01", "10000-01-01", "31/12/2026", "01.01.26", "Ελλάδα", "Българска", "日本語", "العربية",
    "👩🏽‍⚕️", "é" * 300, "x" * 5000,
]  # fmt: skip


def anything(filterset: ListFilterSet) -> st.SearchStrategy[Question]:
    """Every parameter of the list and some it does not know, with sensible values and with none of the kind."""
    known = [*filterset.filters, "page", "sort", "size", *(f"{name}{FIND}" for name in filterset.searchable)]
    words = st.text(st.characters(codec="utf-8"), max_size=20)
    name = st.sampled_from(known) | st.sampled_from(["unknown", "pk", "id", "search_text", "", "q\x00"]) | words
    good = st.sampled_from([value for one in filterset.filters for value in values(filterset, one)])
    value = st.sampled_from(ODD) | words | good | st.integers().map(str) | st.dates().map(str) | st.floats().map(str)
    return st.lists(st.tuples(name, value), max_size=6)
