"""Column mapping guessed from an unknown file: from its headings and from the values under them.

A proposal is for a person to look at: every column says how sure the guess is and why.
"""

import re
from collections.abc import Sequence
from itertools import islice
from typing import TypeAlias

from django.utils.translation import gettext as _

from engagement.core.folding import fold_key
from engagement.imports.layouts.guessed import Guess, GuessedColumn, join
from engagement.imports.layouts.own_export import own_meetings
from engagement.imports.layouts.shapes import Shape, shape_of
from engagement.imports.layouts.spec import LayoutData
from engagement.imports.layouts.synonyms import MEETING_WORDS, ORGANIZATION_WORDS
from engagement.imports.layouts.validation import parse_spec
from engagement.imports.layouts.vocabulary import DATES, IGNORED, MEETINGS, ORGANIZATIONS, REPEATABLE, SEVERAL, allowed
from engagement.imports.parsing.dates import file_date, read_date
from engagement.imports.parsing.meetings import OF_THE_HOST
from engagement.imports.parsing.periods import period_of
from engagement.imports.sources.other_returns import is_other_return
from engagement.imports.sources.table import Row, Table

_ROWS = 300
_ENOUGH, _SAID = 0.4, 0.7
_IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
Scores: TypeAlias = list[tuple[float, list[str], str, str]]
"""How likely, why, which target, which heading."""
NEEDED_OF = {
    MEETINGS: {"date", "counterparts", "host", "our_people", "purpose"},
    ORGANIZATIONS: {"name", "identifier", "kind", "country"},
}
_OF_WHOM = re.compile(
    r"\b(?:members?|meps?|registrants?|lobbyists?|clients?|organisations?|organizations?|company|nationality|constituency"
    r"|head office|registered|origin|declarant|mitglied|verband|unternehmen)\b"
)
"""Whose country it is that a heading says, where it is not that of the meeting."""
_SORTS = re.compile(
    r"\b(?:types?|kind|category|categories|categorie|kategorie|role|status|sector|count|email|tipo|typ|vrsta)$"
)
"""A heading that says of what sort something is, and does not name it."""
_OF_OURS = "|".join((*MEETING_WORDS["host"][1].split("|"), "teilnehm", "cargo", "adviser", "advisor", "secretary"))
"""Words of posts in a heading: with names of people under it, these are ours."""
_MOSTLY = 0.6
_IDS = frozenset(["id", "meeting id", "record id", "row id", "unique id", "entry id", "uuid", "guid"])
"""Beside other headings, numbers that count the rows are not the publisher's own: the next file begins at one again."""
_MEMBERS = {"mep", "epid", "mep id", "political group", "constituency"}
_ENGLISH_DATE = re.compile(r"\b(?:dates?|days?|when|held)\b")
"""Nobody but people who write English begins with the month."""
_ROMANCE = re.compile(r"\b(?:du|de|des|la|le|del|della|dell|do|da|rendez|reunion|rencontre)\b")
"""“Date du rendez-vous” is no English."""
_PAGES = {"url", "link", "page", "web page"}
_WEBSITES = set(ORGANIZATION_WORDS["website"][0].split("|")) - _PAGES
"""Beside a website, an address is that of the page of the register, as in our own files."""
_ONLY_ORGANIZATIONS = {"counterparts", "counterpart_numbers", "counterpart_people", "their_people"}
_TYPED = frozenset(["date", "end_date", "published_on", "time", "country", "website", "source_url"])
"""What has values of one sort: few of them do not take back what a heading says outright."""


