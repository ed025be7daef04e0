"""Export log: notes the exports of signed-in people."""

from collections.abc import Callable

from engagement.core.exports import Export

from .models import ExportLog


def log_export(export: Export, extension: str) -> Callable[[int], None]:
    line = ExportLog.objects.create(user=export.user, what=export.name, format=extension, query=export.query)
    return line.note_rows
