"""Merge rules of meetings, when two organizations turn out to be one."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from organizations.merging.row_merges import filled, joins

from .models import Party


@joins("meetings.party.organization", "meeting")
def _parties(kept: Party, gone: Party) -> dict[str, object]:
    """Two parties of one meeting become one, with the people of both; a host is no counterpart of itself."""
    sides = {kept.side, gone.side}
    if Party.Side.HOST in sides and len(sides) > 1:
        message = _("%(one)s and %(other)s were on different sides at %(meeting)s.")
        names = {"one": kept.organization, "other": gone.organization, "meeting": kept.meeting}
        raise ValidationError(message % names, code="both_sides")
    counts = [count for count in (kept.headcount, gone.headcount) if count is not None]
    changes = filled(kept, gone, "register_number", "register_status", "on_behalf_of")
    return changes | {
        "side": Party.Side.COUNTERPART if Party.Side.COUNTERPART in sides else kept.side,
        "is_lead": kept.is_lead or (gone.is_lead and kept.side in (gone.side, Party.Side.OBSERVER)),
        "headcount": max(counts, default=None),
    }
