"""View that corrects the cells of one row, in place of a spreadsheet program."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from engagement.core.folding import fold
from engagement.core.once import claim
from engagement.core.types import AuthenticatedRequest
from engagement.imports.layouts.vocabulary import IGNORED
from engagement.imports.models import Import, ImportRow
from engagement.imports.planning.corrections import correct
from engagement.imports.sources.limits import Limits
from engagement.imports.views.answering import after_corrections
from engagement.imports.views.permission import import_at, importers_only


class CellsForm(forms.Form):
    """The cells of a row; each is compared with the shown one, so that two people lose nothing of each other."""

    everywhere = forms.BooleanField(
        required=False, label=gettext_lazy("Also correct the other rows to check that have the same cell")
    )

    def __init__(self, row: ImportRow, data: QueryDict | None = None) -> None:
        super().__init__(data, use_required_attribute=False)
        self.row = row
        self.names = {f"cell{at}": name for at, name in enumerate(row.batch.headers) if name in row.cells}
        for key, name in self.names.items():
            text = row.shown_cells[name]
            self.fields[key] = forms.CharField(
                label=name,
                initial=text,
                required=False,
                strip=False,
                max_length=Limits().cell,
                show_hidden_initial=True,
                widget=forms.Textarea(attrs={"rows": min(4, 1 + len(text) // 70 + text.count("\n"))}),
                help_text=self._help(name),
            )

    def _help(self, name: str) -> str:
        filled = self.row.plan.get("filled", {}).get(name, "")
        if filled:
            return escape(_("Read as “%(text)s”, from the row above or the name of the file.") % {"text": filled[:200]})
        if name in self.row.corrections:
            return escape(_("Published: “%(text)s”") % {"text": self.row.corrections[name][0][:200]})
        return ""

    @property
    def changed(self) -> dict[str, str]:
        """The corrected cells, by heading."""
        cells = {self.names[key]: self.cleaned_data[key] for key in self.changed_data if key in self.names}
        return {name: text.replace("\r\n", "\n").replace("\x00", "") for name, text in cells.items()}

    def of(self, *, is_read: bool) -> list[forms.BoundField]:
        """The cells that the layout reads, or those that it passes over."""
        spec = self.row.batch.spec
        columns = [column for column in spec.get("columns", []) if column["target"] != IGNORED]
        read = {fold(header) for column in columns for header in column["headers"]}
        return [self[key] for key, name in self.names.items() if (fold(name) in read) is is_read]


@dataclass
class Place:
    """A row among those in question."""

    batch: Import
    row: ImportRow

    @property
    def url(self) -> str:
        return f"{reverse('imports:detail', args=[self.batch.pk])}?outcome={self.row.outcome}#rows"

    @property
    def following(self) -> ImportRow | None:
        later = ImportRow.objects.filter(batch=self.batch, number__gt=self.row.number).in_question()
        found: ImportRow | None = later.order_by("number").first()
        return found


@importers_only
@require_http_methods(["GET", "HEAD", "POST"])
def correct_row(request: AuthenticatedRequest, pk: int, number: int) -> HttpResponse:
    """The cells of a row as text boxes, those that are imported first; saved, the file is looked at again."""
    batch = import_at(request, pk)
    row = ImportRow.objects.filter(batch=batch, number=number).select_related("batch").first()
    if row is None:
        raise Http404
    if not batch.can_be_committed or batch.is_at_work:
        messages.info(request, _("The rows of this import can no longer be corrected."))
        return redirect("imports:detail", batch.pk)
    place = Place(batch, row)
    form = CellsForm(row, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with claim(request, place.url) as sent:
            answer = _save(request, place, form)
            sent.is_done = True
        return answer
    context = {
        "batch": batch,
        "row": row,
        "form": form,
        "read": form.of(is_read=True),
        "passed_over": form.of(is_read=False),
        "following": place.following,
    }
    return render(request, "imports/correct.html", context)


def _save(request: AuthenticatedRequest, place: Place, form: CellsForm) -> HttpResponse:
    everywhere = bool(form.cleaned_data["everywhere"])
    with transaction.atomic():
        row = ImportRow.objects.select_for_update().select_related("batch").get(pk=place.row.pk)
        number = correct(place.batch, row, form.changed, request.user, everywhere=everywhere)
    if number:
        one, many = "One row corrected.", "%(n)d rows corrected."
        messages.success(request, ngettext(one, many, number) % {"n": number})
    else:
        messages.info(request, _("No cell was changed."))
    following = place.following if "next" in request.POST else None
    if number:
        after_corrections(request, place.batch, is_last=following is None)
    if following is not None:
        return redirect("imports:correct", place.batch.pk, following.number)
    return HttpResponseRedirect(place.url if not number else reverse("imports:detail", args=[place.batch.pk]))
