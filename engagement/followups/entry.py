"""Entry forms of a follow-up: on its own, and as an inline of its meeting."""

import datetime as dt
from collections.abc import Iterator
from typing import Any, ClassVar, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Count, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from engagement.core.admin.forms import RecordForm
from engagement.core.admin.proposals import proposals_address
from engagement.core.admin.row_lines import shown_text
from engagement.core.admin.row_links import RowSelect, is_blank_row, name_of_row, names_of_row
from engagement.core.lookups.fields import LookupField
from engagement.core.lookups.widgets import NativeDate, WholeNumber
from engagement.core.models.days import check_not_over
from engagement.core.readers import ONLY_SECRETARIAT, read_by, readers_of
from engagement.core.types import Actor
from meetings.inlines import PARTIES
from meetings.models import Discussion, Meeting, Outcome
from organizations.models import Organization

from .models import FollowUp


class FollowUpForm(RecordForm):
    """Who promised is one organization or both sides; a date once given moves only with a reason.

    A new one may be done already. The discussion and the outcome it comes from are named by their numbers.
    """

    who = LookupField(
        Organization,
        label=_("Promised by"),
        words={"joint": _("Both sides")},
        sources=PARTIES,
        help_text=_("An organization, or “Both sides”."),
        error_messages={"required": _("Choose the organization that promised this, or “Both sides”.")},
    )
    either = {"who": ("owner", {"joint": "is_joint"})}
    origin: ClassVar[tuple[str, ...]] = ("discussion_number", "outcome_number")
    discussion_number = forms.CharField(
        required=False,
        label=_("From discussion"),
        help_text=read_by(ONLY_SECRETARIAT, _("Number of the discussion, if it comes from one.")),
        max_length=10,
    )
    outcome_number = forms.IntegerField(
        required=False,
        label=_("From outcome"),
        help_text=read_by(
            ONLY_SECRETARIAT, _("Number of the outcome in that discussion or, without a discussion, in the meeting.")
        ),
        min_value=1,
        max_value=999,
        widget=WholeNumber,
    )
    due_reason = forms.CharField(
        required=False,
        label=_("Reason for the new date"),
        help_text=read_by(ONLY_SECRETARIAT, _("Only if the date changes.")),
        max_length=300,
    )
    done_on = forms.DateField(
        required=False, label=_("Done on"), widget=NativeDate, help_text=_("Leave empty while it is open.")
    )
    done_result = forms.CharField(
        required=False,
        label=_("Result"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=5000,
        help_text=read_by(readers_of(FollowUp, "result")),
    )

    class Meta:
        model = FollowUp
        fields = ("title", "details", "assignee", "chaser", "due_on", "priority", "visibility")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if (who := self.fields.get("who")) is not None:
            who.widget.attrs["data-proposes"] = proposals_address(FollowUp, "who")
        if self.instance.discussion:
            self.initial["discussion_number"] = self.instance.discussion.label
        if self.instance.outcome:
            before = getattr(self.instance, "outcomes_before", None)
            self.initial["outcome_number"] = place_of(self.instance.outcome) if before is None else before + 1

    # Checking ----------------------------------------------------------------------------------------------

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or self.cleaned_data
        if self.moves_the_date() and self.initial.get("due_on") and not cleaned.get("due_reason"):
            self.add_error("due_reason", ValidationError(_("Enter the reason for the new date."), code="required"))
        self.check_new_due(cleaned.get("due_on"))
        if cleaned.get("done_result") and not cleaned.get("done_on") and "done_on" not in self.errors:
            self.add_error("done_on", ValidationError(_("Enter the day it was done."), code="required"))
        self.check_done(cleaned)
        self.check_origin(cleaned)
        self.name_chaser(cleaned)
        return cleaned

    def check_new_due(self, day: dt.date | None) -> None:
        """A date that ``move_due`` will set; it says the same, beside the field."""
        if day is None or not self.moves_the_date():
            return
        try:
            check_not_over(day)
        except ValidationError as error:
            self.add_error("due_on", error)

    def name_chaser(self, cleaned: dict[str, object]) -> None:
        """Left empty: our lead for the organization, or whoever writes it down."""
        owner = cleaned.get("who")
        if isinstance(owner, Organization) and not cleaned.get("chaser") and "chaser" not in self.errors:
            cleaned["chaser"] = FollowUp.chaser_by_default(owner, by=self.writer)

    @property
    def writer(self) -> Actor:
        request = self.state.request if self.state else None
        return cast("Actor", request.user) if request else None  # only staff have this form

    def check_done(self, cleaned: dict[str, object]) -> None:
        if "meeting" in cleaned:
            self.instance.meeting = cleaned["meeting"]
        try:
            self.instance.check_done_on(cleaned.get("done_on"))
        except ValidationError as error:
            self.add_error("done_on", error)

    def check_origin(self, cleaned: dict[str, object]) -> None:
        """A follow-up on its own comes from a record that is saved already."""
        if not self.names_origin():
            return
        try:
            self.set_origin(cleaned)
        except ValidationError as error:
            self.add_error(None, error)

    def moves_the_date(self) -> bool:
        return not self.instance._state.adding and "due_on" in self.changed_data

    def names_origin(self) -> bool:
        """Whether another origin was given; numbers that stand there keep their meaning when rows are moved."""
        return bool(set(self.origin) & set(self.changed_data))

    def set_origin(self, cleaned: dict[str, Any]) -> None:
        meeting, number = self.instance.meeting, cleaned.get("outcome_number")
        discussion = self.named_discussion(meeting, cleaned)
        if meeting is None and number:
            raise ValidationError({"outcome_number": _("Choose the meeting first.")}, code="no_meeting")
        self.instance.outcome = outcome_of(meeting, discussion, number) if number else None
        self.instance.discussion = discussion

    def named_discussion(self, meeting: Meeting | None, cleaned: dict[str, Any]) -> Discussion | None:
        label = (cleaned.get("discussion_number") or "").strip()
        if label and meeting is None:
            raise ValidationError({"discussion_number": _("Choose the meeting first.")}, code="no_meeting")
        return discussion_of(meeting, label) if label else None

    # Saving ------------------------------------------------------------------------------------------------

    def save(self, commit: bool = True) -> FollowUp:
        """A date and an end go through their verbs, so that the reason and the first date stay on record."""
        self.moves_to: tuple[dt.date | None] | None = None
        self.is_new = self.instance._state.adding
        if self.moves_the_date():
            self.moves_to = (self.cleaned_data["due_on"],)
            self.instance.due_on = self.initial["due_on"]
        followup: FollowUp = super().save(commit=commit)
        if commit:
            self.follow_verbs(self.writer)
        return followup

    def follow_verbs(self, by: Actor) -> None:
        """Carry out the changes that only verbs make, once the rest is saved."""
        if self.moves_to is not None:
            self.instance.move_due(by=by, to=self.moves_to[0], reason=self.cleaned_data.get("due_reason", ""))
        day = self.cleaned_data.get("done_on")
        if day and self.is_new:
            self.instance.complete(by=by, result=self.cleaned_data.get("done_result", ""), on=day)


class MeetingFollowUpForm(FollowUpForm):
    """In the meeting's form what it comes from may not be saved yet: a row of the same form is chosen, and found once
    everything else is saved."""

    discussion_number = None  # type: ignore[assignment]  # how Django takes a declared field out
    origin = ("from_discussion", "outcome_number")
    from_discussion = forms.ChoiceField(
        required=False, label=_("From discussion"), help_text=read_by(ONLY_SECRETARIAT), widget=RowSelect("discussions")
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if "from_discussion" in self.fields:
            cast("forms.ChoiceField", self.fields["from_discussion"]).choices = self.choices
        if self.instance.discussion_id:
            self.initial["from_discussion"] = f"discussions:{self.instance.discussion_id}"
        unused = ("done_on", "done_result") if self.instance.pk else ("due_reason",)
        for name in unused:
            self.fields[name].widget = forms.HiddenInput()

    def check_origin(self, cleaned: dict[str, object]) -> None:
        """Later: see ``save``."""

    def has_changed(self) -> bool:
        """A row that only says where it comes from was added and left blank."""
        is_blank = self.instance._state.adding and self.changed_data == ["from_discussion"]
        return not is_blank and super().has_changed()

    def discussions(self) -> Iterator[RecordForm]:
        """The discussions of this form that were shown or typed before the follow-ups."""
        rows = self.state.forms if self.state else ()
        return (row for row in rows if isinstance(row.instance, Discussion) and not is_blank_row(row))

    def choices(self) -> Iterator[tuple[str, str]]:
        yield "", str(_("the meeting as a whole"))
        for place, row in enumerate(self.discussions(), start=1):
            about = next(filter(None, (shown_text(row, name) for name in ("topic", "title"))), "")
            yield name_of_row(row), f"{place} {about}".strip()

    def named_discussion(self, meeting: Meeting | None, cleaned: dict[str, Any]) -> Discussion | None:
        name = cleaned.get("from_discussion")
        if not name:
            return None
        row = next((row for row in self.discussions() if name in names_of_row(row)), None)
        if row is None or row.instance.pk is None:
            text = _("That discussion is removed or empty. Choose another.")
            raise ValidationError({"from_discussion": text}, code="no_discussion")
        discussion: Discussion = row.instance
        return discussion

    def save(self, commit: bool = True) -> FollowUp:
        if self.names_origin():
            try:
                self.set_origin(self.cleaned_data)
            except ValidationError as error:
                error.instance = self.instance  # type: ignore[attr-defined]
                raise
        return super().save(commit=commit)


def with_places(rows: QuerySet[Model]) -> Any:
    """Annotate each follow-up with the number of outcomes before its own, in one query for all of a meeting."""
    of_it = Coalesce(OuterRef("outcome__discussion_id"), 0)
    order, key = OuterRef("outcome__order"), OuterRef("outcome_id")
    beside = Outcome._base_manager.alias(of=Coalesce("discussion_id", 0)).filter(meeting=OuterRef("meeting"), of=of_it)
    before = beside.filter(Q(order__lt=order) | Q(order=order, pk__lt=key)).order_by().values("meeting")
    number = Subquery(before.annotate(number=Count("pk")).values("number"))
    return rows.select_related("discussion__topic", "outcome").annotate(outcomes_before=Coalesce(number, 0))


def discussion_of(meeting: Any, label: str) -> Discussion:
    for discussion in meeting.discussions.all():
        if discussion.label == label:
            return discussion
    raise ValidationError({"discussion_number": _("This meeting has no discussion of that number.")})


def outcomes_beside(meeting: Any, discussion: Discussion | None) -> list[Outcome]:
    """The outcomes of one discussion, or of the meeting as a whole, in their order."""
    return list(meeting.outcomes.filter(discussion=discussion).order_by("order", "pk"))


def outcome_of(meeting: Model, discussion: Discussion | None, number: int) -> Outcome:
    found = outcomes_beside(meeting, discussion)[number - 1 : number]
    if found:
        return found[0]
    where = (
        _("This discussion has no outcome of that number.")
        if discussion
        else _(
            "The meeting as a whole has no outcome of that number. "
            "If the outcome belongs to a discussion, enter the discussion too."
        )
    )
    raise ValidationError({"outcome_number": where})


def place_of(outcome: Outcome) -> int:
    """The number of an outcome as the form has it."""
    return outcomes_beside(outcome.meeting, outcome.discussion).index(outcome) + 1
