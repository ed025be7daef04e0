"""The column that is searched."""

from typing import Any

from django.db import models
from django.db.models import Lookup

from . import backends
from .criteria import Asked


class WordsField(models.TextField):
    """The analysed words of an entry, in the form that the database searches. Never shown."""

    def db_type(self, connection: Any) -> str:
        return str(backends.of(connection).COLUMN)

    def get_internal_type(self) -> str:
        return "WordsField"


@WordsField.register_lookup
class Match(Lookup):
    """``words__match=asked``: entries that answer a query."""

    lookup_name = "match"
    prepare_rhs = False
    rhs: Asked

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        column, _nothing = self.process_lhs(compiler, connection)
        sql, parameters = backends.of(connection).matching(column, self.rhs)
        return sql, parameters
