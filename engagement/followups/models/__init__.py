"""What was promised, by whom, and whether it happened."""

from .carry_over import CarryOver
from .events import FollowUpEvent
from .followup import FollowUp, FollowUpQuerySet

from . import audience  # isort: skip  # registers who sees organizations through follow-ups

__all__ = ["CarryOver", "FollowUp", "FollowUpEvent", "FollowUpQuerySet", "audience"]
