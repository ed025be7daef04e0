"""Models of imports: layouts, files, rows, where records came from, remembered answers."""

from engagement.imports.models.answers import Answer
from engagement.imports.models.imports import Import
from engagement.imports.models.layouts import Layout
from engagement.imports.models.origins import Origin
from engagement.imports.models.permissions import may_import
from engagement.imports.models.rows import ImportRow, Outcome

__all__ = ["Answer", "Import", "ImportRow", "Layout", "Origin", "Outcome", "may_import"]
