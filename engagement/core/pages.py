"""What the views of every noun share: finding a record by its address, and cutting a list into pages."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest

from engagement.core.models import SluggedQuerySet


def at_address(records: SluggedQuerySet, slug: str) -> Any:
    """The record that stands, or used to stand, at this address; 404 when it is not among ``records``."""
    try:
        return records.at(slug)
    except records.model.DoesNotExist as missing:
        raise Http404 from missing


def page_of(
    request: HttpRequest, records: "QuerySet[Any, Any]", size: int = 25, count: int | None = None
) -> Page[Model]:
    """The page of a list that the address asks for; the nearest one when there is no such page.

    ``count`` saves counting again what was counted before.
    """
    paginator = Paginator(records, size)
    if count is not None:
        paginator.count = count
    return paginator.get_page(request.GET.get("page"))
