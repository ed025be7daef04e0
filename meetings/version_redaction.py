"""Redaction of kept versions: of content that was public once, a reader gets the part that is public now.

A part that was hidden, moved or taken out since, and a record that no visitor may know of any more, is left out of
every older version as well; that something is left out is said. The names of people are shown as long as they are
public in the same words. Asked anew each time, so nothing has to be remembered when a part is hidden.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.apps import apps

from engagement.core.models import sees_all
from engagement.core.types import Reader, Rows
from organizations.models import Organization

from .models import Participant, PublishedVersion
from .public_content import LINK, PART, VISITOR, Content

WITHHELD = "withheld"
Row = tuple[str, int]


@dataclass(frozen=True)
class ReadVersion:
    """A version as this reader gets it."""

    version: PublishedVersion
    content: Content
    is_whole: bool


def read(versions: Sequence[PublishedVersion], user: Reader) -> list[ReadVersion]:
    """The versions whole for the secretariat, for everybody else redacted to the public content of now."""
    if sees_all(user):
        return [ReadVersion(version, version.content, True) for version in versions]
    return [
        ReadVersion(version, content, content == version.content)
        for version, content in zip(versions, redacted([version.content for version in versions], VISITOR), strict=True)
    ]


def redacted(contents: Sequence[Content], reader: Reader) -> list[Content]:
    """The kept content, without anything hidden from this reader now; a note stands in the place of each gap."""
    redaction = _Redaction((row for content in contents for row in _rows(content)), reader)
    return [redaction.of(content) for content in contents]


def _rows(value: object) -> Iterable[Row]:
    """Every row that a piece was made from or names."""
    if isinstance(value, dict):
        for name in (PART, LINK):
            if name in value:
                label, key = value[name]
                yield label, key
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _rows(one)


class _Redaction:
    """Which of these rows a reader may know of now: a query for each kind of record."""

    def __init__(self, rows: Iterable[Row], reader: Reader) -> None:
        self.reader = reader
        by_kind: dict[str, set[int]] = defaultdict(set)
        for label, key in rows:
            by_kind[label].add(key)
        self.public: set[Row] = set()
        for label, keys in by_kind.items():
            seen: Rows = apps.get_model(label)._default_manager.all()
            seen = seen.visible_to(reader).filter(pk__in=keys)  # type: ignore[attr-defined]
            self.public |= {(label, key) for key in seen.order_by().values_list("pk", flat=True)}
        self._merged(by_kind[Organization._meta.label_lower])
        people = by_kind[Participant._meta.label_lower]
        self.names = dict(Participant.objects.visible_to(reader).filter(pk__in=people).values_list("pk", "name"))

    def _merged(self, keys: set[int]) -> None:
        """An organization that was merged is known where the one that was kept is."""
        label = Organization._meta.label_lower
        gone = {key for key in keys if (label, key) not in self.public}
        kept = Organization.objects.visible_to(self.reader).values("pk")
        merged = Organization._base_manager.filter(pk__in=gone, merged_into__in=kept).values_list("pk", flat=True)
        self.public |= {(label, key) for key in merged}

    def of(self, content: Content) -> Content:
        return {name: self._without(value) for name, value in content.items()}

    def _without(self, value: object) -> object:
        if isinstance(value, list):
            return [self._without(one) for one in value]
        if not isinstance(value, dict):
            return value
        row = value.get(PART) or value.get(LINK)
        if row and tuple(row) not in self.public:
            return {PART: row, WITHHELD: True}
        if row and row[0] == Participant._meta.label_lower and self.names.get(row[1]) != value["name"]:
            return {PART: row, WITHHELD: True}
        return {name: one if name in (PART, LINK) else self._without(one) for name, one in value.items()}
