"""Promises kept, as answers to what was requested in the discussions they come from."""

import datetime as dt

from django.utils import timezone

from engagement.core.addresses import address_of
from engagement.core.partial_dates import PartialDate
from engagement.core.prepared_queries import KeysAsked, PreparedQuery
from engagement.core.prepared_records import prepared
from engagement.core.types import Reader, Rows
from meetings.dossiers.topic import KEPT, Kept, Talks, tells_kept

from .models import FollowUp

COLUMNS = "pk", "discussion", "order", "owner", "owner__acronym", "owner__name", "closed_at", "reference"


@tells_kept
def promises_kept(talks: Talks, user: Reader) -> list[Kept]:
    """Follow-ups from these discussions that are done; one query."""
    query = prepared("promises kept", user, lambda: PreparedQuery(lambda: _done(user)))
    return [_kept(talks, *row) for row in query.ask(list(talks))]


def _done(user: Reader) -> Rows:
    done = FollowUp.objects.visible_to(user).filter(KeysAsked("discussion"), status=FollowUp.Status.DONE)
    return done.order_by().values_list(*COLUMNS)


def _kept(
    talks: Talks, key: int, discussion: int, order: int, by: int | None, acronym: str | None, name: str | None,
    closed_at: dt.datetime, reference: str,
) -> Kept:  # fmt: skip
    talk = talks[discussion]
    day = PartialDate(timezone.localdate(closed_at))
    place = (talk["place"], KEPT, order, key)
    return Kept(
        place, discussion, talk["meeting"], by, acronym or name or "", day, address_of("followups:detail", reference)
    )
