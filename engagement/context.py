"""Context processor: the name of the site and of its body, and whether it is a demonstration."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

PLAN = "followups:plan"
"""Of a series, by the app that knows what is still open."""


def site(request: HttpRequest) -> dict[str, object]:
    return {
        "SITE_NAME": settings.SITE_NAME,
        "BODY_NAME": settings.BODY_NAME,
        "SITE_DESCRIPTION": _description(),
        "CONTACT": _contact(),
        "PRIVACY_NOTICE": settings.PRIVACY_NOTICE,
        "DEMO": settings.DEMO,
        "section": _section(request),
        "viewed_as": getattr(request, "viewed_as", None),
    }


def _contact() -> dict[str, str] | None:
    """Where the contact leads, and how it is written: an address of a page, or for mail."""
    contact = settings.CONTACT
    if not contact:
        return None
    if contact.startswith(("https://", "http://")):
        return {"url": contact, "text": contact.partition("://")[2]}
    return {"url": f"mailto:{contact}", "text": contact}


def _description() -> str:
    if not settings.BODY_NAME:
        return _("Meetings with stakeholders: what was discussed and agreed.")
    said = _("%(BODY_NAME)s: meetings with stakeholders, what was discussed and agreed.")
    return said % {"BODY_NAME": settings.BODY_NAME}


def _section(request: HttpRequest) -> str:
    """The part of the site this address belongs to, so that the navigation can mark it."""
    match = request.resolver_match
    if match is None:
        return ""
    if match.namespace == "admin":
        app, _separator, page = (match.url_name or "").partition("_")
        return "series" if app == "meetings" and page.startswith("series") else app
    if match.view_name == PLAN:
        return "series"
    about, _separator, page = (match.url_name or "").partition("_")
    if match.namespace == "meetings" or page.startswith("activity"):
        sections = {"series": "series", "topic": "topics", "positions": "topics", "organization": "organizations"}
        return sections.get(about, "meetings")
    return match.namespace or {"meeting_brief": "meetings", "home": "today"}.get(match.url_name or "", "")
