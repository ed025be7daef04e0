"""Exports of a list: CSV, XLSX, JSON, iCalendar and Atom, of the same ``PageRequest`` as the page.

An app declares once what a row says (``Export`` and its columns); the writers here know no noun.
"""

from .base import Entry, Export
from .columns import Column
from .views import ExportView, Noted

__all__ = ["Column", "Entry", "Export", "ExportView", "Noted"]
