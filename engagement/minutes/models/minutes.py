"""Model of minutes (a state machine): made from a meeting's record, commented on, agreed by both sides, locked."""

import datetime as dt
from typing import TYPE_CHECKING, Any, cast

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from engagement.core.models import Record, Visibility, sees_all
from engagement.core.models.days import years_bounded
from engagement.core.models.fields import required_text, when, who
from engagement.core.models.history import History
from engagement.core.types import Actor, Label, Reader
from engagement.minutes import content as contents
from meetings.models import Meeting, Party
from meetings.public_content import VISITOR, Content
from organizations.models import Organization

from .status import LOCKED, OPEN, How, Status
from .texts import MinutesTexts

if TYPE_CHECKING:
    from .comments import MinutesComment
    from .links import MinutesLink
    from .versions import MinutesVersion

LONGEST_DEADLINE = 365


class MinutesQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Reader) -> "MinutesQuerySet":
        """The minutes of which this reader may read a version."""
        if sees_all(user):
            return self
        from .versions import MinutesVersion  # which names this model

        read = MinutesVersion.objects.visible_to(user).filter(minutes=OuterRef("pk")).order_by()
        return self.filter(Exists(read))

    def begin(self, meeting: Meeting, *, by: Actor) -> "Minutes":
        """The first draft, from the record of a meeting that was held."""
        if meeting.status != Meeting.Status.HELD:
            raise ValidationError(_("Only a held meeting can have minutes."), code="not_held")
        minutes = Minutes(meeting=meeting, moved_by=by)
        with transaction.atomic():
            try:
                with transaction.atomic():
                    minutes.save()
            except IntegrityError as error:
                raise ValidationError(_("This meeting already has minutes."), code="once") from error
            minutes.add_version(by=by, audience=min(Visibility.SHARED, meeting.effective_visibility))
        return minutes

    def waiting_for(self, organization: Organization) -> "MinutesQuerySet":
        """With the counterpart, of which this is one, and not agreed to by it in the version that was sent last."""
        from .agreements import MinutesAgreement  # which names this model
        from .versions import MinutesVersion

        seat = Party.objects.filter(meeting=OuterRef("meeting"), organization=organization)
        sent = MinutesVersion.objects.sent().filter(minutes=OuterRef(OuterRef("pk"))).order_by("-number")
        agreed = MinutesAgreement.objects.filter(organization=organization, version=Subquery(sent.values("pk")[:1]))
        at_the_table = Exists(seat.exclude(side=Party.Side.HOST))
        return self.filter(at_the_table, ~Exists(agreed), status=Status.SENT)

    def past_deadline(self, today: dt.date) -> "MinutesQuerySet":
        """With the counterpart, where silence is agreement, after the last day for comments."""
        return self.filter(status=Status.SENT, is_silence_agreement=True, deadline_on__lt=today)


