"""A number that names one record leads straight to it: BM-2025-014, fu 2025 31, a register number."""

import re
from typing import Any

from engagement.core.models import Counter
from engagement.followups.models import FollowUp
from meetings.models import Meeting
from organizations.models import Identifier, Organization

from .terms import REFERENCE

_NUMBER = re.compile(r"(?=\S*\d)[A-Za-z0-9][A-Za-z0-9./-]{4,59}")


def jump(user: Any, text: str) -> str:
    """The address of the one record that this number names, if the reader may see it; else nothing."""
    text = text.strip()
    if found := REFERENCE.fullmatch(text):
        prefix, year, number = found.groups()
        return _referenced(user, Counter.format_reference(prefix.upper(), int(year), int(number)))
    return _registered(user, text) if _NUMBER.fullmatch(text) else ""


def _referenced(user: Any, reference: str) -> str:
    model: Any = FollowUp if reference.startswith("FU") else Meeting
    record = model.objects.visible_to(user).filter(reference=reference).first()
    return record.get_absolute_url() if record else ""


def _registered(user: Any, text: str) -> str:
    """Each country counts its companies for itself, so a number may be that of several: then it is searched for."""
    numbers = Identifier.objects.visible_to(user).filter(value__in={text, text.upper(), text.lower()})
    keys = set(numbers.values_list("organization", flat=True)[:2])
    found = list(Organization.objects.visible_to(user).filter(pk__in=keys)[:2])
    return found[0].get_absolute_url() if len(found) == 1 else ""
