"""Publication requirement: agreed minutes, where a publication rule asks for them."""

from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting, Regime
from meetings.models.preflight import Shortfall, asks
from meetings.models.status import Status as Held

from .models import Minutes
from .models.status import OPEN, Status


@asks
def agreed_minutes(meetings: list[Meeting], rules: dict[int, list[Regime]]) -> dict[int, Shortfall]:
    asked = {one.pk: one for one in meetings if any(rule.is_with_agreed_minutes for rule in rules[one.pk])}
    asked = {key: one for key, one in asked.items() if one.status == Held.HELD}
    rows = Minutes._base_manager.filter(meeting__in=asked) if asked else Minutes._base_manager.none()
    status = dict(rows.values_list("meeting", "status"))
    return {key: _lacks(one, status.get(key)) for key, one in asked.items() if status.get(key, OPEN[0]) in OPEN}


def _lacks(meeting: Meeting, status: str | None) -> Shortfall:
    address = f"{meeting.get_absolute_url()}minutes/"
    if status is None:
        return Shortfall("agreed", _("The minutes are not begun; both sides have to agree to them."), address=address)
    text, words = _("The minutes are not agreed: %(status)s."), (("status", Status(status).label.lower()),)
    return Shortfall("agreed", text, params=words, address=address)
