"""Spellings of a name (matcher): finds one person's name in texts and in JSON, and writes something else in its place.

A name is found whatever its case and accents, with its last word first, and with hyphens or dots between its words, as
in an address. Nothing is found within a word.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import cast
from urllib.parse import parse_qsl, quote, quote_plus, unquote, urlencode

from django.db.models import F, Func, Q, TextField
from django.utils.text import slugify

from engagement.core.folding import fold

_WORD = re.compile(r"[^\W_]+")
_BETWEEN = re.compile(r"\s{1,3}|,\s?|[-_.+'’@]|%20|\\n", re.IGNORECASE)
_LETTERS = re.compile(r"[A-Za-z0-9]{2,}")
Words = tuple[str, ...]


def words_of(text: str) -> Words:
    """The folded words of a name, which its spellings share."""
    return tuple(fold(word) for word in _WORD.findall(text))


class Spellings:
    """Everything one person is called: names, e-mail addresses. A single word of a name is no spelling of it."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.texts = list(dict.fromkeys(text.strip() for text in texts if len(words_of(text)) > 1))
        found: dict[Words, None] = {}
        for text in self.texts:
            words = words_of(text)
            found |= dict.fromkeys((words, words_of(slugify(fold(text)))))
            if "@" not in text:
                found[(words[-1], *words[:-1])] = None
        self.patterns = sorted(filter(lambda words: len(words) > 1, found), key=len, reverse=True)

    def __bool__(self) -> bool:
        return bool(self.patterns)

    @cached_property
    def _first_words(self) -> set[str]:
        return {words[0] for words in self.patterns}

    def spans(self, text: str) -> list[tuple[int, int]]:
        """The places of the name in a text, from the beginning; the longest spelling at each place."""
        words = list(_WORD.finditer(text))
        folded = [fold(word[0]) for word in words]
        found, at = [], 0
        while at < len(words):
            length = self._matched(text, words, folded, at)
            if length:
                found.append((words[at].start(), words[at + length - 1].end()))
            at += length or 1
        return found

    def _matched(self, text: str, words: Sequence["re.Match[str]"], folded: list[str], at: int) -> int:
        if folded[at] not in self._first_words:
            return 0
        for pattern in self.patterns:
            if tuple(folded[at : at + len(pattern)]) == pattern:
                gaps = zip(words[at : at + len(pattern) - 1], words[at + 1 : at + len(pattern)], strict=True)
                if all(_BETWEEN.fullmatch(text, one.end(), other.start()) for one, other in gaps):
                    return len(pattern)
        return 0

    def is_in(self, value: object) -> bool:
        """Whether a text, bytes of one, or JSON names this person."""
        return any(self.spans(text) for text in texts_in(value))

    def replaced(self, text: str, by: str) -> str:
        """The text with something else in the place of the name; as it was where it is not named."""
        for start, end in reversed(self.spans(text)):
            text = text[:start] + by + text[end:]
        return text

    def replaced_in(self, value: object, by: str) -> object:
        """The same of JSON, keys included."""
        if isinstance(value, str):
            return self.replaced(value, by)
        if isinstance(value, list):
            return [self.replaced_in(one, by) for one in value]
        if isinstance(value, dict):
            return {self.replaced(str(key), by): self.replaced_in(one, by) for key, one in value.items()}
        return value

    def replaced_in_address(self, text: str, by: str) -> str:
        """The same of a query or a path, where other letters than the Latin ones are written as numbers."""
        path, mark, query = text.partition("?")
        if not mark and "=" in text:
            path, query = "", text
        path = quote(self.replaced(unquote(path), by), safe="/:")
        return path + mark + urlencode([(key, self.replaced(value, by)) for key, value in parse_qsl(query, True)])

    def may_hold(self, column: str) -> Q:
        """A rough condition on a column of text that every row holding the name meets, so that few rows are read."""
        found = Q(pk__in=[])
        for text in dict.fromkeys([*self.texts, *map(fold, self.texts)]):
            found |= _may_hold(column, _WORD.findall(text))
        return found


def _may_hold(column: str, words: list[str]) -> Q:
    """Any of its longer words, of which one may be written with accents and another not; where all are short, each."""
    long = [run for word in words if (run := max(_LETTERS.findall(word), key=len, default="")) and len(run) > 3]
    condition = Q()
    for run in long:
        condition |= Q(**{f"{column}__icontains": run})
    for word in () if long else words:
        condition &= _any_of(column, word)
    return condition


def _any_of(column: str, word: str) -> Q:
    """The word in each way of writing it."""
    found = Q(**{f"{column}__icontains": fold(word)})
    for written in {word, word.lower(), word.upper(), word.capitalize()}:
        for way in {written, json.dumps(written)[1:-1], quote(written), quote_plus(written)}:
            found |= Q(**{f"{column}__contains": way})
    return found


def texts_in(value: object) -> Iterator[str]:
    """The texts of a value: of JSON keys and values, of an address also as it reads."""
    if isinstance(value, str):
        yield value
        if "%" in value:
            yield unquote(value)
    elif isinstance(value, dict):
        for key, one in value.items():
            yield str(key)
            yield from texts_in(one)
    elif isinstance(value, list | tuple):
        for one in cast("Iterable[object]", value):
            yield from texts_in(one)


class AsText(Func):
    """A column of JSON as the text that the database keeps."""

    template = "CAST(%(expressions)s AS TEXT)"

    def __init__(self, name: str) -> None:
        super().__init__(F(name), output_field=TextField())
