"""Form defaults of a meeting like another one: its kind, parties and place, but neither its dates nor its content."""

from django.utils.translation import gettext as _

from engagement.core.admin.proposals import Proposal, ProposedRows
from engagement.core.types import Reader
from organizations.models import Organization

from .models import Meeting
from .next_in_series import PLACE


def another_like(meeting: Meeting, reader: Reader) -> Proposal:
    """Organizations that were archived since are left out."""
    known = Organization.objects.visible_to(reader).current()
    seats = meeting.parties.filter(organization__in=known).select_related("organization").order_by("order", "pk")
    rows = [{"organization": one.organization, "side": one.side, "is_lead": one.is_lead} for one in seats]
    note = _("Filled in from %(meeting)s: kind, parties and place.") % {"meeting": meeting}
    fields = {name: getattr(meeting, name) for name in PLACE}
    return Proposal(note, fields, {"parties": ProposedRows("organization", "side", rows)})
