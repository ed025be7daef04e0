"""Files that were brought in: how they are read, what each row became, what came of it."""

from .answers import Answer
from .doors import may_import
from .imports import Import
from .layouts import Layout
from .origins import Origin
from .rows import ImportRow, Outcome

__all__ = ["Answer", "Import", "ImportRow", "Layout", "Origin", "Outcome", "may_import"]
