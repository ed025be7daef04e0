"""Next step of a follow-up: whose move it is, through whom, since when. From its status, side and last event."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.core.models import sees_all
from engagement.core.partial_dates import PartialDate
from engagement.core.types import Reader
from organizations.models import Organization

from .models import FollowUp


@dataclass
class NextStep:
    """For one reader, worked out once: the secretariat reads "Us"; everybody else reads the name of the host."""

    followup: FollowUp
    reader: Reader

    @cached_property
    def organization(self) -> Organization | None:
        """The organization that is to act: the one waited on, else the owner. None is both sides."""
        return self.followup.waiting_on or self.followup.owner

    @cached_property
    def is_closed(self) -> bool:
        return self.followup.is_closed

    @cached_property
    def is_inside(self) -> bool:
        """Whether the reader belongs to the secretariat."""
        return sees_all(self.reader)

    @cached_property
    def reported_at(self) -> dt.datetime | None:
        """Since when a report waits for us to confirm it, as far as this reader may know."""
        return None if self.is_closed else getattr(self.followup, "reported_at", None)

    @cached_property
    def returned_at(self) -> dt.datetime | None:
        """Since when it is again with those whose report was returned, if nothing moved later."""
        returned, moved = getattr(self.followup, "returned_at", None), getattr(self.followup, "moved_at", None)
        if returned is None or self.is_closed or self.reported_at or (moved and moved > returned):
            return None
        return returned

    @cached_property
    def is_ours(self) -> bool:
        return self.reported_at is not None or (self.organization is not None and self.organization.is_host)

    @property
    def who(self) -> str:
        if self.is_closed:
            return str(self.followup.get_status_display())
        if self.reported_at:
            return _("Us") if self.is_inside else _("The secretariat")
        if self.organization is None:
            return _("Both sides")
        if self.is_ours and self.is_inside:
            return _("Us")
        return self.organization.short_name

    @property
    def full_name(self) -> str:
        """The full name behind a short one."""
        is_named = self.organization is not None and not (self.is_closed or self.reported_at)
        return self.organization.name if self.organization and is_named else ""

    @property
    def through(self) -> str:
        """Who of us does it, or reminds the others; for the secretariat."""
        return _("reminded by %(name)s") % {"name": self.person} if self.is_reminded else self.person

    @property
    def is_reminded(self) -> bool:
        """Whether the person reminds others, and does nothing else."""
        return bool(self.person and self.followup.chaser and not self.is_ours)

    @cached_property
    def person(self) -> str:
        if self.is_closed or not self.is_inside:
            return ""
        done_by, chased_by = self.followup.assignee, self.followup.chaser
        if chased_by and (self.reported_at or not self.is_ours):
            return chased_by.name_and_state
        return done_by.name_and_state if done_by else _("nobody assigned")

    @property
    def is_unassigned(self) -> bool:
        followup = self.followup
        return self.is_inside and not (self.is_closed or followup.assignee or followup.chaser)

    @property
    def since(self) -> PartialDate | None:
        """The day it last changed hands, as far as this reader may know: else that of the meeting."""
        if self.followup.closed_at:
            return PartialDate(timezone.localdate(self.followup.closed_at))
        if handed_over := self.reported_at or self.returned_at:
            return PartialDate(timezone.localdate(handed_over))
        if moved := getattr(self.followup, "moved_at", None):
            return PartialDate(timezone.localdate(moved))
        return self.followup.meeting.date if self.followup.meeting else None

    @property
    def status_running_on(self) -> str:
        """The same after a comma."""
        told = self.status_words
        return told[:1].lower() + told[1:]

    @property
    def status_words(self) -> str:
        """How it stands and since when; who promised it, where that is somebody else."""
        followup, day = self.followup, self.since
        told = str(followup.get_status_display())
        if self.is_closed:
            told = ""
        if self.reported_at:
            told = _("to confirm") if self.is_inside else _("to check what was reported")
        if self.returned_at:
            told = _("Report returned")
        if day:
            is_a_day = self.is_closed or self.returned_at or (self.reported_at and not self.is_inside)
            text = _("on %(day)s") if is_a_day else _("since %(day)s")
            told = f"{told} {text % {'day': day.short}}".strip()
        if followup.owner and (self.is_closed or self.reported_at or followup.owner != self.organization):
            told += ", " + _("promised by %(name)s") % {"name": followup.owner.short_name}
        return told
