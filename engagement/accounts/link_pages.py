"""Capability URLs (a decorator): a page that whoever holds its address may use, without signing in.

The address is the secret: it goes into no index, no cache and no other site's log. As nothing depends on a cookie, no
other site gains by sending the form in somebody's name, so no CSRF token is asked for: a browser that tells no
referrer tells no origin either, which Django's check would refuse.
"""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from engagement.accounts.throttle import Places, address_of

MOST_TRIES = 30
"""So many wrong addresses, and so many forms, from one connection within the time that the sign-in counts."""

Page = Callable[..., HttpResponse]
Response = TypeVar("Response", bound=HttpResponseBase)


def link_page(kind: str, behind: Callable[[str], object]) -> Callable[[Page], Page]:
    """``@link_page("respond", ReportLink.objects.behind)``: the view gets the token, whether or not it is known."""

    def decorator(page: Page) -> Page:
        @csrf_exempt
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(page)
        def guarded(request: HttpRequest, token: str, **of_address: str) -> HttpResponse:
            is_throttled = _is_throttled(request, kind, lambda: behind(token) is not None)
            response = render(request, "429.html", status=429) if is_throttled else page(request, token, **of_address)
            return keep_address_secret(response)

        return guarded

    return decorator


def keep_address_secret(response: Response) -> Response:
    """The answer with headers that keep its address out of indexes, caches and other sites' logs."""
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    patch_cache_control(response, private=True, no_store=True)
    return response


def _is_throttled(request: HttpRequest, kind: str, is_known: Callable[[], bool]) -> bool:
    """Wrong addresses and forms count, opening a good one does not."""
    address = address_of(request)
    if not address or (request.method != "POST" and is_known()):
        return False
    return Places(f"{kind} {address}", MOST_TRIES).take() is None
