"""What the site is called in names that must not change."""

from django.conf import settings
from django.http import HttpRequest


def site_host(request: HttpRequest) -> str:
    """The first name the site answers to, whichever of its names was used this time."""
    first = str(settings.ALLOWED_HOSTS[0]) if settings.ALLOWED_HOSTS else ""
    named = first.lstrip(".*").strip("[]")
    return named or request.get_host().partition(":")[0]
