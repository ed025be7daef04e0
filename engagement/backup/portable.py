"""Portable dump for a backup: every row by Django's serializers, one a line, for either database.

Rows keep their keys, so those that ``migrate`` makes (content types, permissions, roles) are in it too. Two kinds are
left out: what follows from the rest and is made anew, and what was about to happen on the site at that moment.
"""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import IO, Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core import serializers
from django.core.management.base import CommandError
from django.core.management.color import no_style
from django.core.serializers.base import DeserializedObject
from django.db import DEFAULT_DB_ALIAS, connection, transaction
from django.db.models import Model

from engagement.accounts.models import FailedSignIn
from engagement.core.models import Record, SentForm, Stamp
from engagement.core.rows_of_migrate import made_by_migrate
from engagement.search.models import Entry, Word
from organizations.merging.journal import Exact

MADE_ANEW: dict[str, str] = {
    Entry._meta.label: "the search index, built from the records",
    Word._meta.label: "the words of the search index",
    Stamp._meta.label: "which kept pages are still true; after a restore none is",
}
OF_THE_MOMENT: dict[str, str] = {
    Session._meta.label: "everybody signs in again",
    FailedSignIn._meta.label: "they count for minutes, and say from where somebody tried",
    SentForm._meta.label: "forms that are open in a browser, which ends with its session",
    "django_tasks_database.DBTaskResult": "work that waits for a worker of the site; an import can be begun again",
}
LEFT_OUT = MADE_ANEW | OF_THE_MOMENT
"""Models whose rows are in no portable backup, and why. Every other model is carried."""
PORTION = 500


def models() -> list[type[Model]]:
    """The models whose rows are backed up."""
    return [m for m in apps.get_models() if m._meta.label not in LEFT_OUT and m._meta.managed and not m._meta.proxy]


def write_rows(path: Path, using: str) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for model in models():
            rows = model._base_manager.using(using).order_by("pk").prefetch_related(*_selections(model))
            serializers.serialize("jsonl", rows.iterator(chunk_size=PORTION), stream=file, cls=Exact)


def _selections(model: type[Model]) -> list[str]:
    return [field.name for field in model._meta.many_to_many if field.remote_field.through._meta.auto_created]  # type: ignore[union-attr]


def put_rows(file: IO[bytes]) -> None:
    """In the place of every row there is, in one transaction, exactly as they were: no rule and no signal is asked."""
    with connection.constraint_checks_disabled(), transaction.atomic():
        empty_tables()
        try:
            rows = serializers.deserialize("jsonl", file)
            while portion := list(islice(rows, PORTION)):
                _put(portion)
        except serializers.base.DeserializationError as error:
            raise CommandError(f"The rows of this backup cannot be read ({error}). Nothing was changed.") from error
        connection.check_constraints()
        _continue_numbers()


def _put(portion: list[DeserializedObject]) -> None:
    by_model: dict[type[Model], list[DeserializedObject]] = {}
    for row in portion:
        by_model.setdefault(type(row.object), []).append(row)
    for model, rows in by_model.items():
        model._base_manager.bulk_create([row.object for row in rows])
        for name in _selections(model):
            field: Any = model._meta.get_field(name)
            here, there = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
            chosen = [(row.object.pk, key) for row in rows for key in (row.m2m_data or {}).get(name, ())]
            through: Any = field.remote_field.through
            made = (through(**{here: one, there: getattr(other, "pk", other)}) for one, other in chosen)
            through._base_manager.bulk_create(made)


def _tables() -> list[str]:
    kept = [m._meta.db_table for m in apps.get_models(include_auto_created=True) if m._meta.managed]
    return list(dict.fromkeys(kept))


def empty_tables() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"TRUNCATE {', '.join(map(connection.ops.quote_name, _tables()))} RESTART IDENTITY")
            return
        for table in _tables():
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")


def _continue_numbers() -> None:
    """The next key is one more than the highest."""
    with connection.cursor() as cursor:
        everything = list(apps.get_models(include_auto_created=True))
        for statement in connection.ops.sequence_reset_sql(no_style(), everything):
            cursor.execute(statement)


def counted(using: str = DEFAULT_DB_ALIAS) -> Iterator[tuple[str, int]]:
    """How many rows each model has."""
    for model in models():
        yield model._meta.label_lower, model._base_manager.using(using).count()


def records_here() -> str:
    """The plural name of the first model of which somebody entered rows here; nothing if there is none."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
    for model in sorted(models(), key=lambda model: not issubclass(model, Record)):
        is_entered = model._meta.db_table in tables and model._meta.label_lower not in made_by_migrate
        if is_entered and model._base_manager.exists():
            return str(model._meta.verbose_name_plural)
    return ""


def end_the_moment() -> None:
    """Delete pending rows (tasks, claims) of the backed-up site, which a copy of the whole database has too."""
    for model in apps.get_models():
        if model._meta.label in OF_THE_MOMENT:
            model._base_manager.all().delete()


def clear_what_migrate_made() -> None:
    """The latest first: layouts before their history, which a deletion goes into."""
    for label in reversed(made_by_migrate):
        apps.get_model(label)._base_manager.all().delete()
    ContentType.objects.clear_cache()
