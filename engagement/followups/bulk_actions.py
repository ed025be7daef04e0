"""Bulk actions on follow-ups: the selected ones, the planned changes, and carrying them out one by one."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import DatabaseError, transaction
from django.db.models import Model
from django.http import HttpRequest, QueryDict
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from engagement.core.folding import whole_number
from engagement.core.outages import outage_of
from engagement.core.types import Actor

from .actions import UNDO, Action
from .filters import FollowUpFilter
from .models import FollowUp, FollowUpQuerySet

MOST = 1000
"""So many at once: each is moved, told and kept in history on its own, at about a hundred a second, while somebody
waits for the answer."""

REFERENCE = re.compile(r"[\w-]{1,20}", re.ASCII)


class NotMeant(Exception):
    """The posted data does not say which follow-ups are meant; the text is for whoever sent it."""


@dataclass(frozen=True)
class BulkSelection:
    """Ticked follow-ups, or all those that a question to the list has for an answer."""

    picked: tuple[str, ...] = ()
    query: str = ""
    is_all: bool = False

    @classmethod
    def from_post(cls, data: QueryDict) -> "BulkSelection":
        names = (name for value in data.getlist("pick") for name in value.split())
        picked = dict.fromkeys(name for name in names if REFERENCE.fullmatch(name))
        return cls(tuple(picked), data.get("query", "")[:8000], data.get("all") == "1")

    def followups(self, request: HttpRequest) -> list[FollowUp]:
        """The selected follow-ups that this person may see, as they are now; the earliest due first."""
        rows = self._matching(request) if self.is_all else self._ticked(request)
        found: list[FollowUp] = list(rows.for_list(request.user).with_people(request.user).by_due_date()[: MOST + 1])
        if len(found) > MOST:
            raise NotMeant(too_many())
        if not found:
            raise NotMeant(_("Select at least one follow-up first."))
        return found

    def _ticked(self, request: HttpRequest) -> FollowUpQuerySet:
        return _seen(request).filter(reference__in=self.picked[: MOST + 1])

    def _matching(self, request: HttpRequest) -> FollowUpQuerySet:
        """The answer of today, not the one that was on the screen."""
        asked = self.filterset(request)
        if not asked.is_valid() or asked.unknown:
            raise NotMeant(_("The filter is not valid. Nothing was changed."))
        rows: Iterable[Model] = asked.qs
        return cast(FollowUpQuerySet, rows)

    def filterset(self, request: HttpRequest) -> FollowUpFilter:
        return FollowUpFilter(QueryDict(self.query), _seen(request), request=request)


def too_many() -> str:
    """The sentence that says how to proceed with fewer."""
    said = _(
        "You can change at most %(most)s follow-ups at once. Nothing was changed. "
        "Filter the list, for example by due date or organization, and change them in parts."
    )
    return said % {"most": f"{MOST:,}"}


def _seen(request: HttpRequest) -> FollowUpQuerySet:
    rows: FollowUpQuerySet = FollowUp.objects.visible_to(request.user)
    return rows


# What would change --------------------------------------------------------------------------------------------

Seen = Mapping[int, int]
"""By key, the version somebody looked at."""


def seen_from(text: str) -> Seen:
    pairs = (part.partition(".") for part in text.split()[: MOST + 1])
    numbers = ((whole_number(pk), whole_number(version)) for pk, _dot, version in pairs)
    return {pk: version for pk, version in numbers if pk is not None and version is not None}


@dataclass
class Row:
    """One follow-up of the question: why it cannot be changed, if so, and any change since it was last shown."""

    followup: FollowUp
    why_not: str = ""
    meanwhile: str = ""


@dataclass
class Plan:
    """The changes that a verb would make; compared with those that somebody was asked about."""

    action: Action
    followups: Sequence[FollowUp]
    seen: Seen | None = None
    by: Actor = None
    """Who asks; nobody in particular may do anything."""
    rows: list[Row] = field(init=False)
    gone: int = field(init=False, default=0)
    permitted: set[int] = field(init=False)

    def __post_init__(self) -> None:
        news, everything = self._news(), {f.pk for f in self.followups}
        self.permitted = everything if self.by is None else self.action.permitted(self.by, self.followups)
        self.rows = [Row(f, self._why_not(f), news.get(f.pk, "")) for f in self.followups]
        if self.seen is not None:
            self.gone = len(set(self.seen) - {f.pk for f in self.followups})

    def _why_not(self, followup: FollowUp) -> str:
        if followup.pk not in self.permitted:
            return _(
                "Only a manager, or the person who recorded it, is assigned to it or sends its reminders, can do this."
            )
        return self.action.refuses(followup)

    @property
    def will(self) -> list[Row]:
        return [row for row in self.rows if not row.why_not]

    @property
    def cannot(self) -> list[Row]:
        return [row for row in self.rows if row.why_not]

    @property
    def has_changed(self) -> bool:
        """Whether the plan is another than the one that was confirmed."""
        return bool(self.gone or any(row.meanwhile for row in self.rows))

    @property
    def as_seen(self) -> str:
        return " ".join(f"{followup.pk}.{followup.version}" for followup in self.followups)

    def _news(self) -> dict[int, str]:
        if self.seen is None:
            return {}
        added = {f.pk: _("New since you opened this page.") for f in self.followups if f.pk not in self.seen}
        moved = [f for f in self.followups if f.pk in self.seen and self.seen[f.pk] != f.version]
        return {**added, **_what_happened(moved)}


def _what_happened(followups: Iterable[FollowUp]) -> dict[int, str]:
    """Who changed each last, and how it stands now."""
    now = {f.pk: f.get_status_display() for f in followups}
    last = FollowUp.history.filter(id__in=now).order_by("history_date", "history_id").select_related("history_user")
    who = {entry.id: entry.history_user for entry in last} if now else {}
    told = {}
    for pk, status in now.items():
        values = {"who": who.get(pk) or _("Someone"), "status": status}
        told[pk] = _("%(who)s has changed it; now: %(status)s.") % values
    return told


# Doing it -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Result:
    followup: FollowUp
    failure: str = ""


def carry_out(plan: Plan, *, by: Actor, answers: Mapping[str, object]) -> list[Result]:
    """Carry out each follow-up by itself: a failure of one leaves the others done."""
    refused = [Result(row.followup, row.why_not) for row in plan.cannot]
    done: list[Result] = []
    for row in plan.will:
        done.append(_carry_out_one(plan.action, row.followup, by, answers, is_first=not done))
    return done + refused


def _carry_out_one(
    action: Action, followup: FollowUp, by: Actor, answers: Mapping[str, object], *, is_first: bool
) -> Result:
    """Do it to one and note a failure; if the database cannot be written, nothing was done and the form comes back."""
    try:
        with transaction.atomic():
            rows = FollowUp._base_manager.select_for_update().filter(pk=followup.pk)
            if rows.values_list("version", flat=True).get() != followup.version:
                return Result(followup, _what_happened([rows.get()])[followup.pk])
            getattr(followup, action.name)(by=by, **answers)
    except ValidationError as error:
        return Result(followup, " ".join(error.messages))
    except ObjectDoesNotExist:
        return Result(followup, _("It no longer exists."))
    except DatabaseError as error:
        if is_first and outage_of(error):
            raise
        return Result(followup, _("It could not be changed. Try again."))
    return Result(followup)


def result_message(
    request: HttpRequest, heading: str, results: Sequence[Result], back: str, *, can_undo: bool = False
) -> str:
    """What came of each row, with a button that takes it back. Safe markup; ``back`` is where the undoing leads."""
    followups = [result.followup for result in results]
    seen = " ".join(f"{followup.pk}.{followup.version}" for followup in followups)
    context = {"heading": heading, "results": results, "undo": UNDO if can_undo else None, "back": back, "seen": seen}
    return render_to_string("followups/act_results.html", context, request)
