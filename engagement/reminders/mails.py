"""Daily digest as an e-mail: grouped, with links to each follow-up and to the list that has them all."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from engagement.accounts.models import User
from engagement.core.types import Label
from engagement.followups.models import FollowUp
from engagement.followups.templatetags.followups_display import days_left_in_words, slippage

from .models import Kind
from .publications import Publication
from .schedule import FIRST_DAY_BEFORE
from .selection import Reminder


class Part(NamedTuple):
    """One group of a digest: its heading, how many it has in the subject, and the filters of the list that has them."""

    title: Label
    counted: object
    filters: dict[str, str]


PARTS = {
    "overdue": Part(
        gettext_lazy("Overdue"),
        ngettext_lazy("%(number)d overdue", "%(number)d overdue", "number"),
        {"assignee": "{person}", "due": "overdue"},
    ),
    "soon": Part(
        gettext_lazy("Due soon"),
        ngettext_lazy("%(number)d due soon", "%(number)d due soon", "number"),
        {"assignee": "{person}", "due_within": str(FIRST_DAY_BEFORE)},
    ),
    Kind.CHASE: Part(
        gettext_lazy("Remind the counterpart"),
        ngettext_lazy("%(number)d promise of a counterpart", "%(number)d promises of counterparts", "number"),
        {"chaser": "{person}"},
    ),
    Kind.WAITING: Part(
        gettext_lazy("Waiting on us for more than 30 days"),
        ngettext_lazy("%(number)d waiting on us", "%(number)d waiting on us", "number"),
        {"mine": "1", "waiting": "30"},
    ),
    Kind.NOBODY: Part(
        gettext_lazy("Nobody gets a reminder of these"),
        ngettext_lazy("%(number)d without a reminder", "%(number)d without a reminder", "number"),
        {},
    ),
    Kind.PUBLISH: Part(
        gettext_lazy("To publish, and changes to accept"),
        ngettext_lazy("%(number)d to publish", "%(number)d to publish", "number"),
        {},
    ),
}
"""In the order in which they are read."""


@dataclass(frozen=True)
class Line:
    followup: FollowUp
    day: dt.date
    note: str = ""

    @property
    def title(self) -> str:
        return f"{self.followup.reference} {self.followup.title}"

    @property
    def address(self) -> str:
        return absolute(self.followup.get_absolute_url())

    @property
    def when(self) -> str:
        due_on = self.followup.due_on
        return days_left_in_words((due_on - self.day).days) if due_on else ""

    @property
    def facts(self) -> str:
        """3 March 2026, 2 days overdue, postponed twice, 45 days in all; promised by EMA."""
        due_on = self.followup.due_on
        due = date_format(due_on, "j F Y") if due_on else _("No due date")
        known = ", ".join(filter(None, [due, self.when, slippage(self.followup)]))
        owner = self.followup.owner
        by = _("promised by %(who)s") % {"who": owner.short_name} if owner else _("promised by both sides")
        return "; ".join(filter(None, [known, by, self.note]))


@dataclass(frozen=True)
class MeetingLine:
    publication: Publication
    when = ""

    @property
    def title(self) -> str:
        return self.publication.title

    @property
    def facts(self) -> str:
        return self.publication.facts

    @property
    def address(self) -> str:
        return absolute(reverse("meetings:publication", args=[self.publication.meeting.slug]))


@dataclass(frozen=True)
class Group:
    name: str
    person: User
    lines: Sequence[Line | MeetingLine]

    @property
    def title(self) -> str:
        return str(PARTS[self.name].title)

    @property
    def counted(self) -> str:
        return str(PARTS[self.name].counted % {"number": len(self.lines)})  # type: ignore[operator]

    @property
    def address(self) -> str:
        """The list that has all of these, if one has."""
        filters = {name: value.format(person=self.person.username) for name, value in PARTS[self.name].filters.items()}
        return absolute(f"{reverse('followups:list')}?{urlencode(filters)}") if filters else ""


def absolute(path: str) -> str:
    return settings.SITE_URL + path


def message_id(kind: str, number: int, day: dt.date) -> str:
    """The same for the same e-mail, should it ever come twice."""
    host = settings.SITE_URL.partition("//")[2].partition(":")[0]
    return f"<{kind}-{number}-{day:%Y%m%d}@{host}>"


def groups_of(
    person: User, reminders: Sequence[Reminder], day: dt.date, publications: Sequence[Publication] = ()
) -> list[Group]:
    found: dict[str, list[Line | MeetingLine]] = {name: [] for name in PARTS}
    for reminder in reminders:
        due_on = reminder.followup.due_on
        name = str(reminder.kind)
        if name == Kind.MINE:
            name = "overdue" if due_on and due_on < day else "soon"
        found[name].append(Line(reminder.followup, day, reminder.note))
    found[Kind.PUBLISH] += [MeetingLine(one) for one in publications]
    return [Group(name, person, lines) for name, lines in found.items() if lines]


def mail_of(
    person: User, reminders: Sequence[Reminder], day: dt.date, number: int, publications: Sequence[Publication] = ()
) -> EmailMultiAlternatives:
    """``number`` is that of the digest: the same one has the same Message-ID, should it ever come twice."""
    groups = groups_of(person, reminders, day, publications)
    address = absolute(reverse("reminders:preferences"))
    counts = ", ".join(group.counted for group in groups)
    context = {
        "person": person,
        "opening": _opening(len(reminders), day) if reminders else _("meetings that wait for you:"),
        "groups": groups,
        "preferences": address,
        "SITE_NAME": settings.SITE_NAME,
    }
    subject = _("%(site)s: %(counts)s") % {"site": settings.SITE_NAME, "counts": counts}
    headers = {
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": f"<{address}>",
        "Message-ID": message_id("reminder", number, day),
    }
    text = render_to_string("reminders/digest.txt", context)
    mail = EmailMultiAlternatives(" ".join(subject.split()), text, to=[person.email], headers=headers)
    mail.attach_alternative(render_to_string("reminders/digest.html", context), "text/html")
    return mail


def _opening(number: int, day: dt.date) -> str:
    words = ngettext("Your follow-up on %(day)s:", "Your %(number)d follow-ups on %(day)s:", number)
    return words % {"number": number, "day": date_format(day, "l j F Y")}


def told(number: int, meetings: int = 0) -> str:
    followups = ngettext("%(number)d follow-up", "%(number)d follow-ups", number) % {"number": number}
    if not meetings:
        return followups
    to_publish = ngettext("%(number)d meeting", "%(number)d meetings", meetings) % {"number": meetings}
    return f"{followups}, {to_publish}" if number else to_publish
