"""Guard against CSV injection: text that a spreadsheet would run as a formula gets an apostrophe before it.

Only files of bare text need it, as a workbook says itself what is text. Taking the guard off gives back exactly what
was guarded, a text that begins with an apostrophe of its own included.
"""

import re

_FORMULA = re.compile(
    r"['\s\ufeff\u200b-\u200f\u202a-\u202e\u2060-\u2069]*[=+\-@＝＋－＠]"  # noqa: RUF001 - the wide ones are run as well
    r"|'*[\t\r\n]"
)


def guarded(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and _FORMULA.match(cell, 1) else cell
