"""Template tag of change lists on phones: each cell is shown with its column's name."""

import re
from collections.abc import Iterable

from django import template
from django.utils.html import escape, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst

register = template.Library()


@register.filter
def with_labels(cells: Iterable[SafeString], headers: list[dict[str, object]]) -> list[SafeString]:
    """The cells of one row as Django made them, with the column's name in ``data-label``."""
    row = list(cells)
    return [_labelled(cell, header) for cell, header in zip(row, headers, strict=len(row) == len(headers))]


@register.filter
def without_ticks_of_before(page: SafeString) -> SafeString:
    """A list as Django made it, in which no browser ticks by place, on reload, what stood there before."""
    return mark_safe(page.replace('id="changelist-form"', 'id="changelist-form" autocomplete="off"', 1))


def _labelled(cell: SafeString, header: dict[str, object]) -> SafeString:
    label = capfirst(strip_tags(str(header["text"])).strip())
    if not label or "<input" in str(header["text"]):
        return cell
    named = re.sub(r"^<(td|th)\b", rf'<\1 data-label="{escape(label)}"', str(cell), count=1)
    return mark_safe(named)
