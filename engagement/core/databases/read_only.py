"""Read-only transaction: inside, the database refuses whatever would be written."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def read_only() -> Iterator[None]:
    """Within it every write raises ``django.db.Error``, on SQLite and on PostgreSQL."""
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET TRANSACTION READ ONLY")
            yield
            return
        cursor.execute("PRAGMA query_only = ON")
        try:
            yield
        finally:  # past Django, which runs nothing more once a write was refused
            connection.connection.execute("PRAGMA query_only = OFF")
