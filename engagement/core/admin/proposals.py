"""Dependent defaults: a record chosen in one field of a form proposes values for others.

Only the server knows what follows; a script fills in what nobody has touched (static/js/proposals.js). Without
scripts an admin gives the same as initial data, such as for ``?series=3`` in the address.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from django.contrib import admin
from django.db.models import Model
from django.http import Http404, HttpRequest, JsonResponse
from django.urls import URLPattern, path, reverse

from engagement.core.folding import whole_number
from engagement.core.types import Rows

from ..lookups.resolve import label_of

Values = Mapping[str, object]


@dataclass(frozen=True)
class ProposedRows:
    """Rows of one set: in which field the record of each stands, and beside which other field it is one of a kind."""

    record: str
    kind: str
    rows: Sequence[Values]


@dataclass(frozen=True)
class Proposal:
    """The consequences of a choice: a sentence beside the field, values of other fields, rows."""

    note: str = ""
    fields: Values = field(default_factory=dict)
    rows: Mapping[str, ProposedRows] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        rows = {
            prefix: {"record": rows.record, "kind": rows.kind, "rows": [_plain(row) for row in rows.rows]}
            for prefix, rows in self.rows.items()
        }
        return {"note": self.note, "fields": _plain(self.fields), "rows": rows}


def _plain(values: Values) -> dict[str, object]:
    """As an input holds them: a record is its key and its label."""
    return {
        name: {"pk": str(value.pk), "label": label_of(value)} if isinstance(value, Model) else str(value or "")
        for name, value in values.items()
    }


class ProposalAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Gives an admin an address for each field that proposes others: from whoever asks and the record, a proposal."""

    proposals: ClassVar[Mapping[str, tuple[Callable[[HttpRequest], Rows], Callable[..., Proposal]]]] = {}

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_proposals"
        view = self.admin_site.admin_view(self.proposals_view)
        return [path("proposals/<str:field>/", view, name=name), *super().get_urls()]

    def proposals_view(self, request: HttpRequest, field: str) -> JsonResponse:
        """JSON: the proposal of the record ``?key=``, for those who may add such a form's record."""
        key = whole_number(request.GET.get("key", ""))
        if field not in self.proposals or key is None or not self.has_add_permission(request):
            raise Http404
        choices, propose = self.proposals[field]
        record = choices(request).filter(pk=key).first()
        if record is None:
            raise Http404
        response = JsonResponse(propose(request, record).as_json())
        response["Cache-Control"] = "private, no-store"
        return response


def proposals_address(model: type[Model], name: str) -> str:
    """The address that a field's input asks, without the key."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_proposals", args=[name])
