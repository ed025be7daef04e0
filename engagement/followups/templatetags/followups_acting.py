"""What a reader may do to follow-ups, offered where they stand."""

from typing import Any

from django import template

from engagement.followups import acting
from engagement.followups.actions import Action, allowed
from engagement.followups.models import FollowUp

register = template.Library()


@register.filter
def may_act(user: Any) -> bool:
    """Whether this reader may do anything to follow-ups."""
    return bool(allowed(user))


@register.filter
def allowed_actions(user: Any) -> list[Action]:
    return allowed(user)


@register.filter
def actions_on(followup: FollowUp, user: Any) -> list[Action]:
    """What this reader may do to this follow-up as it stands."""
    return [action for action in allowed(user) if action.applies(followup)]


@register.simple_tag
def most_at_once() -> int:
    return acting.MOST


@register.filter
def thousands(number: int) -> str:
    return f"{number:,}"
