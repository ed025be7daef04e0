"""Models of follow-ups: promises, their events, reports on them, and carry-overs."""

from .carry_over import CarryOver
from .events import FollowUpEvent
from .followup import FollowUp
from .querysets import FollowUpQuerySet
from .report import Report
from .report_link import ReportLink

from . import visibility_rules  # isort: skip  # what the storeys below do not know of us

__all__ = ["CarryOver", "FollowUp", "FollowUpEvent", "FollowUpQuerySet", "Report", "ReportLink", "visibility_rules"]
