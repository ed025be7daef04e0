"""What was promised, by whom, and whether it happened."""

from .carry_over import CarryOver
from .events import FollowUpEvent
from .followup import FollowUp
from .querysets import FollowUpQuerySet
from .report import Report
from .report_link import ReportLink

from . import visibility_rules  # isort: skip  # what the storeys below do not know of us

__all__ = ["CarryOver", "FollowUp", "FollowUpEvent", "FollowUpQuerySet", "Report", "ReportLink", "visibility_rules"]