class Minutes(Record):
    """The minutes of one meeting, in versions."""

    meeting = models.OneToOneField(
        Meeting, models.CASCADE, related_name="minutes", editable=False, verbose_name=_("meeting")
    )
    status = models.CharField(_("status"), max_length=9, choices=Status.choices, default=Status.DRAFT, editable=False)
    moved_at = models.DateTimeField(_("status since"), default=timezone.now, editable=False)
    moved_by = who(_("changed by"))
    deadline_on = models.DateField(_("comments until"), null=True, editable=False)
    is_silence_agreement = models.BooleanField(_("silence is agreement"), default=False, editable=False)
    finalized_at = when(_("final since"))
    finalized_by = who(_("made final by"))

    history = History()
    objects = MinutesQuerySet.as_manager()

    class Meta:
        verbose_name = _("minutes")
        verbose_name_plural = _("minutes")
        ordering = ["-moved_at", "-pk"]
        constraints = [
            years_bounded("minutes_years", "deadline_on"),
            models.CheckConstraint(
                condition=Q(status__in=Status.values),
                name="minutes_status_known",
                violation_error_message=_("Choose the status of minutes from the list."),
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.SENT) | Q(deadline_on__isnull=False),
                name="minutes_sent_with_a_deadline",
                violation_error_message=_("Enter until when comments are possible."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=LOCKED, finalized_at__isnull=False)
                | (~Q(status__in=LOCKED) & Q(finalized_at=None, finalized_by=None)),
                name="minutes_final_with_a_moment",
                violation_error_message=_("Final minutes need the date since when they are final. Others have none."),
            ),
        ]

    def __str__(self) -> str:
        return str(_("Minutes of %(meeting)s") % {"meeting": self.meeting})

    def get_absolute_url(self) -> str:
        return reverse("minutes:detail", args=[self.meeting.slug])

    # What there is -------------------------------------------------------------------------------------------

    @property
    def latest(self) -> "MinutesVersion | None":
        return cast("MinutesVersion | None", self.versions.order_by("-number").first())

    @property
    def sent_version(self) -> "MinutesVersion | None":
        """The last version that went to the counterpart: comments and agreements are on this one."""
        return cast("MinutesVersion | None", self.versions.sent().order_by("-number").first())

    def counterparts(self) -> list[Organization]:
        """Who may comment: everybody at the table, hosts aside."""
        return self._seated(Party.Side.COUNTERPART, Party.Side.OBSERVER)

    def agreeing(self) -> list[Organization]:
        """Who has to agree; observers need not."""
        return self._seated(Party.Side.COUNTERPART)

    def _seated(self, *sides: str) -> list[Organization]:
        rows = Party.objects.filter(meeting=self.meeting_id, side__in=sides).select_related("organization")
        return [seat.organization for seat in rows.order_by("order", "pk")]

    def has_agreed(self, organization: Organization) -> bool:
        sent = self.sent_version
        return sent is not None and bool(sent.agreements.filter(organization=organization).exists())

    def open_comments(self) -> "models.QuerySet[MinutesComment]":
        from .comments import MinutesComment  # which names this model

        return MinutesComment.objects.open().filter(version__minutes=self)

    def reads_otherwise(self, version: "MinutesVersion") -> bool:
        """Whether the record says something else by now, for the audience of this version."""
        try:
            now = contents.read(self.meeting, version.audience, MinutesTexts.objects.current().frozen())
        except ValidationError:
            return True
        return contents.own_checksum(now) != version.own_sha256

    @property
    def is_open(self) -> bool:
        """Whether its text can still change."""
        return self.status in OPEN

    @property
    def is_over(self) -> bool:
        """Whether the last day for comments has passed."""
        return self.deadline_on is not None and self.deadline_on < timezone.localdate()

    # Verbs: each under lock; one that is not possible raises ValidationError and changes nothing. -------------

    def add_version(self, *, by: Actor, audience: int, reason: str = "") -> "MinutesVersion":
        """The next version, from the record as it is now."""
        with self.locked(by=by):
            self.check_open_to_change()
            content = contents.read(self.meeting, audience, MinutesTexts.objects.current().frozen())
            return self._add(content, audience, by, reason)

    def send_for_review(self, *, by: Actor) -> None:
        """A colleague reads it before it goes out."""
        with self.locked(by=by):
            if self.status != Status.REVIEW:
                self._must_be((Status.DRAFT,), _("sent for review"))
                self._move(Status.REVIEW, by)

    def return_to_draft(self, *, by: Actor, reason: str) -> None:
        """The review found something, or the round with the counterpart is called off."""
        reason = required_text(reason, "reason", _("Enter the reason."))
        with self.locked(by=by):
            if self.status != Status.DRAFT:
                self._must_be((Status.REVIEW, Status.SENT), _("moved back to draft"))
                self._change_reason = reason[:100]
                self._move(Status.DRAFT, by)

    def check_sending(self, number: int, deadline_on: dt.date) -> "MinutesVersion":
        """The version that would go out, if it can."""
        self._must_be(OPEN, _("sent"))
        version = self.versions.filter(audience=Visibility.SHARED).order_by("-number").first()
        if version is None:
            text = _("No version was made for the counterpart. Make one first.")
            raise ValidationError(text, code="no_version")
        if version.number != number:
            text = _("Version %(number)d was made meanwhile. Read it before you send it.")
            raise ValidationError(text, code="newer", params={"number": version.number})
        today = timezone.localdate()
        if not today <= deadline_on <= today + dt.timedelta(days=LONGEST_DEADLINE):
            text = _("Choose a day from today to a year from now.")
            raise ValidationError({"deadline_on": ValidationError(text, code="deadline")})
        return cast("MinutesVersion", version)

    def send(self, number: int, *, by: Actor, deadline_on: dt.date, is_silence_agreement: bool, recipients: str) -> int:
        """Send it to the counterpart, with a deadline; returns the key of the sending, before any message leaves."""
        from .sendings import MinutesSending  # a sibling that this one need not know when it is loaded

        with self.locked(by=by):
            version = self.check_sending(number, deadline_on)
            announced = {"deadline_on": deadline_on, "is_silence_agreement": is_silence_agreement}
            sending = MinutesSending.objects.create(version_sent=version, by=by, recipients=recipients, **announced)
            self.deadline_on, self.is_silence_agreement = deadline_on, is_silence_agreement
            self._move(Status.SENT, by)
            return int(sending.pk)

    def comment(
        self,
        number: int,
        organization: Organization,
        text: str,
        *,
        about: str = "",
        by: Actor = None,
        link: "MinutesLink | None" = None,
    ) -> "MinutesComment":
        """An organization at the table says something about the version that was sent to it."""
        from .comments import MOST, MinutesComment  # which names this model

        text = required_text(text, "text", _("Write your comment."))
        with self.locked():
            version = self._answered(number, organization)
            if self.is_over:
                words = {"day": date_format(cast(dt.date, self.deadline_on), "j F Y")}
                message = _("Comments were possible until %(day)s. Write to the secretariat instead.")
                raise ValidationError(message, code="over", params=words)
            if about and about not in {contents.name_of(part) for part in contents.parts_of(version.content)}:
                raise ValidationError(_("Choose what the comment is about."), code="about")
            said = MinutesComment.objects.filter(version=version, organization=organization)
            if same := said.filter(about=about, text=text, by=by, link=link).first():
                return cast(MinutesComment, same)
            if said.count() >= MOST:
                message = _("Your organization has written %(most)d comments. Write to the secretariat instead.")
                raise ValidationError(message, code="many", params={"most": MOST})
            made = MinutesComment(version=version, organization=organization, text=text, about=about, by=by, link=link)
            made.full_clean(exclude=["version", "organization", "by", "link"])
            made.save()
            return made

    def agree(
        self,
        number: int,
        organization: Organization,
        *,
        how: How,
        by: Actor = None,
        link: "MinutesLink | None" = None,
        word: str = "",
    ) -> None:
        """Note that an organization agrees to the sent version. Once all have, the minutes are agreed."""
        if how == How.TOLD:
            word = required_text(word, "word", _("Enter how you were told."))
        with self.locked(by=by):
            if self.status == Status.AGREED and self.has_agreed(organization):
                return
            version = self._answered(number, organization, twice=True)
            self._note_agreement(version, organization, how=how, by=by, link=link, word=word)
            self._settle(version, by)

    def agree_silently(self, today: dt.date) -> list[Organization]:
        """Note the agreement of those who did not answer by the announced deadline and have no open comment."""
        with self.locked():
            version = self.sent_version
            is_past = self.deadline_on is not None and self.deadline_on < today
            if self.status != Status.SENT or version is None or not self.is_silence_agreement or not is_past:
                return []
            said = set(self.open_comments().values_list("organization", flat=True))
            silent = [one for one in self.agreeing() if one.pk not in said and not self.has_agreed(one)]
            for organization in silent:
                self._note_agreement(version, organization, how=How.SILENT, by=None, link=None, word="")
            self._settle(version, None)
            return silent

    def finalize(self, *, by: Actor) -> None:
        """Lock it: nobody changes it any more."""
        with self.locked(by=by):
            if self.status in LOCKED:
                return
            self._must_be((Status.AGREED,), _("made final"))
            if waiting := self.open_comments().count():
                text = _("Resolve all comments first. Not resolved yet: %(number)d.")
                raise ValidationError(text, code="open", params={"number": waiting})
            self.finalized_at, self.finalized_by = timezone.now(), by
            self._move(Status.FINAL, by)

    def publish(self, *, by: Actor) -> None:
        """Publish the agreed version, as far as the public may know of it."""
        with self.locked(by=by):
            if self.status == Status.PUBLISHED and self.is_public:
                return
            self._must_be(LOCKED, _("published"))
            meeting, final = Meeting.objects.get(pk=self.meeting_id), self.sent_version
            if meeting.effective_visibility != Visibility.PUBLIC:
                raise ValidationError(_("First publish the meeting."), code="not_public")
            if by is not None and by == self.finalized_by and meeting.asks_second_person():
                text = _("You made these minutes final, so someone else must publish them. Ask a colleague.")
                raise ValidationError(text, code="same_person")
            assert final is not None
            content = {**contents.narrowed(final.content, VISITOR), "audience": Visibility.PUBLIC.name.lower()}
            self._add(content, Visibility.PUBLIC, by, final.reason)
            self._move(Status.PUBLISHED, by)

    def reopen(self, *, by: Actor, reason: str) -> "MinutesVersion":
        """Something has to be corrected after all: a new version, with the reason, and everybody is asked again."""
        reason = required_text(reason, "reason", _("Enter why the minutes are reopened."))
        with self.locked(by=by):
            self._must_be((Status.AGREED, *LOCKED), _("reopened"))
            self.finalized_at = self.finalized_by = None
            self._change_reason = reason[:100]
            self._move(Status.DRAFT, by)
            content = contents.read(self.meeting, Visibility.SHARED, MinutesTexts.objects.current().frozen())
            return self._add(content, Visibility.SHARED, by, reason)

    @property
    def is_public(self) -> bool:
        """Whether the public reads a version of it now."""
        from .versions import MinutesVersion  # which names this model

        return bool(MinutesVersion.objects.visible_to(VISITOR).filter(minutes=self).exists())

    def check_open_to_change(self) -> None:
        self._must_be(OPEN, _("changed"))

    # How it is done ------------------------------------------------------------------------------------------

    def _must_be(self, these: tuple[Status, ...], verb: Label) -> None:
        if self.status not in these:
            words = {"status": self.get_status_display().lower(), "verb": verb}
            text = _("Minutes that are %(status)s cannot be %(verb)s.")
            if self.status in LOCKED:
                text = _("These minutes are %(status)s and locked. Reopen them first, with a reason.")
            raise ValidationError(text, code="wrong_status", params=words)

    def _answered(self, number: int, organization: Organization, *, twice: bool = False) -> "MinutesVersion":
        """The version that an answer is to, if that can be answered by this organization."""
        if self.status != Status.SENT:
            raise ValidationError(_("The minutes are no longer open for comments."), code="closed")
        if organization not in self.counterparts():
            raise ValidationError(_("Only an organization that took part can answer."), code="no_party")
        version = self.sent_version
        assert version is not None
        if version.number != number:
            text = _("A newer version, %(number)d, has been sent to you. Read it first.")
            raise ValidationError(text, code="newer", params={"number": version.number})
        if not twice and self.has_agreed(organization):
            text = _("Your organization has agreed to these minutes. Write to the secretariat instead.")
            raise ValidationError(text, code="agreed")
        return version

    def _note_agreement(self, version: "MinutesVersion", organization: Organization, **said: object) -> None:
        from .agreements import MinutesAgreement  # which names this model

        if self.has_agreed(organization):
            return
        made = MinutesAgreement(version=version, organization=organization, **said)
        made.full_clean(exclude=["version", "organization", "by", "link"])
        made.save()

    def _settle(self, version: "MinutesVersion", by: Actor) -> None:
        """Agreed, once everybody who has to agree has."""
        agreed = set(version.agreements.values_list("organization", flat=True))
        if self.agreeing() and all(one.pk in agreed for one in self.agreeing()):
            self._move(Status.AGREED, by)

    def _move(self, status: Status, by: Actor) -> None:
        self.status, self.moved_at, self.moved_by = status, timezone.now(), by
        self.full_clean(exclude=["meeting", "moved_by", "finalized_by"])
        self.save()

    def _add(self, content: Content, audience: int, by: Actor, reason: str) -> "MinutesVersion":
        from .versions import MinutesVersion  # which names this model

        last = self.versions.order_by("-number").values_list("number", flat=True).first() or 0
        reference = MinutesTexts.objects.current().reference_of(self.meeting.reference, last + 1)
        content = {**content, "reference": reference, "number": last + 1}
        version = MinutesVersion(minutes=self, number=last + 1, audience=audience, by=by, reason=reason)
        version.content, version.sha256 = content, contents.checksum(content)
        version.own_sha256 = contents.own_checksum(content)
        version.save()
        self.touch()
        return version
