"""Reminders: what each person wants to be told, and the log of what was sent to whom."""

from .kept_mail import KeptMail
from .preferences import Frequency, Kind, Preference
from .sent import Digest, Run, SentReminder

__all__ = ["Digest", "Frequency", "KeptMail", "Kind", "Preference", "Run", "SentReminder"]
