"""Inlines and nested inlines: a discussion with its positions, a party with its people."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.helpers import InlineAdminFormSet
from django.contrib.admin.utils import flatten_fieldsets
from django.db.models import Model, Prefetch, QuerySet
from django.forms import Media
from django.forms.models import _get_foreign_key
from django.http import HttpRequest

from engagement.core.types import Label

from .form_fields import KitFields
from .form_state import state_of
from .forms import RecordForm
from .formsets import RecordFormSet
from .row_links import RowLink


class RecordInline(KitFields, admin.options.InlineModelAdmin):  # type: ignore[type-arg]
    """Rows of a form. ``inlines`` are the rows within each row; ``order_field`` keeps the order they are put in."""

    form = RecordForm
    formset = RecordFormSet  # type: ignore[assignment]
    extra = 0
    inlines: Sequence[type["RecordInline"]] = ()
    row_title: Label = ""
    add_label: Label = ""
    help: Label = ""
    about: ClassVar[tuple[str, ...]] = ()
    """Rows fold to a line: the first of these fields that is filled stands in it."""
    told_by: ClassVar[tuple[str, ...]] = ()
    """What else the line says: of the row, or of each of these rows in the line of the row they stand in."""
    layout: ClassVar[str] = "cards"
    links: ClassVar[tuple[RowLink, ...]] = ()
    """Rows of other sets that can be added inside one of these."""

    @property
    def media(self) -> Media:
        return Media()

    def get_extra(self, request: HttpRequest, obj: Model | None = None, **kwargs: object) -> int:
        """A new row that has rows of its own starts with one blank one of each kind."""
        is_nested = issubclass(getattr(self, "parent_inline", object), RecordInline)
        return max(self.extra, 1) if is_nested and (obj is None or obj.pk is None) else self.extra

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> Any:
        """The fieldsets without the order field, which has its own place beside the row's title."""
        fieldsets = super().get_fieldsets(request, obj)
        return [(name, {**options, "fields": self._without_order(options["fields"])}) for name, options in fieldsets]

    def _without_order(self, fields: Any) -> list[Any]:
        kept = [tuple(self._without_order(line)) if isinstance(line, list | tuple) else line for line in fields]
        return [line for line in kept if line and line != self.order_field]

    def get_formset(self, request: HttpRequest, obj: Model | None = None, **kwargs: object) -> Any:
        """A row that is not saved yet can be taken out by whoever may add it; ``RecordFormSet`` guards the others."""
        may = self.has_add_permission(request, obj) or self.has_delete_permission(request, obj)
        kwargs.setdefault("can_delete", self.can_delete and may)
        if "fields" not in kwargs and self.order_field:
            shown = flatten_fieldsets(self.get_fieldsets(request, obj))
            kwargs["fields"] = [*shown, self.order_field]
        formset: Any = super().get_formset(request, obj, **kwargs)
        formset.form = self.prepared(formset.form, request)
        formset.state, formset.inline = state_of(request), self
        formset.nested = [(inline, inline.get_formset(request)) for inline in self.nested_inlines(request)]
        return formset

    def nested_inlines(self, request: HttpRequest) -> list["RecordInline"]:
        """The second level, as far as this person may see it."""
        found = []
        for inline_class in self.inlines:
            inline = inline_class(self.model, self.admin_site)
            inline.parent_inline = type(self)  # type: ignore[attr-defined]
            may_add = inline.has_add_permission(request, None)
            if not may_add:
                inline.max_num = 0
            if may_add or inline.has_view_or_change_permission(request) or inline.has_delete_permission(request):
                found.append(inline)
        return found

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Model]":
        """Everything the rows show, in a number of queries that does not grow with the rows."""
        one, several = self.lookup_relations()
        rows = super().get_queryset(request).prefetch_related(*several)
        if one:
            rows = rows.select_related(*one)
        if self.order_field and not self.ordering:
            rows = rows.order_by(self.order_field, "pk")
        for inline in self.nested_inlines(request):
            name = inline.accessor(self.model)
            rows = rows.prefetch_related(Prefetch(name, inline.get_queryset(request), to_attr=f"shown_{name}"))
        return rows

    def why_kept(self, row: Model) -> str:
        """A sentence for those who may not remove a saved row: the reason, and the alternative."""
        return ""

    def accessor(self, parent: type[Model]) -> str:
        """The name under which a parent row knows these rows."""
        key = _get_foreign_key(parent, self.model, fk_name=self.fk_name)
        name: str = key.remote_field.get_accessor_name(model=self.model)
        return name

    def wrapped(self, formset: RecordFormSet) -> InlineAdminFormSet:
        """A formset of the second level, ready for the template, with this person's permissions."""
        request, obj = formset.state.request, formset.instance
        assert request is not None
        may = formset.state.may_edit
        may_add = may and self.has_add_permission(request, obj)
        if not may_add:
            formset.extra = formset.max_num = 0
        return InlineAdminFormSet(
            self,
            formset,
            list(self.get_fieldsets(request, obj)),
            {},
            list(self.get_readonly_fields(request, obj)),
            model_admin=self,  # type: ignore[arg-type]
            has_add_permission=may_add,
            has_change_permission=may and self.has_change_permission(request, obj),
            has_delete_permission=may and self.has_delete_permission(request, obj),
            has_view_permission=self.has_view_permission(request, obj),
        )


class CardInline(RecordInline):
    """Each row is a card: for rows with much to say, or with rows of their own."""

    template = "admin/edit_inline/stacked.html"


class LineInline(RecordInline):
    """Each row is one line."""

    template = "admin/edit_inline/tabular.html"
    layout = "lines"
