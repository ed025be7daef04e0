"""Import a file of meetings: see what becomes of every row, then take it as a whole."""

from engagement.imports.management.base import ImportCommand


class Command(ImportCommand):
    help = "Import a file of meetings. A second run of the same file changes nothing."
    noun = "meetings"
