"""Import organizations from a register, or refresh those that are there from it."""

from engagement.imports.management.base import ImportCommand


class Command(ImportCommand):
    help = "Import organizations, or refresh them by number. A second run of the same file changes nothing."
    noun = "organizations"
