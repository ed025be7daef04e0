"""View helpers of every noun: finding a record by its address, cutting a list into pages, who may come in."""

from collections.abc import Callable
from functools import cached_property, wraps
from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponsePermanentRedirect
from django.shortcuts import render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

from engagement.core.lists.counts import MOST
from engagement.core.models import SluggedQuerySet
from engagement.core.types import Reader

if TYPE_CHECKING:
    from django.core.paginator import _SupportsPagination

T = TypeVar("T")
View = Callable[..., HttpResponseBase]


def at_address(records: SluggedQuerySet, slug: str) -> Any:
    """The record that stands, or used to stand, at this address; 404 when it is not among ``records``."""
    try:
        return records.at(slug)
    except records.model.DoesNotExist as missing:
        raise Http404 from missing


def moved_to(request: HttpRequest, to: str | Model, *args: object) -> HttpResponsePermanentRedirect:
    """301 from a former address to that of now, with the same question."""
    address, query = resolve_url(to, *args), request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)


class Counted(int):
    """A number that was counted no further than one more than ``MOST``, and says so: “10,000+”."""

    is_more: bool

    def __new__(cls, number: int) -> "Counted":
        counted = super().__new__(cls, min(number, MOST))
        counted.is_more = number > MOST
        return counted

    def __str__(self) -> str:
        return f"{int(self):,}+" if self.is_more else str(int(self))


FAR_BACK = 1_000


class BoundedPaginator(Paginator[T]):
    """Paginator with a bounded count: no further than ``MOST``, and as many rows can be reached."""

    @cached_property
    def count(self) -> int:
        rows = self.object_list
        if not isinstance(rows, QuerySet):
            return Counted(len(rows))
        return Counted(rows.order_by().values("pk")[: MOST + 1].count())

    def page(self, number: int | str) -> Page[T]:
        """Of a page far back the keys are found first, so that the rows before it are not read."""
        found, rows = super().page(number), self.object_list
        if isinstance(rows, QuerySet) and found.start_index() > FAR_BACK:
            found.object_list = rows.filter(pk__in=list(found.object_list.values_list("pk", flat=True)))  # type: ignore[attr-defined]
        return found


def page_of(
    request: HttpRequest, records: "_SupportsPagination[T]", size: int = 25, count: int | None = None
) -> Page[T]:
    """The page of a list that the address asks for; the nearest one when there is no such page.

    ``count`` saves counting again what was counted before.
    """
    paginator = BoundedPaginator(records, size)
    if count is not None:
        paginator.count = count
    return paginator.get_page(request.GET.get("page"))


TYPED = ("title", "note", "comment", "evidence", "text", "word", "answer", "reason", "result")
"""The boxes of forms into which people write sentences."""


def typed_texts(request: HttpRequest) -> list[str]:
    """The sentences of a form that cannot be taken any more, for a page from which they can be copied."""
    return [words for name in TYPED if (words := request.POST.get(name, "").strip())]


def sign_in_first(request: HttpRequest, back: str = "") -> HttpResponse:
    """To the sign-in; whoever was signed out while writing reads what was written, to copy it."""
    typed = typed_texts(request)
    back = back or request.get_full_path()
    if not typed:
        return redirect_to_login(back)
    return render(request, "accounts/signed_out.html", {"typed": "\n\n".join(typed), "back": back}, status=403)


def only_for(may: Callable[[Reader], bool]) -> Callable[[View], View]:
    """``@only_for(may_merge)``: visitors are asked to sign in, whatever the address; nobody else finds anything."""

    def decorator(view: View) -> View:
        @never_cache
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return sign_in_first(request)
            if not may(request.user):
                raise Http404
            return view(request, *args, **kwargs)

        return guarded

    return decorator


def came_from(request: HttpRequest, otherwise: str) -> str:
    """The address to go back to, as the form says, if it is on this site."""
    to = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(to, {request.get_host()}, require_https=request.is_secure())
    return to if is_ours else otherwise
