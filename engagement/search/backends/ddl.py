"""What a migration adds to the table of entries, for the database it runs on; and loading it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_POSTGRES = [
    "ALTER TABLE search_entry ALTER COLUMN words SET STORAGE EXTERNAL",
    "ALTER TABLE search_entry ALTER COLUMN words SET STATISTICS 1000",
    "CREATE INDEX search_entry_words ON search_entry USING gin (words) WITH (gin_pending_list_limit = 512)",
    "CREATE INDEX search_entry_names ON search_entry USING gin (words) WHERE stature >= 20000000",
]
_COLUMNS = ("heading", "body", "context", "heading_forms", "body_forms", "context_forms", "marks")


def _values(row: str) -> str:
    texts = ", ".join(f"json_extract({row}.words, '$[{place}]')" for place in range(len(_COLUMNS)))
    return f"(({row}.stature << 32) | {row}.id), {texts}"


_INSERT = f"INSERT INTO search_words(rowid, {', '.join(_COLUMNS)}) VALUES ({_values('new')});"
_DELETE = (
    f"""INSERT INTO search_words(search_words, rowid, {", ".join(_COLUMNS)}) VALUES ('delete', {_values("old")});"""
)
_SQLITE = [
    f"""CREATE VIRTUAL TABLE search_words USING fts5({", ".join(_COLUMNS)},
        content='', tokenize='ascii', prefix='2 3')""",
    f"CREATE TRIGGER search_entry_added AFTER INSERT ON search_entry BEGIN {_INSERT} END",
    f"CREATE TRIGGER search_entry_gone AFTER DELETE ON search_entry BEGIN {_DELETE} END",
    f"""CREATE TRIGGER search_entry_changed AFTER UPDATE OF words, stature, id ON search_entry
        WHEN old.words IS NOT new.words OR old.stature IS NOT new.stature BEGIN {_DELETE} {_INSERT} END""",
]


def create(apps: Any, schema_editor: Any) -> None:
    for statement in _POSTGRES if schema_editor.connection.vendor == "postgresql" else _SQLITE:
        schema_editor.execute(statement, params=None)


def drop(apps: Any, schema_editor: Any) -> None:
    """Triggers and indexes go with the table of entries; the FTS table is one of its own."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE search_words", params=None)


NEARLY_EMPTY = 10_000  # entries


@contextmanager
def word_indexes_made_afterwards(connection: Any) -> Iterator[None]:
    """On PostgreSQL, while many entries are written into few, GIN is left out: made at the end, it takes a fifth.

    Until the transaction ends nobody else searches. Where the table is another role's, the indexes grow meanwhile.
    """
    definitions = _word_indexes(connection) if connection.vendor == "postgresql" else []
    with connection.cursor() as cursor:
        for name, _definition in definitions:
            cursor.execute(f"DROP INDEX {name}")
        yield
        if definitions:
            cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        for _name, definition in definitions:
            cursor.execute(definition)


def _word_indexes(connection: Any) -> list[tuple[str, str]]:
    """Name and definition of each, where they may be left out."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM (SELECT FROM search_entry LIMIT %s) AS entries", [NEARLY_EMPTY])
        if cursor.fetchone()[0] >= NEARLY_EMPTY:
            return []
        cursor.execute(
            "SELECT i.relname, pg_get_indexdef(i.oid) FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid"
            " JOIN pg_am a ON a.oid = i.relam WHERE x.indrelid = 'search_entry'::regclass AND a.amname = 'gin'"
            " AND pg_has_role(i.relowner, 'USAGE') ORDER BY i.oid"
        )
        return list(cursor.fetchall())
