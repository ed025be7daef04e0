"""Three-way merge of a form that two people edited: the changes of both are put together.

A three-way merge of plain form data: what the form contained when this person began (base), what the database
holds now (theirs), what was posted (mine). A field only they changed takes their value; a field I changed keeps
mine, and is reported when they changed it too. Rows are matched by their key.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from engagement.core.folding import whole_number

from .form_data import Data

KEY = "id"
MOST_ROWS = 2000
_MANAGEMENT = ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")
_LOOKUP_PARTS = ("_id", "_was", "_new", "_text")


@dataclass
class Part:
    """The form, or one of its rows: fields, and sets of further rows."""

    fields: Data = field(default_factory=dict)
    sets: dict[str, list["Part"]] = field(default_factory=dict)
    clashes: Data = field(default_factory=dict)
    """Fields both changed, with their value."""
    is_gone: bool = False
    """They removed this row while it was being changed here; it is kept as a new one."""
    names: tuple[str, ...] = ()
    """What other rows call this one by, as it was sent: see ``row_links.py``."""

    @property
    def key(self) -> str:
        return self.fields.get(KEY, [""])[0]


@dataclass
class Flat:
    """A merged form, ready to be shown again."""

    data: Data
    clashes: Data
    gone: list[str]
    """Prefixes of the rows they removed."""


def parse(data: Mapping[str, list[str]]) -> Part:
    """Form data as a tree: ``discussions-0-positions-1-statement`` is two sets deep."""
    root = Part()
    for name, values in data.items():
        steps = name.split("-")
        if steps[-1] in _MANAGEMENT and len(steps) > 1:
            row, rest = _row_at(root, steps[:-2])
            if not rest:
                _grow(row, steps[-2], values if steps[-1] == "TOTAL_FORMS" else [])
            continue
        row, rest = _row_at(root, steps)
        row.fields["-".join(rest)] = list(values)
    return root


def parse_posted(data: Mapping[str, list[str]]) -> Part:
    """Parse the data that this person sent: its rows may name each other."""
    root = parse(data)
    for name, rows in root.sets.items():
        for place, row in enumerate(rows):
            row.names = (f"{name}-{place}", *([f"{name}:{row.key}"] if row.key else []))
    return root


def _row_at(row: Part, steps: list[str]) -> tuple[Part, list[str]]:
    """The row that a name leads to, and what is left of the name."""
    while len(steps) >= 2 and (place := whole_number(steps[1])) is not None and place < MOST_ROWS:
        rows = _grow(row, steps[0], [str(place + 1)])
        row, steps = rows[place], steps[2:]
    return row, steps


def _grow(row: Part, name: str, count: list[str]) -> list[Part]:
    """A set of rows, with at least so many of them."""
    rows = row.sets.setdefault(name, [])
    wanted = (whole_number(count[0]) if count else None) or 0
    rows += [Part() for _ in range(len(rows), min(wanted, MOST_ROWS))]
    return rows


def flatten(root: Part) -> Flat:
    """The tree as form data again; references follow a row that moved."""
    flat = _flat(root, "")
    moved = {}
    for name, rows in root.sets.items():
        for index, row in enumerate(_keyed_first(rows)):
            moved.update(dict.fromkeys(row.names, f"{name}:{row.key}" if row.key else f"{name}-{index}"))
    for name, values in flat.data.items():
        if name.rpartition("-")[2].startswith("from_"):
            flat.data[name] = [moved.get(value, value) for value in values]
    return flat


def _keyed_first(rows: list[Part]) -> list[Part]:
    """As Django expects them."""
    return sorted(rows, key=lambda row: not row.key)


def _flat(part: Part, prefix: str) -> Flat:
    flat = Flat({prefix + n: v for n, v in part.fields.items()}, {prefix + n: v for n, v in part.clashes.items()}, [])
    if part.is_gone:
        flat.gone.append(prefix[:-1])
    for name, rows in part.sets.items():
        rows = _keyed_first(rows)
        flat.data[f"{prefix}{name}-TOTAL_FORMS"] = [str(len(rows))]
        flat.data[f"{prefix}{name}-INITIAL_FORMS"] = [str(sum(bool(row.key) for row in rows))]
        for index, row in enumerate(rows):
            inner = _flat(row, f"{prefix}{name}-{index}-")
            flat.data.update(inner.data)
            flat.clashes.update(inner.clashes)
            flat.gone += inner.gone
    return flat


def merge(base: Part | None, theirs: Part, mine: Part) -> Part:
    """Merge the changes of both sides; without a base everything posted counts as changed here."""
    merged = Part(names=mine.names)
    names = [*mine.fields, *(n for n in theirs.fields if n not in mine.fields)]
    for group in _groups(names):
        was, now, typed = (_values(part, group) for part in (base, theirs, mine))
        touched = _is_control(group[0]) or was is None or _plain(typed) != _plain(was)
        source = mine if touched else theirs
        merged.fields.update({n: source.fields[n] for n in group if n in source.fields})
        if touched and not _is_control(group[0]) and _plain(now) not in (_plain(was), _plain(typed)):
            merged.clashes[group[0]] = theirs.fields.get(group[0], [])
    for name in dict.fromkeys([*mine.sets, *theirs.sets]):
        before = base.sets.get(name, []) if base else []
        merged.sets[name] = list(_merged_rows(before, theirs.sets.get(name, []), mine.sets.get(name, [])))
    return merged


def _merged_rows(base: list[Part], theirs: list[Part], mine: list[Part]) -> Iterator[Part]:
    was, now = ({row.key: row for row in rows if row.key} for rows in (base, theirs))
    for row in mine:
        if not row.key:
            yield row
        elif row.key in now:
            yield merge(was.get(row.key), now[row.key], row)
        elif "DELETE" not in row.fields and not is_same(was.get(row.key), row):
            yield as_new(row, is_gone=True)
    known = {row.key for row in mine}
    yield from (row for key, row in now.items() if key not in known)


def as_new(part: Part, *, is_gone: bool = False) -> Part:
    """The same content as something not saved yet, rows included."""
    fields = {name: ([""] if name == KEY else values) for name, values in part.fields.items()}
    sets = {name: [as_new(row) for row in rows if "DELETE" not in row.fields] for name, rows in part.sets.items()}
    return Part(fields, sets, is_gone=is_gone, names=part.names)


def is_same(left: Part | None, right: Part) -> bool:
    """Whether nothing was typed in a row or below it."""
    if left is None:
        return False
    for group in _groups([*right.fields, *(n for n in left.fields if n not in right.fields)]):
        if _plain(_values(left, group)) != _plain(_values(right, group)):
            return False
    rows = [(name, row) for name, inner in right.sets.items() for row in inner]
    before = {row.key: row for inner in left.sets.values() for row in inner}
    return all(is_same(before.get(row.key), row) if row.key else _is_blank(row) for _name, row in rows)


def _is_blank(row: Part) -> bool:
    return not any(value.strip() for values in row.fields.values() for value in values)


def _groups(names: list[str]) -> Iterator[list[str]]:
    """Names that belong to one field: a lookup posts its text, the key and more."""
    left = dict.fromkeys(names)
    for name in names:
        if name not in left or any(name.endswith(part) and name.removesuffix(part) in left for part in _LOOKUP_PARTS):
            continue
        group = [name, *(name + part for part in _LOOKUP_PARTS if name + part in left)]
        for each in group:
            del left[each]
        yield group
    yield from ([name] for name in left)


def _values(part: Part | None, group: list[str]) -> list[list[str]] | None:
    return None if part is None else [part.fields.get(name, []) for name in group]


def _plain(values: list[list[str]] | None) -> list[list[str]]:
    """Values without what browsers add: line ends, outer blanks, empty strings for nothing."""
    return [[v.replace("\r\n", "\n").strip() for v in each if v.strip()] for each in values or []]


def _is_control(name: str) -> bool:
    return name.startswith("_") or name in ("csrfmiddlewaretoken", KEY, "DELETE")
