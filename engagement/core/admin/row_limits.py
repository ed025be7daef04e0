"""Bound the rows of a posted form: no more are built than it holds, whatever its TOTAL_FORMS say."""

import re
from collections import defaultdict
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.forms import IntegerField
from django.http import QueryDict

from .three_way_merge import MOST_ROWS

SPARE = 100
"""Rows that a form may count in all its sets without holding any of their fields."""
_TOTAL = "-TOTAL_FORMS"
_ROW = re.compile(r"-([0-9]{1,9})(?=-)")


def with_rows_it_holds(data: QueryDict) -> QueryDict | None:
    """The form with its rows counted anew, if it says that there are far more; else nothing."""
    held = _rows_held(data)
    said = {name: _number(data.get(name)) for name in data if name.endswith(_TOTAL)}
    rows = {name: held[name.removesuffix(_TOTAL)] for name in said}
    if sum(max(0, said[name] - len(rows[name])) for name in said) <= SPARE:
        return None
    counted = data.copy()
    for name, count in said.items():
        last = max((row for row in rows[name] if row < MOST_ROWS), default=-1)
        counted[name] = str(min(count, last + 1))
    return counted


def _number(text: str | None) -> int:
    """As Django reads it."""
    try:
        return IntegerField().to_python(text) or 0
    except ValidationError:
        return 0


def _rows_held(names: Iterable[str]) -> defaultdict[str, set[int]]:
    """By set, the numbers of the rows of which there are fields, in rows of rows as well."""
    held: defaultdict[str, set[int]] = defaultdict(set)
    for name in names:
        for number in _ROW.finditer(name):
            held[name[: number.start()]].add(int(number[1]))
    return held
