"""Where a reference was last spoken of."""

from collections.abc import Collection
from typing import Any, NamedTuple

from django.db.models import OuterRef, Subquery

from engagement.topics.models import Reference
from meetings.models import Discussion


class Talk(NamedTuple):
    """A discussion, and its meeting."""

    reference: int
    pk: int
    slug: str
    meeting: str


def talks_on(user: Any, references: Collection[int]) -> dict[int, Talk]:
    """Of each of these references, the newest discussion that the reader may see; in one query, or none."""
    if not references:
        return {}
    seen = Discussion.objects.visible_to(user).filter(references=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    newest = Reference._base_manager.filter(pk__in=references).order_by().values_list(Subquery(seen))
    rows = Discussion._base_manager.filter(pk__in=newest, references__in=references).order_by("pk")
    found = (Talk(*row) for row in rows.values_list("references", "pk", "meeting__slug", "meeting__title"))
    return {talk.reference: talk for talk in found}
