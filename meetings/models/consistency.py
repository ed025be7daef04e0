"""Validation across a meeting and its parts, checked once all of them are saved."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from engagement.core.models import RowError

from .meeting import Meeting
from .parties import Party
from .status import Status


def check_whole(meeting: Meeting) -> None:
    errors = [*_parties(meeting), *_holders(meeting)]
    if errors:
        raise ValidationError(errors)


def _parties(meeting: Meeting) -> list[ValidationError]:
    if meeting.status != Status.HELD:
        return []
    seats = list(meeting.parties.values_list("side", "is_lead"))
    sides = [side for side, _is_lead in seats]
    errors = []
    if sides.count(Party.Side.HOST) != 1 and seats.count((Party.Side.HOST, True)) != 1:
        message = _(
            "A held meeting needs a host among its parties. If there are several hosts, mark the one that leads."
        )
        errors.append(ValidationError(message, code="host"))
    if Party.Side.COUNTERPART not in sides:
        errors.append(
            ValidationError(_("A held meeting needs at least one counterpart among its parties."), code="counterpart")
        )
    return errors


def _holders(meeting: Meeting) -> list[ValidationError]:
    """Positions are held by parties."""
    strangers: Any = meeting.positions.filter(organization__isnull=False).exclude(
        organization__in=meeting.parties.values("organization")
    )
    message = _("%(organization)s is not a party to this meeting. Add it to the parties.")
    return [
        RowError(message, instance=position, field="organization", params={"organization": position.organization})
        for position in strangers.select_related("organization")
    ]
