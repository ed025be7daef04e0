"""SQLite back end: an FTS5 table beside the entries, kept by triggers.

The column of words is a JSON list of texts: words of heading, body and context, their stems, and marks. The rows of the
FTS table are numbered by stature, so that it gives the first ones of a common word without looking at the others.
"""

import json
from collections.abc import Iterable, Sequence

from django.db.models import Model, QuerySet

from engagement.search import criteria
from engagement.search.analysis import Analysed
from engagement.search.criteria import Row, SearchCriteria
from engagement.search.parser import Query
from engagement.search.terms import Term

COLUMN = "text"
WORDS, FORMS = "{heading body context}", "{heading_forms body_forms context_forms}"
MARKS = 6  # the place of the marks among the texts of a column
ENTRY = "(search_words.rowid & 4294967295)"  # the lower half of a row's number is the key of its entry

FTS_COLUMNS = ("heading", "body", "context", "heading_forms", "body_forms", "context_forms", "marks")


def _indexed(row: str) -> str:
    texts = ", ".join(f"json_extract({row}.words, '$[{place}]')" for place in range(len(FTS_COLUMNS)))
    return f"(({row}.stature << 32) | {row}.id), {texts}"


_INSERT = f"INSERT INTO search_words(rowid, {', '.join(FTS_COLUMNS)}) VALUES ({_indexed('new')});"
_DELETE = (
    f"""INSERT INTO search_words(search_words, rowid, {", ".join(FTS_COLUMNS)}) VALUES ('delete', {_indexed("old")});"""
)
TABLE = [
    f"""CREATE VIRTUAL TABLE search_words USING fts5({", ".join(FTS_COLUMNS)},
        content='', tokenize='ascii', prefix='2 3')""",
    f"CREATE TRIGGER search_entry_added AFTER INSERT ON search_entry BEGIN {_INSERT} END",
    f"CREATE TRIGGER search_entry_gone AFTER DELETE ON search_entry BEGIN {_DELETE} END",
    f"""CREATE TRIGGER search_entry_changed AFTER UPDATE OF words, stature, id ON search_entry
        WHEN old.words IS NOT new.words OR old.stature IS NOT new.stature BEGIN {_DELETE} {_INSERT} END""",
]


PURGE = "INSERT INTO search_words(search_words) VALUES ('optimize')"
"""What was deleted stays in the segments of the FTS table until they are written anew."""


def column(analysed: Analysed, marks: Iterable[str]) -> str:
    """The value of the column."""
    parts = analysed.parts()
    return json.dumps([" ".join(part) for part in (*parts, *map(analysed.stems, parts), marks)])


def matching(column: str, asked: SearchCriteria) -> tuple[str, list[object]]:
    """SQL that holds for the entries that answer."""
    table = column.rpartition(".")[0]
    found = f"SELECT {ENTRY} FROM search_words WHERE search_words MATCH %s"
    return f'{table}."id" IN ({found})', [_match(asked)]


def ranked(
    entries: QuerySet[Model], asked: SearchCriteria, names: Sequence[str], limit: int, *, is_long: bool
) -> list[Row]:
    """These columns of the first entries by stature that answer, and how well each does.

    They are read from the FTS table in that order, however many there are.
    """
    first = _answering(entries, asked).extra(order_by=["-search_words.rowid"])[:limit]
    return [(*row[:-1], _points(row[-1], asked.query)) for row in first.values_list(*names, "words")]


def few(entries: QuerySet[Model], asked: SearchCriteria, most: int, *, is_long: bool) -> list[int] | None:
    """The records of all entries that answer; None where they are more than ``most``."""
    found = list(_answering(entries, asked).order_by().values_list("source", flat=True)[: most + 1])
    return found if len(found) <= most else None


def _answering(entries: QuerySet[Model], asked: SearchCriteria) -> QuerySet[Model]:
    # No word of the ORM joins a table that is no model's.
    return entries.extra(
        tables=["search_words"], where=["search_words MATCH %s", f"search_entry.id = {ENTRY}"], params=[_match(asked)]
    )


def _points(column: str, query: Query) -> int:
    texts = [f" {text} " for text in json.loads(column)]
    points = sum(_points_of(term, texts) for term in query.terms)
    if whole := query.as_phrase():
        in_heading, in_body = (_has_words(whole, text) for text in texts[:2])
        points += criteria.PHRASE_IN_HEADING if in_heading else criteria.PHRASE_IN_BODY * in_body
    if (loose := query.loose) and all(_answers(term.whole(), texts) for term in loose):
        points += criteria.WHOLE
    return points


def _points_of(term: Term, texts: Sequence[str]) -> int:
    if _is_marked(term.marks, texts):
        return criteria.DATED
    heading, body, context = (_stands_in(term, texts, part) for part in range(3))
    points = criteria.HEADING if heading else criteria.BODY * body
    whole = term.whole()
    points += criteria.EXACT * (_has_words(whole, texts[0]) or _has_words(whole, texts[1]))
    return points + criteria.ANYWHERE * (heading or body or context)


def _answers(term: Term, texts: Sequence[str]) -> bool:
    """Whether the term, or what belongs to the organizations and days it names, stands somewhere."""
    return _is_marked(term.every_mark, texts) or any(_stands_in(term, texts, part) for part in range(3))


def _is_marked(marks: Iterable[str], texts: Sequence[str]) -> bool:
    return any(f" {mark} " in texts[MARKS] for mark in marks)


def _stands_in(term: Term, texts: Sequence[str], part: int) -> bool:
    """Whether the term stands in one part of the text, in any form."""
    words, forms = texts[part], texts[part + 3]
    if _has_words(term, words):
        return True
    if any(f" {form} " in words or f" {form} " in forms for form in term.forms):
        return True
    return any(f" {tail}{'' if is_beginning else ' '}" in forms for tail, is_beginning in term.tails)


def _has_words(term: Term, text: str) -> bool:
    """Whether the term stands there as typed, or as it may also be spelled."""
    end = "" if term.is_beginning else " "
    whole = any(f" {' '.join(words)}{end}" in text for words in (term.words, *term.spellings))
    return whole or any(f" {beginning}" in text for beginning in term.beginnings)


def _match(asked: SearchCriteria) -> str:
    columns = ("heading", "heading_forms") if asked.in_heading else (WORDS, FORMS)
    parts = [_term(term, *columns) for term in asked.query.terms]
    parts += [_either(f'marks : "{mark}"' for mark in group) for group in asked.marks]
    found = " AND ".join(parts)
    without = [_term(term) for term in asked.query.excluded]
    return f"({found}) NOT {_either(without)}" if without else found


def _term(term: Term, words: str = WORDS, forms: str = FORMS) -> str:
    """The term in any form, and what belongs to the organizations and days it names."""
    spellings = [" ".join(spelled) for spelled in (term.words, *term.spellings)]
    found = [f'{words} : "{spelled}"' + ("*" if term.is_beginning else "") for spelled in spellings]
    found += [f'{words} : "{beginning}"*' for beginning in term.beginnings]
    for form in term.forms:
        found += [f'{words} : "{form}"'] * (form not in spellings) + [f'{forms} : "{form}"']
    found += [f'{forms} : "{tail}"' + ("*" if is_beginning else "") for tail, is_beginning in term.tails]
    found += [f'marks : "{mark}"' for mark in term.every_mark]
    return _either(found)


def _either(questions: Iterable[str]) -> str:
    return "(" + " OR ".join(questions) + ")"
