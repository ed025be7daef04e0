"""About page for citizens: which meetings are published and when, which are exempt, from the rules themselves."""

from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q
from django.utils import timezone

from engagement.core.lists.counts import count_all
from engagement.core.types import Reader
from meetings.models import Ground, Meeting, Regime

from .publication_clock import on_time_this_year


@dataclass(frozen=True)
class About:
    """The rules in use, the number of exempt meetings on each ground, and the share published on time this year."""

    regimes: list[Regime]
    exempt: int
    on_time: int
    late: int
    year: int

    @property
    def due(self) -> int:
        return self.on_time + self.late


def about(user: Reader) -> About:
    """The data of the page: the same for everybody, except the share on time, which counts meetings this reader sees.

    How many meetings are exempt is public, although none of them is: that is why there is a ground for each.
    """
    counted = Count("meetings", filter=Q(meetings__exempted_at__isnull=False))
    grounds = Ground.objects.annotate(number=counted).order_by("order", "pk")
    regimes = list(Regime.objects.in_use().prefetch_related(Prefetch("grounds", queryset=grounds)))
    exempt = {"exempt": Meeting.objects.filter(exempted_at__isnull=False)}
    numbers = count_all({**exempt, **on_time_this_year(Meeting.objects.visible_to(user))})
    year = timezone.localdate().year
    return About(regimes, numbers["exempt"], numbers["published_by_deadline"], numbers["published_late"], year)
