"""Template tag of running heads on paper: attributes of ``<html>`` for ``static/css/paper.css``.

A style sheet can read the attributes of an element, and so needs neither a script nor a style of the page's own.
"""

from django import template
from django.conf import settings
from django.template.context import Context
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from engagement.core.models import Visibility, sees_all
from engagement.core.types import Reader

register = template.Library()

MOST_LETTERS = 110  # two lines above a page of A4


@register.simple_tag(takes_context=True)
def sheet(context: Context, title: object = "", reference: str = "", level: int | None = None) -> SafeString:
    """The subject of the sheets, and whom this copy is for: nobody is to hand out one by mistake that is not public."""
    short = Truncator(str(title)).chars(MOST_LETTERS)
    attributes = {"reference": reference, "sheet": short, "copy": _copy(context.get("user"), level)}
    return format_html(
        " ".join(f'data-{name}="{{{name}}}"' for name, value in attributes.items() if value), **attributes
    )


@register.simple_tag(takes_context=True)
def printed(context: Context) -> str:
    """The origin of a sheet: the site, the day, the reader. No page is kept longer than its day."""
    user = context.get("user")
    day = date_format(timezone.localdate(), "j F Y")
    words = {"site": settings.SITE_NAME, "day": day, "person": str(user)}
    if user is not None and user.is_authenticated:
        return _("%(site)s, printed on %(day)s by %(person)s") % words
    return _("%(site)s, printed on %(day)s") % words


def _copy(user: Reader | None, level: int | None) -> str:
    """Whoever signed in may see more than the public does, also on the page of a public record."""
    if user is None or not user.is_authenticated:
        return ""
    if not sees_all(user):
        shared = _("Shared with the counterpart, not public")
        return shared if level == Visibility.SHARED else _("Personal copy: may show what is not public")
    if level == Visibility.INTERNAL:
        return _("Secretariat copy: internal")
    if level == Visibility.SHARED:
        return _("Secretariat copy: shared with the counterpart, not public")
    if level == Visibility.PUBLIC:
        return _("Secretariat copy of a public record")
    return _("Secretariat copy: may show what is internal")
