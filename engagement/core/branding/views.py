"""Files of the branding, served under an address that changes with them, so that browsers keep them for ever.

Not written as static files: those are collected before a site starts, perhaps by another user into a folder that the
site may not write to, and would keep saying what the environment said then.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from .current import Branding, branding


@require_safe
def style_sheet(request: HttpRequest, version: str) -> HttpResponse:
    own = branding()
    return _kept(own, version, own.style_sheet(), "text/css; charset=utf-8")


@require_safe
def icon(request: HttpRequest, version: str) -> HttpResponse:
    own = branding()
    drawing = render_to_string("branding/icon.svg", {"colour": own.icon_colour})
    return _kept(own, version, drawing.strip(), "image/svg+xml")


@require_safe
def logo(request: HttpRequest, version: str, extension: str) -> HttpResponse:
    own = branding()
    if own.logo is None or own.logo.extension != extension:
        raise Http404
    return _kept(own, version, own.logo.content, own.logo.content_type)


def _kept(own: Branding, version: str, content: str | bytes, content_type: str) -> HttpResponse:
    """A file that an older or newer process of the same site links to is answered with this one's, and not kept."""
    if not content:
        raise Http404
    response = HttpResponse(content, content_type=content_type)
    is_this = version == own.version
    response["Cache-Control"] = "public, max-age=31536000, immutable" if is_this else "no-cache"
    response["Content-Security-Policy"] = _POLICY
    return response


_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; sandbox"
"""A drawing may have a style and pictures of its own, and nothing else; opened by itself it is nobody's document."""
