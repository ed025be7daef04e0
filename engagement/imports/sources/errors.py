"""Errors of a file or of one of its rows, in sentences for the person who imports it."""

from dataclasses import dataclass


class Unreadable(Exception):
    """A file that cannot be read at all; its text is the sentence to show."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to know about a row: an error stops the row, anything else asks for a look."""

    code: str
    column: str  # the header as published, or "" when it is about the whole row
    sentence: str
    is_error: bool = False
