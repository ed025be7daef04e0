"""What the two databases do differently. Each back end is a module with the same few names.

``COLUMN``: the type of the column of words. ``column(analysed, marks)``: its value. ``matching``: SQL that holds for
the entries that answer. ``ranked``: the first of them by stature, and how well each answers. ``few``: the records of
all of them. Both are told whether the entries are ``is_long``: of the kind of which there may be millions.
"""

from types import ModuleType
from typing import Any

from . import postgres, sqlite


def of(connection: Any) -> ModuleType:
    """The back end of a database connection."""
    return postgres if connection.vendor == "postgresql" else sqlite
