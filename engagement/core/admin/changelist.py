"""Change lists with bounded counts: admin pages that cost the same in a small register and a large one."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.apps import apps
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.views.main import ORDER_VAR, ChangeList
from django.db.models import Model, QuerySet
from django.db.models.expressions import Combinable, OrderBy
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from engagement.core.folding import whole_number
from engagement.core.models.sort_keys import ordering_field
from engagement.core.queries import FEW, keys_of
from engagement.core.views import BoundedPaginator

FOR_ADDRESSES = ("/urlify.js", "/prepopulate.js", "/xregexp.js", "/xregexp.min.js")


class BoundedChangeList(ChangeList):
    """Sorts by the columns that offer it, whatever the address says: those have an index."""

    def get_ordering(self, request: HttpRequest, queryset: "QuerySet[Model]") -> list[OrderBy | Combinable | str]:
        asked = self.params.get(ORDER_VAR, "")
        self.params[ORDER_VAR] = ".".join(part for part in asked.split(".") if self._is_offered(part))
        if not self.params[ORDER_VAR]:
            del self.params[ORDER_VAR]
        return super().get_ordering(request, queryset)

    @property
    def is_narrowed(self) -> bool:
        """By words or by a filter."""
        return bool(self.query or self.has_active_filters)

    def get_results(self, request: HttpRequest) -> None:
        """A list that nothing narrows offers no “show all”: it shows all."""
        super().get_results(request)
        if not self.is_narrowed:
            self.full_result_count = self.result_count

    def get_ordering_field(self, field_name: Callable[..., object] | str) -> Combinable | str | None:
        """Names and titles stand in the order of their sort keys."""
        found = super().get_ordering_field(field_name)
        return ordering_field(self.model, found) if isinstance(found, str) else found

    def _is_offered(self, part: str) -> bool:
        place = part.removeprefix("-")
        return (
            (number := whole_number(place)) is not None
            and number < len(self.list_display)
            and self.list_display[number] in (self.sortable_by or ())
        )


class BoundedAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Base of every admin: lists are counted to 10,000, nothing counts choices, deleting does not gather thousands."""

    paginator = BoundedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    @property
    def media(self) -> forms.Media:
        """Without the scripts that make an address out of a title while it is typed: half of all, and never used."""
        given: Any = super().media
        needed = [script for script in given._js if not script.endswith(FOR_ADDRESSES)]
        return forms.Media(css=given._css, js=needed)

    def get_changelist(self, request: HttpRequest, **kwargs: object) -> type[ChangeList]:
        return BoundedChangeList

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """No form offers “save as new”, which Django does for whoever asks: here it is an ordinary save."""
        if "_saveasnew" in request.POST:
            posted = request.POST.copy()
            del posted["_saveasnew"]
            request.POST = posted  # type: ignore[assignment]
        return super().changeform_view(request, *args, **kwargs)

    def response_action(self, request: HttpRequest, queryset: "QuerySet[Model]", *args: Any, **kwargs: Any) -> Any:
        """Actions on all rows of a list, while they are counted exactly. A text that is no key ticks nothing."""
        if ticked := request.POST.getlist(ACTION_CHECKBOX_NAME):
            posted = request.POST.copy()
            posted.setlist(ACTION_CHECKBOX_NAME, keys_of(self.model, ticked))
            request.POST = posted  # type: ignore[assignment]
        if request.POST.get("select_across") == "1" and self.get_paginator(request, queryset, 1).count.is_more:  # type: ignore[attr-defined]
            messages.error(request, _("Too many records. Search or filter to select fewer."))
            return HttpResponseRedirect(request.get_full_path())
        return super().response_action(request, queryset, *args, **kwargs)

    def get_deleted_objects(self, objs: "Sequence[Model] | QuerySet[Model]", request: HttpRequest) -> Any:
        """The records that deleting takes along; very many are refused, and not gathered to be shown."""
        if many := list(_too_many(objs)):
            return [], {}, set(), many
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        return _without_joins(deleted), _named(counts), lacking, _once_each(protected)


def _joins() -> list[tuple[str, str]]:
    """Tables that only join two records, by the name of one row and of many: nobody knows these as records."""
    tables = [model._meta for model in apps.get_models(include_auto_created=True) if model._meta.auto_created]
    return [(str(table.verbose_name), str(table.verbose_name_plural)) for table in tables]


def _named(counts: Mapping[str, int]) -> dict[str, int]:
    joins = {many for _one, many in _joins()}
    return {kind: number for kind, number in counts.items() if str(kind) not in joins}


def _without_joins(lines: Sequence[object]) -> list[object]:
    starts = tuple(f"{capfirst(one)}: " for one, _many in _joins())

    def kept(nested: Sequence[object]) -> list[object]:
        told = [kept(one) if isinstance(one, list) else one for one in nested]
        return [one for one in told if one and not (isinstance(one, str) and one.startswith(starts))]

    return kept(lines)


def _once_each(lines: Iterable[object]) -> list[object]:
    """Parts of many meetings can read the same: each line once, with how often."""
    counted = Counter(lines)
    return [line if number == 1 else format_html("{} ({})", line, number) for line, number in counted.items()]


def _too_many(objs: Iterable[Model]) -> Iterable[str]:
    records = list(objs)
    for relation in records[0]._meta.related_objects if records else ():
        rows: Any = relation.related_model
        if rows._base_manager.filter(**{f"{relation.field.name}__in": records})[: FEW + 1].count() > FEW:
            words = {"most": f"{FEW:,}", "things": rows._meta.verbose_name_plural}
            yield _("More than %(most)s %(things)s") % words


class ReadOnlyAdmin(BoundedAdmin):
    """ModelAdmin of records written by verbs and views alone: they are read here, and nothing else."""

    is_read_only = True
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
