"""Bulk save of organizations: the derived columns of saving one, for many at once; see ``engagement/core/bulk.py``."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Model

from engagement.core.bulk import Rule
from engagement.core.folding import bare_key, match_key

from .models import Organization, OtherName


def organizations(rows: Sequence[Any]) -> None:
    for row in rows:
        row.match_key, row.acronym_key = match_key(row.name)[:250], bare_key(row.acronym)[:60]


def other_names(rows: Sequence[Any]) -> None:
    for row in rows:
        row.match_key = match_key(row.name)[:250]


RULES: dict[type[Model], Rule] = {Organization: organizations, OtherName: other_names}
