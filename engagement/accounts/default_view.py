"""Default view: a list that is opened without a query is shown as its reader chose."""

from typing import Any

from django.http import HttpRequest

from engagement.core.lists.views import ListPage

from .models import SavedView


def views_of(request: HttpRequest, list_name: str) -> list[Any]:
    """The saved views of a list that this reader has, one's own first, asked for once."""
    user = request.user
    if not user.is_authenticated:
        return []
    kept = request.__dict__.setdefault("_saved_views", {})
    if list_name not in kept:
        rows = SavedView.objects.visible_to(user).filter(list_name=list_name).marked(user).order_by()
        kept[list_name] = sorted(rows, key=lambda view: (view.owner_id != user.pk, view.sort_key, view.pk))
    views: list[Any] = kept[list_name]
    return views


def default_query(list_name: str, request: HttpRequest) -> str:
    """The question of the view chosen as default."""
    return next((view.query for view in views_of(request, list_name) if view.is_default), "")


def known_lists() -> dict[str, type[ListPage]]:
    """Every list of the site, by the name of its address."""
    return {page.url_name: page for page in _pages(ListPage) if hasattr(page, "url_name")}


def _pages(page: type[ListPage]) -> list[type[ListPage]]:
    below = page.__subclasses__()
    return [*below, *(deeper for one in below for deeper in _pages(one))]
