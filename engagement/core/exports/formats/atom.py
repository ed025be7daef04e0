"""Atom: the rows as entries that keep their identity, and come back as updated when they are corrected."""

import datetime as dt
import io
import re
from collections.abc import Iterator
from xml.sax.xmlreader import AttributesImpl

from django.utils.feedgenerator import Atom1Feed, rfc3339_date
from django.utils.xmlutils import SimplerXMLGenerator

from ..base import Entry, Export, Gone
from ..streaming import taken

NOTHING_YET = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
"""When a feed without entries was last updated: the same each time, or a reader would think that something changed."""

TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
"""RFC 6721: what a feed says of entries that are no more."""
NONE = AttributesImpl({})
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def atom_text(export: Export) -> Iterator[str]:
    """The feed as it is made, entry by entry. When it was last updated is known, and stands, after the entries."""
    feed = _Feed(
        title=export.title,
        link=export.page_url,
        description=None,
        feed_url=export.absolute(export.url("atom")),
        feed_guid=export.identity(f"feed?{export.query}"),
        author_name=export.site_name,
    )
    buffer = io.StringIO()
    handler = SimplerXMLGenerator(buffer, "utf-8", short_empty_elements=True)
    feed.open(handler)
    latest: dt.datetime | None = None
    for row in export.rows():
        entry = export.entry(row)
        latest = max(latest or entry.updated, entry.updated)
        feed.write(handler, entry, export)
        yield taken(buffer)
    for gone in export.gone():
        latest = max(latest or gone.when, gone.when)
        feed.write_gone(handler, gone, export)
    feed.close(handler, latest or NOTHING_YET)
    yield taken(buffer)


class _Feed(Atom1Feed):
    """Django's Atom, written in pieces."""

    def open(self, handler: SimplerXMLGenerator) -> None:
        handler.startDocument()
        handler.startElement("feed", AttributesImpl(self.root_attributes()))
        self.add_root_elements(handler)

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        handler.addQuickElement("title", _clean(self.feed["title"]))
        handler.addQuickElement("link", "", {"rel": "alternate", "type": "text/html", "href": self.feed["link"]})
        handler.addQuickElement("link", "", {"rel": "self", "href": self.feed["feed_url"]})
        handler.addQuickElement("id", self.feed["id"])
        handler.startElement("author", NONE)
        handler.addQuickElement("name", self.feed["author_name"])
        handler.endElement("author")

    def write(self, handler: SimplerXMLGenerator, entry: Entry, export: Export) -> None:  # type: ignore[override]
        handler.startElement("entry", NONE)
        handler.addQuickElement("id", export.identity(entry.key))
        handler.addQuickElement("title", _clean(entry.title))
        handler.addQuickElement("link", "", {"rel": "alternate", "href": export.absolute(entry.path)})
        handler.addQuickElement("updated", rfc3339_date(entry.updated))
        handler.addQuickElement("summary", _clean(entry.summary), {"type": "text"})
        for category in entry.categories:
            handler.addQuickElement("category", "", {"term": _clean(category)})
        handler.endElement("entry")

    def root_attributes(self) -> dict[str, str]:
        return {**super().root_attributes(), "xmlns:at": TOMBSTONES}

    def write_gone(self, handler: SimplerXMLGenerator, gone: Gone, export: Export) -> None:
        reference = {"ref": export.identity(gone.key), "when": rfc3339_date(gone.when)}
        handler.startElement("at:deleted-entry", AttributesImpl(reference))
        handler.addQuickElement("at:comment", _clean(gone.comment))
        handler.endElement("at:deleted-entry")

    def close(self, handler: SimplerXMLGenerator, updated: dt.datetime) -> None:
        handler.addQuickElement("updated", rfc3339_date(updated))
        handler.endElement("feed")


def _clean(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return _NOT_IN_XML.sub("", str(text))
