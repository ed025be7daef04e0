"""Template filters of the import pages."""

from django import template

from engagement.core.partial_dates import PartialDate
from engagement.imports.models import Import
from engagement.imports.models.imports import FileData

register = template.Library()

TONES = {
    "new": "good",
    "changed": "info",
    "same": "outline",
    "duplicate": "outline",
    "ambiguous": "soon",
    "error": "late",
    "skipped": "outline",
}
STATE_TONES = {Import.State.COMMITTED: "good", Import.State.REFUSED: "late", Import.State.PREVIEWED: "soon"}


@register.filter
def outcome_tone(outcome: str) -> str:
    """The colour of a row's outcome; the word stands in it."""
    return TONES.get(outcome, "outline")


@register.filter
def state_tone(batch: Import) -> str:
    """The colour that goes with how an import stands, where there is one."""
    return STATE_TONES.get(Import.State(batch.state), "")


@register.filter
def as_day(text: str) -> str:
    """A day or month as JSON keeps it, as people write it; anything else as it is."""
    try:
        return PartialDate.from_iso(text).long
    except ValueError:
        return text


@register.filter
def grouped(number: int) -> str:
    """12375 is written "12,375"."""
    return f"{number:,}"


@register.filter
def passed_over(files: list[FileData]) -> list[FileData]:
    """The files of a bundle that could not be read."""
    return [file for file in files if file["problem"]]
