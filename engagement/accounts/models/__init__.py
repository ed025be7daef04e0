"""Who uses the system, and what is their own: links to their calendar, and what they took out."""

from .calendar_links import CalendarLink
from .export_log import ExportLog, ViewAsLog
from .failed_sign_ins import FailedSignIn
from .last_seen import Look
from .saved_views import DefaultView, SavedView
from .user import User

__all__ = ["CalendarLink", "DefaultView", "ExportLog", "FailedSignIn", "Look", "SavedView", "User", "ViewAsLog"]
