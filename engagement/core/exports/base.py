"""Export of a list: its columns and parts are declared once by its app, and read by every format."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from engagement.core.lists.views import ListPage
from engagement.core.models import sees_all
from engagement.core.queries import chunks, reading_on
from engagement.core.types import FieldValue, Row, Rows

from .columns import Column
from .last_changed import changed_at

CHUNK = 200
"""Rows held at a time, whatever the length of the list."""
UNKNOWN = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
"""When a record changed that came without a history."""


@dataclass(frozen=True)
class Entry:
    """A row as something to read about, in a feed. ``key`` never changes for a record, whatever its title becomes."""

    key: str
    title: str
    path: str
    summary: str
    updated: dt.datetime
    categories: tuple[str, ...] = ()

    @classmethod
    def of(cls, row: Row, key: object, title: str, lines: Iterable[str], *categories: object) -> "Entry":
        """Of a row of an export; of the lines of its summary, empty ones are left out."""
        summary, updated = "\n".join(filter(None, lines)), row.changed_at or UNKNOWN
        return cls(str(key), title, row.get_absolute_url(), summary, updated, tuple(map(str, categories)))


@dataclass(frozen=True)
class Gone:
    """A record that was taken back from readers: its key, the moment, and a sentence."""

    key: str
    when: dt.datetime
    comment: str
    fields: dict[str, FieldValue]


class Export:
    """Subclass and fill in. ``part_columns`` make several lines of a row, one for each of its ``parts``."""

    by_list: ClassVar[dict[str, "type[Export]"]] = {}
    """Every declared export, by the name of the list's address."""

    name: ClassVar[str]
    """``meetings``: the address and the file are called so."""
    url_name: ClassVar[str]
    """The address of the files; the extension is its argument."""
    page_class: ClassVar[type[ListPage]]
    columns: ClassVar[Sequence[Column]]
    part_columns: ClassVar[Sequence[Column]] = ()
    parts_name: ClassVar[str] = ""
    calendar_url_name: ClassVar[str] = ""
    """The address of the same list as a private calendar; the token is its argument."""
    formats: ClassVar[Sequence[str]] = ("csv", "xlsx", "json", "atom")

    def __init_subclass__(cls, **kwargs: object) -> None:
        super().__init_subclass__(**kwargs)
        if hasattr(cls, "page_class"):
            Export.by_list[cls.page_class.url_name] = cls

    def __init__(self, request: HttpRequest) -> None:
        self.page = self.page_class.for_request(request)
        self.request = request
        self.user: Any = request.user
        self.asked = self.page.ask()
        self.is_inside = sees_all(request.user)
        self.sent = 0
        """So many rows were read so far, all of them when the last has left."""

    # What the app says ----------------------------------------------------------------------------------------

    def prepare(self, rows: Rows) -> Rows:
        """The rows with all that columns read, each part narrowed to this reader."""
        return rows

    def parts(self, row: Row) -> Iterable[FieldValue]:
        return ()

    def entry(self, row: Row) -> Entry:
        raise NotImplementedError

    def gone(self) -> Sequence[Gone]:
        """Records that this reader had here and no longer gets, for those who keep a copy; the latest first."""
        return ()

    def components(self, row: Row) -> Iterable[FieldValue]:
        """The row in a calendar: components of the icalendar library."""
        raise NotImplementedError

    @property
    def warnings(self) -> list[str]:
        """Warnings about parts of the address that could not be understood."""
        return [*self.asked.warnings, *self.page.misplaced(self.asked)]

    # What writers read ----------------------------------------------------------------------------------------

    @property
    def title(self) -> str:
        return str(self.page_class.title)

    @property
    def site_name(self) -> str:
        return str(settings.BODY_NAME or settings.SITE_NAME)

    def shown(self, columns: Sequence[Column]) -> list[Column]:
        return [column for column in columns if self.is_inside or not column.staff_only]

    def rows(self) -> Iterator[Row]:
        """Every row asked for, in the order asked for; each knows when it last changed (``changed_at``)."""
        with reading_on():
            for chunk in chunks(self.asked.each(self.prepare, CHUNK), CHUNK):
                self.sent += len(chunk)
                changed = changed_at(self.asked.filterset.queryset.model, [row.pk for row in chunk], self.user)
                for row in chunk:
                    row.changed_at, row.address = changed.get(row.pk), self.absolute(row.get_absolute_url())
                yield from chunk

    def lines(self) -> Iterator[list[FieldValue]]:
        """Rows as lines of cells: as many lines as the row has parts, one if it has none."""
        columns, part_columns = self.shown(self.columns), self.shown(self.part_columns)
        for row in self.rows():
            cells = [column.of(row) for column in columns]
            for part in list(self.parts(row)) or [None]:
                yield cells + [None if part is None else column.of(part) for column in part_columns]

    @property
    def heads(self) -> list[str]:
        return [column.name for column in (*self.shown(self.columns), *self.shown(self.part_columns))]

    # Addresses ------------------------------------------------------------------------------------------------

    def absolute(self, path: str) -> str:
        return self.request.build_absolute_uri(path)

    @property
    def query(self) -> str:
        """The question that these are the rows of."""
        return self.asked.links.query

    @property
    def page_url(self) -> str:
        return self.absolute(_with(self.page.path, self.query))

    def url(self, extension: str) -> str:
        """The same rows in another format."""
        return self.address(extension, self.query)

    @classmethod
    def address(cls, extension: str, query: str) -> str:
        return _with(reverse(cls.url_name, args=[extension]), query)

    def uid(self, key: str) -> str:
        """The same for calendars."""
        return f"{key}@{site_host(self.request)}"

    def identity(self, key: str) -> str:
        """A name for a record that stays when its title or address changes (RFC 4151)."""
        return f"tag:{site_host(self.request)},2025:{self.name}/{key}"


def _with(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path


def site_host(request: HttpRequest) -> str:
    """The first name the site answers to, whichever of its names was used this time: names must not change."""
    first = str(settings.ALLOWED_HOSTS[0]) if settings.ALLOWED_HOSTS else ""
    named = first.lstrip(".*").strip("[]")
    return named or request.get_host().partition(":")[0]
