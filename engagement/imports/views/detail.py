"""Detail view of an import: its progress, the outcome of every row, and decisions on rows."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from engagement.core.lookups.fields import bind_lookups
from engagement.core.once import claim
from engagement.core.types import AuthenticatedRequest
from engagement.imports.models import Import, ImportRow, Outcome
from engagement.imports.models.rows import Decision
from engagement.imports.planning.decisions import candidates, note_decisions
from engagement.imports.planning.row_keys import is_cell
from engagement.imports.reporting import made, out_of_order
from engagement.imports.sources.bundle import row_label
from engagement.imports.tasks import start
from engagement.imports.views.answering import after_answers, answers_waiting
from engagement.imports.views.lists import asked_cells
from engagement.imports.views.period import files_without_year
from engagement.imports.views.permission import import_at, importers_only
from engagement.imports.views.row_filter import RowFilter
from engagement.imports.views.rows import AnyQuestion, present_rows, question_counts, questions_of

Forms = dict[str, AnyQuestion]


@importers_only
@require_safe
def detail(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The file, and the outcome of each of its rows."""
    batch = import_at(request, pk)
    if batch.layout.is_for_invitations and batch.can_be_previewed:
        return redirect("imports:propose", batch.pk)
    if getattr(request, "htmx", False) and not batch.is_at_work:  # the progress that asks is over: show everything
        return HttpResponse(headers={"HX-Refresh": "true"})
    return show(request, batch)


def show(request: AuthenticatedRequest, batch: Import, forms: Forms | None = None) -> HttpResponse:
    row_filter = RowFilter(batch, request)
    rows = present_rows(batch, list(row_filter.page.object_list), request.user, forms)
    for form in (form for row in rows for form in row.questions):
        bind_lookups(form, request, admin.site)
    context = {
        "batch": batch,
        "row_filter": row_filter,
        "page_obj": row_filter.page,
        "rows": rows,
        "made": [(label, number) for label, number in made(batch) if number],
        "out_of_order": out_of_order(batch).visible_to(request.user),
        "earlier": Import.objects.filter(sha256=batch.sha256).exclude(pk=batch.pk).for_list()[:5],
        "waiting": answers_waiting(batch),
        "cells": len(asked_cells(batch)) if batch.can_be_committed and not batch.is_at_work else 0,
        "yearless": files_without_year(batch),
        "asks": any(row.questions for row in rows),
        "wrong": [form for row in rows for form in row.questions if form.errors],
        "left": batch.counts.get("rows_ambiguous", 0) + batch.counts.get("rows_error", 0),
    }
    return render(request, "imports/detail.html", context)


@importers_only
@require_POST
def decide(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Take the answers given on a page of rows, and look at the whole file again."""
    batch = import_at(request, pk)
    row_filter = RowFilter(batch, request)
    back = f"{row_filter.url()}#rows"
    if not batch.can_be_committed or batch.is_at_work:
        messages.error(request, _("There is nothing to decide."))
        return HttpResponseRedirect(back)
    with claim(request, back) as sent:
        response = _answered(request, batch, back)
        sent.is_done = response.status_code == 302
        return response


def _answered(request: AuthenticatedRequest, batch: Import, back: str) -> HttpResponse:
    if again := _number(request.POST.get("again", "")):
        return _ask_again(request, batch, again, back)
    forms = _forms(request, batch)
    if not all(form.is_valid() for form in forms.values()):
        return show(request, batch, forms)
    return _decided(request, batch, [form for form in forms.values() if form.is_decided], back)


def _forms(request: AuthenticatedRequest, batch: Import) -> Forms:
    numbers = [number for text in request.POST.getlist("row")[:200] if (number := _number(text))]
    rows = list(batch.rows.filter(number__in=numbers, outcome="ambiguous"))
    offered, same = candidates(rows), question_counts(batch)
    found = [form for row in rows for form in questions_of(row, offered, same, None, request.POST)]
    for form in found:
        bind_lookups(form, request, admin.site)
    return {str(form.prefix): form for form in found}


def _decided(request: AuthenticatedRequest, batch: Import, forms: list[AnyQuestion], back: str) -> HttpResponse:
    if not forms:
        messages.info(request, _("You made no decision. Nothing has changed."))
        return HttpResponseRedirect(back)
    kept, remembered = _decisions(batch, forms)
    try:
        with transaction.atomic():
            note_decisions(batch, kept, request.user, False)
            note_decisions(batch, remembered, request.user, True)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return HttpResponseRedirect(back)
    number = len(kept.keys() | remembered.keys())
    message = ngettext("Decided on one row.", "Decided on %(n)d rows.", number)
    messages.success(request, message % {"n": number})
    after_answers(request, batch)
    return HttpResponseRedirect(back)


def _decisions(batch: Import, forms: list[AnyQuestion]) -> tuple[dict[int, Decision], dict[int, Decision]]:
    """By row, what was decided: for this file, and for later ones as well."""
    kept: dict[int, Decision] = {}
    remembered: dict[int, Decision] = {}
    rows = list(batch.rows.filter(outcome="ambiguous").values_list("number", "questions"))
    for form in forms:
        key = form.question["key"]
        numbers = {form.row}
        if form.cleaned_data.get("everywhere") or is_cell(key):
            numbers |= {number for number, questions in rows if key in {one["key"] for one in questions}}
        found = remembered if form.cleaned_data.get("remember") else kept
        for number in numbers:
            found.setdefault(number, {}).update(form.decision())
    return kept, remembered


def _ask_again(request: AuthenticatedRequest, batch: Import, number: int, back: str) -> HttpResponse:
    row = ImportRow.objects.filter(batch=batch, number=number).first()
    if row is not None and row.decision:
        with transaction.atomic():
            note_decisions(batch, {number: {}}, request.user, False)
        if row.outcome != Outcome.DECIDED:  # a preview has settled it since
            start(batch, "preview", request.user)
        messages.success(request, _("You can decide on row %(row)s again.") % {"row": row_label(number)})
    return HttpResponseRedirect(back)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 11 else 0
