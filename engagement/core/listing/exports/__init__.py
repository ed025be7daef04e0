"""A list as a file: CSV, XLSX, JSON, iCalendar and Atom, from the same ``Listing`` as the page.

An app declares once what a row says (``Export`` and its columns); the writers here know no noun.
"""

from .columns import Column
from .entries import Entry
from .export import Export
from .view import ExportView, Noted

__all__ = ["Column", "Entry", "Export", "ExportView", "Noted"]
