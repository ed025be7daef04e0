"""Permission of all these views: whoever may not import does not learn that they are there."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from engagement.core.views import only_for
from engagement.imports.models import Import, Layout, may_import

importers_only = only_for(may_import)


def import_at(request: HttpRequest, pk: int) -> Import:
    found: Import = get_object_or_404(Import.objects.visible_to(request.user).for_list(), pk=pk)
    return found


def layout_at(request: HttpRequest, slug: str) -> Layout:
    found: Layout = get_object_or_404(Layout.objects.visible_to(request.user), slug=slug)
    return found
