"""PostgreSQL: a ``tsvector`` of our own making, so no text search configuration and no extension is involved.

Words stand in it at their positions, stems beside them as ``~stem``, marks without a position as ``#o12``. Weight A is
the heading, B the body, C the context.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from engagement.search import scores
from engagement.search.analysis import Analysed, stem
from engagement.search.asked import Asked
from engagement.search.query import Query, Term

COLUMN = "tsvector"
LAST_POSITION = 16_383  # a tsvector counts no further
MOST_BYTES = 900_000  # it holds at most a megabyte


def column(analysed: Analysed, marks: Iterable[str]) -> str:
    """The value of the column, as PostgreSQL reads it."""
    places: dict[str, list[str]] = defaultdict(list)
    position = size = 0
    for weight, words in zip("ABC", analysed.parts(), strict=True):
        for word in words:
            position += 1
            place = f"{position if position < LAST_POSITION else LAST_POSITION}{weight}"
            form = stem(word, analysed.language)
            places[word].append(place)
            if form != word:
                places["~" + form].append(place)
            size += len(word) + len(form) + 10
            if size > MOST_BYTES:
                break
        position += 1  # a phrase does not run from one part into the next
    lexemes = [f"'{lexeme}':{','.join(where[:255])}" for lexeme, where in places.items()]
    return " ".join([*lexemes, *(f"'#{mark}'" for mark in marks)])


def matching(column: str, asked: Asked) -> tuple[str, list[Any]]:
    """SQL that holds for the entries that answer."""
    weights = "A" if asked.in_heading else ""
    parts = [_term(term, weights) for term in asked.query.terms]
    parts += [f"!{_term(term)}" for term in asked.query.excluded]
    parts += [_either(f"'#{mark}'" for mark in group) for group in asked.marks]
    return f"{column} @@ %s::tsquery", [" & ".join(parts)]


def first(entries: Any, asked: Asked, limit: int) -> Any:
    """Such entries by stature. The index of that order is walked for a common word, that of words for a rare one."""
    return entries.filter(words__match=asked).order_by("-stature", "-id")[:limit]


def ranked(candidates: Any, names: Sequence[str], query: Query) -> list[tuple[Any, ...]]:
    """These columns of the candidates, and how well each answers."""
    points, asked = _points(query)
    sql, parameters = candidates.values(*names, "words").query.sql_with_params()
    shown = ", ".join(names)
    # A sum of nothing makes a copy of the words in memory, which are then fetched once for all questions.
    inner = f"SELECT {shown}, words || ''::tsvector AS words FROM ({sql}) AS found OFFSET 0"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {shown}, {points} FROM ({inner}) AS candidate", [*asked, *parameters])
        return list(cursor.fetchall())


def _points(query: Query) -> tuple[str, list[str]]:
    cases: list[list[tuple[str, int]]] = []  # of each, the first that holds
    for term in query.terms:
        cases += [
            [(_term(term, "A", marks=False), scores.HEADING), (_term(term, "B", marks=False), scores.BODY)],
            [(_words(term, "AB"), scores.EXACT)],
            [(_term(term, marks=False), scores.ANYWHERE)],
        ]
    if phrase := query.as_phrase():
        cases += [[(_words(phrase, "A"), scores.PHRASE_IN_HEADING), (_words(phrase, "B"), scores.PHRASE_IN_BODY)]]
    whens = [" ".join(f"WHEN words @@ %s::tsquery THEN {points}" for _question, points in case) for case in cases]
    sums = " + ".join(f"CASE {when} ELSE 0 END" for when in whens)
    return sums or "0", [question for case in cases for question, _points in case]


def _term(term: Term, weights: str = "", *, marks: bool = True) -> str:
    """The term in any form and, with ``marks``, what belongs to the organizations it names."""
    found = [_words(term, weights)]
    for form in term.forms:
        found += [
            f"'{form}':{weights}" if weights else f"'{form}'",
            f"'~{form}':{weights}" if weights else f"'~{form}'",
        ]
    found += [f"'#o{key}'" for key in term.organizations] if marks else []
    return _either(found)


def _words(term: Term, weights: str = "") -> str:
    """The term as typed."""
    *others, last = term.words
    end = ":*" if term.is_beginning else ":" if weights else ""
    quoted = [f"'{word}'" + (f":{weights}" if weights else "") for word in others]
    words = [*quoted, f"'{last}'{end}{weights}"]
    return f"({' <-> '.join(words)})" if others else words[0]


def _either(questions: Iterable[str]) -> str:
    """Each once: PostgreSQL would think that asking twice finds twice as much, and choose the wrong index."""
    return "(" + " | ".join(dict.fromkeys(questions)) + ")"
