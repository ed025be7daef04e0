"""View that takes the periods of files whose dates have no year."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from engagement.core.once import claim
from engagement.core.types import AuthenticatedRequest
from engagement.imports.models import Import, ImportRow
from engagement.imports.parsing.periods import period_around, period_of
from engagement.imports.sources.bundle import ROWS_OF_A_FILE
from engagement.imports.tasks import start
from engagement.imports.views.permission import import_at, importers_only


@dataclass(frozen=True)
class YearlessFile:
    """A file that waits for its period; the name is empty where there is one file only."""

    field: str
    name: str
    rows: int
    likely: str = ""  # the period of the other files


def files_without_year(batch: Import) -> list[YearlessFile]:
    """The files with dates that have no year, and how many rows of each wait for it."""
    if not batch.counts.get("rows_error") or not batch.can_be_committed:
        return []
    rows = ImportRow.objects.filter(batch=batch, outcome="error").about("date_no_year")
    places = Counter(number // ROWS_OF_A_FILE for number in rows.values_list("number", flat=True))
    names = [file["name"] for file in batch.counts.get("files", [])]
    likely = _period_of_the_others(batch) if names else ""
    return [
        YearlessFile(f"period-{place}" if place else "period", names[place - 1] if place else "", number, likely)
        for place, number in sorted(places.items())
    ]


def _period_of_the_others(batch: Import) -> str:
    """From the first to the last month of the rows that could be read, where these lie within a year."""
    plans = ImportRow.objects.filter(batch=batch).exclude(outcome="error").values_list("plan", flat=True)
    months = sorted({on[:7] for plan in plans.iterator() if (on := plan.get("on", ""))})
    if not months or not period_around({(int(month[:4]), int(month[5:])) for month in months}):
        return ""
    return " to ".join(f"{dt.date.fromisoformat(month + '-01'):%B %Y}" for month in (months[0], months[-1]))


@importers_only
@require_POST
def period(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Keep the period that somebody gives each of these files, and preview them again."""
    batch = import_at(request, pk)
    waiting = files_without_year(batch)
    said = {file: _line(request.POST.get(file.field, "")) for file in waiting}
    wrong = [file.name for file, text in said.items() if text and not period_of(text)]
    if wrong or not any(said.values()):
        _ask_again(request, wrong[0] if wrong else "")
    elif batch.can_be_previewed and not batch.is_at_work and not batch.layout.is_for_invitations:
        with claim(request, reverse("imports:detail", args=[batch.pk])) as sent:
            _keep(batch, {file.name: text for file, text in said.items() if text})
            start(batch, "preview", request.user)
            sent.is_done = True
    return redirect("imports:detail", batch.pk)


def _line(text: str) -> str:
    return text.strip()[:60].replace("\x00", "")


def _ask_again(request: AuthenticatedRequest, name: str) -> None:
    sentence = _("Enter a year or a period, such as 2023, 2023-24, Q3 2024 or Jul-Sep 2023.")
    messages.error(request, f"{name}: {sentence}" if name else sentence)


def _keep(batch: Import, periods: dict[str, str]) -> None:
    if "" in periods:
        batch.spec = {**batch.spec, "period": periods[""]}
    else:
        batch.spec = {**batch.spec, "periods": {**batch.spec.get("periods", {}), **periods}}
    batch.save(update_fields=["spec"])
