"""Template filters of follow-ups."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engagement.core.partial_dates import PartialDate
from engagement.core.types import Reader
from engagement.followups.list_stats import SOON_DAYS
from engagement.followups.models import CarryOver, FollowUp
from engagement.followups.next_step import NextStep

register = template.Library()

TONES = {FollowUp.Status.DONE: "good", FollowUp.Status.IN_PROGRESS: "info", FollowUp.Status.WAITING: "outline"}


@register.filter
def status_tone(followup: FollowUp) -> str:
    """The colour that goes with the status; the word stands in it."""
    return TONES.get(FollowUp.Status(followup.status), "plain")


@register.filter
def who_owes(followup: FollowUp) -> str:
    """The short name of the organization that promised, or that both sides did."""
    return followup.owner.short_name if followup.owner else _("Both sides")


@register.filter
def lateness(followup: FollowUp) -> str:
    """53 days late; due today; due in 3 days; nothing when it is closed, far off or has no date."""
    left = followup.days_left
    return "" if left is None or left > SOON_DAYS else days_left_in_words(left)


def days_left_in_words(left: int) -> str:
    """Until the due day; fewer than 0 if it is overdue."""
    if left < 0:
        return ngettext("%(days)s day overdue", "%(days)s days overdue", -left) % {"days": -left}
    if left == 0:
        return _("due today")
    return ngettext("due in %(days)s day", "due in %(days)s days", left) % {"days": left}


@register.filter
def slippage(followup: FollowUp) -> str:
    """Postponed twice, 45 days in all; nothing if its due date never moved."""
    times, days = followup.times_postponed, followup.days_slipped
    if not times:
        return ""
    if times == 2:
        told = _("postponed twice")
    else:
        told = ngettext("postponed once", "postponed %(times)s times", times) % {"times": times}
    if days is None:
        return told
    if days > 0:
        more = ngettext("%(days)s day in all", "%(days)s days in all", days)
    elif days < 0:
        more = ngettext("now %(days)s day earlier", "now %(days)s days earlier", -days)
    else:
        more = _("now due on the original date")
    return f"{told}, {more % {'days': abs(days)}}"


@register.filter
def short_slippage(followup: FollowUp) -> str:
    """The same beside a date: moved 2×."""
    return _("moved %(times)s×") % {"times": followup.times_postponed}


@register.filter
def badges(followup: FollowUp) -> SafeString:
    """How a promise stands, in words; a list writes many of them."""
    state = format_html('<span class="badge badge--{}">{}</span>', status_tone(followup), followup.get_status_display())
    words = lateness(followup)
    if not words:
        return state
    return format_html('{} <span class="badge badge--{}">{}</span>', state, lateness_tone(followup), words)


@register.filter
def number_kept(carries: Iterable[CarryOver]) -> int:
    """The number of meetings to which a promise was carried over."""
    return sum(row.decision == CarryOver.Decision.KEPT for row in carries)


@register.filter
def lateness_tone(followup: FollowUp) -> str:
    return "late" if followup.days_late else "soon"


@register.filter
def when_due(followup: FollowUp) -> SafeString:
    """By when it is due, and how late it is; a desk writes many of them."""
    if words := lateness(followup):
        return format_html('<strong class="{}">{}</strong>', lateness_tone(followup), words)
    if followup.due_on is None:
        return format_html('<span class="quiet">{}</span>', _("no due date"))
    return format_html("{}", _("due on %(day)s") % {"day": PartialDate(followup.due_on).short})


@register.filter
def next_step(followup: FollowUp, user: Reader) -> NextStep:
    """Whose move it is, for this reader."""
    return NextStep(followup, user)
