"""Minutes of meetings: versions, comments, agreement, links, and the body's own words around them."""

from .agreements import MinutesAgreement, MinutesAgreementQuerySet
from .comments import MinutesComment, MinutesCommentQuerySet, MinutesResolution
from .links import MinutesLink
from .minutes import Minutes, MinutesQuerySet
from .sendings import MinutesSending
from .status import How, Status
from .texts import MinutesTexts
from .versions import MinutesVersion, MinutesVersionQuerySet

__all__ = [
    "How",
    "Minutes",
    "MinutesAgreement",
    "MinutesAgreementQuerySet",
    "MinutesComment",
    "MinutesCommentQuerySet",
    "MinutesLink",
    "MinutesQuerySet",
    "MinutesResolution",
    "MinutesSending",
    "MinutesTexts",
    "MinutesVersion",
    "MinutesVersionQuerySet",
    "Status",
]
