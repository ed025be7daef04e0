"""Query parameters of the dashboard: a period, a theme, a series; read from the address."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement.core.lookups.widgets import NativeDate
from engagement.core.models.days import check_year
from engagement.topics.models import Theme
from meetings.dossiers.at_a_glance import last_months
from meetings.dossiers.series import add_months
from meetings.models import Series

OFFERED = 300
"""So many themes and series are offered; one that stands in the address is found all the same."""


@dataclass(frozen=True)
class DashboardFilter:
    """A period, its last day included, and what else the numbers are narrowed to."""

    first: dt.date
    last: dt.date
    theme: Theme | None = None
    series: Series | None = None

    @property
    def records(self) -> dict[str, Theme | Series]:
        """By the names that lists know them by."""
        named = {"theme": self.theme, "series": self.series}
        return {name: record for name, record in named.items() if record is not None}


class BySlug(forms.ModelChoiceField):
    """A record by what stands in its address; the first by name are offered, and the one that is chosen."""

    def __init__(self, queryset: "QuerySet[Any]", name: str, **options: Any) -> None:
        self.rows, self.name_field = queryset, name
        super().__init__(queryset, to_field_name="slug", required=False, **options)

    def to_python(self, value: Any) -> Model | None:
        if isinstance(value, str) and "\0" in value:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        found: Model | None = super().to_python(value)
        return found

    def offered(self, chosen: str) -> list[tuple[str, object]]:
        named = self.rows.values_list("slug", self.name_field)
        rows = list(named.order_by("sort_key", "pk")[:OFFERED])
        if chosen and "\0" not in chosen and chosen not in dict(rows):
            rows += named.filter(slug=chosen)
        return [("", self.empty_label), *rows]


class DashboardForm(forms.Form):
    """Asked for nothing, the last twelve months up to today."""

    use_required_attribute = False
    locals()["from"] = forms.DateField(
        label=_("From"), required=False, widget=NativeDate, validators=[check_year],
        error_messages={"invalid": _("Enter a date, such as 2026-01-31.")},
    )  # fmt: skip
    to = forms.DateField(
        label=_("To"), required=False, widget=NativeDate, validators=[check_year],
        error_messages={"invalid": _("Enter a date, such as 2026-01-31.")},
    )  # fmt: skip
    theme = BySlug(
        Theme.objects.all(), "name", label=_("Theme (and sub-themes)"), empty_label=_("All themes"),
        error_messages={"invalid_choice": _("There is no such theme. Choose one from the list.")},
    )  # fmt: skip
    series = BySlug(
        Series.objects.all(), "title", label=_("Series"), empty_label=_("All series"),
        error_messages={"invalid_choice": _("There is no such series. Choose one from the list.")},
    )  # fmt: skip

    def __init__(self, data: QueryDict) -> None:
        asked = data.copy()
        if not asked.get("from") and not asked.get("to"):
            asked["from"] = last_months()[0].first.isoformat()
        if not asked.get("to"):
            asked["to"] = timezone.localdate().isoformat()
        super().__init__(asked)
        for name, field in self.fields.items():
            if isinstance(field, BySlug):
                field.choices = field.offered(asked.get(name, ""))

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        first, last = cleaned.get("from"), cleaned.get("to")
        if first and last and first > last:
            self.add_error("to", _("This day is before the first one. Choose a later day."))
        return cleaned

    @property
    def asked(self) -> DashboardFilter:
        """Of a valid form; without a first day, the year up to the last."""
        found = self.cleaned_data
        first = found["from"] or add_months(found["to"], -12) + dt.timedelta(days=1)
        return DashboardFilter(first, found["to"], found["theme"], found["series"])
