"""Template tag: the saved views of a list, for its reader."""

from django import template
from django.http import QueryDict
from django.template.context import RequestContext

from engagement.accounts.default_view import views_of
from engagement.core.lists.result import PageResult

register = template.Library()


@register.simple_tag(takes_context=True)
def saved_views_of(context: RequestContext, result: PageResult) -> list[dict[str, object]]:
    """The saved views of a list with their addresses, and which of them is shown now."""
    links = result.links
    now, path = _sorted(links.query), links.path
    views = views_of(context["request"], links.url_name)
    return [{"view": view, "url": f"{path}?{view.query}", "is_current": _sorted(view.query) == now} for view in views]


def _sorted(query: str) -> list[tuple[str, list[str]]]:
    return sorted((name, sorted(values)) for name, values in QueryDict(query).lists())