def guess(table: Table, noun: str = "") -> Guess:
    """A layout for this file. The kind of its rows is guessed as well, unless it is told."""
    told = samples(table)
    if noun in ("", MEETINGS) and (
        own := own_meetings(table.headers, {name: cells[:3] for name, cells in told.items()})
    ):
        return own
    shapes = {header: shape_of(values) for header, values in told.items()}
    proposals = [_columns(shapes, name) for name in ([noun] if noun else [MEETINGS, ORGANIZATIONS])]
    best = max(proposals, key=_worth)
    chosen = noun or (MEETINGS, ORGANIZATIONS)[proposals.index(best)]
    data = _data(best, shapes, chosen)
    for column in (column for column in data["columns"] if {"dmy", "mdy"} <= set(column.get("date_forms", []))):
        _settle_order(column, best, [row.cells[column["headers"][0]] for row in islice(table.rows, _ROWS)], table.name)
    if chosen == MEETINGS:
        data |= _file_name_dates(table, best, shapes)
        rows = list(islice(table.rows, _ROWS))
        _note_blanks(data, best, rows)
        _note_rows_of_one_name(data, rows)
    return Guess(data, best, parse_spec(data)[1])


def guess_all(tables: Sequence[Table], noun: str = "") -> Guess:
    """One layout for several files: that of the first, with the headings and formats that the others use besides."""
    tables = [table for table in tables if not is_other_return(table.headers)] or tables[:1]
    first = guess(tables[0], noun)
    for table in tables[1:]:
        other = guess(table, first.data["noun"])
        if len({column["target"] for column in other.data["columns"]} & NEEDED_OF[first.data["noun"]]) > 1:
            join(first, other)
    first.missing = parse_spec(first.data)[1]
    return first


def samples(table: Table) -> dict[str, list[str]]:
    """The values under each heading in the first rows, blank cells included."""
    rows = list(islice(table.rows, _ROWS))
    return {header: [row.cells[header] for row in rows] for header in table.headers}


def _worth(columns: list[GuessedColumn]) -> float:
    """How well a noun fits: a meeting needs a date, and both need more than guesses."""
    targets = {column.target for column in columns}
    about_meetings = NEEDED_OF[MEETINGS] & targets
    bonus = 1.0 if "date" in about_meetings and len(about_meetings) > 1 else 0.0
    return bonus + sum(column.confidence for column in columns)


def _columns(shapes: dict[str, Shape], noun: str) -> list[GuessedColumn]:
    """The surest pairs of heading and target first; a target is given once, unless several may have it."""
    columns = {header: GuessedColumn(header, samples=shape.samples) for header, shape in shapes.items()}
    words = MEETING_WORDS if noun == MEETINGS else ORGANIZATION_WORDS
    scored = [
        (*_score(header, target, names, shape, noun), target, header)
        for header, shape in shapes.items()
        for target, names in words.items()
    ]
    if noun == MEETINGS and any(fold_key(header) in _MEMBERS for header in shapes):
        scored = [one for one in scored if one[2] != "country"]  # that of the member
    if noun == MEETINGS:
        scored = _days_before_months(shapes, scored) + _named_by_nobody(shapes, scored)
    if noun == ORGANIZATIONS and any(fold_key(header) in _WEBSITES for header in shapes):
        scored = [one for one in scored if one[2] != "website" or fold_key(one[3]) not in _PAGES]
    taken: set[str] = set()
    for score, reasons, target, header in sorted(scored, key=lambda one: -one[0]):
        column = columns[header]
        if score >= _ENOUGH and column.target == IGNORED and (target not in taken or _may_repeat(target, score)):
            column.target, column.confidence, column.reasons = target, round(min(score, 1.0), 2), reasons
            column.distinct = shapes[header].distinct if allowed(noun, target) else []
            taken.add(target)
    return list(columns.values())


def _days_before_months(shapes: dict[str, Shape], scored: Scores) -> Scores:
    """A column of months tells no date where another one has the days."""
    days = [one for one in scored if one[2] == "date" and one[0] >= _ENOUGH and not shapes[one[3]].are_months]
    return [one for one in scored if not days or one[2] != "date" or not shapes[one[3]].are_months]


def _named_by_nobody(shapes: dict[str, Shape], scored: Scores) -> Scores:
    """People under a heading that says nothing are ours, where no other column has ours."""
    sure = {one[3] for one in scored if one[0] >= _SAID}
    if any(one[2] in ("our_people", "their_people") and one[0] >= _SAID for one in scored):
        return []
    found = [header for header, shape in shapes.items() if header not in sure and shape.speaks_for("our_people")[0] > 0]
    return [(_ENOUGH, [_("The values are names of people.")], "our_people", header) for header in found[:1]]


