"""Template tags of the branding, also for templates that stand alone without context processors."""

from django import template
from django.conf import settings

from engagement.core.branding.current import branding

register = template.Library()
register.simple_tag(branding)


@register.simple_tag
def site_name() -> str:
    name: str = settings.SITE_NAME
    return name


@register.simple_tag
def body_name() -> str:
    name: str = settings.BODY_NAME
    return name
