"""Filter, counts and pages of the rows of an import."""

from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Page
from django.db.models import Case, QuerySet, When
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from engagement.core.lists.result import Stat
from engagement.core.views import page_of
from engagement.imports.models import Import, ImportRow, Outcome
from engagement.imports.views.rows import with_words

PAGE = 50
QUESTIONS_FIRST = (When(outcome=Outcome.AMBIGUOUS, then=0), When(outcome=Outcome.ERROR, then=1))
TONES = {"ambiguous": "soon", "error": "late"}


@dataclass
class RowFilter:
    """The rows of an import as one reader asked for them; the address is the question."""

    batch: Import
    request: HttpRequest

    @cached_property
    def outcome(self) -> str:
        outcome = self.request.GET.get("outcome", "")
        return outcome if outcome in Outcome.values else ""

    @cached_property
    def words(self) -> str:
        return self.request.GET.get("q", "").strip()[:200]

    @cached_property
    def rows(self) -> QuerySet[ImportRow]:
        rows: QuerySet[ImportRow] = self.batch.rows.select_related("decided_by").order_by("number")
        if self.outcome:
            rows = rows.filter(outcome=self.outcome)
        elif self.puts_questions_first:
            rows = rows.order_by(Case(*QUESTIONS_FIRST, default=len(QUESTIONS_FIRST)), "number")
        return with_words(rows, self.words) if self.words else rows

    @property
    def puts_questions_first(self) -> bool:
        """While there is something to decide, and all rows are asked for."""
        waiting = any(self.batch.counts.get(f"rows_{outcome}") for outcome in (Outcome.AMBIGUOUS, Outcome.ERROR))
        return not self.outcome and self.batch.can_be_committed and waiting

    @cached_property
    def page(self) -> Page[ImportRow]:
        key = f"rows_{self.outcome}" if self.outcome else "rows"
        known = None if self.words else self.batch.counts.get(key, 0)  # the report knows
        return page_of(self.request, self.rows, PAGE, known)

    @property
    def stats(self) -> list[Stat]:
        """The number of rows of each outcome, as links; they add up to all rows."""
        counts = self.batch.counts
        found = [self._stat("", _("All rows"), counts.get("rows", 0))]
        for value, label in Outcome.choices:
            if number := counts.get(f"rows_{value}", 0):
                found.append(self._stat(value, str(label), number))
        return found

    def _stat(self, outcome: str, label: str, number: int) -> Stat:
        tone = TONES.get(outcome, "")
        return Stat(f"{number:,}", label, self.url(outcome=outcome), outcome == self.outcome, tone)

    def url(self, **changes: str) -> str:
        """This page with another question, from its first rows."""
        query = QueryDict(mutable=True)
        for name, value in {"outcome": self.outcome, "q": self.words, **changes}.items():
            if value:
                query[name] = value
        address = reverse("imports:detail", args=[self.batch.pk])
        return f"{address}?{query.urlencode()}" if query else address
