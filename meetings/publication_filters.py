"""Filters of the list of meetings by publication: how far it is, by when it is due, under which rule."""

import datetime as dt
from typing import Any

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement.core.lists import filters
from engagement.core.types import Reader, Rows

from .models import MeetingQuerySet, ProposedChange, Regime
from .models.deadlines import under
from .models.publishing import IN_STATE, PublicationState

SOON = 14
"""A deadline within so many days is soon."""


def in_state(state: PublicationState) -> Any:
    return state.label, lambda rows, user: rows.filter(IN_STATE[state])


def changed(rows: MeetingQuerySet) -> MeetingQuerySet:
    """Published, and a change waits for somebody who may publish."""
    waiting = ProposedChange.objects.waiting().order_by().values("meeting")
    return rows.filter(IN_STATE[PublicationState.CHANGED], pk__in=waiting)


def to_come(rows: MeetingQuerySet) -> MeetingQuerySet:
    """Neither published nor exempt, and due on some day."""
    return rows.filter(published_at=None, exempted_at=None, publication_due_on__isnull=False)


def overdue(rows: MeetingQuerySet) -> MeetingQuerySet:
    return to_come(rows).filter(publication_due_on__lt=timezone.localdate())


def soon(rows: MeetingQuerySet) -> MeetingQuerySet:
    today = timezone.localdate()
    return to_come(rows).filter(publication_due_on__gte=today, publication_due_on__lte=today + dt.timedelta(days=SOON))


def published_on_time(rows: MeetingQuerySet) -> MeetingQuerySet:
    return rows.filter(publication_due_on__isnull=False, published_on__lte=F("publication_due_on"))


def published_late(rows: MeetingQuerySet) -> MeetingQuerySet:
    return rows.filter(publication_due_on__isnull=False, published_on__gt=F("publication_due_on"))


PUBLICATION: dict[str, Any] = {
    **{state.value: in_state(state) for state in PublicationState},
    "changed": (PublicationState.CHANGED.label, lambda rows, user: changed(rows)),
    "due": (
        _("Due and not published"),
        lambda rows, user: to_come(rows).filter(publication_due_on__lte=timezone.localdate()),
    ),
    "overdue": (_("Overdue"), lambda rows, user: overdue(rows)),
    "soon": (_("Due in the next 14 days"), lambda rows, user: soon(rows)),
    "prepared": (
        _("Prepared, not published"),
        lambda rows, user: rows.filter(published_at=None).exclude(prepared_at=None),
    ),
    "on_time": (_("Published on time"), lambda rows, user: published_on_time(rows)),
    "late": (_("Published late"), lambda rows, user: published_late(rows)),
}
"""How far it is, which is one of the states; and whether it was on time."""


def due_from(rows: MeetingQuerySet, day: dt.date, user: Reader) -> MeetingQuerySet:
    return rows.filter(publication_due_on__gte=day)


def due_until(rows: MeetingQuerySet, day: dt.date, user: Reader) -> MeetingQuerySet:
    return rows.filter(publication_due_on__lte=day)


class Rule(filters.Exactly):
    """A publication rule, by its code or its name."""

    def filter(self, rows: Rows, value: str) -> Rows:
        named = Regime.objects.filter(Q(code=value) | Q(name__iexact=value))
        return under(rows, named) if value else rows

    def chosen(self, name: str, value: str) -> list[filters.Chosen]:
        """The name of the rule with that code, where there is one."""
        called = Regime.objects.filter(code=value).values_list("name", flat=True).first() if value else None
        return [filters.Chosen(name, value, f"{self.label}: {called or value}")] if value else []
