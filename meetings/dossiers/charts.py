"""Charts of dossiers: the strip of a topic, a lane for each party; the line of a series, a dot for each meeting."""

from collections.abc import Hashable, Iterator, Mapping
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from engagement.core.charts import Dot, Line, Look, Mark, Strip, strip_of
from engagement.core.folding import sort_key
from engagement.core.templatetags.display import ordinal_words
from meetings.models import Meeting, Position
from meetings.models.status import PLANNED, Status

from .series import Gap, SeriesDossier
from .topic import POSITION, TopicDossier, Voice

Stance = Position.Stance
TONES = {
    Stance.SUPPORTS: "good",
    Stance.WELCOMES: "good",
    Stance.COMMITS: "good",
    Stance.PROPOSES: "soon",
    Stance.REQUESTS: "soon",
    Stance.OPPOSES: "late",
    Stance.CONCERNED: "late",
    Stance.ACKNOWLEDGES: "plain",
    Stance.INFORMS: "plain",
}
JOINT = 0
"""The lane of all parties together."""


def looks() -> dict[str, Look]:
    """How each stance is drawn: two letters where there is no room for its word, and a tone that others share."""
    codes = {
        Stance.PROPOSES: pgettext("two letters for: proposes", "Pr"),
        Stance.REQUESTS: pgettext("two letters for: requests", "Re"),
        Stance.SUPPORTS: pgettext("two letters for: supports", "Su"),
        Stance.OPPOSES: pgettext("two letters for: opposes", "Op"),
        Stance.CONCERNED: pgettext("two letters for: is concerned", "Cn"),
        Stance.WELCOMES: pgettext("two letters for: welcomes", "We"),
        Stance.ACKNOWLEDGES: pgettext("two letters for: acknowledges", "Ac"),
        Stance.INFORMS: pgettext("two letters for: informs", "In"),
        Stance.COMMITS: pgettext("two letters for: commits", "Cm"),
    }
    return {stance.value: Look(codes[stance], capfirst(str(stance.label)), TONES[stance]) for stance in Stance}


def strip_chart(dossier: TopicDossier) -> Strip:
    """From what the dossier has read already, for the same reader."""
    positions = [voice for voice in dossier.voices if voice.place[1] == POSITION]
    talks = {voice.meeting: dossier.talks[voice.discussion] for voice in positions}
    times: Mapping[Hashable, tuple[Any, str]] = {
        meeting: (talk["date"], talk["meeting__title"]) for meeting, talk in talks.items()
    }
    return strip_of(_marks(dossier, positions), times, _owners(dossier, positions))


def _marks(dossier: TopicDossier, positions: list[Voice]) -> Iterator[Mark]:
    """One for each stance that a party took at a meeting, however often it took it there."""
    known, moved = looks(), dossier.moved_from
    waiting = {request["voice"].place for request in dossier.unanswered}
    taken: dict[tuple[Any, ...], list[Voice]] = {}
    for voice in positions:
        taken.setdefault((voice.organization or JOINT, voice.meeting, voice.stance), []).append(voice)
    for (lane, meeting, stance), voices in taken.items():
        before = next((moved[key] for voice in voices if (key := (lane, voice.discussion)) in moved), "")
        is_waiting = any(voice.place in waiting for voice in voices)
        notes = [_("before: %(stances)s") % {"stances": before}] if before else []
        notes += [_("no answer yet")] if is_waiting else []
        url = dossier.talks[voices[0].discussion]["url"]
        yield Mark(lane, meeting, known[stance], url, ", ".join(notes), bool(before), is_waiting)


def _owners(dossier: TopicDossier, positions: list[Voice]) -> dict[Hashable, dict[str, str]]:
    """Counterparts by name, then hosts, then all together."""
    latest = {voice.organization: voice for voice in positions if voice.organization}
    ordered = sorted(latest.values(), key=lambda voice: (dossier.is_host(voice), sort_key(voice.full_name)))
    owners: dict[Hashable, dict[str, str]] = {
        voice.organization: {"name": voice.name, "full_name": voice.full_name, "url": voice.url} for voice in ordered
    }
    together = _("Both sides")
    return {**owners, JOINT: {"name": together, "full_name": together, "url": ""}}


SHAPES = {Status.HELD: "full", Status.POSTPONED: "crossed", Status.CANCELLED: "crossed"}
WIDEST = 4
"""So many letters stand in a dot."""


def line_of(dossier: SeriesDossier) -> Line:
    """A dot for each meeting, gaps between their numbers, and the next one; from what the dossier has read already."""
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
