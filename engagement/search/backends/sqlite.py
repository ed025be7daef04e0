"""SQLite: an FTS5 table beside the entries, kept by triggers.

The column of words is a JSON list of texts: words of heading, body and context, their stems, and marks. The rows of the
FTS table are numbered by stature, so that it gives the first ones of a common word without looking at the others.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from engagement.search import scores
from engagement.search.analysis import Analysed
from engagement.search.asked import Asked
from engagement.search.query import Query, Term

COLUMN = "text"
WORDS, FORMS = "{heading body context}", "{heading_forms body_forms context_forms}"
ENTRY = "(search_words.rowid & 4294967295)"  # the lower half of a row's number is the key of its entry


def column(analysed: Analysed, marks: Iterable[str]) -> str:
    """The value of the column."""
    parts = analysed.parts()
    return json.dumps([" ".join(part) for part in (*parts, *map(analysed.stems, parts), marks)])


def matching(column: str, asked: Asked) -> tuple[str, list[Any]]:
    """SQL that holds for the entries that answer."""
    table = column.rpartition(".")[0]
    found = f"SELECT {ENTRY} FROM search_words WHERE search_words MATCH %s"
    return f'{table}."id" IN ({found})', [_match(asked)]


def ranked(entries: Any, asked: Asked, names: Sequence[str], limit: int, *, is_long: bool) -> list[tuple[Any, ...]]:
    """These columns of the first entries by stature that answer, and how well each does.

    They are read from the FTS table in that order, however many there are.
    """
    first = _answering(entries, asked).extra(order_by=["-search_words.rowid"])[:limit]
    return [(*row[:-1], _points(row[-1], asked.query)) for row in first.values_list(*names, "words")]


def few(entries: Any, asked: Asked, most: int, *, is_long: bool) -> list[int] | None:
    """The records of all entries that answer; None where they are more than ``most``."""
    found = list(_answering(entries, asked).order_by().values_list("source", flat=True)[: most + 1])
    return found if len(found) <= most else None


def _answering(entries: Any, asked: Asked) -> Any:
    # No word of the ORM joins a table that is no model's.
    return entries.extra(
        tables=["search_words"],
        where=["search_words MATCH %s", f"search_entry.id = {ENTRY}"],
        params=[_match(asked)],
    )


def _points(column: str, query: Query) -> int:
    texts = [f" {text} " for text in json.loads(column)]
    points = 0
    for term in query.terms:
        phrase = _phrase(term)
        words = [phrase in text for text in texts[:3]]
        forms = [" " + form + " " for form in term.forms]
        heading, body, context = (
            words[part] or any(form in texts[part] or form in texts[part + 3] for form in forms) for part in range(3)
        )
        points += (scores.HEADING if heading else scores.BODY * body) + scores.EXACT * (words[0] or words[1])
        points += scores.ANYWHERE * (heading or body or context)
    if whole := query.as_phrase():
        phrase = _phrase(whole)
        points += scores.PHRASE_IN_HEADING if phrase in texts[0] else scores.PHRASE_IN_BODY * (phrase in texts[1])
    return points


def _phrase(term: Term) -> str:
    return " " + " ".join(term.words) + ("" if term.is_beginning else " ")


def _match(asked: Asked) -> str:
    columns = ("heading", "heading_forms") if asked.in_heading else (WORDS, FORMS)
    parts = [_term(term, *columns) for term in asked.query.terms]
    parts += [_either(f'marks : "{mark}"' for mark in group) for group in asked.marks]
    found = " AND ".join(parts)
    without = [_term(term) for term in asked.query.excluded]
    return f"({found}) NOT {_either(without)}" if without else found


def _term(term: Term, words: str = WORDS, forms: str = FORMS) -> str:
    """The term in any form, and what belongs to the organizations it names."""
    phrase = '"' + " ".join(term.words) + '"' + ("*" if term.is_beginning else "")
    found = [f"{words} : {phrase}"]
    for form in term.forms:
        found += [f'{words} : "{form}"'] * (form not in term.words) + [f'{forms} : "{form}"']
    found += [f'marks : "o{key}"' for key in term.organizations]
    return _either(found)


def _either(questions: Iterable[str]) -> str:
    return "(" + " OR ".join(questions) + ")"
