"""Workflow state of minutes for one reader: whose move it is, until when, which verbs there are."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engagement.core.models import sees_all
from engagement.core.types import Reader
from meetings.four_eyes import may_publish
from organizations.models import Organization

from .models import Minutes, MinutesAgreement, MinutesComment, MinutesVersion, Status

TONES = {Status.SENT: "soon", Status.AGREED: "good", Status.FINAL: "good", Status.PUBLISHED: "good"}


def may_edit(user: Reader) -> bool:
    """Whether a user may move minutes."""
    return user.is_active and user.has_perm("minutes.change_minutes")


@dataclass
class Standing:
    """The workflow state, made from the minutes alone; each answer is read once."""

    minutes: Minutes
    user: Reader

    @cached_property
    def is_staff(self) -> bool:
        return sees_all(self.user)

    @property
    def tone(self) -> str:
        return TONES.get(Status(self.minutes.status), "plain")

    @cached_property
    def sent(self) -> MinutesVersion | None:
        rows = self.minutes.versions.sent().without_content().order_by("-number")
        found: MinutesVersion | None = rows.first()
        return found

    @cached_property
    def open_count(self) -> int:
        """Comments that this reader may read and that are not resolved."""
        rows = MinutesComment.objects.visible_to(self.user).filter(version__minutes=self.minutes)
        return int(rows.open().count())

    @cached_property
    def waiting_for(self) -> list[Organization]:
        """Counterparts that have not agreed to the sent version."""
        if self.minutes.status != Status.SENT or self.sent is None:
            return []
        agreed = set(MinutesAgreement.objects.filter(version=self.sent).values_list("organization", flat=True))
        return [one for one in self.minutes.agreeing() if one.pk not in agreed]

    @property
    def days_left(self) -> int:
        due = self.minutes.deadline_on
        return (due - timezone.localdate()).days if due else 0

    @property
    def is_open_for_comments(self) -> bool:
        return self.minutes.status == Status.SENT and not self.minutes.is_over

    @property
    def deadline(self) -> str:
        """Until when, and how long that is."""
        due = self.minutes.deadline_on
        if self.minutes.status != Status.SENT or due is None:
            return ""
        words = {"day": date_format(due, "j F Y"), "days": self.days_left}
        if self.days_left < 0:
            return _("comments were possible until %(day)s") % words
        if self.days_left == 0:
            return _("comments until today, %(day)s") % words
        text = ngettext(
            "comments until %(day)s, %(days)d day left", "comments until %(day)s, %(days)d days left", self.days_left
        )
        return text % words

    @property
    def next_step(self) -> str:
        """The next step and its actor; for the secretariat."""
        minutes = self.minutes
        if minutes.status == Status.DRAFT:
            return _("Secretariat: have them reviewed, or send them to the counterpart.")
        if minutes.status == Status.REVIEW:
            return _("Secretariat: read them, then send them to the counterpart.")
        if minutes.status == Status.SENT:
            return self._round()
        if minutes.status == Status.AGREED:
            return _("Secretariat: make them final.")
        if minutes.status == Status.FINAL:
            return _("Publisher: publish them once the meeting is public.")
        return "" if minutes.is_public else _("Publisher: publish them again once the meeting is public.")

    def _round(self) -> str:
        if self.open_count:
            told = ngettext(
                "Secretariat: resolve %(n)d comment.", "Secretariat: resolve %(n)d comments.", self.open_count
            )
            return told % {"n": self.open_count}
        names = ", ".join(one.short_name for one in self.waiting_for)
        if not self.minutes.is_over:
            return _("%(names)s: comment or agree.") % {"names": names}
        if self.minutes.is_silence_agreement:
            return _("No answer by tonight counts as agreement.")
        return _("Secretariat: ask %(names)s, or send them again with a new deadline.") % {"names": names}

    @property
    def may_edit(self) -> bool:
        return may_edit(self.user)

    @property
    def may_publish(self) -> bool:
        return self.user.is_authenticated and may_publish(self.user)


def told_day(day: dt.date) -> str:
    return date_format(day, "j F Y")
