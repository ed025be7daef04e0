"""Template filters and tags for plain values: numbers, mappings, time zones."""

from collections.abc import Hashable, Mapping
from functools import lru_cache
from typing import TypeVar

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from num2words import num2words

from engagement.core.css_bundle import sheets
from engagement.core.models import Visibility, sees_all
from engagement.core.queries import few_text
from engagement.core.text_blocks import as_html, as_inline
from engagement.core.time_zones import zone_name
from engagement.core.types import Reader

V = TypeVar("V")
register = template.Library()


@register.filter
def days_in_words(number: int) -> str:
    """1 day; 20 days."""
    return ngettext("%(days)s day", "%(days)s days", number) % {"days": number}


@lru_cache(maxsize=1000)
def _ordinal(number: int, language: str) -> str:
    try:
        return str(num2words(number, to="ordinal", lang=language))
    except NotImplementedError:
        return str(num2words(number, to="ordinal", lang="en"))


@register.filter
def ordinal_words(number: int | None) -> str:
    """2 is written "second"."""
    return "" if number is None else _ordinal(int(number), (get_language() or "en").replace("-", "_"))


@register.filter
def at(mapping: Mapping[Hashable, V] | None, key: Hashable) -> V | None:
    """The value of a mapping under a key, or nothing."""
    return (mapping or {}).get(key)


@register.filter
def level_tone(level: int) -> str:
    """The colour that goes with an audience; the word stands beside it."""
    return {Visibility.PUBLIC: "info", Visibility.SHARED: "outline"}.get(Visibility(level), "plain")


@register.filter
def level_badge(level: int) -> SafeString:
    """An audience as a badge."""
    return format_html('<span class="badge badge--{}">{}</span>', level_tone(level), Visibility(level).label)


@register.filter
def short_level_badge(level: int) -> SafeString:
    """The badge of ``level_badge`` in one word, for rows that are not public."""
    word = _("Internal") if level == Visibility.INTERNAL else _("Shared")
    return format_html('<span class="badge badge--{}">{}</span>', level_tone(level), word)


@register.filter
def is_staff_reader(user: Reader) -> bool:
    """Whether this reader belongs to the secretariat and may see internal records."""
    return sees_all(user)


register.simple_tag(sheets)
register.filter(zone_name)
register.filter("paragraphs", as_html)
register.filter("lines", as_inline)


@register.simple_tag
def labelled_text(label: str, text: str) -> SafeString:
    """A text that begins with its label."""
    return as_html(text, format_html("<strong>{}</strong> ", label))


@register.filter
def few(number: int) -> str:
    """A number that was counted only so far."""
    return few_text(number)
