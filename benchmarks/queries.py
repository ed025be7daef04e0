"""Middleware of the benchmarks: counts the queries of a page, and empties the page cache when asked to.

``X-Count-Queries`` has the number told in a header; ``X-Make-Anew`` throws away the pages this worker keeps.
"""

from collections.abc import Callable
from typing import Any

from django.core.cache import caches
from django.db import connection
from django.http import HttpRequest, HttpResponseBase

ASK, TOLD, ANEW = "X-Count-Queries", "X-Queries", "X-Make-Anew"


class Measured:
    """Passes everybody else on at once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if ANEW in request.headers:
            caches["pages"].clear()
        if ASK not in request.headers:
            return self.get_response(request)
        number = 0

        def note(execute: Callable[..., Any], *args: Any) -> Any:
            nonlocal number
            number += 1
            return execute(*args)

        with connection.execute_wrapper(note):
            response = self.get_response(request)
        response[TOLD] = str(number)
        return response
