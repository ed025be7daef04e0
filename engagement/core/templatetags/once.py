"""Template tag of the idempotency key: the hidden token that lets a form be carried out once."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from engagement.core.once import FIELD, new_token

register = template.Library()


@register.simple_tag
def once_field(token: str = "") -> SafeString:
    """``{% once_field %}`` inside a form that changes something; a token that is given is kept."""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, token or new_token())
