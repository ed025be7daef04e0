"""Merge rule of minutes, when two organizations turn out to be one."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from organizations.merging.row_merges import joins

from .models import MinutesAgreement


@joins("minutes.minutesagreement.organization", "version")
def _agreements(kept: MinutesAgreement, gone: MinutesAgreement) -> dict[str, object]:
    """Two that agreed each for itself stay two: what they said is written once."""
    message = _("%(one)s and %(other)s each agreed to the minutes of %(meeting)s.")
    names = {"one": kept.organization, "other": gone.organization, "meeting": kept.version.minutes.meeting}
    raise ValidationError(message % names, code="both_agreed")
