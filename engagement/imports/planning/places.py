"""Cities written with a slip of the pen: taken as somebody decided, else one question for all rows with the cell."""

from django.utils.translation import gettext as _

from engagement.imports.models.rows import Decision
from engagement.imports.parsing.rows import MeetingRow
from engagement.imports.planning.existing import ExistingOrigin
from engagement.imports.planning.plan import PlannedRow, Question
from engagement.imports.planning.row_keys import place_key
from engagement.imports.planning.values import place_of

NEAR = "near_city"
"""The reason of rows that ask."""
WHERE = ("attendance_mode", "venue", "city", "country")


def settle_place(parsed: MeetingRow, decisions: Decision, remembered: Decision) -> None:
    """Take the city, or the place as published, where somebody said which; else ``near`` stays open."""
    key = place_key(parsed.place)
    answer = decisions.get(key) or remembered.get(key)
    if not parsed.near or not answer or answer["choice"] == "skip":
        return
    if answer["choice"] == "same":
        parsed.city, parsed.country = parsed.near.city, parsed.near.country
        parsed.mode, parsed.venue = parsed.near.mode, parsed.near.venue
    parsed.near = None


def ask_about_place(parsed: MeetingRow, row: PlannedRow) -> None:
    """Whether the city is meant that the cell nearly names."""
    if parsed.near:
        sentence = _("Is this place in %(city)s?") % {"city": parsed.near.city}
        row.add(NEAR, sentence, "place")
        row.questions.append(Question(place_key(parsed.place), "place", parsed.place[:1000], sentence, likely="same"))


def keep_place(parsed: MeetingRow, row: PlannedRow, origin: ExistingOrigin) -> None:
    """The decision stays from the time when the row came before."""
    if parsed.near:
        before = {name: origin.stated[name] for name in WHERE if name in origin.stated}
        row.stated = {**{name: value for name, value in row.stated.items() if name not in WHERE}, **before}
        row.becomes["place"] = place_of(row.texts)
