"""manage.py import_organizations: import organizations from a register, or refresh them from it."""

from engagement.imports.management.base import ImportCommand


class Command(ImportCommand):
    help = "Import organizations, or refresh them by number. A second run of the same file changes nothing."
    noun = "organizations"
