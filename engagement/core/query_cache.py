"""Query result cache: answers to dear questions, kept until anything in the register is written, or the day ends.

It stands on the page cache: an answer goes with the state of the register that was read before it was asked, so one
that is newer than its state is never given, and neither is one that is older. See docs/decisions/page-cache.md.
"""

import hashlib
from collections.abc import Callable
from functools import cached_property
from typing import TypeVar

from django.core.exceptions import EmptyResultSet

from .page_cache import Validity, cache_get, cache_set
from .types import FieldValue, Rows

Answer = TypeVar("Answer")


class KeptAnswers:
    """For the questions of one page: the state of the register is read once."""

    @cached_property
    def _now(self) -> Validity:
        return Validity.of_now()

    def answer(self, question: str, ask: Callable[[], Answer]) -> Answer:
        """The answer, kept for as long as the register is unchanged; the question must name the reader it is for."""
        now = self._now
        address = f"answer-{hashlib.blake2b(question.encode(), digest_size=20).hexdigest()}"
        kept: tuple[Validity, Answer] | None = cache_get(address)
        if kept is not None and kept[0] == now:
            return kept[1]
        answer = ask()
        cache_set(address, (now, answer), now)
        return answer

    def values(self, rows: Rows) -> list[FieldValue]:
        """The rows of ``values()`` or ``values_list()``."""
        try:
            return self.answer(repr(rows.query.sql_with_params()), lambda: list(rows))
        except EmptyResultSet:
            return []
