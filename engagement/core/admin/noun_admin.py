"""Base ModelAdmin of every noun: the form kit, verbs, history, and only records that this person may see."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from engagement.core.admin.actions import ReasonForm, Verb, VerbAdmin
from engagement.core.admin.base import RecordAdmin
from engagement.core.admin.changelist import BoundedAdmin
from engagement.core.admin.proposals import ProposalAdmin
from engagement.core.change_sets import saves_of
from engagement.core.models import Archivable

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
            "title": gettext("History of %(record)s") % {"record": record},
            "opts": self.opts,
            "object": record,
            "most": MOST_CHANGES,
            "page": paginator.get_page(request.GET.get("p")),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/record_history.html", context)


class NounAdmin(BoundedAdmin, VerbAdmin, HistoryAdmin, ProposalAdmin, RecordAdmin):
    """Base of the admin of a noun."""

    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Model]":
        return super().get_queryset(request).visible_to(request.user)  # type: ignore[attr-defined, no-any-return]


def archiving(permission: str) -> list[Verb]:
    """The verbs of records that are put away rather than deleted."""
    return [
        Verb("archive", _("Archive"), permission, ReasonForm, _is_current, done=_("Archived.")),
        Verb("restore", _("Restore from the archive"), permission, applies=_is_archived, done=_("Restored.")),
    ]


class ArchivedFilter(admin.EmptyFieldListFilter):
    """Whether a record is archived: yes or no, and not "empty" or "not empty"."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = _("archived")

    def choices(self, changelist: Any) -> Iterator[Any]:
        words = [_("All"), _("No"), _("Yes")]
        for word, choice in zip(words, super().choices(changelist), strict=True):
            yield {**choice, "display": word}


@admin.display(description=_("archived"))
def archived_on(record: Archivable) -> str:
    """A column of a list: the day, or that it is not."""
    at = record.archived_at
    return date_format(timezone.localtime(at), "j M Y") if at else gettext("no")


def _is_archived(record: Archivable) -> bool:
    return record.is_archived


def _is_current(record: Archivable) -> bool:
    return not record.is_archived
