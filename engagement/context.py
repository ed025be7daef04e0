"""What every page knows: the name of the site, of the body it belongs to, and whether it is a demonstration."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    return {
        "SITE_NAME": settings.SITE_NAME,
        "BODY_NAME": settings.BODY_NAME,
        "DEMO": settings.DEMO,
        "section": _section(request),
    }


def _section(request: HttpRequest) -> str:
    """The part of the site this address belongs to, so that the navigation can mark it."""
    match = request.resolver_match
    if match is None:
        return ""
    if match.namespace == "admin":
        app, _separator, page = (match.url_name or "").partition("_")
        return "series" if app == "meetings" and page.startswith("series") else app
    if match.namespace == "meetings" and (match.url_name or "").startswith("series"):
        return "series"
    return match.namespace
