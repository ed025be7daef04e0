"""Proposed changes (moderation) of published meetings: the form as sent, kept until a publisher decides."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement.core.models import Record, SecretariatQuerySet
from engagement.core.models.fields import required_text, when, who
from engagement.core.models.history import History
from engagement.core.readers import ONLY_SECRETARIAT
from engagement.core.types import Actor, Label
from engagement.core.word_differences import Piece, word_differences

from .meeting import Meeting

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from .proposed_files import ProposedFile


class ProposedChangeQuerySet(SecretariatQuerySet):
    def waiting(self) -> "ProposedChangeQuerySet":
        return self.filter(state=ProposedChange.State.WAITING)

    def open(self) -> "ProposedChangeQuerySet":
        """Changes that wait, and those that were sent back and may be proposed again."""
        return self.filter(state__in=ProposedChange.OPEN)

    def decided(self) -> "ProposedChangeQuerySet":
        """The last ones first."""
        return self.exclude(state__in=ProposedChange.OPEN).order_by("-decided_at", "-pk")


class ProposedChange(Record):
    """One proposed change of a published meeting, and the decision on it.

    It is no part of the meeting: readers, and whoever has its form open, notice nothing of it.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting for a publisher")
        TAKEN = "taken", _("Accepted")
        RETURNED = "returned", _("Sent back")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    OPEN: ClassVar = (State.WAITING, State.RETURNED)
    readers = ONLY_SECRETARIAT

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="proposed_changes", verbose_name=_("meeting"))
    state = models.CharField(_("status"), max_length=9, choices=State.choices, default=State.WAITING, editable=False)
    proposed_at = models.DateTimeField(_("proposed at"), default=timezone.now, editable=False)
    proposed_by = who(_("proposed by"))
    form = models.JSONField(_("form as it was sent"), default=dict, editable=False)
    base = models.JSONField(_("form as it was opened"), default=dict, editable=False)
    form_version = models.PositiveIntegerField(_("version that it was opened at"), editable=False)
    differences = models.JSONField(_("differences"), default=list, editable=False)
    decided_at = when(_("decided at"))
    decided_by = who(_("decided by"))
    reason = models.TextField(_("reason"), blank=True)

    history = History(excluded_fields=["form", "base"])
    objects = ProposedChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposed change")
        verbose_name_plural = _("proposed changes")
        ordering = ["proposed_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=("waiting", "taken", "returned", "withdrawn")),
                name="proposed_change_state_known",
                violation_error_message=_("Choose the status of a proposed change from the list."),
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(reason=""),
                name="proposed_change_returned_with_a_reason",
                violation_error_message=_("Enter why it is sent back."),
            ),
        ]
        indexes = [models.Index(fields=["meeting"], condition=Q(state="waiting"), name="proposed_change_waiting")]

    if TYPE_CHECKING:
        files: RelatedManager["ProposedFile"]

    @property
    def note(self) -> str:
        """The correction, in the words of whoever proposes it."""
        return str((self.form.get("correction") or [""])[0])

    def __str__(self) -> str:
        return f"{self.meeting}, {self.proposed_by or _('someone')}"

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def word_differences(self) -> list[tuple[str, list[Piece], list[Piece]]]:
        """The change, as published and as proposed, with the words that differ."""
        return [(what, *word_differences(old, new)) for what, old, new in self.differences]

    def propose_again(self, form: dict[str, Any], base: dict[str, Any], version: int, differences: list[Any]) -> None:
        """Propose it again after further editing. The reason for sending it back stays beside it."""
        with self.locked(by=self.proposed_by):
            self._must_be(self.OPEN, _("proposed again"))
            self.form, self.base, self.form_version, self.differences = form, base, version, differences
            self.state, self.proposed_at = self.State.WAITING, timezone.now()
            self.decided_at, self.decided_by = None, None
            self.save()

    def take(self, *, by: Actor) -> None:
        """Somebody who may publish has put it into the record, in the same transaction."""
        with self.locked(by=by):
            self._must_be((self.State.WAITING,), _("accepted"))
            if by is not None and by == self.proposed_by and self.meeting.asks_second_person():
                message = _("You proposed this change, so someone else must accept it. Ask a colleague.")
                raise ValidationError(message, code="same_person")
            self._decide(self.State.TAKEN, by)

    def send_back(self, *, by: Actor, reason: str) -> None:
        reason = required_text(reason, "reason", _("Enter why it is sent back."))
        with self.locked(by=by):
            if self.state == self.State.RETURNED:
                return
            self._must_be((self.State.WAITING,), _("sent back"))
            self._decide(self.State.RETURNED, by, reason)

    def withdraw(self, *, by: Actor) -> None:
        """Withdraw it, by its proposer."""
        with self.locked(by=by):
            if self.state == self.State.WITHDRAWN:
                return
            self._must_be(self.OPEN, _("withdrawn"))
            self._decide(self.State.WITHDRAWN, by, self.reason)

    def _must_be(self, states: tuple[str, ...], verb: Label) -> None:
        if self.state not in states:
            raise ValidationError(
                _("This change (%(state)s) cannot be %(verb)s."),
                code="decided",
                params={"state": self.get_state_display().lower(), "verb": verb},
            )

    def _decide(self, state: str, by: Actor, reason: str = "") -> None:
        self.state, self.reason = state, reason
        self.decided_at, self.decided_by = timezone.now(), by
        self.save()
        if state not in self.OPEN:
            self.files.all().delete()
