"""How many queries a page takes, told in a header to whoever sends ``X-Count-Queries``."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponseBase

ASK, TOLD = "X-Count-Queries", "X-Queries"


class CountQueries:
    """Passes everybody else on at once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
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
