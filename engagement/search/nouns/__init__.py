"""What search knows of each noun: one function each, from keys to drafts of entries.

A field that the record's page does not show to somebody is not in the text that is searched for them. Each text field
of each noun is searched by all who see the record (``outside``), by the secretariat alone (``inside``), or not, with a
reason (``decided.py``); a test holds the functions to that.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from . import followups, meetings, names, parts
from .draft import Draft

Reader = Callable[[Sequence[int]], Iterable[Draft]]

READERS: dict[str, Reader] = {
    "organization": names.organizations,
    "topic": names.topics,
    "series": names.series,
    "theme": names.themes,
    "reference": names.references,
    "meeting": meetings.meetings,
    "discussion": parts.discussions,
    "position": parts.positions,
    "outcome": parts.outcomes,
    "document": parts.documents,
    "followup": followups.followups,
}


def drafts(kind: str, keys: Sequence[int]) -> Iterator[Draft]:
    """The drafts of these records; those that are gone, or are not to be found, have none."""
    return iter(READERS[kind](keys))


__all__ = ["READERS", "Draft", "drafts"]
