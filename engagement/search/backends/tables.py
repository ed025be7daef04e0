"""What a migration adds to the table of entries, for the database it runs on."""

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
