"""Line chart of a series: a dot for each meeting in its order, gaps between their numbers, and the next one."""

from django.utils.translation import gettext as _

from engagement.core.charts import Dot, Line
from engagement.core.templatetags.display import ordinal_words
from meetings.models import Meeting
from meetings.models.status import PLANNED, Status

from .series import Gap, SeriesDossier

SHAPES = {Status.HELD: "full", Status.POSTPONED: "crossed", Status.CANCELLED: "crossed"}
WIDEST = 4
"""So many letters stand in a dot."""


def line_of(dossier: SeriesDossier) -> Line:
    """From the meetings that the dossier has read already, for the same reader."""
    dots = [_gap(entry) if isinstance(entry, Gap) else _meeting(entry, dossier) for entry in reversed(dossier.entries)]
    upcoming = dossier.next
    if upcoming.expected_on:
        state = _("Was expected, no date set") if upcoming.is_past else _("Expected, no date set")
        later = (place for place, dot in enumerate(dots) if dot.date and dot.date.day > upcoming.expected_on)
        dots.insert(next(later, len(dots)), Dot("?", _("Next meeting"), "expected", state, upcoming.expected))
    return Line.of(dots)


def _meeting(meeting: Meeting, dossier: SeriesDossier) -> Dot:
    number, state = str(meeting.ordinal or ""), str(meeting.get_status_display())
    title = f"{ordinal_words(meeting.ordinal).capitalize()}: {meeting.title}" if number else meeting.title
    if meeting == dossier.next.meeting:
        state = _("Next, %(state)s") % {"state": state.lower()}
    shape = "open" if meeting.status in PLANNED else SHAPES[Status(meeting.status)]
    return Dot(number, title, shape, state, meeting.date, meeting.get_absolute_url())


def _gap(gap: Gap) -> Dot:
    """Why there is nothing to show, it does not say."""
    numbers = str(gap.first) if gap.first == gap.last else f"{gap.first}–{gap.last}"
    title = _("Number %(numbers)s") if gap.first == gap.last else _("Numbers %(numbers)s")
    return Dot(numbers if len(numbers) <= WIDEST else "…", title % {"numbers": numbers}, "gap", _("No public record"))
