"""History view of a record: each save, with every field that it changed in the record and in its parts."""

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern
from django.utils.translation import gettext as _

from engagement.core.change_sets import saves_of

PER_PAGE = 25
MOST_CHANGES = 200
"""Of one save, so many changes are shown in full."""


class HistoryAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Old and new, who and when. Going back is editing: an old state is not restored past the model's rules."""

    def get_urls(self) -> list[URLPattern]:
        return [url for url in super().get_urls() if not (url.name or "").endswith("_simple_history")]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        record = self.get_object(request, unquote(object_id))
        if record is None:
            raise Http404
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        paginator = Paginator(saves_of(record), PER_PAGE)
        context = {
            **self.admin_site.each_context(request),
            "title": _("History of %(record)s") % {"record": record},
            "opts": self.opts,
            "object": record,
            "most": MOST_CHANGES,
            "page": paginator.get_page(request.GET.get("p")),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/record_history.html", context)
