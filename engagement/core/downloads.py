"""File responses: single byte ranges (RFC 9110), strong ETags, safe headers, a name in every script (RFC 6266).

A file is always a download and never a page of the site: ``attachment``, ``nosniff``, a sandbox that allows nothing,
and no content type that a browser would run. A file that is gone is a 404; a storage that is away is a 503, which
``engagement/core/unavailable.py`` answers.
"""

import mimetypes
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response

from engagement.core.models.files import StoredFile

PIECE = 64 * 1024
LONGEST_NAME = 150
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Accept-Ranges": "bytes",
}
UNKNOWN = "application/octet-stream"
_RUNS = re.compile(r"html|xml|svg|script", re.IGNORECASE)
_RANGE = re.compile(r"\s*bytes\s*=\s*(\d*)\s*-\s*(\d*)\s*", re.IGNORECASE | re.ASCII)
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\s]+')
_NOT_IN_QUOTES = re.compile(r"[^ !#$&+\-.^_`|~0-9A-Za-z(),;=@\[\]{}']")


class Unsatisfiable(Exception):
    """A range that begins after the last byte."""


@dataclass(frozen=True)
class Download:
    """The content to send, and its name. ``sha256`` is that of the content; without one, nothing can be resumed."""

    file: StoredFile
    name: str
    sha256: str = ""
    is_public: bool = False

    @property
    def etag(self) -> str:
        return f'"{self.sha256}"' if self.sha256 else ""

    def answer(self, request: HttpRequest) -> HttpResponseBase:
        """200, 206, 304, 412 or 416; for HEAD without the content, as RFC 9110 has it."""
        try:
            size = self.file.kept_in.size(str(self.file.name))
            response = self._unchanged(request) or self._content(request, size)
        except FileNotFoundError as missing:
            raise Http404 from missing
        except Unsatisfiable:
            response = HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
        own = {"Cache-Control": self._caches, **({"ETag": self.etag} if self.etag else {})}
        for name, value in {**HEADERS, **own}.items():
            response[name] = value
        return response

    @property
    def _caches(self) -> str:
        """Cache headers: public files are revalidated each time, as they may be withdrawn; the rest is kept nowhere."""
        return "no-cache" if self.is_public else "private, no-store"

    def _unchanged(self, request: HttpRequest) -> HttpResponseBase | None:
        return get_conditional_response(request, etag=self.etag) if self.etag else None

    def _content(self, request: HttpRequest, size: int) -> HttpResponseBase:
        span = self._span(request, size)
        start, stop = span or (0, size)
        headers = {
            "Content-Type": content_type(self.name),
            "Content-Disposition": attachment(self.name),
            "Content-Length": str(stop - start),
            **({"Content-Range": f"bytes {start}-{stop - 1}/{size}"} if span else {}),
        }
        status = 206 if span else 200
        if request.method == "HEAD":
            return HttpResponse(status=status, headers=headers)
        content = self.file.kept_in.open_range(str(self.file.name), start, stop)
        return StreamingHttpResponse(Pieces(content, stop - start), status=status, headers=headers)

    def _span(self, request: HttpRequest, size: int) -> tuple[int, int] | None:
        """First byte and the one after the last; none for HEAD, and where something else was begun with."""
        if request.method != "GET" or request.headers.get("If-Range", self.etag) != self.etag:
            return None
        return asked_range(request.headers.get("Range", ""), size)


class Pieces:
    """So many bytes of an open file, in pieces; closes it, also when nobody read it."""

    def __init__(self, file: IO[bytes], length: int) -> None:
        self.file, self.length = file, length

    def __iter__(self) -> Iterator[bytes]:
        left = self.length
        while left > 0 and (piece := self.file.read(min(PIECE, left))):
            left -= len(piece)
            yield piece

    def close(self) -> None:
        self.file.close()


def asked_range(header: str, size: int) -> tuple[int, int] | None:
    """A single range of a ``Range`` header, half open; None for several, other units and what cannot be read, which are
    answered with the whole. Raises ``Unsatisfiable``."""
    match = _RANGE.fullmatch(header[:100])
    if match is None or match[1] == match[2] == "":
        return None
    if not match[1]:
        start, stop = max(size - int(match[2]), 0), size
    else:
        start, stop = int(match[1]), min(int(match[2]) + 1, size) if match[2] else size
        if match[2] and int(match[2]) < start:
            return None
    if start >= size:
        raise Unsatisfiable
    return start, stop


def content_type(name: str) -> str:
    """By the ending. What a browser would run has none of its own."""
    kind, encoding = mimetypes.guess_type(name)
    return UNKNOWN if kind is None or encoding or (_RUNS.search(kind) and "openxml" not in kind) else kind


def attachment(name: str) -> str:
    """``Content-Disposition`` with the name in plain letters, and in its own where those are not enough."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = _NOT_IN_QUOTES.sub("", plain).strip(" .") or "document"
    exact = "" if plain == name else f"; filename*=UTF-8''{quote(name, safe='')}"
    return f'attachment; filename="{plain}"{exact}'


def file_name(title: str, stored: str) -> str:
    """A name to save a file under: its title, and the ending of the file that is stored.

    Without what systems refuse in names, and without characters that hide or turn around others.
    """
    shown = "".join(one for one in title if unicodedata.category(one) not in ("Cc", "Cf", "Co", "Cs"))
    stem = _NOT_IN_NAMES.sub(" ", shown).strip(" .")[:LONGEST_NAME].rstrip(" .")
    return f"{stem or 'document'}{PurePath(stored).suffix}"
