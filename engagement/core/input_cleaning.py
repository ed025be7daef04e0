"""Middleware that sanitizes input: whatever comes with a request is text that a database can keep.

A NUL cannot be stored by PostgreSQL, and half of a surrogate pair by nothing that writes UTF-8. Django refuses both in
the text fields of forms only; what is read past them (a lookup, a filter of the admin, the key of a session) would end
as a server error. They become U+FFFD, as bytes that are no UTF-8 do anyway.

Browsers send the lines of a text box with CR and LF between them, whatever they got. Texts are stored with LF alone, so
that sending a form changes nothing that nobody touched.
"""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponseBase, QueryDict, UnreadablePostError
from django.urls import reverse

if TYPE_CHECKING:
    Base = HttpRequest
else:
    Base = object

MARK = "\N{REPLACEMENT CHARACTER}"
_NOT_TEXT = re.compile("[\x00\ud800-\udfff]")
_TO_CLEAN = re.compile("[\x00\r\ud800-\udfff]")
_CHARSET = re.compile(r""";\s*charset\s*=\s*("[^"]*"|[^;\s]*)""", re.IGNORECASE)


def clean_text(text: str) -> str:
    """The text with a mark where something stood that is no text."""
    return _NOT_TEXT.sub(MARK, text)


def clean_posted(text: str) -> str:
    """The same, with lines that end as they are stored."""
    return clean_text(text).replace("\r\n", "\n").replace("\r", "\n")


class Utf8Request(Base):
    """Mixin of a request: UTF-8, as browsers send, whatever it says of itself; some encodings do not even mean text."""

    def _set_content_type_params(self, meta: dict[str, str]) -> None:
        kind = _CHARSET.sub("", meta.get("CONTENT_TYPE", ""))
        super()._set_content_type_params({**meta, "CONTENT_TYPE": kind})  # type: ignore[misc]


class CleanInput:
    """First among the middleware that read addresses, cookies or forms."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        _clean_address(request)
        request.COOKIES = {name: clean_text(value) for name, value in request.COOKIES.items()}
        if request.method == "POST":
            _clean_form(request)
        return self.get_response(request)


def _clean_address(request: HttpRequest) -> None:
    """The pages of the site say themselves which part of a question they do not understand; the admin does not."""
    question = request.META.get("QUERY_STRING", "")
    if ("%00" in question or "\x00" in question) and request.path_info.startswith(reverse("admin:index")):
        request.META["QUERY_STRING"] = question.replace("%00", "%EF%BF%BD").replace("\x00", "%EF%BF%BD")
    request.path, request.path_info = clean_text(request.path), clean_text(request.path_info)


def _clean_form(request: HttpRequest) -> None:
    try:
        posted = request.POST
    except UnreadablePostError:  # whoever sent it has left
        return
    if not any(_TO_CLEAN.search(text) for name, texts in posted.lists() for text in (name, *texts)):
        return
    clean = QueryDict(mutable=True)
    for name, texts in posted.lists():
        clean.setlist(clean_text(name), [clean_posted(text) for text in texts])
    clean._mutable = False
    request.POST = clean  # type: ignore[assignment]
