"""Opens the kept file as its layout says."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from engagement.imports.models import Import
from engagement.imports.models.layouts import spec_of
from engagement.imports.reading.files import open_table
from engagement.imports.reading.problems import Unreadable
from engagement.imports.reading.readings import Reading
from engagement.imports.reading.rows import read_meetings, read_organizations


def readings_of(batch: Import) -> Iterator[Reading]:
    """What each row says; raises Unreadable."""
    spec = spec_of(batch.spec, batch.layout.noun)
    if not batch.file.storage.exists(batch.file.name or ""):
        raise Unreadable(_("The file is no longer there; upload it again."))
    table = open_table(
        Path(batch.file.path),
        batch.file_name,
        sheet=spec.sheet,
        encoding=spec.encoding,
        delimiter=spec.delimiter,
        header_row=spec.header_row,
    )
    if table.sha256 != batch.sha256:
        raise Unreadable(_("The file is not the one that was uploaded; upload it again."))
    read: Any = read_meetings if batch.layout.noun == "meetings" else read_organizations
    yield from read(table, spec, batch.file_name)
