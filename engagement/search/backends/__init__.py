"""Database back ends: full-text SQL and DDL for PostgreSQL and SQLite. Each is a module with the same names.

``TABLE``: the DDL that a migration adds to the table of entries. ``COLUMN``: the type of the column of words.
``column(analysed, marks)``: its value. ``matching``: SQL that holds for the entries that answer. ``ranked``: the first
of them by stature, and how well each answers. ``few``: the records of all of them. Both are told whether the entries
are ``is_long``: of the kind of which there may be millions. ``PURGE``: the statement that takes deleted words out of
the files of the index, where the database would keep them.
"""

from types import ModuleType

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from . import postgres, sqlite


def of(connection: BaseDatabaseWrapper) -> ModuleType:
    """The back end of a database connection."""
    return postgres if connection.vendor == "postgresql" else sqlite


def create(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in of(schema_editor.connection).TABLE:
        schema_editor.execute(statement, params=None)


def drop(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Triggers and indexes go with the table of entries; the FTS table is one of its own."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE search_words", params=None)
