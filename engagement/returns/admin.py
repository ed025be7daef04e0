"""Return forms in the admin: tables, and the columns of each."""

from collections.abc import Iterable

from django.contrib import admin
from django.db.models import Model
from django.forms import BaseForm, BaseFormSet, BaseModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from engagement.core.admin.inlines import CardInline, LineInline
from engagement.core.admin.noun_admin import NounAdmin
from engagement.returns.models import ReturnColumn, ReturnForm, ReturnTable


class ColumnInline(LineInline):
    model = ReturnColumn
    fieldsets = [
        (None, {"fields": [("heading", "source", "is_required"), "order"]}),
        (_("More"), {"fields": [("text", "date_format", "nil_text")], "classes": ["collapse"]}),
    ]
    order_field = "order"
    row_title = _("Column")
    add_label = _("Column")


class TableInline(CardInline):
    model = ReturnTable
    fields = [("name", "rows_of", "nil"), "order"]
    order_field = "order"
    inlines = [ColumnInline]
    about = ("name",)
    row_title = _("Table")
    add_label = _("Table")


@admin.register(ReturnForm)
class ReturnFormAdmin(NounAdmin):
    list_display = ("name", "period", "file_format", "regime")
    list_filter = ("file_format", "period")
    list_select_related = ("regime",)
    search_fields = ("name",)
    ordering = ("sort_key", "pk")
    inlines = [TableInline]
    fieldsets = [
        (_("Return form"), {"fields": [("name", "regime", "period"), "title", "ranks", "source_url"]}),
        (
            _("File"),
            {
                "fields": [
                    ("file_format", "encoding", "delimiter"),
                    ("first_line", "missing"),
                    ("list_separator", "part_separator", "correction"),
                ]
            },
        ),
    ]

    def save_related(
        self, request: HttpRequest, form: BaseModelForm[Model], formsets: Iterable[BaseFormSet[BaseForm]], change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        assert isinstance(form.instance, ReturnForm)
        form.instance.check_whole()
