"""Denormalized lookup text: one stored, folded column by which people find a record, the same on both databases."""

from collections.abc import Iterable
from typing import Any, Self

from django.db import models
from django.db.models import Case, IntegerField, Q, Value, When

from engagement.core.folding import apart, fold_key, fold_terms
from engagement.core.search_hooks import called


class FindableQuerySet(models.QuerySet[Any]):
    def lookup(self, text: str) -> Self:
        """Records in which every word of ``text`` occurs, accents and case folded; the best beginnings first.

        Where an index knows the records by name, a word is found from its beginning.
        """
        found = self
        words = fold_key(text).split()
        if words and (keys := called(self.model, text)) is not None:
            found = found.filter(pk__in=keys)
        else:
            for word in words:
                two = apart(word)
                spelled = Q(search_text__contains=word)
                found = found.filter(spelled | Q(search_text__contains=" ".join(two)) if two else spelled)
        if not words:
            return found.order_by("sort_key", "pk")
        start = " ".join(words)
        rank = Case(
            When(search_text__startswith=start, then=Value(0)),
            When(search_text__contains=f" {start}", then=Value(1)),
            default=Value(2),
            output_field=IntegerField(),
        )
        return found.order_by(rank, "sort_key", "pk")


class Findable(models.Model):
    """A record that a form finds by name, acronym, number or any other of its terms."""

    search_text = models.TextField(editable=False, default="")

    class Meta:
        abstract = True

    def search_terms(self) -> Iterable[str]:
        """Everything the record is found by, the name first."""
        return [str(self)]

    def folded_terms(self) -> str:
        return fold_terms(self.search_terms())

    def fold_terms(self) -> None:
        self.search_text = self.folded_terms()

    @property
    def lookup_names(self) -> Iterable[str]:
        """The exact names of the record: whoever types one of these means it."""
        return [self.lookup_label]

    @property
    def lookup_label(self) -> str:
        """The text that stands in the field once the record is chosen."""
        return str(self)

    @property
    def lookup_detail(self) -> str:
        """A detail that tells the record from a similar one."""
        return ""
