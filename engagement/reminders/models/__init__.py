"""Reminders: what each person wants to be told, and the log of what was sent to whom."""

from .kept_mail import KeptMail
from .preferences import Frequency, Kind, Preference
from .sent import Digest, Run, SentReminder
from .to_publish import PublishingReminder

__all__ = ["Digest", "Frequency", "KeptMail", "Kind", "Preference", "PublishingReminder", "Run", "SentReminder"]
