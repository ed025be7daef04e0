"""What pages count in very many rows stands in an index as a whole: PostgreSQL looks at no row to count it.

Nothing is filled in: with walking through tables forbidden, the plan says whether an index has all that is asked.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Count

from engagement.followups.models import FollowUp, FollowUpEvent
from engagement.followups.models.status import Side
from engagement.publication_clock import tallies
from meetings.models import Meeting
from meetings.publication_filters import PUBLICATION

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.both_databases,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite does not say what it read"),
]
AS_VACUUMED = "UPDATE pg_class SET reltuples = -1, relallvisible = 1000000 WHERE relname = ANY(%s)"
"""Whatever tests before left: only an index that has all that is asked spares a look at the table then."""
FIRST, LAST = dt.date(2026, 1, 1), dt.date(2026, 12, 31)


def publication(key: str) -> Callable[[], Any]:
    return lambda: PUBLICATION[key][1](Meeting.objects.all(), None).values("pk")


def on_time_by_day() -> Any:
    due = Meeting.objects.filter(publication_due_on__range=(FIRST, LAST)).order_by()
    return due.values("publication_due_on").annotate(**tallies())


def held_since() -> Any:
    since = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
    return Meeting.objects.held().filter(starts_at__gte=since, starts_on__gte=FIRST).values("pk", "starts_on")


def overdue_by(colleague: str, sides: list[Side]) -> Callable[[], Any]:
    return lambda: FollowUp.objects.overdue().filter(side__in=sides).order_by().values(colleague).annotate(Count("pk"))


@pytest.mark.parametrize(
    "rows",
    [
        *(publication(key) for key in ("waiting", "overdue", "soon", "due", "late", "withdrawn")),
        on_time_by_day,
        held_since,
        overdue_by("assignee", [Side.OURS, Side.JOINT]),
        overdue_by("chaser", [Side.THEIRS]),
        lambda: FollowUp.objects.waiting_over(30).values("pk"),
    ],
)
def test_no_row_is_looked_at(rows: Callable[[], Any]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        cursor.execute(AS_VACUUMED, [[model._meta.db_table for model in (Meeting, FollowUp, FollowUpEvent)]])
        plan = rows().order_by().explain()
        transaction.set_rollback(True)
    assert "Index Only Scan" in plan
    assert " Index Scan " not in plan and "Seq Scan" not in plan, plan
