"""Row parser for meetings, a stream: a row is parsed when it is asked for."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from engagement.core.folding import fold
from engagement.imports.layouts.spec import Spec
from engagement.imports.parsing.cell_statistics import CellStatistics, walk
from engagement.imports.parsing.cells import Cells, address_of, country_of
from engagement.imports.parsing.dates import IN_WORDS, When, date_forms, day_of, read_date, read_times
from engagement.imports.parsing.people import PersonMention, named, read_people
from engagement.imports.parsing.places import Place, mode_of, near_place, read_place
from engagement.imports.parsing.rows import MeetingRow, OrgMention
from engagement.imports.parsing.summary_rows import HEADING, NIL, REMARKS, is_nil, is_nil_line, kind_of_line
from engagement.imports.sources.table import Table
from engagement.imports.sources.texts import title_of

OF_THE_HOST = ("host", "our_people", "representatives", "portfolio")
ONLY_ORGANIZATIONS = ("counterparts", "counterpart_numbers", "counterpart_people", "their_people")


def read_meetings(table: Table, spec: Spec, file_name: str = "") -> Iterator[MeetingRow]:
    """Parse each row as a meeting. The file is walked twice: names are told apart by other cells of the file.

    A row that only goes on with the organizations of the one above gives them to it.
    """
    first: MeetingRow | None = None
    told: Cells | None = None
    parts: list[MeetingRow] = []
    for cells, statistics in walk(table, spec, file_name):
        if spec.rows_go_on and first and not first.is_remark and _goes_on(cells, told):
            parts.append(_part(first, cells, statistics))
            continue
        yield from _whole(first, told, parts)
        first, told, parts = _meeting(cells, statistics), cells, []
    yield from _whole(first, told, parts)


def _whole(first: MeetingRow | None, told: Cells | None, parts: list[MeetingRow]) -> Iterator[MeetingRow]:
    """A row with all its organizations, then those that went on with it."""
    if first and told:
        is_whole = not first.is_remark and not told.text("side")  # elsewhere the other rows of a meeting have the rest
        if is_whole and not first.counterparts and not any(problem.is_error for problem in first.problems):
            sentence = _("The row names no organization that was met.")
            told.note("no_counterpart", "counterparts", sentence, is_error=True)
        yield first
        yield from parts


def _goes_on(cells: Cells, told: Cells | None) -> bool:
    """Whether nothing but organizations stands in the row itself, or beside them the host of the row above again."""
    headers = {header for target in ONLY_ORGANIZATIONS for _column, header, _text in cells.columns(target)}
    who = {header: text for target in OF_THE_HOST for _column, header, text in cells.columns(target)}
    repeated = {header for header, text in who.items() if told and fold(text) == fold(told.texts[header])}
    filled = {header for header, text in cells.row.cells.items() if text.strip()}
    return bool(filled & headers) and filled <= headers | repeated and not cells.problems


def _part(first: MeetingRow, cells: Cells, statistics: CellStatistics) -> MeetingRow:
    more = statistics.organizations.mentions(cells.raw("counterparts"), cells.raw("counterpart_numbers"))
    first.counterparts += more
    _beside_names(first, more)
    theirs, functions = named(_people_of(cells, "their_people"), statistics.texts(cells, "counterpart_people"))
    first.their_people += theirs
    first.counterpart_people += functions
    return MeetingRow(cells.row.number, cells.row.cells, cells.problems, part_of=first.number)


def _meeting(cells: Cells, statistics: CellStatistics) -> MeetingRow:
    parsed = MeetingRow(cells.row.number, cells.row.cells, cells.problems, cells.filled)
    if any(problem.is_error for problem in cells.problems):
        return parsed
    if kind := _remark(cells, statistics):
        parsed.is_remark = True
        cells.note(kind, "", str(REMARKS[kind]))
        return parsed
    _read_time(parsed, cells, statistics)
    _read_people(parsed, cells, statistics)
    _read_subject(parsed, cells)
    _read_place(parsed, cells)
    parsed.themes = statistics.texts(cells, "themes")
    parsed.portfolio = cells.text("portfolio")
    parsed.kind = cells.mapped("kind")
    parsed.source_id = cells.text("source_id")
    parsed.source_url = address_of(cells, "source_url", 500)
    parsed.published_on = day_of(cells, "published_on", statistics.hint).on
    return parsed


def _remark(cells: Cells, statistics: CellStatistics) -> str:
    """The kind of a line that is none about a meeting."""
    said = {header: text for header, text in cells.row.cells.items() if text.strip()}
    if len(said) > 1 and all(fold(header) == fold(text) for header, text in said.items()):
        return HEADING
    dated = {header for _column, header, _text in cells.columns("date")}
    who = {header for target in OF_THE_HOST for _column, header, _text in cells.columns(target)} - dated
    told = [text for header, text in said.items() if header not in who | dated]
    days = [text for header, text in said.items() if header in dated]
    text = cells.text("date")
    is_day = not text.isdigit() and bool(read_date(text, date_forms(cells, "date"), statistics.hint).on)
    if is_nil(cells.line("counterparts")) and fold(cells.line("counterparts")) not in ("nil", "none"):
        return NIL
    if is_nil(text):
        return NIL
    if is_nil_line((said[header] for header in who & said.keys()), told if is_day else [*days, *told]):
        return NIL
    return "" if is_day else kind_of_line(said.values())


def _read_time(parsed: MeetingRow, cells: Cells, statistics: CellStatistics) -> None:
    when = day_of(cells, "date", statistics.hint, is_needed=True, unmeant=statistics.unmeant)
    parsed.on, parsed.month_only = when.on, when.month_only
    parsed.ends_on = when.ends_on or day_of(cells, "end_date", statistics.hint).on
    if parsed.on and parsed.ends_on and parsed.ends_on < parsed.on:
        cells.note("ends_before", "end_date", _("The last day is before the first."), is_error=True)
    if when.on and not read_date(cells.text("date"), (*date_forms(cells, "date"), *IN_WORDS)).on:
        cells.filled[cells.header("date")] = _in_full(when)
    if when.month_only and when.ends_on:
        sentence = _("“%(text)s” names several months. Only the first was kept.")
        cells.note("several_months", "date", sentence % {"text": cells.text("date")[:60]})
    if parsed.on and cells.text("date_precision") in ("month", "year"):
        parsed.month_only = True
    parsed.time_zone = _zone(cells.text("time_zone")) or cells.column_map.spec.time_zone
    if text := cells.text("time"):
        parsed.start_time, parsed.end_time = read_times(text)
        if not parsed.start_time:
            cells.note("no_time", "time", _("“%(text)s” is not a time of day.") % {"text": text[:60]})
        parsed.end_time = parsed.end_time or read_times(cells.text("end_time"))[0]


def _zone(text: str) -> str:
    """A time zone that there is."""
    try:
        return str(ZoneInfo(text)) if text else ""
    except (ValueError, OSError, KeyError):
        return ""


def _in_full(when: When) -> str:
    """A date that is read the same wherever it stands."""
    ends = [one for one in (when.on, when.ends_on) if one]
    return " to ".join(one.strftime("%B %Y") if when.month_only else one.isoformat() for one in ends)


def _read_people(parsed: MeetingRow, cells: Cells, statistics: CellStatistics) -> None:
    parsed.hosts = statistics.hosts.mentions(cells.raw("host"), "")
    parsed.counterparts = statistics.organizations.mentions(cells.raw("counterparts"), cells.raw("counterpart_numbers"))
    ours, theirs = (_people_of(cells, target) for target in ("our_people", "their_people"))
    parsed.our_people, parsed.representatives = named(ours, statistics.texts(cells, "representatives"))
    parsed.their_people, parsed.counterpart_people = named(theirs, statistics.texts(cells, "counterpart_people"))
    _beside_names(parsed, parsed.counterparts)
    if side := cells.text("side"):
        parsed.hosts, parsed.counterparts = (
            (parsed.counterparts, []) if side == "host" else (parsed.hosts, parsed.counterparts)
        )
    if not parsed.hosts and not side:
        cells.note("no_host", "host", _("The row names no host."), is_error=True)
    for target, mentions in (("host", parsed.hosts), ("counterparts", parsed.counterparts)):
        if any(not mention.is_certain and not mention.is_list for mention in mentions):
            sentence = _(
                "The cell names several organizations. It is not clear where one name ends and the next begins."
            )
            cells.note("names_entangled", target, sentence)


def _beside_names(parsed: MeetingRow, mentions: list[OrgMention]) -> None:
    """Who is named beside an organization in its cell, and posts of nobody who is named."""
    for person in (person for mention in mentions for person in mention.people):
        if person.name:
            parsed.their_people.append(person)
        else:
            parsed.counterpart_people.append(person.function)


def _people_of(cells: Cells, target: str) -> list[PersonMention]:
    """Everybody in the columns that are this."""
    return [one for _column, _header, text in cells.columns(target) for one in read_people(text)]


def _read_subject(parsed: MeetingRow, cells: Cells) -> None:
    parsed.purpose = cells.body("purpose")
    parsed.title = title_of(cells.raw("title")) or title_of(parsed.purpose)


def _read_place(parsed: MeetingRow, cells: Cells) -> None:
    """Columns of their own first; what they leave open, the free text fills."""
    parsed.place = cells.line("place")
    text = parsed.place if cells.text("place") else ""
    own = Place(
        cells.short("city", 100),
        country_of(cells),
        mode_of(cells.text("mode")) or cells.mapped("mode"),
        cells.short("venue", 200),
    )
    found = own.filled_from(read_place(text))
    parsed.city, parsed.country, parsed.mode, parsed.venue = found.city, found.country, found.mode, found.venue
    if not own.city and (near := near_place(text)):
        parsed.near = own.filled_from(near)
