"""Layout of our own list of meetings, recognized by its headings: a line for each organization, with its side."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from engagement.core.folding import fold
from engagement.imports.layouts.guessed import Guess, GuessedColumn
from engagement.imports.layouts.vocabulary import IGNORED, MEETINGS

_TARGETS = {
    "reference": "source_id",
    "title": "title",
    "kind": "kind",
    "starts_on": "date",
    "date_precision": "date_precision",
    "start_time": "time",
    "ends_on": "end_date",
    "end_time": "end_time",
    "time_zone": "time_zone",
    "attendance_mode": "mode",
    "venue": "venue",
    "city": "city",
    "country": "country",
    "purpose": "purpose",
    "organization": "counterparts",
    "side": "side",
    "register_number": "counterpart_numbers",
}
_TELLING = {"reference", "starts_on", "date_precision", "organization", "side"}


def own_meetings(headers: Sequence[str], samples: dict[str, list[str]]) -> Guess | None:
    """The layout, if a file has the headings of our list; addresses in it are of our own pages and passed over."""
    if not set(map(fold, headers)) >= _TELLING:
        return None
    columns = [GuessedColumn(header, _TARGETS.get(fold(header), IGNORED), 1.0) for header in headers]
    for column in columns:
        column.reasons, column.samples = [_("This is our own list of meetings.")], samples.get(column.header, [])
    entries = [{"target": column.target, "headers": [column.header]} for column in columns]
    return Guess({"noun": MEETINGS, "columns": entries, "scheme": "eu_transparency", "own": True}, columns, {})
