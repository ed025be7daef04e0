"""URLs of the benchmarks: those of the site, and the page that does nothing."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

CONSTANT = "/benchmark-constant/"


def constant(request: HttpRequest) -> HttpResponse:
    """Through the same server and middleware, and back."""
    return HttpResponse("The same each time.")


urlpatterns = [path(CONSTANT.strip("/") + "/", constant), path("", include("engagement.urls"))]
