"""Autocomplete views: one JSON address for each model, beside the model's own admin pages."""

from dataclasses import dataclass

from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.contrib.admin.exceptions import NotRegistered
from django.contrib.admin.sites import AdminSite
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path, reverse

from engagement.core.folding import fold_key
from engagement.core.search_hooks import narrowed

from .resolve import LIMIT, Search, detail_of, label_of, matches, search


class LookupAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Gives a model's admin the address that suggests its records."""

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_lookup"
        view = self.admin_site.admin_view(self.lookup_view)
        return [path("lookup/", view, name=name), *super().get_urls()]

    def get_search_results(
        self, request: HttpRequest, queryset: "QuerySet[Model]", search_term: str
    ) -> "tuple[QuerySet[Model], bool]":
        """Search like the words filter of the record's list; models without an index by their folded words."""
        found = narrowed(queryset, search_term, request.user) if search_term.strip() else None
        if found is not None:
            return found, False
        if tuple(self.search_fields) != ("search_text",) or not search_term.strip():
            return super().get_search_results(request, queryset, search_term)
        words = fold_key(search_term)
        return super().get_search_results(request, queryset, words) if words else (queryset.none(), False)

    def lookup_view(self, request: HttpRequest) -> JsonResponse:
        """JSON: the records that ``?q=`` may mean, the likeliest first: key, label, and a detail beside it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        text = request.GET.get("q", "").strip()[:200]
        found = matches(self.model._default_manager.all(), text, lookup_search(self, request))
        results = [{"pk": str(r.pk), "label": label_of(r), "detail": detail_of(r)} for r in found[:LIMIT]]
        response = JsonResponse({"results": results})
        response["Cache-Control"] = "private, no-store"
        return response


@dataclass(frozen=True)
class Addresses:
    suggestions: str
    add: str
    add_param: str
    may_add: bool
    search: Search


def addresses(model: type[Model], request: HttpRequest, site: AdminSite) -> Addresses:
    """The addresses at which this person finds and adds records of a model; empty where they may not."""
    try:
        model_admin = site.get_model_admin(model)
    except NotRegistered:
        return Addresses("", "", "", False, search)
    name = f"{site.name}:{model._meta.app_label}_{model._meta.model_name}"
    may_add = model_admin.has_add_permission(request)
    sees = isinstance(model_admin, LookupAdmin) and model_admin.has_view_permission(request)
    return Addresses(
        suggestions=reverse(f"{name}_lookup") if sees else "",
        add=reverse(f"{name}_add") if may_add else "",
        add_param=next((n for n in ("name", "title") if n in {f.name for f in model._meta.fields}), ""),
        may_add=may_add,
        search=lookup_search(model_admin, request),
    )


def lookup_search(model_admin: ModelAdmin[Model], request: HttpRequest) -> Search:
    """The model's own ``lookup``; for a model without one, the search of its change list."""

    def by_admin(queryset: "QuerySet[Model]", text: str) -> "QuerySet[Model]":
        found, may_repeat = model_admin.get_search_results(request, queryset, text)
        rows: QuerySet[Model] = found if found.ordered else found.order_by("pk")
        return rows.distinct() if may_repeat else rows

    return search if hasattr(model_admin.model._default_manager, "lookup") else by_admin
