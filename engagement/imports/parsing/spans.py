"""Spans of days and months in one cell: ``02-06 September``, ``Apr/Jun``, ``30 June to 2 July 2023``."""

import re
from collections.abc import Iterator
from itertools import pairwise

from engagement.imports.parsing.month_names import MONTH_NAMES

_BETWEEN = re.compile(r"\s*(?:–|—|-|/|&|\+)\s*|\s+(?:to|until|till|and|through|bis|und|au|et|a|al|do)\s+")
_IN_A_ROW = re.compile(rf"\s*,\s*|{_BETWEEN.pattern}")
_TOKEN = re.compile(r"\d+|[a-z]+")
_MOST = 6  # places where a cell could be cut


def ends_of(folded: str, noise: frozenset[str]) -> Iterator[tuple[str, str]]:
    """The two ends of a span, each completed by the other one."""
    if len(_IN_A_ROW.findall(folded)) > 1 and (months := _in_a_row(_IN_A_ROW.split(folded), noise)):  # Jan/Feb/Mar 2023
        yield months
        return
    for cut in list(_BETWEEN.finditer(folded))[:_MOST]:
        before = _tokens(folded[: cut.start()], noise)
        after = _tokens(folded[cut.end() :], noise)
        if before and after:
            yield from _completed(before, after, cut[0].strip())


def _in_a_row(parts: list[str], noise: frozenset[str]) -> tuple[str, str] | None:
    """The first and the last of several months, each the next one; the last may say the year of all."""
    tokens = [_tokens(part, noise) for part in parts]
    shapes = [_shape(part) for part in tokens]
    if any(shape != "m" for shape in shapes[:-1]) or shapes[-1] not in ("m", "mn"):
        return None
    months = [MONTH_NAMES[part[0]] for part in tokens]
    if any(after - before != 1 for before, after in pairwise(months)):
        return None
    return " ".join([*tokens[0], *tokens[-1][1:]]), " ".join(tokens[-1])


def _tokens(text: str, noise: frozenset[str]) -> list[str]:
    return [token for token in _TOKEN.findall(text) if token not in noise]


def _shape(tokens: list[str]) -> str:
    return "".join("m" if token in MONTH_NAMES else "n" if token.isdigit() else "?" for token in tokens)


def _completed(before: list[str], after: list[str], sign: str) -> Iterator[tuple[str, str]]:
    shapes = _shape(before), _shape(after)
    if shapes in (("n", "nm"), ("n", "nmn")):  # 2 - 6 September 2023
        before = [*before, *after[1:]]
    elif shapes in (("nm", "nmn"), ("m", "mn")):  # 30 June - 2 July 2023
        before = [*before, after[-1]]
    elif shapes == ("n", "nnn") and sign != "/":  # 02-06/09/2023
        yield "/".join([*before, *after[1:]]), "/".join(after)
        return
    elif shapes in (("mn", "nn"), ("mn", "n")) and len(before[1]) <= 2:  # September 2-6, 2023
        after = [before[0], *after]
        before = [*before, *after[2:]]
    elif shapes not in (("m", "m"), ("nm", "nm"), ("mn", "mn"), ("nmn", "nmn"), ("mnn", "mnn"), ("nnn", "nnn")):
        return
    numeric = "m" not in _shape(before)
    yield ("/" if numeric else " ").join(before), ("/" if numeric else " ").join(after)
