"""manage.py import_meetings: preview the outcome of every row of a file of meetings, then import it as a whole."""

from engagement.imports.management.base import ImportCommand


class Command(ImportCommand):
    help = "Import a file of meetings. A second run of the same file changes nothing."
    noun = "meetings"
