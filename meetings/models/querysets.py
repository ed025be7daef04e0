"""Querysets of meetings: the rows that a list and a page need, in a fixed number of queries."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Exists, Expression, OuterRef, Q
from django.utils import timezone

from engagement.core.models import FindableQuerySet, LeveledQuerySet, SluggedQuerySet
from engagement.core.partial_dates import Precision
from engagement.core.types import Reader

from .status import Status


class MeetingQuerySet(FindableQuerySet, LeveledQuerySet, SluggedQuerySet):
    def shared_with(self, user: Reader) -> Q:
        """Meetings at which an organization this person acts for is a party."""
        from .parties import Party  # which names the meeting

        return Q(Exists(Party.objects.of(user).filter(meeting=OuterRef("pk"))))

    def update(self, **kwargs: Any) -> int:
        """The parties are told when their meeting was held."""
        from .denormalized import keep_met  # which names the meeting

        if not kwargs.keys() & {"status", "starts_on"}:
            return super().update(**kwargs)
        with transaction.atomic():
            keys = list(self.order_by().values_list("pk", flat=True))
            number = super().update(**kwargs)
            keep_met(keys)
        return number

    def held(self) -> "MeetingQuerySet":
        return self.filter(status=Status.HELD)

    def on_a_known_day(self) -> "MeetingQuerySet":
        """Meetings whose day a number in a series can follow: known to the day, and not postponed from it."""
        return self.filter(starts_on__isnull=False, date_precision=Precision.DAY).exclude(status=Status.POSTPONED)

    def upcoming(self, now: dt.datetime | Expression | None = None) -> "MeetingQuerySet":
        """Planned and not over yet, the soonest first."""
        planned = [Status.PROPOSED, Status.CONFIRMED]
        return self.filter(status__in=planned, ends_at__gt=now or timezone.now()).order_by("starts_at", "pk")

    def latest(self) -> "MeetingQuerySet":
        """Held meetings, the latest first."""
        return self.held().order_by("-starts_at", "-pk")

    def for_list(self) -> "MeetingQuerySet":
        from .prefetches import parties_for_reading  # which names the parts

        return self.select_related("series").prefetch_related(parties_for_reading())

    def with_agenda(self, user: Reader) -> "MeetingQuerySet":
        """With the headings of the discussions, as far as this reader may know them."""
        from .prefetches import agenda_for_reading  # which names the parts

        return self.prefetch_related(agenda_for_reading(user))

    def for_page(self, user: Reader) -> "MeetingQuerySet":
        """With everything the meeting's page shows to this reader, in a fixed number of queries."""
        from .prefetches import page_prefetches  # which names the parts

        return self.select_related(
            "series__host", "prepared_by", "published_by", "exempted_by", "exemption_ground"
        ).prefetch_related(*page_prefetches(user))
