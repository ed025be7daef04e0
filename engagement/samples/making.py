"""Makes the fictional sample, of any size, in one transaction."""

import datetime as dt
import random
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from tqdm import tqdm

from engagement.core.bulk import collecting_seldom
from engagement.core.stamps import stamp_everything
from engagement.core.statistics import analyse
from engagement.core.written import loading
from engagement.followups.models import FollowUp
from engagement.search.loading import index_new
from organizations.models import Organization

from . import names
from .bulk import BulkWriter
from .plan import Plan
from .world import Sizes, WorldMaker


def sample_is_there() -> bool:
    """Whether it was ever made here, though somebody may have renamed its host since."""
    return Organization.history.filter(name=names.HOST, is_host=True).exists()


@transaction.atomic
def make(followups: int, seed: int, today: dt.date, staff: Iterable[Any] = (), quiet: bool = False) -> None:
    """The same seed and day make the same sample. ``staff`` are users who share its work with fictional colleagues."""
    rng, writer, sizes = random.Random(seed), BulkWriter(), Sizes(followups)
    with collecting_seldom(), loading() as before:
        world = WorldMaker(writer, sizes, today, rng, list(staff)).make()
        with tqdm(total=followups, unit=" follow-ups", disable=quiet or None) as bar:
            for rows in Plan(world, sizes, today, rng).rows():
                writer.add(rows)
                bar.update(sum(isinstance(row, FollowUp) for row in rows))
        writer.close()
        analyse()
        with tqdm(unit=" records", desc="index", disable=quiet or None) as bar:
            for number in index_new(before):
                bar.update(number)
        stamp_everything()
