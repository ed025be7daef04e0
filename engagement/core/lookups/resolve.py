"""Resolve a text that somebody typed to the record they meant."""

from collections.abc import Callable, Collection, Iterable

from django.db.models import Model, QuerySet

from engagement.core.folding import fold_key

from .values import same, same_name

LIMIT = 12

Search = Callable[["QuerySet[Model]", str], "QuerySet[Model]"]


def label_of(record: Model) -> str:
    """The text that stands in a field for this record."""
    return str(getattr(record, "lookup_label", "") or record)


def detail_of(record: Model) -> str:
    """A detail that tells this record from similar ones."""
    return str(getattr(record, "lookup_detail", "") or "")


def names_of(record: Model) -> list[str]:
    """Every name by which exactly this record is meant."""
    return [label_of(record), *(str(name) for name in getattr(record, "lookup_names", ()) or ())]


def search(queryset: "QuerySet[Model]", text: str) -> "QuerySet[Model]":
    """The records a text finds, through the model's own ``lookup``; models of libraries have none."""
    if not hasattr(queryset, "lookup"):
        return queryset.none()
    found: QuerySet[Model] = queryset.lookup(text)
    return found


def matches(queryset: "QuerySet[Model]", text: str, how: Search = search) -> list[Model]:
    """The best few for a text, as typed or without its punctuation."""
    found = list(how(queryset, text)[:LIMIT])
    plain = fold_key(text)
    if not found and plain and not same(plain, text):
        found = list(how(queryset, plain)[:LIMIT])
    return sorted(found, key=lambda record: not _by_name(record, text))


def meant(text: str, found: Collection[Model], near: Iterable[str] = ()) -> Model | None:
    """The one record called exactly so: by its label, else by another name, else the one used in this form."""
    near = set(near)
    for is_called in (_by_label, _by_name):
        exact = [record for record in found if is_called(record, text)]
        if len(exact) > 1:
            exact = [record for record in exact if str(record.pk) in near] or exact
        if len(exact) == 1:
            return exact[0]
    close = [record for record in found if str(record.pk) in near]
    return close[0] if len(close) == 1 else None


def _by_label(record: Model, text: str) -> bool:
    return same_name(label_of(record), text)


def _by_name(record: Model, text: str) -> bool:
    return any(same_name(name, text) for name in names_of(record))
