"""Template tags for actions: the reader's actions on follow-ups, offered beside them."""

import datetime as dt
from collections.abc import Iterable

from django import template
from django.template.context import RequestContext
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from engagement.core.types import Reader
from engagement.followups import bulk_actions
from engagement.followups.actions import Action, allowed_on
from engagement.followups.forms import ReportForm
from engagement.followups.models import FollowUp
from engagement.followups.reporting import Reporting

register = template.Library()


@register.simple_tag(takes_context=True)
def actions_on_page(context: RequestContext, followups: Iterable[FollowUp]) -> list[Action]:
    """The actions that this reader may do to at least one of the follow-ups of a page."""
    rows = list(followups)
    actions = allowed_on(context["request"].user, rows)
    return [action for action in actions if any(action.applies(followup) for followup in rows)]


@register.filter
def usual(actions: Iterable[Action]) -> list[Action]:
    return [action for action in actions if not action.is_rare]


@register.filter
def rare(actions: Iterable[Action]) -> list[Action]:
    return [action for action in actions if action.is_rare]


@register.filter
def actions_on(followup: FollowUp, user: Reader) -> list[Action]:
    """The actions that this reader may do to this follow-up in its state."""
    return [action for action in allowed_on(user, [followup]) if action.applies(followup)]


@register.simple_tag
def most_at_once() -> int:
    return bulk_actions.MOST


@register.filter
def thousands(number: int) -> str:
    return f"{number:,}"


@register.simple_tag
def quick_dates() -> list[tuple[str, dt.date]]:
    """Common dates to postpone a promise to, with their labels."""
    today = timezone.localdate()
    after_next = (today.replace(day=1) + dt.timedelta(days=62)).replace(day=1)
    last = after_next - dt.timedelta(days=1)
    return [
        (_("In 2 weeks"), today + dt.timedelta(days=14)),
        (_("In 1 month"), today + dt.timedelta(days=30)),
        (_("End of %(month)s") % {"month": date_format(last, "F")}, last),
    ]


@register.simple_tag
def reporting_on(followup: FollowUp, user: Reader) -> Reporting:
    """The reports on a promise, and the actions of this reader on them."""
    return Reporting(followup, user)


@register.filter
def report_form(followup: FollowUp) -> ReportForm:
    """The form to report on one of the promises of a page."""
    return ReportForm(auto_id=f"report-{followup.pk}-%s")
