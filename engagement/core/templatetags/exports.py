"""Template tags for the other forms of a list: links for people, and for programs that look for a feed."""

from urllib.parse import urlencode

from django import template
from django.utils.translation import gettext_lazy as _

from engagement.core.exports.base import Export
from engagement.core.exports.views import TYPES
from engagement.core.lists.result import PageResult

register = template.Library()

NAMES = {
    "csv": _("CSV table"),
    "xlsx": _("Excel workbook"),
    "ics": _("Calendar"),
    "json": _("JSON"),
    "atom": _("Atom feed"),
}


@register.simple_tag
def exports_of(result: PageResult) -> list[dict[str, object]]:
    """Every form of exactly these rows; none while the question is not understood."""
    export = Export.by_list.get(result.links.url_name)
    if export is None or result.warnings:
        return []
    return [
        {
            "extension": extension,
            "name": NAMES[extension],
            "type": TYPES[extension].partition(";")[0],
            "url": export.address(extension, result.links.query),
        }
        for extension in export.formats
    ]


@register.simple_tag
def export_of(list_url_name: str, extension: str, **asked: str) -> str:
    """The rows of a list that answer a question, as a file: ``{% export_of "meetings:list" "ics" reference=… %}``."""
    return Export.by_list[list_url_name].address(extension, urlencode(asked))


@register.simple_tag
def calendar_of(result: PageResult) -> str:
    """The name of the list among private calendars; nothing if it has none."""
    export = Export.by_list.get(result.links.url_name)
    return export.name if export is not None and export.calendar_url_name else ""
