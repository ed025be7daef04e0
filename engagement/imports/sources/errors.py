"""Errors of a file or of one of its rows, in sentences for the person who imports it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _


class Unreadable(Exception):
    """A file that cannot be read at all; its text is the sentence to show."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def no_sheet(sheet: str, sheets: Iterable[str]) -> Unreadable:
    sentence = _("There is no sheet “%(sheet)s”. The sheets are: %(names)s.")
    return Unreadable(sentence % {"sheet": sheet, "names": ", ".join(sheets)})


def no_table() -> Unreadable:
    return Unreadable(_("No sheet of this workbook contains a table: headings with rows under them."))


def protected() -> Unreadable:
    return Unreadable(_("This workbook is protected by a password. Save it without one."))


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to know about a row: an error stops the row, anything else asks for a look."""

    code: str
    column: str  # the header as published, or "" when it is about the whole row
    sentence: str
    is_error: bool = False
