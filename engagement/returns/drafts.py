"""Draft of a return: its rows, the missing values, and the changes since the one before; nothing is kept yet."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import override

from engagement.core.types import Reader
from engagement.returns.models import Return, ReturnForm
from engagement.returns.periods import Period
from engagement.returns.selection import (
    people_of_other_posts,
    posts,
    posts_without_meetings,
    published,
    unpublished,
    with_parts,
)
from engagement.returns.tables import LATER, Cell, Gap, Table, tables_of
from engagement.returns.values import Context, Facts, is_covered
from engagement.returns.vocabulary import Correction, Nil, RowsOf, Source
from meetings.models import Meeting, MeetingQuerySet
from organizations.models import Organization

Entries = dict[str, dict[str, str]]
"""By the reference of a meeting, or the name of a post: as what the file knows it, and the digest of its rows."""
UNSTABLE = LATER | {Source.MADE_ON}
SHOWN = 50


@dataclass(frozen=True)
class Missing:
    """A value that the form asks for and the meeting lacks."""

    meeting: Meeting
    texts: list[str]


@dataclass
class Draft:
    form: ReturnForm
    context: Context
    tables: list[Table]
    before: Return | None
    left_out: MeetingQuerySet
    entries: Entries = field(default_factory=dict)
    missing: list[Missing] = field(default_factory=list)
    meeting_count: int = 0
    missing_count: int = 0
    left_out_count: int = 0
    nil_rows: int = 0
    is_about_posts: bool = False

    @property
    def number(self) -> int:
        return self.before.number + 1 if self.before else 1

    @property
    def row_count(self) -> int:
        return sum(len(table.rows) for table in self.tables)

    @property
    def is_nil(self) -> bool:
        return not self.entries and not self.is_about_posts

    @property
    def is_false_nil(self) -> bool:
        """Whether it would say that there was nothing, while meetings wait to be published."""
        says_so = any(table.record.nil != Nil.HEADINGS for table in self.tables)
        return self.is_nil and says_so and self.left_out_count > 0

    @property
    def changes(self) -> dict[str, list[str]]:
        """The rows that are new, changed or gone since the return before."""
        then: Entries = self.before.entries if self.before else {}
        return {
            "new": [key for key in self.entries if key not in then] if self.before else [],
            "changed": [k for k, e in self.entries.items() if k in then and then[k]["digest"] != e["digest"]],
            "removed": [key for key in then if key not in self.entries],
        }

    @property
    def is_same(self) -> bool:
        """There is nothing to correct."""
        return self.before is not None and not any(self.changes.values())

    @property
    def digest(self) -> str:
        """The digest of the rows, by which a confirmation is for the previewed ones."""
        told = [self.form.pk, self.form.version, self.number, self.nil_rows, self.entries]
        return _digest([json.dumps(told, sort_keys=True)])

    @property
    def cannot_say_it(self) -> bool:
        """Meetings were only taken back since, and the form has no row that says so."""
        return bool(self.before) and self.form.correction == Correction.ROWS and not self.row_count

    @property
    def can_be_made(self) -> bool:
        return not (self.is_same or self.is_false_nil or self.cannot_say_it)

    @property
    def title(self) -> str:
        period = self.context.period
        with override("en"):
            first, last = f"{period.first:%B}", f"{period.last:%B}"
            said = self.form.title or f"{self.form.name}, {period}"
        words = {"host": self.context.host.name, "from": first, "to": last, "year": f"{period.last.year}"}
        for name, text in words.items():
            said = said.replace(f"[{name}]", text)
        return said


def draft(
    form: ReturnForm, host: Organization, period: Period, *, before: Return | None, today: dt.date, by: Reader
) -> Draft:
    """The draft from the records of now. Files are in English, as the forms are, whatever the reader's language."""
    with override("en"):
        others = people_of_other_posts(host, period, form.ranks)
        context = Context(host, period, today, form.part_separator, others)
        made = Draft(form, context, tables_of(form), before, unpublished(host, period, by))
        made.left_out_count = made.left_out.count()
        made.is_about_posts = all(table.record.rows_of == RowsOf.POST for table in made.tables)
        if made.is_about_posts:
            made.left_out_count = 0
        _add_posts(made)
        if not made.is_about_posts:
            _add_meetings(made)
            _add_nil(made)
    return made


def _add_meetings(made: Draft) -> None:
    sources = {column.source for table in made.tables for column in table.columns}
    if any(table.record.rows_of == RowsOf.TOPIC for table in made.tables):
        sources.add(Source.TOPIC)
    for meeting in with_parts(published(made.context.host, made.context.period), sources):
        if not is_covered(meeting, made.context):
            continue
        made.meeting_count += 1
        rows = [
            (table, facts, table.cells(facts))
            for table in made.tables
            for facts in table.facts_of(meeting, made.context)
        ]
        gaps = dict.fromkeys(gap for table, facts, cells in rows for gap in table.gaps(cells, facts))
        _tell_missing(made, meeting, list(gaps))
        _add_entry(made, meeting.reference, [(table, cells) for table, _facts, cells in rows])


def _tell_missing(made: Draft, meeting: Meeting, gaps: list[Gap]) -> None:
    texts = [f"{gap.heading}: {gap.organization}" if gap.organization else gap.heading for gap in gaps]
    if meeting.date and not meeting.date.is_exact:
        texts.append(_("the day: only %(date)s is known") % {"date": meeting.date})
    if texts:
        made.missing_count += len(texts)
        if len(made.missing) < SHOWN:
            made.missing.append(Missing(meeting, texts))


def _add_posts(made: Draft) -> None:
    tables = [table for table in made.tables if table.record.rows_of == RowsOf.POST]
    for post in posts(made.context.host, made.context.period, made.form.ranks) if tables else ():
        rows = [(table, table.cells(Facts(made.context, post=post))) for table in tables]
        _add_entry(made, f"{post.person}, {post.function}", rows)


def _add_entry(made: Draft, key: str, rows: list[tuple[Table, list[Cell]]]) -> None:
    """With its rows; of a correction row by row, only what is new or changed."""
    digest = _digest(_stable(table, cells) for table, cells in rows)
    then = made.before.entries.get(key) if made.before else None
    name, replaces = key, ""
    if made.before and made.form.correction == Correction.ROWS:
        if then and then["digest"] == digest:
            made.entries[key] = then
            return
        name, replaces = f"{key}-{made.number}", then["id"] if then else ""
    made.entries[key] = {"id": name, "digest": digest}
    for table, cells in rows:
        table.add(cells, name, replaces)


def _stable(table: Table, cells: list[Cell]) -> str:
    pairs = zip(table.columns, cells, strict=True)
    return json.dumps([table.name, *(str(cell) for column, cell in pairs if column.source not in UNSTABLE)])


def _digest(texts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(texts).encode("utf-8", "surrogatepass")).hexdigest()


def _add_nil(made: Draft) -> None:
    """Of a correction row by row, nothing: what was said of nobody stands."""
    if made.before and made.form.correction == Correction.ROWS:
        return
    per_person = any(table.record.nil == Nil.PEOPLE for table in made.tables)
    context = made.context
    without = posts_without_meetings(context.host, context.period, made.form.ranks) if per_person else []
    for table in made.tables:
        if table.record.rows_of != RowsOf.POST:
            made.nil_rows += table.add_nil(context, without, is_empty=not made.entries)
