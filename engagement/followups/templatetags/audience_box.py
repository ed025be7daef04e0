"""Inclusion tag: the box that tells the secretariat who can see the page it is reading, and why."""

from django import template
from django.db.models import Model
from django.template.context import RequestContext

from engagement.core.models import sees_all
from engagement.followups.visibility_explained import audience_of

register = template.Library()


@register.inclusion_tag("_audience.html", takes_context=True)
def audience_box(context: RequestContext, record: Model) -> dict[str, object]:
    """The box, for the secretariat; nothing for anybody else."""
    found = audience_of(record) if sees_all(context["request"].user) else None
    return {"audience": found, "path": record.get_absolute_url()}  # type: ignore[attr-defined]
