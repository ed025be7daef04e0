"""The page of what was found, and what is suggested while one types."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .direct_hits import jump
from .presenters import shown
from .request import Asking, chips
from .results import Results
from .suggestions import suggested


@never_cache
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Everything a reader may see that answers a question, the best first."""
    asking = Asking(request)
    by_htmx = bool(getattr(request, "htmx", False))
    if asking.has_blanks and not by_htmx:
        return HttpResponseRedirect(asking.address_without_blanks)
    if list(request.GET) == ["q"] and (to := jump(request.user, asking.text)):
        return HttpResponseRedirect(to)
    results = Results(asking)
    context = {"asking": asking, "results": results, "chips": list(chips(asking)), "by_htmx": by_htmx}
    if results.hits:
        context["hits"] = shown(request.user, list(results.page), results.found.query, results.organizations)
    response = render(request, "search/page.html", context)
    if by_htmx and not request.headers.get("HX-Target", "").startswith("choices-"):
        response["HX-Push-Url"] = asking.canonical
    patch_vary_headers(response, ["HX-Request"])
    response["X-Robots-Tag"] = "noindex"
    return response


@never_cache
@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """A few links for what is being typed, as a piece of HTML for the box in the header."""
    response = render(request, "search/_suggestions.html", suggested(request.user, request.GET.get("q", "")))
    response["X-Robots-Tag"] = "noindex"
    return response
