"""Three-way merge of one form that two people changed."""

from hypothesis import given
from hypothesis import strategies as st

from engagement.core.admin.form_data import Data
from engagement.core.admin.three_way_merge import Part, as_new, flatten, merge, parse, parse_posted


def form(title: str = "T", **rows: list[dict[str, str]]) -> Data:
    """Form data with sets of rows; a row's own set is written ``positions-0-text``."""
    data: Data = {"title": [title]}
    for name, each in rows.items():
        data[f"{name}-TOTAL_FORMS"] = [str(len(each))]
        data[f"{name}-INITIAL_FORMS"] = [str(sum(bool(row.get("id")) for row in each))]
        for index, row in enumerate(each):
            data.update({f"{name}-{index}-{key}": [value] for key, value in row.items()})
    return data


def merged(base: Data, theirs: Data, mine: Data) -> Data:
    return flatten(merge(parse(base), parse(theirs), parse(mine))).data


def test_a_field_only_they_changed_takes_their_value() -> None:
    assert merged(form("old"), form("theirs"), form("old"))["title"] == ["theirs"]


def test_a_field_i_changed_keeps_mine_and_is_reported_when_they_did_too() -> None:
    flat = flatten(merge(parse(form("old")), parse(form("theirs")), parse(form("mine"))))
    assert flat.data["title"] == ["mine"]
    assert flat.clashes == {"title": ["theirs"]}


def test_the_same_change_twice_is_no_clash() -> None:
    flat = flatten(merge(parse(form("old")), parse(form("new")), parse(form("new"))))
    assert not flat.clashes


def test_line_ends_of_browsers_are_no_change() -> None:
    assert merged(form("a\nb"), form("theirs"), form("a\r\nb"))["title"] == ["theirs"]


def test_a_row_they_added_is_shown_before_my_new_one() -> None:
    base = form(rows=[{"id": "1", "text": "a"}])
    theirs = form(rows=[{"id": "1", "text": "a"}, {"id": "2", "text": "theirs"}])
    mine = form(rows=[{"id": "1", "text": "a"}, {"id": "", "text": "mine"}])
    data = merged(base, theirs, mine)
    assert [data[f"rows-{n}-text"] for n in range(3)] == [["a"], ["theirs"], ["mine"]]
    assert (data["rows-TOTAL_FORMS"], data["rows-INITIAL_FORMS"]) == (["3"], ["2"])


def test_what_names_a_row_follows_it() -> None:
    """My new row comes after theirs, and a row they removed is a new one; what only looks like a name is left alone."""
    base = form(rows=[{"id": "1", "text": "a"}])
    theirs = form(rows=[{"id": "2", "text": "theirs"}])
    mine = form(rows=[{"id": "1", "text": "changed"}, {"id": "", "text": "rows-1"}])
    for n, name in enumerate(("rows:1", "rows-1", "rows:2")):
        mine[f"tasks-{n}-from_row"] = [name]
    data = flatten(merge(parse(base), parse(theirs), parse_posted(mine))).data
    assert [data[f"rows-{n}-text"] for n in range(3)] == [["theirs"], ["changed"], ["rows-1"]]
    assert [data[f"tasks-{n}-from_row"] for n in range(3)] == [["rows-1"], ["rows-2"], ["rows:2"]]


def test_a_row_they_removed_goes_if_i_left_it_alone() -> None:
    base = form(rows=[{"id": "1", "text": "a"}])
    assert merged(base, form(rows=[]), base)["rows-TOTAL_FORMS"] == ["0"]


def test_a_row_they_removed_stays_as_new_if_i_changed_it() -> None:
    base = form(rows=[{"id": "1", "text": "a"}])
    flat = flatten(merge(parse(base), parse(form(rows=[])), parse(form(rows=[{"id": "1", "text": "mine"}]))))
    assert flat.data["rows-0-id"] == [""]
    assert flat.data["rows-0-text"] == ["mine"]
    assert flat.gone == ["rows-0"]


def test_a_row_they_removed_stays_if_i_added_to_what_is_in_it() -> None:
    base = form(rows=[{"id": "1", "text": "a", "inner-TOTAL_FORMS": "0"}])
    mine = form(rows=[{"id": "1", "text": "a", "inner-TOTAL_FORMS": "1", "inner-0-id": "", "inner-0-text": "new"}])
    data = merged(base, form(rows=[]), mine)
    assert data["rows-0-inner-0-text"] == ["new"]


def test_rows_of_the_second_level_are_matched_by_key() -> None:
    def two(first: str, second: str) -> Data:
        inner = {"inner-TOTAL_FORMS": "2", "inner-0-id": "7", "inner-0-text": first, "inner-1-id": "8"}
        return form(rows=[{"id": "1", **inner, "inner-1-text": second}])

    data = merged(two("a", "b"), two("a", "theirs"), two("mine", "b"))
    assert (data["rows-0-inner-0-text"], data["rows-0-inner-1-text"]) == (["mine"], ["theirs"])


def test_the_parts_of_a_lookup_go_together() -> None:
    def chosen(label: str, pk: str) -> Data:
        return {"topic": [label], "topic_id": [pk], "topic_was": [label]}

    assert merged(chosen("A", "1"), chosen("B", "2"), {**chosen("C", ""), "topic_was": [""]})["topic_id"] == [""]
    assert merged(chosen("A", "1"), chosen("B", "2"), chosen("A", "1")) == chosen("B", "2")


def test_without_a_base_what_was_posted_stays() -> None:
    assert flatten(merge(None, parse(form("theirs")), parse(form("mine")))).data["title"] == ["mine"]


def test_a_deleted_record_becomes_a_new_one() -> None:
    part = parse(form(rows=[{"id": "1", "text": "a"}, {"id": "2", "text": "b", "DELETE": "on"}]))
    data = flatten(as_new(part)).data
    assert (data["rows-TOTAL_FORMS"], data["rows-INITIAL_FORMS"], data["rows-0-id"]) == (["1"], ["0"], [""])


names = st.sampled_from(["title", "said", "kind"])
values = st.lists(st.text(max_size=5), min_size=1, max_size=1)
fields = st.dictionaries(names, values)


def tree(depth: int) -> st.SearchStrategy[Part]:
    if not depth:
        return st.builds(Part, fields)
    return st.builds(Part, fields, st.dictionaries(st.just("rows"), st.lists(tree(depth - 1), max_size=3)))


@given(tree(2))
def test_flattening_and_reading_again_changes_nothing(part: Part) -> None:
    again = flatten(parse(flatten(part).data)).data
    assert again == flatten(part).data


@given(tree(2), tree(2))
def test_who_changed_nothing_gets_what_they_wrote(base: Part, theirs: Part) -> None:
    mine = parse(flatten(base).data)
    assert merge(base, theirs, mine).fields == theirs.fields


@given(tree(2), tree(2))
def test_where_they_changed_nothing_mine_stays(base: Part, mine: Part) -> None:
    flat = flatten(merge(base, parse(flatten(base).data), mine))
    assert not flat.clashes
    for name, typed in mine.fields.items():
        assert "".join(flat.data.get(name, [])).strip() == "".join(typed).strip()


def test_a_forged_row_number_makes_no_rows() -> None:
    part = parse({"rows-999999999-text": ["x"], "rows-TOTAL_FORMS": ["999999999"]})
    assert len(part.sets["rows"]) <= 2000
