"""The readers of all nouns by one name."""

from engagement.imports.reading.meetings import read_meetings
from engagement.imports.reading.organizations import read_organizations

__all__ = ["read_meetings", "read_organizations"]
