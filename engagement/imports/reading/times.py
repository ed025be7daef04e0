"""Times of day as publishers write them: ``14:30``, ``14h30``, ``2.30 pm``, ``14:00 - 15:30``."""

import datetime as dt
import re

from engagement.core.text import fold

_TIME = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?(?::\d{2})?\s*(h|uhr|am|pm|a\.m\.|p\.m\.)?")
_BETWEEN = re.compile(r"\s*(?:-|–)\s*|\s+(?:to|until|a|bis)\s+")
_LONGEST = 60  # characters; anything longer is no time


def read_times(text: str) -> tuple[dt.time | None, dt.time | None]:
    """When a meeting begins and ends; nothing where the cell does not say it plainly."""
    if len(text) > _LONGEST:
        return None, None
    ends = _BETWEEN.split(fold(text).replace("a.m.", "am").replace("p.m.", "pm"), maxsplit=1)
    times = [_time(end) for end in ends]
    return (times[0], times[1] if len(times) > 1 else None) if times[0] else (None, None)


def _time(text: str) -> dt.time | None:
    match = _TIME.fullmatch(text.strip())
    if not match or not (match[2] or match[3] or "h" in text):
        return None
    hour, minute, half = int(match[1]), int(match[2] or 0), match[3] or ""
    if half.startswith(("a", "p")):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    if (hour, minute) == (24, 0):
        return dt.time()
    return dt.time(hour, minute) if hour < 24 and minute < 60 else None
