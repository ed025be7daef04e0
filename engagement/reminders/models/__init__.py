"""Models of reminders: preferences, the log of sent ones, and a demonstration's e-mails."""

from .log import Digest, KeptMail, PublishingReminder, Run, SentReminder
from .preferences import Frequency, Kind, Preference

__all__ = ["Digest", "Frequency", "KeptMail", "Kind", "Preference", "PublishingReminder", "Run", "SentReminder"]
