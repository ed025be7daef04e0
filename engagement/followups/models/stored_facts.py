"""Denormalized column: since when a follow-up has its status, from its events. See docs/decisions/stored-facts.md."""

from django.db.models import F, OuterRef, Subquery

from engagement.core.queries import distinct_from
from engagement.core.types import Rows

from .events import FollowUpEvent
from .followup import FollowUp


def status_changed_at() -> Subquery:
    """When the status last changed; nothing where it never did."""
    changes = FollowUpEvent._base_manager.filter(followup=OuterRef("pk")).exclude(from_status=F("to_status"))
    return Subquery(changes.order_by("-at", "-pk").values("at")[:1])


def wrong_followups() -> Rows:
    """The follow-ups with a wrong stored moment: always none, unless something wrote past the models."""
    rows = FollowUp._base_manager.order_by().annotate(right=status_changed_at())
    return rows.filter(distinct_from("status_changed_at", "right"))
