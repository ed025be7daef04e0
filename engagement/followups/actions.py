"""Actions on follow-ups, for the admin and the site alike: label, permission, form, and when each applies."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from engagement.core.admin.actions import ReasonForm, Verb
from engagement.core.types import Label, Reader

from .forms import AssignForm, CompleteForm, MoveForm, WaitForm
from .models import FollowUp
from .models.status import Status
from .object_permissions import VIEW, Involvement, Own, closed, held, moved_last, permitted, recorded

CHANGE, CLOSE = "followups.change_followup", "followups.close_followup"
MOVE, ASSIGN = "followups.move_due_followup", "followups.assign_followup"


@dataclass(frozen=True)
class Action(Verb):
    """A verb with the words of its pages. ``refuses`` says why it does not fit a follow-up now, or nothing."""

    heading: Label = ""
    done: Label = ""
    then: Label = ""
    """What a follow-up is afterwards."""
    shows: str = "status"
    """What of a follow-up it changes: status, due or people."""
    refuses: Callable[[FollowUp], str] = lambda followup: ""
    is_rare: bool = False
    """Whether the bar below a list has it under "More"."""
    own: Own | None = None
    """Which follow-ups one may do it to without the permission."""

    @property
    def slug(self) -> str:
        return self.name.replace("_", "-")

    def done_words(self, count: int, answers: Mapping[str, object]) -> str:
        """The message after so many were changed, with the day that was given."""
        day = answers.get("to")
        return self.done % {"count": count, "day": date_format(day, "j F Y") if isinstance(day, dt.date) else ""}

    def may_be_asked_by(self, user: Reader) -> bool:
        """Whether this person may do it to any follow-up, or perhaps to one of their own."""
        return user.has_perm(self.permission) or (self.own is not None and user.has_perm(VIEW))

    def permitted(
        self, user: Reader, followups: Sequence[FollowUp], involvement: Involvement | None = None
    ) -> set[int]:
        """The keys of those among them that this person may do it to."""
        return permitted(user, self.permission, self.own, followups, involvement or Involvement(user, followups))


def _must_be_open(followup: FollowUp) -> str:
    if not followup.is_closed:
        return ""
    if followup.status == Status.DONE:
        return _("It is done. Reopen it first.")
    return _("It is cancelled. Reopen it first.")


def _must_not_run(followup: FollowUp) -> str:
    return _("It is already in progress.") if followup.status == Status.IN_PROGRESS else _must_be_open(followup)


def _must_not_be_done(followup: FollowUp) -> str:
    return _("It is already done.") if followup.status == Status.DONE else _must_be_open(followup)


def _must_not_be_cancelled(followup: FollowUp) -> str:
    return _("It is already cancelled.") if followup.status == Status.CANCELLED else _must_be_open(followup)


def _must_be_closed(followup: FollowUp) -> str:
    return "" if followup.is_closed else _("It is already open.")


def _action(
    name: str, label: Label, permission: str, refuses: Callable[[FollowUp], str], form: Any = None, **words: Any
) -> Action:
    more = {"form": form} if form else {}
    return Action(
        name, label, permission, applies=lambda followup: not refuses(followup), refuses=refuses, **more, **words
    )


ACTIONS: list[Action] = [
    _action(
        "complete",
        gettext_lazy("Complete"),
        CLOSE,
        _must_not_be_done,
        CompleteForm,
        own=held,
        heading=ngettext_lazy("Complete one follow-up", "Complete %(count)d follow-ups", "count"),
        done=ngettext_lazy("One follow-up completed.", "%(count)d follow-ups completed.", "count"),
        then=Status.DONE.label,
    ),
    _action(
        "start",
        gettext_lazy("Mark in progress"),
        CHANGE,
        _must_not_run,
        own=held,
        is_rare=True,
        heading=ngettext_lazy("Mark one follow-up in progress", "Mark %(count)d follow-ups in progress", "count"),
        done=ngettext_lazy("One follow-up marked in progress.", "%(count)d follow-ups marked in progress.", "count"),
        then=Status.IN_PROGRESS.label,
    ),
    _action(
        "wait",
        gettext_lazy("Waiting on…"),
        CHANGE,
        _must_be_open,
        WaitForm,
        own=held,
        heading=ngettext_lazy("Set one follow-up to waiting", "Set %(count)d follow-ups to waiting", "count"),
        done=ngettext_lazy("One follow-up set to waiting.", "%(count)d follow-ups set to waiting.", "count"),
        then=Status.WAITING.label,
    ),
    _action(
        "move_due",
        gettext_lazy("Postpone"),
        MOVE,
        _must_be_open,
        MoveForm,
        heading=ngettext_lazy("Postpone one follow-up", "Postpone %(count)d follow-ups", "count"),
        done=ngettext_lazy(
            "One follow-up postponed to %(day)s.", "%(count)d follow-ups postponed to %(day)s.", "count"
        ),
        then=gettext_lazy("the new date"),
        shows="due",
    ),
    _action(
        "assign",
        gettext_lazy("Assign"),
        ASSIGN,
        _must_be_open,
        AssignForm,
        heading=ngettext_lazy("Assign one follow-up", "Assign %(count)d follow-ups", "count"),
        done=ngettext_lazy("One follow-up assigned.", "%(count)d follow-ups assigned.", "count"),
        then=gettext_lazy("the person you choose"),
        shows="people",
    ),
    _action(
        "cancel",
        gettext_lazy("Cancel follow-up"),
        CLOSE,
        _must_not_be_cancelled,
        ReasonForm,
        own=recorded,
        is_rare=True,
        heading=ngettext_lazy("Cancel one follow-up", "Cancel %(count)d follow-ups", "count"),
        done=ngettext_lazy("One follow-up cancelled.", "%(count)d follow-ups cancelled.", "count"),
        then=Status.CANCELLED.label,
    ),
    _action(
        "reopen",
        gettext_lazy("Reopen"),
        CLOSE,
        _must_be_closed,
        ReasonForm,
        own=closed,
        is_rare=True,
        heading=ngettext_lazy("Reopen one follow-up", "Reopen %(count)d follow-ups", "count"),
        done=ngettext_lazy("One follow-up reopened.", "%(count)d follow-ups reopened.", "count"),
        then=Status.OPEN.label,
    ),
]
UNDO = _action(
    "undo",
    gettext_lazy("Undo"),
    MOVE,
    lambda followup: "",
    own=moved_last,
    heading=ngettext_lazy(
        "Undo the last change of one follow-up", "Undo the last change of %(count)d follow-ups", "count"
    ),
    done=ngettext_lazy(
        "Undone. The follow-up is as it was before.", "Undone. %(count)d follow-ups are as they were before.", "count"
    ),
    then=gettext_lazy("as it was before"),
)
"""What every answer offers; never in a bar of verbs."""
BY_SLUG = {action.slug: action for action in (*ACTIONS, UNDO)}


def allowed(user: Reader) -> list[Action]:
    """The actions that this person may do to any follow-up."""
    return [action for action in ACTIONS if user.has_perm(action.permission)]


def allowed_on(user: Reader, followups: Sequence[FollowUp]) -> list[Action]:
    """The actions that this person may do to at least one of these."""
    involvement = Involvement(user, followups)
    return [action for action in ACTIONS if action.permitted(user, followups, involvement)]
