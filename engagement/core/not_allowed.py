"""405 Method Not Allowed: whoever opens an address that only receives forms gets a page, and not a blank one."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render


class NotAllowedPage:
    """Middleware: turns a 405 that a browser would show as a blank page into one with a sentence and a link."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_blank = isinstance(response, HttpResponseNotAllowed) and not response.content
        if not (is_blank and request.method == "GET" and request.accepts("text/html")):
            return response
        page = render(request, "405.html", status=405)
        page["Allow"] = response["Allow"]
        return page
