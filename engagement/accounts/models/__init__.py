"""Models of accounts: users, and their own things: saved views, calendar links, the log of exports."""

from .calendar_links import CalendarLink
from .export_log import ExportLog, ViewAsLog
from .failed_sign_ins import FailedSignIn
from .last_seen import Look
from .saved_views import DefaultView, SavedView
from .user import User

__all__ = ["CalendarLink", "DefaultView", "ExportLog", "FailedSignIn", "Look", "SavedView", "User", "ViewAsLog"]
