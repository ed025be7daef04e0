"""Row parser for meetings, a stream: a row is parsed when it is asked for."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from engagement.imports.layouts.spec import Spec
from engagement.imports.parsing.addresses import address_of, country_of
from engagement.imports.parsing.cell_statistics import Memory, walk
from engagement.imports.parsing.cells import Cells
from engagement.imports.parsing.dates import date_forms, day_of, read_date, read_times
from engagement.imports.parsing.places import Place, read_place
from engagement.imports.parsing.rows import MeetingReading, OrgMention
from engagement.imports.parsing.summary_rows import REMARKS, kind_of_line
from engagement.imports.sources.table import Table
from engagement.imports.sources.texts import title_of


def read_meetings(table: Table, spec: Spec, file_name: str = "") -> Iterator[MeetingReading]:
    """What each row says about a meeting. The file is walked twice: names are told apart by what stands elsewhere."""
    for cells, memory in walk(table, spec, file_name):
        yield _meeting(cells, memory)


def _meeting(cells: Cells, memory: Memory) -> MeetingReading:
    reading = MeetingReading(cells.row.number, cells.row.cells, cells.problems)
    if any(problem.is_error for problem in cells.problems):
        return reading
    if kind := _remark(cells, memory):
        reading.is_remark = True
        cells.note(kind, "", str(REMARKS[kind]))
        return reading
    _read_time(reading, cells, memory)
    _read_people(reading, cells, memory)
    _read_subject(reading, cells)
    _read_place(reading, cells)
    reading.themes = memory.texts(cells, "themes")
    reading.portfolio = cells.text("portfolio")
    reading.kind = cells.mapped("kind")
    reading.source_id = cells.text("source_id")
    reading.source_url = address_of(cells, "source_url", 500)
    reading.published_on = day_of(cells, "published_on", memory.hint).on
    return reading


def _remark(cells: Cells, memory: Memory) -> str:
    """What the line is, if it is none about a meeting: nothing that has a day of its own."""
    text = cells.text("date")
    is_day = not text.isdigit() and bool(read_date(text, date_forms(cells, "date"), memory.hint).on)
    return "" if is_day else kind_of_line(cells.row.cells.values())


def _read_time(reading: MeetingReading, cells: Cells, memory: Memory) -> None:
    when = day_of(cells, "date", memory.hint, is_needed=True)
    reading.on, reading.month_only = when.on, when.month_only
    reading.ends_on = when.ends_on or day_of(cells, "end_date", memory.hint).on
    if reading.on and reading.ends_on and reading.ends_on < reading.on:
        cells.note("ends_before", "end_date", _("The last day is before the first."), is_error=True)
    reading.time_zone = cells.view.spec.time_zone
    if text := cells.text("time"):
        reading.start_time, reading.end_time = read_times(text)
        if not reading.start_time:
            cells.note("no_time", "time", _("“%(text)s” is no time of day.") % {"text": text[:60]})


def _read_people(reading: MeetingReading, cells: Cells, memory: Memory) -> None:
    reading.hosts = memory.hosts.mentions(cells.raw("host"), "")
    reading.counterparts = memory.organizations.mentions(cells.raw("counterparts"), cells.raw("counterpart_numbers"))
    reading.representatives = memory.texts(cells, "representatives")
    reading.counterpart_people = memory.texts(cells, "counterpart_people")
    if not reading.hosts:
        cells.note("no_host", "host", _("The row names no host."), is_error=True)
    if not reading.counterparts:
        cells.note("no_counterpart", "counterparts", _("The row names no organization that was met."), is_error=True)
    for target, mentions in (("host", reading.hosts), ("counterparts", reading.counterparts)):
        _note_doubts(cells, target, mentions)


def _note_doubts(cells: Cells, target: str, mentions: list[OrgMention]) -> None:
    if any(not mention.is_certain for mention in mentions):
        sentence = _("The cell names several organizations that cannot be told apart with certainty.")
        cells.note("names_entangled", target, sentence)
    if any(len(mention.name) > 250 for mention in mentions):
        cells.note("name_too_long", target, _("A name is longer than 250 characters."), is_error=True)


def _read_subject(reading: MeetingReading, cells: Cells) -> None:
    reading.purpose = cells.body("purpose")
    reading.title = title_of(cells.raw("title")) or title_of(reading.purpose)


def _read_place(reading: MeetingReading, cells: Cells) -> None:
    """Columns of their own first; what they leave open, the free text fills."""
    reading.place = cells.line("place")
    found = read_place(reading.place) if cells.text("place") else Place()
    reading.city = cells.short("city", 100) or found.city
    reading.country = country_of(cells) or found.country
    reading.mode = cells.mapped("mode") or found.mode
    reading.venue = cells.short("venue", 200) or found.venue