def _may_repeat(target: str, score: float) -> bool:
    return target in REPEATABLE and score >= 0.8


def _score(header: str, target: str, names: tuple[str, str], shape: Shape, noun: str) -> tuple[float, list[str]]:
    """How likely a heading with such values is this target, and why."""
    key = fold_key(_IN_BRACKETS.sub(" ", header)) or fold_key(header)
    whole, telling = names
    if target == "our_people" and shape.names > _MOSTLY:
        telling = f"{telling}|{_OF_OURS}".strip("|")
    elif target == "representatives" and shape.names > _MOSTLY:
        return -1.0, []  # a name and a post
    reasons, score = [], 0.0
    if key in whole.split("|"):
        score, reasons = _SAID, [_("Guessed from the heading.")]
    elif telling and any(f" {word}" in f" {key}" for word in telling.split("|")):
        score, reasons = 0.4, [_("Guessed from a word in the heading.")]
    is_anothers = noun == MEETINGS and target == "country" and _OF_WHOM.search(key)
    if target in ("counterparts", "host") and score < _SAID and _SORTS.search(key):
        return -1.0, []
    is_unsaid = target in DATES and not score and (shape.are_plain_numbers or target != "date")
    if is_anothers or is_unsaid or (target == "source_id" and shape.counts_rows and key not in _IDS):
        return -1.0, []
    weight, reason = shape.speaks_for(target)
    if score == _SAID and target in _TYPED and weight < _ENOUGH - _SAID:
        weight, reason = _ENOUGH - _SAID, _("But most values look different: check it.")
    if target in DATES and shape.are_plain_numbers:
        weight -= 0.1  # behind a column of whole dates
    if reason and weight:
        reasons.append(reason)
    return round(score + weight, 6), reasons


def _data(columns: list[GuessedColumn], shapes: dict[str, Shape], noun: str) -> LayoutData:
    """The layout that follows from the columns."""
    data: LayoutData = {"noun": noun, "columns": []}
    joined = next((shapes[one.header].number_separator for one in columns if one.target == "counterpart_numbers"), "")
    for column in columns:
        entry: LayoutData = {"target": column.target, "headers": [column.header]}
        shape = shapes[column.header]
        if column.target in SEVERAL and (separators := _separators(column.target, shape, joined)):
            entry["separators"] = separators
        if column.target in ("date", "end_date", "published_on") and shape.date_forms:
            entry["date_forms"] = shape.date_forms
            _say_when_unsure(column, shape)
        if column.target in ("host", "our_people") and shape.is_carried_down:
            entry["carry_down"] = True
            column.reasons.append(_("Empty cells repeat the cell above."))
        data["columns"].append(entry)
    if any(shapes[one.header].has_eu_numbers for one in columns if one.target in ("counterpart_numbers", "identifier")):
        data["scheme"] = "eu_transparency"
    return {name: value for name, value in data.items() if value}


def _file_name_dates(table: Table, columns: list[GuessedColumn], shapes: dict[str, Shape]) -> LayoutData:
    """Whether what a cell leaves out of its date is to be found in the names around the table."""
    named = [file_date(table.name), *(period_of(text) for text in (table.sheet, *table.preamble))]
    is_needed = any(shapes[one.header].needs_file_name for one in columns if one.target == "date")
    return {"file_name_dates": True} if is_needed or any(named) else {}


