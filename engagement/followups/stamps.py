"""A follow-up stands on the page of its meeting, and on those of its owner and of whoever was at its meeting."""

from engagement.core.stamps import Dossier, stamped
from meetings.models import Meeting
from organizations.models import Organization

from .models import FollowUp

stamped(FollowUp, itself=False, wholes={Meeting: "meeting_id", Dossier(Organization): "owner_id"})
