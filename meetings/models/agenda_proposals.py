"""Model of agenda proposals: items that a counterpart proposes for a meeting to come, and the answer to each."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement.core.models import Record, sees_all
from engagement.core.models.fields import required_text, when, who
from engagement.core.models.history import History
from engagement.core.readers import SECRETARIAT_AND_ORGANIZATION
from engagement.core.types import Actor, Label, Reader
from organizations.models import Organization

from .discussions import Discussion
from .meeting import Meeting
from .parties import Party

WAITING_AT_MOST = 10
"""So many proposals of one organization wait for an answer at one meeting."""


def own_parties(meeting: Meeting, user: Reader) -> list[Organization]:
    """The organizations at the table, hosts aside, for which this person acts."""
    seats = Party.objects.of(user).filter(meeting=meeting).exclude(side=Party.Side.HOST)
    return [seat.organization for seat in seats.select_related("organization").order_by("order", "pk")]


class AgendaProposalQuerySet(models.QuerySet["AgendaProposal"]):
    def visible_to(self, user: Reader) -> "AgendaProposalQuerySet":
        """The secretariat, and whoever acts for the organization that proposes, as long as they see the meeting."""
        if sees_all(user):
            return self
        if not user.is_authenticated:
            return self.none()
        own = Organization.objects.represented_by(user)
        return self.filter(organization__in=own, meeting__in=Meeting.objects.visible_to(user).values("pk"))

    def for_reading(self, user: Reader) -> "AgendaProposalQuerySet":
        """With the organization, and the item it became where this reader sees that one."""
        items = Prefetch("discussion", queryset=Discussion.objects.visible_to(user).select_related("topic"))
        return self.select_related("organization").prefetch_related(items)

    def waiting(self) -> "AgendaProposalQuerySet":
        return self.filter(state=AgendaProposal.State.PROPOSED)


class AgendaProposal(Record):
    """That an organization would like a subject on the agenda, why, and the secretariat's answer."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Waiting for an answer")
        TAKEN = "taken", _("On the agenda")
        MERGED = "merged", _("Part of another item")
        DECLINED = "declined", _("Declined")

    asked_for = {"title": _("Enter the subject of the item.")}
    root_field = "meeting"
    readers = SECRETARIAT_AND_ORGANIZATION
    inside_fields = ("by", "decided_by")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda_proposals", verbose_name=_("meeting"))
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="agenda_proposals", verbose_name=_("proposed by")
    )
    title = models.CharField(_("subject"), max_length=250)
    note = models.TextField(_("why"), max_length=2000, blank=True)
    at = models.DateTimeField(_("at"), default=timezone.now, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("by")
    )
    state = models.CharField(_("status"), max_length=10, choices=State.choices, default=State.PROPOSED, editable=False)
    answer = models.CharField(_("answer"), max_length=500, blank=True)
    decided_at = when(_("answered at"))
    decided_by = who(_("answered by"))
    discussion = models.ForeignKey(
        Discussion,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="proposals",
        verbose_name=_("item of the agenda"),
    )

    history = History()
    objects = AgendaProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("agenda proposal")
        verbose_name_plural = _("agenda proposals")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=("proposed", "taken", "merged", "declined")),
                name="agenda_proposal_state_known",
                violation_error_message=_("Choose the status of a proposal from the list."),
            ),
            models.CheckConstraint(
                condition=~Q(state="proposed") | Q(decided_at=None, discussion=None),
                name="agenda_proposal_waits_undecided",
                violation_error_message=_("A proposal that waits for an answer has none yet."),
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(answer=""),
                name="agenda_proposal_declined_with_a_word",
                violation_error_message=_("Enter why it is declined."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        if not self._state.adding:
            return
        if not self.meeting.takes_proposals:
            raise ValidationError(_("This meeting no longer accepts proposals."), code="over")
        seats = self.meeting.parties.exclude(side=Party.Side.HOST)
        if not seats.filter(organization=self.organization_id).exists():
            raise ValidationError(_("Only an organization that takes part can propose."), code="no_party")
        waiting = AgendaProposal.objects.waiting().filter(meeting=self.meeting, organization=self.organization_id)
        if waiting.count() >= WAITING_AT_MOST:
            message = _(
                "%(number)d proposals of your organization are waiting for an answer. Wait until they are answered."
            )
            raise ValidationError(message, code="many", params={"number": WAITING_AT_MOST})

    # Verbs: as those of a meeting.

    def take(self, *, by: Actor, answer: str = "") -> None:
        """It becomes an item of the agenda, the last one."""
        with self.locked(by=by):
            if self.state == self.State.TAKEN:
                return
            self._must_wait(_("accepted"))
            why = _("Proposed by %(who)s: %(why)s") % {"who": self.organization.short_name, "why": self.note or "–"}
            item = Discussion(meeting=self.meeting, title=self.title, internal_notes=why)
            item.full_clean()
            item.save()
            self._decide(self.State.TAKEN, by, answer, item)

    def merge(self, *, by: Actor, into: Discussion | None, answer: str = "") -> None:
        """It is talked about under an item that is on the agenda already."""
        if into is None:
            raise ValidationError({"into": _("Choose the item to add it to.")}, code="required")
        with self.locked(by=by):
            self._must_wait(_("merged"))
            if into.meeting_id != self.meeting_id:
                message = _("This discussion belongs to another meeting.")
                raise ValidationError({"into": message}, code="other_meeting")
            self._decide(self.State.MERGED, by, answer, into)

    def decline(self, *, by: Actor, answer: str) -> None:
        """It is not talked about, and why."""
        answer = required_text(answer, "answer", _("Enter why it is declined."))
        with self.locked(by=by):
            if self.state == self.State.DECLINED:
                return
            self._must_wait(_("declined"))
            self._decide(self.State.DECLINED, by, answer, None)

    def _must_wait(self, verb: Label) -> None:
        if self.state != self.State.PROPOSED:
            raise ValidationError(
                _("This proposal was already answered (%(state)s). It cannot be %(verb)s."),
                code="answered",
                params={"state": self.get_state_display().lower(), "verb": verb},
            )

    def _decide(self, state: str, by: Actor, answer: str, discussion: Discussion | None) -> None:
        self.state, self.answer, self.discussion = state, answer.strip(), discussion
        self.decided_at, self.decided_by = timezone.now(), by
        self.full_clean()
        self.save()

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding and not self.in_verb:
            stored = type(self)._base_manager.values("state", "answer", "discussion_id").get(pk=self.pk)
            for name, value in stored.items():
                setattr(self, name, value)
        super().save(*args, **kwargs)
