"""Correction notes for readers, from whoever makes a correction down to the version that is kept of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple


class Note(NamedTuple):
    """``is_asked``: a correction without a note is refused."""

    text: str = ""
    is_asked: bool = False


_note: ContextVar[Note | None] = ContextVar("note_of_correction", default=None)


@contextmanager
def correcting(text: str, *, is_asked: bool = False) -> Iterator[None]:
    """Inside, a version that is made carries this note on the correction for readers."""
    token = _note.set(Note(text.strip(), is_asked))
    try:
        yield
    finally:
        _note.reset(token)


def note_under_way() -> Note:
    return _note.get() or Note()
