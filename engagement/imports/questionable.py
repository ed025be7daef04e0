"""The rows in question as a table: correct them in a spreadsheet program and bring the file in again."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from .models import Import, ImportRow


def heads(batch: Import) -> list[str]:
    """The columns as published, and two of ours at the end, which a layout passes over."""
    return [*batch.headers, _("Row"), _("Reason")]


def lines(batch: Import) -> Iterator[list[str]]:
    """One line for each row that is to be decided or cannot be read."""
    rows = ImportRow.objects.filter(batch=batch).in_question().select_related("batch").order_by("number")
    for row in rows.iterator():
        yield [*(text for _name, text in row.published), str(row.number), " ".join(row.sentences)]
