"""The door of all these pages: whoever may not import does not learn that they are there."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache

from engagement.imports.models import Import, Layout, may_import

Screen = Callable[..., HttpResponseBase]


def importers_only(screen: Screen) -> Screen:
    """Asks visitors to sign in, whatever the address; nobody else finds anything here."""

    @never_cache
    @wraps(screen)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not may_import(request.user):
            raise Http404
        return screen(request, *args, **kwargs)

    return guarded


def import_at(request: HttpRequest, pk: int) -> Import:
    found: Import = get_object_or_404(Import.objects.visible_to(request.user).for_list(), pk=pk)
    return found


def layout_at(request: HttpRequest, slug: str) -> Layout:
    found: Layout = get_object_or_404(Layout.objects.visible_to(request.user), slug=slug)
    return found
