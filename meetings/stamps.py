"""What meetings and their parts are to the pages that are kept.

A part stands for its meeting. A meeting also changes its neighbours in a series, and how often its topics were
discussed before, which the pages of later meetings tell; and it is gathered on the pages of those who took part or
were spoken of.
"""

from engagement.core.stamps import Dossier, stamped, stamped_with
from engagement.topics.models import Topic
from organizations.models import Organization

from .models import Discussion, Document, Meeting, Outcome, Participant, Party, Position, Series

dossiers = Dossier(Organization)

stamped(Series)
stamped(Meeting, wholes={Series: "series_id", Topic: "discussions__topic_id"})
stamped(Discussion, itself=False, wholes={Meeting: "meeting_id", Topic: "topic_id", dossiers: "mentions__pk"})
for part in (Participant, Outcome, Document):
    stamped(part, itself=False, wholes={Meeting: "meeting_id"})
for seat in (Party, Position):
    stamped(seat, itself=False, wholes={Meeting: "meeting_id", dossiers: "organization_id"})
stamped_with(
    Meeting,
    dossiers,
    lambda meetings: (
        Party.objects.filter(meeting__in=meetings)
        .order_by()
        .values_list("organization_id", flat=True)
        .union(
            Discussion.mentions.through._base_manager.filter(discussion__meeting__in=meetings)
            .order_by()
            .values_list("organization_id", flat=True)
        )
    ),
)
