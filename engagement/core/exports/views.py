"""Export view: a list as a streamed file, the rows of the page of the same question, or a plain no."""

from collections.abc import Callable, Iterator
from typing import ClassVar

from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views import View

from .base import Export
from .formats.atom import atom_text
from .formats.csv import csv_text
from .formats.ical import calendar_text
from .formats.json import json_text
from .formats.xlsx import xlsx_bytes

TYPES = {
    "csv": "text/csv; charset=utf-8; header=present",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "atom": "application/atom+xml; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
}
_STREAMED: dict[str, Callable[[Export], Iterator[str] | Iterator[bytes]]] = {
    "csv": csv_text,
    "xlsx": xlsx_bytes,
    "json": json_text,
    "atom": atom_text,
    "ics": calendar_text,
}
READ_IN_PLACE = ("json", "atom")

Noted = Callable[[int], None]
"""Told at the end how many rows left."""
Logger = Callable[[Export, str], Noted]
"""Told of an export before anything leaves."""


class ExportView(View):
    """``path("meetings.<str:extension>", ExportView.as_view(export=MeetingsExport))``."""

    http_method_names = ["get", "head", "options"]
    export: type[Export] = Export
    loggers: ClassVar[list[Logger]] = []
    """Told of every export by somebody signed in; an app below the nouns keeps the log."""

    def get(self, request: HttpRequest, extension: str) -> HttpResponseBase:
        if extension not in self.export.formats:
            raise Http404
        export = self.export(request)
        if warnings := export.warnings:
            return _not_understood(warnings)
        response = self.headers_of(export, extension) if request.method == "HEAD" else self.file(export, extension)
        response["Content-Disposition"] = _disposition(export, extension)
        patch_cache_control(response, **self.caching())
        return response

    def file(self, export: Export, extension: str) -> HttpResponseBase:
        noted = self.log(export, extension)
        connection.ensure_connection()  # while an answer can still say that the database is away
        return StreamingHttpResponse(_to_the_end(export, extension, noted), content_type=TYPES[extension])

    def headers_of(self, export: Export, extension: str) -> HttpResponseBase:
        return HttpResponse(content_type=TYPES[extension])

    def log(self, export: Export, extension: str) -> list[Noted]:
        """Note the export in the log, unless the public may take the same.

        The rows are not counted before: in a large register that would take longer than the first of them.
        """
        return [logger(export, extension) for logger in self.loggers] if self.request.user.is_authenticated else []

    def caching(self) -> dict[str, bool]:
        """Cache headers: a withdrawn record is gone at once; restricted files are kept nowhere on the way."""
        if self.request.user.is_authenticated:
            return {"private": True, "no_store": True}
        return {"no_cache": True}


def _to_the_end(export: Export, extension: str, noted: list[Noted]) -> Iterator[str | bytes]:
    """The file; who noted the export hears how many rows it had, unless it is broken off."""
    yield from _STREAMED[extension](export)
    for note in noted:
        note(export.sent)


def _not_understood(warnings: list[str]) -> HttpResponse:
    """Nothing is exported under a question that was not understood: it could be more than was asked for."""
    lines = [_("Nothing was exported. The address is not valid:"), *warnings]
    response = HttpResponse(
        "".join(f"{line}\n" for line in lines), status=400, content_type="text/plain; charset=utf-8"
    )
    patch_cache_control(response, no_store=True)
    return response


def _disposition(export: Export, extension: str) -> str:
    kind = "inline" if extension in READ_IN_PLACE else "attachment"
    return f'{kind}; filename="{export.name}-{timezone.localdate().isoformat()}.{extension}"'
