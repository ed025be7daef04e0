"""What the two databases do differently. Each back end is a module with the same few names.

``COLUMN``: the type of the column of words. ``column(analysed, marks)``: its value. ``matching``: SQL that holds for
the entries that answer. ``in_order``: such entries by stature, stopping as early as the database can.
``ranked``: how well each answers. ``create`` and ``drop``: what a migration adds to the table.
"""

from types import ModuleType
from typing import Any

from . import postgres, sqlite


def of(connection: Any) -> ModuleType:
    """The back end of a database connection."""
    return postgres if connection.vendor == "postgresql" else sqlite
