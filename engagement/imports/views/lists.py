"""View of the cells in question: lists of organizations with their cuts, and places, answered together."""

from dataclasses import dataclass, field
from functools import cached_property

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Page
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from engagement.core.once import claim
from engagement.core.types import AuthenticatedRequest
from engagement.core.views import page_of
from engagement.imports.models import Import, ImportRow, Outcome
from engagement.imports.models.rows import Decision, QuestionData
from engagement.imports.planning.decisions import note_decisions
from engagement.imports.planning.places import NEAR
from engagement.imports.planning.row_keys import is_cell, is_list
from engagement.imports.views.answering import after_answers
from engagement.imports.views.list_forms import ListForm
from engagement.imports.views.permission import import_at, importers_only
from engagement.imports.views.question_forms import PlaceForm
from engagement.imports.views.rows import AnyQuestion

PAGE = 100


@dataclass
class AskedCell:
    """A cell that is asked about, and the rows that have it."""

    question: QuestionData
    place: int
    rows: list[int] = field(default_factory=list)

    def form(self, data: QueryDict | None = None) -> AnyQuestion:
        form = ListForm if is_list(self.question["key"]) else PlaceForm
        row = self.rows[0]
        return form(self.question, row, f"l{row}-{self.place}", data, same=len(self.rows), proposes=True)


@dataclass
class ListPage:
    """The cells of an import that wait for an answer, one page of them with their forms."""

    batch: Import
    request: HttpRequest

    @cached_property
    def cells(self) -> list[AskedCell]:
        return asked_cells(self.batch)

    @cached_property
    def page(self) -> Page[AskedCell]:
        return page_of(self.request, self.cells, PAGE)

    @cached_property
    def forms(self) -> list[AnyQuestion]:
        """The forms of the page; of a POST, the cells that were on the page it was sent from."""
        if self.request.method != "POST":
            return [cell.form() for cell in self.page.object_list]
        sent = set(self.request.POST.getlist("cell")[:PAGE])
        found = [cell.form(self.request.POST) for cell in self.cells]
        return [form for form in found if form.prefix in sent]


def asked_cells(batch: Import) -> list[AskedCell]:
    """Each cell once, in the order of the file; without those that were answered since the preview."""
    found: dict[str, AskedCell] = {}
    rows = ImportRow.objects.filter(batch=batch, outcome=Outcome.AMBIGUOUS)
    for row in (rows.about("list") | rows.about(NEAR)).only("number", "questions", "decision").order_by("number"):
        for question in row.open_questions:
            if is_cell(question["key"]):
                cell = AskedCell(question, row.questions.index(question))
                found.setdefault(question["key"], cell).rows.append(row.number)
    return list(found.values())


@importers_only
@require_http_methods(["GET", "HEAD", "POST"])
def lists(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """All cells in question, with the likelier answer chosen; one button accepts the choices."""
    batch = import_at(request, pk)
    if not batch.can_be_committed or batch.is_at_work:
        messages.info(request, _("There is nothing to decide."))
        return redirect("imports:detail", batch.pk)
    asked = ListPage(batch, request)
    if request.method == "POST" and all([form.is_valid() for form in asked.forms]):
        with claim(request, reverse("imports:detail", args=[batch.pk])) as sent:
            _take(request, asked)
            sent.is_done = True
        left = len(asked.cells) > len(asked.forms)
        return redirect("imports:lists" if left and not batch.is_at_work else "imports:detail", batch.pk)
    if not asked.cells:
        return redirect("imports:detail", batch.pk)
    wrong = [form for form in asked.forms if form.errors]
    context = {"batch": batch, "asked": asked, "page_obj": asked.page, "forms": asked.forms, "wrong": wrong}
    return render(request, "imports/lists.html", context)


def _take(request: AuthenticatedRequest, asked: ListPage) -> None:
    decisions: dict[int, Decision] = {}
    rows_of = {cell.question["key"]: cell.rows for cell in asked.cells}
    for form in asked.forms:
        for number in rows_of[form.question["key"]] if form.is_decided else ():
            decisions.setdefault(number, {}).update(form.decision())
    if not decisions:
        return
    try:
        with transaction.atomic():
            note_decisions(asked.batch, decisions, request.user, "remember" in request.POST)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return
    one, many = "Decided on one row.", "Decided on %(n)d rows."
    messages.success(request, ngettext(one, many, len(decisions)) % {"n": len(decisions)})
    after_answers(request, asked.batch)