def _settle_order(column: LayoutData, columns: list[GuessedColumn], cells: list[str], name: str) -> None:
    """Day or month first, where only one reading lies in the file's period, or makes of many days few months."""
    read = {form: [when for cell in cells if (when := read_date(cell, (form,)).on)] for form in ("dmy", "mdy")}
    period = file_date(name)
    inside = {form: all(period.has(day) for day in days) for form, days in read.items()}
    months = {form: len({(day.year, day.month) for day in days}) for form, days in read.items()}
    few = min(months, key=lambda form: months[form])
    chosen = next((form for form in read if inside[form]), "") if sum(inside.values()) == 1 else ""
    if not chosen and len(set(read[few])) > 2 and 2 * months[few] <= max(months.values()):
        chosen = few
    beside = {"day_name": "dmy", "name_day": "mdy"}  # how the same hand writes the month in words
    in_words = [beside[form] for form in column["date_forms"] if form in beside]
    if not chosen and len(in_words) == 1:
        chosen = in_words[0]
    heading = fold_key(column["headers"][0])
    if not chosen and (not _ENGLISH_DATE.search(heading) or _ROMANCE.search(heading) or all(map(_has_points, cells))):
        chosen = "dmy"
    if chosen:
        column["date_forms"] = [form for form in column["date_forms"] if form not in read or form == chosen]
        for one in (one for one in columns if one.header == column["headers"][0]):
            one.confidence, one.reasons = (
                0.7,
                [*one.reasons[:-1], _("The dates show which number is the day and which is the month.")],
            )


def _has_points(cell: str) -> bool:
    """``27.01.2022`` has the day first, wherever it is written so; cells without figures say nothing."""
    return "." in cell or not any(map(str.isdigit, cell))


def _note_blanks(data: LayoutData, columns: list[GuessedColumn], rows: list[Row]) -> None:
    """Whether rows go on with organizations of the row above, and whether a day stands once for several rows."""
    named = {column.header: column.target for column in columns}
    filled = [{named[header] for header, text in row.cells.items() if text.strip()} for row in rows]
    filled = [targets - {IGNORED} for targets in filled]
    going_on = [at for at, targets in enumerate(filled) if _goes_on(at, filled, rows, named)]
    if any((at and "date" in filled[at - 1]) or at - 1 in going_on for at in going_on):
        data["rows_go_on"] = True
    undated = [targets for targets in filled if "date" not in targets and {"counterparts", "purpose"} <= targets]
    date = next((entry for entry in data["columns"] if entry["target"] == "date"), None)
    if date and filled and "date" in filled[0] and len(undated) > 1:
        date["carry_down"] = True
        for column in columns:
            if column.target == "date":
                column.reasons.append(_("Empty cells repeat the cell above."))


def _note_rows_of_one_name(data: LayoutData, rows: list[Row]) -> None:
    """A register with a row for each organization has one name in a cell, commas or not."""
    heading = {column["target"]: column["headers"][0] for column in data["columns"]}
    column: LayoutData = next((one for one in data["columns"] if one["target"] == "counterparts"), {})
    if "source_id" not in heading or "," not in column.get("separators", []):
        return
    names: dict[str, set[str]] = {}
    for row in rows:
        names.setdefault(row.cells[heading["source_id"]], set()).add(row.cells[heading["counterparts"]])
    if any(number.strip() and len(several) > 1 for number, several in names.items()):
        column["separators"] = [sign for sign in column["separators"] if sign != ","]


def _goes_on(at: int, filled: list[set[str]], rows: list[Row], named: dict[str, str]) -> bool:
    """Whether a row has organizations and nothing else, or beside them the host of the row above once more."""
    if "counterparts" not in filled[at] or filled[at] - _ONLY_ORGANIZATIONS - set(OF_THE_HOST):
        return False
    hosts = [header for header, text in rows[at].cells.items() if named[header] in OF_THE_HOST and text.strip()]
    return not hosts or (at > 0 and all(rows[at].cells[name] == rows[at - 1].cells[name] for name in hosts))


def _separators(target: str, shape: Shape, joined: str) -> list[str]:
    if target == "counterpart_numbers":
        return [joined] if joined else []
    if target == "counterparts" and joined:
        return [joined]
    return shape.list_separators if target == "counterparts" else shape.separators


def _say_when_unsure(column: GuessedColumn, shape: Shape) -> None:
    if {"dmy", "mdy"} <= set(shape.date_forms):
        column.confidence = min(column.confidence, 0.5)
        column.reasons.append(
            _("The first rows do not show which number is the day and which is the month. Choose one date format.")
        )
