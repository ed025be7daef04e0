"""The report of an import: the outcome of every row, in lines that people read."""

from collections.abc import Callable, Iterator

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engagement.imports.models import Import, ImportRow, Outcome
from meetings.models import Meeting, Series
from meetings.models.series import SeriesQuerySet

MADE: dict[str, Callable[[int], str]] = {
    "meetings": lambda number: ngettext("meeting", "meetings", number),
    "parties": lambda number: ngettext("party", "parties", number),
    "participants": lambda number: ngettext("participant", "participants", number),
    "organizations": lambda number: ngettext("organization", "organizations", number),
    "series": lambda number: ngettext("series", "series", number),
    "records_changed": lambda number: ngettext("record changed", "records changed", number),
}


def rows_by_outcome(batch: Import) -> list[tuple[str, str, int]]:
    """Each outcome with its label and number of rows; the numbers add up to all rows."""
    return [(value, str(label), batch.counts.get(f"rows_{value}", 0)) for value, label in Outcome.choices]


def made(batch: Import) -> list[tuple[str, int]]:
    """The records that the import makes, or made, counted by kind."""
    numbers = {key: batch.counts.get(key, 0) for key in MADE}
    return [(MADE[key](number), number) for key, number in numbers.items() if number or key != "participants"]


def out_of_order(batch: Import) -> SeriesQuerySet:
    """The series whose numbers do not follow their days now that these meetings are in."""
    if batch.state != Import.State.COMMITTED:
        return Series.objects.none()
    kind = ContentType.objects.get_for_model(Meeting)
    meetings = Meeting.objects.filter(pk__in=batch.origins.filter(content_type=kind).values("object_id"))
    return Series.objects.filter(pk__in=meetings.order_by().values("series")).out_of_order()


def report(batch: Import) -> Iterator[str]:
    """All of it as text."""
    yield _("%(rows)d rows of %(file)s") % {"rows": batch.counts.get("rows", 0), "file": batch.file_name}
    yield from (f"{number:>9}  {label.lower()}" for _value, label, number in rows_by_outcome(batch) if number)
    if joined := batch.counts.get("rows_joined"):
        yield _("%(joined)d of the new rows are about the same meeting as another row.") % {"joined": joined}
    yield _("This import will create")
    yield from (f"{number:>9}  {label}" for label, number in made(batch))
    for series in out_of_order(batch):
        yield _("The numbers of the series %(series)s are not in date order.") % {"series": series}


def in_question(batch: Import, most: int = 20) -> Iterator[str]:
    """The rows somebody has to look at, with the reasons."""
    rows = ImportRow.objects.filter(batch=batch).in_question()
    for row in rows[:most]:
        yield _("Row %(row)s: %(reasons)s") % {"row": row.label, "reasons": " ".join(row.sentences)}
    if (more := rows.count() - most) > 0:
        yield _("And %(more)d more.") % {"more": more}
