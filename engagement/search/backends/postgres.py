"""PostgreSQL back end: a ``tsvector`` of our own making, so neither a text search configuration nor an extension.

Words stand in it at their positions, other forms beside them as ``~stem``, marks without a position as ``#o12``. Weight
A is the heading, B the body, C the context.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model, QuerySet

from engagement.search import criteria
from engagement.search.analysis import BREAK, Analysed
from engagement.search.criteria import Row, SearchCriteria
from engagement.search.parser import Query
from engagement.search.terms import Term

COLUMN = "tsvector"
LAST_POSITION = 16_383  # a tsvector counts no further
MOST_BYTES = 900_000  # it holds at most a megabyte
NEWEST, FARTHEST = 5_000, 150_000  # entries looked through: a few milliseconds, and what the index of words may cost
FREQUENT = 25  # of the newest: then it is in a half percent of all
PLACE = ("source", "stature", "id")

TABLE = [
    "ALTER TABLE search_entry ALTER COLUMN words SET STORAGE EXTERNAL",
    "ALTER TABLE search_entry ALTER COLUMN words SET STATISTICS 1000",
    "CREATE INDEX search_entry_words ON search_entry USING gin (words) WITH (gin_pending_list_limit = 512)",
    "CREATE INDEX search_entry_names ON search_entry USING gin (words) WHERE stature >= 20000000",
]


PURGE = ""


def column(analysed: Analysed, marks: Iterable[str]) -> str:
    """The value of the column, as PostgreSQL reads it."""
    places: dict[str, list[str]] = defaultdict(list)
    position = size = 0
    for weight, words in zip("ABC", analysed.parts(), strict=True):
        for word in words:
            position += 1
            if word == BREAK:
                continue
            place = f"{position if position < LAST_POSITION else LAST_POSITION}{weight}"
            lexemes = [word, *("~" + form for form in analysed.forms(word))]
            for lexeme in lexemes:
                places[lexeme].append(place)
                size += len(lexeme) + 5
            if size > MOST_BYTES:
                break
        position += 1  # a phrase does not run from one part into the next
    placed = [f"'{lexeme}':{','.join(where[:255])}" for lexeme, where in places.items()]
    return " ".join([*placed, *(f"'#{mark}'" for mark in marks)])


def matching(column: str, asked: SearchCriteria) -> tuple[str, list[str]]:
    """SQL that holds for the entries that answer.

    Each term is a condition of its own: GIN puts conditions together in a half to a third of the time that one question
    of many words takes. What is left out goes with the first, since alone it would be asked of every entry there is.
    """
    weights = "A" if asked.in_heading else ""
    first, *others = [_term(term, weights) for term in asked.query.terms]
    without = [f"!{_term(term)}" for term in asked.query.excluded]
    marks = [_either(f"'#{mark}'" for mark in group) for group in asked.marks]
    questions = [" & ".join([first, *without]), *others, *marks]
    return " AND ".join(f"{column} @@ %s::tsquery" for _question in questions), questions


def ranked(
    entries: QuerySet[Model], asked: SearchCriteria, names: Sequence[str], limit: int, *, is_long: bool
) -> list[Row]:
    """These columns of the first entries by stature that answer, and how well each does.

    Where there are many entries, the newest are looked through first, and as many more as those promise to be enough.
    Otherwise the index of words is asked. Left to choose, PostgreSQL takes two words for independent, and looks through
    millions of entries for a pair that never meets. It is asked for the words themselves first, as enough of them leave
    no room for longer ones: for the beginning of a frequent word the index takes ten times as long.
    """
    reach = NEWEST if is_long else 0
    while 0 < reach <= FARTHEST:
        rows = _pointed(_among(entries, asked, names, reach), asked.query, names, limit)
        if len(rows) >= limit:
            return rows
        reach = 2 * reach * limit // len(rows) if rows and reach == NEWEST else 0
    if is_long and asked.query.loose:
        whole = replace(asked, query=asked.query.whole())
        rows = _pointed(_by_words(entries, whole, names), asked.query, names, limit)
        if len(rows) >= limit:
            return rows
    return _pointed(_by_words(entries, asked, names), asked.query, names, limit)


def few(entries: QuerySet[Model], asked: SearchCriteria, most: int, *, is_long: bool) -> list[int] | None:
    """The records of all entries that answer; None where they are more than ``most``, or a good guess says so.

    The guess is made within the statement, which then goes no further: one key, of nothing, is what it gives.
    """
    found, parameters = _by_words(entries, asked, PLACE)
    sql = f"SELECT source FROM ({found}) AS those"
    if is_long:
        newest, before = _among(entries, asked, PLACE, NEWEST)
        often = f"SELECT COUNT(*) >= {FREQUENT} AS it_is FROM ({newest} LIMIT {FREQUENT}) AS newest"
        sql = f"SELECT NULL FROM often WHERE it_is UNION ALL ({sql} WHERE NOT (SELECT it_is FROM often))"
        sql, parameters = f"WITH often AS MATERIALIZED ({often}) {sql}", [*before, *parameters]
    keys = [key for (key,) in _fetched(f"{sql} LIMIT {most + 1}", parameters)]
    return None if len(keys) > most or None in keys else keys


def _among(
    entries: QuerySet[Model], asked: SearchCriteria, names: Sequence[str], reach: int
) -> tuple[str, list[str | int]]:
    """Those of the newest that answer."""
    newest = entries.order_by("-stature", "-id")[:reach].values(*names, "words")
    sql, parameters = newest.query.sql_with_params()
    answers, questions = matching("words", asked)
    return f"SELECT * FROM ({sql}) AS newest WHERE {answers} ORDER BY stature DESC, id DESC", [*parameters, *questions]


def _by_words(entries: QuerySet[Model], asked: SearchCriteria, names: Sequence[str]) -> tuple[str, Sequence[str | int]]:
    """All that answer, in an order that no index gives."""
    sql, parameters = entries.filter(words__match=asked).order_by().values(*names, "words").query.sql_with_params()
    return f"SELECT * FROM ({sql}) AS answers ORDER BY stature + 0 DESC, id DESC", parameters


def _pointed(found: tuple[str, Sequence[str | int]], query: Query, names: Sequence[str], limit: int) -> list[Row]:
    points, questions = _points(query)
    sql, parameters = found
    shown = ", ".join(names)
    # A sum of nothing makes a copy of the words in memory, which are then fetched once for all questions.
    inner = f"SELECT {shown}, words || ''::tsvector AS words FROM ({sql} LIMIT %s) AS found OFFSET 0"
    return _fetched(f"SELECT {shown}, {points} FROM ({inner}) AS candidate", [*questions, *parameters, limit])


def _fetched(sql: str, parameters: Sequence[str | int]) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


def _points(query: Query) -> tuple[str, list[str]]:
    cases: list[list[tuple[str, int]]] = []  # of each, the first that holds
    for term in query.terms:
        then = [(_either(f"'#{mark}'" for mark in term.marks), 0)] if term.marks else []
        dated = [(question, criteria.DATED) for question, _none in then]
        heading, body = _term(term, "A", marks=False), _term(term, "B", marks=False)
        cases += [
            [*dated, (heading, criteria.HEADING), (body, criteria.BODY)],
            [*then, (_words(term.whole(), "AB"), criteria.EXACT)],
            [*then, (_term(term, marks=False), criteria.ANYWHERE)],
        ]
    if phrase := query.as_phrase():
        cases += [[(_words(phrase, "A"), criteria.PHRASE_IN_HEADING), (_words(phrase, "B"), criteria.PHRASE_IN_BODY)]]
    if loose := query.loose:
        cases += [[(" & ".join(_term(term.whole()) for term in loose), criteria.WHOLE)]]
    whens = [" ".join(f"WHEN words @@ %s::tsquery THEN {points}" for _question, points in case) for case in cases]
    sums = " + ".join(f"CASE {when} ELSE 0 END" for when in whens)
    return sums or "0", [question for case in cases for question, _points in case]


def _term(term: Term, weights: str = "", *, marks: bool = True) -> str:
    """The term in any form and, with ``marks``, what belongs to the organizations and days it names."""
    found = [_words(term, weights)]
    for form in term.forms:
        found += [_lexeme(form, weights), _lexeme("~" + form, weights)]
    found += [_lexeme("~" + tail, weights, is_beginning=is_beginning) for tail, is_beginning in term.tails]
    found += [f"'#{mark}'" for mark in term.every_mark] if marks else []
    return _either(found)


def _words(term: Term, weights: str = "") -> str:
    """The term as typed, or as it may also be spelled."""
    found = [_phrase(words, weights, term.is_beginning) for words in (term.words, *term.spellings)]
    return _either([*found, *(_lexeme(one, weights, is_beginning=True) for one in term.beginnings)])


def _phrase(words: Sequence[str], weights: str, is_beginning: bool) -> str:
    *others, last = words
    quoted = [*(_lexeme(word, weights) for word in others), _lexeme(last, weights, is_beginning=is_beginning)]
    return f"({' <-> '.join(quoted)})" if others else quoted[0]


def _lexeme(lexeme: str, weights: str, *, is_beginning: bool = False) -> str:
    what = ("*" if is_beginning else "") + weights
    return f"'{lexeme}':{what}" if what else f"'{lexeme}'"


def _either(questions: Iterable[str]) -> str:
    """Each once: PostgreSQL would think that asking twice finds twice as much, and choose the wrong index."""
    first, *others = dict.fromkeys(questions)
    return f"({' | '.join([first, *others])})" if others else first


NEARLY_EMPTY = 10_000  # entries


@contextmanager
def word_indexes_made_afterwards(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """On PostgreSQL, while many entries are written into few, GIN is left out: made at the end, it takes a fifth.

    Until the transaction ends nobody else searches. Where the table is another role's, the indexes grow meanwhile.
    """
    definitions = _word_indexes(connection) if connection.vendor == "postgresql" else []
    with connection.cursor() as cursor:
        for name, _definition in definitions:
            cursor.execute(f"DROP INDEX {name}")
        yield
        if definitions:
            cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        for _name, definition in definitions:
            cursor.execute(definition)


def _word_indexes(connection: BaseDatabaseWrapper) -> list[tuple[str, str]]:
    """Name and definition of each, where they may be left out."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM (SELECT FROM search_entry LIMIT %s) AS entries", [NEARLY_EMPTY])
        if cursor.fetchone()[0] >= NEARLY_EMPTY:
            return []
        cursor.execute(
            "SELECT i.relname, pg_get_indexdef(i.oid) FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid"
            " JOIN pg_am a ON a.oid = i.relam WHERE x.indrelid = 'search_entry'::regclass AND a.amname = 'gin'"
            " AND pg_has_role(i.relowner, 'USAGE') ORDER BY i.oid"
        )
        return list(cursor.fetchall())
