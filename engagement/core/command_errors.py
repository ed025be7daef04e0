"""Error handling of management commands: a database that cannot be used is a sentence and not a traceback."""

import sys
from collections.abc import Sequence

from django.conf import settings
from django.core.management import execute_from_command_line

from .outages import Outage, outage_of


def run(arguments: Sequence[str]) -> None:
    """Run a command like Django does. ``--traceback`` shows the traceback all the same."""
    try:
        execute_from_command_line(list(arguments))
    except Exception as error:
        outage = outage_of(error)
        if outage is None or "--traceback" in arguments:
            raise
        sys.exit(_sentence(outage, error))


def _sentence(outage: Outage, error: Exception) -> str:
    where = settings.DATABASES["default"]["NAME"]
    said = " ".join(str(error).split())
    advice = " Put a backup in its place, or move it away." if outage is Outage.DAMAGED else ""
    return f"The database {where} cannot be used: {outage.why} ({said}).{advice}"
