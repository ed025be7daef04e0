"""Forms of the plan of a next meeting: the meeting itself, and a decision on each thing that is still open."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from engagement.core.admin.form_fields import ask_in_words, asked_in_words
from engagement.core.lookups.widgets import NativeDate, NativeTime
from engagement.core.models.days import check_not_over, check_year
from engagement.core.readers import ONLY_SECRETARIAT, note_readers, read_by, readers_of
from meetings.models import Meeting, Party
from meetings.models.status import Status

from .models import CarryOver, FollowUp
from .next_meeting import Item, NextMeeting

Decision = CarryOver.Decision
PLACE = ("attendance_mode", "venue", "city", "country", "time_zone")


class NextMeetingForm(forms.ModelForm):
    """When, where and with whom; every field holds what the series and its last meeting say."""

    status = forms.ChoiceField(
        label=gettext_lazy("Status"),
        choices=[
            (Status.PROPOSED, gettext_lazy("Proposed")),
            (Status.CONFIRMED, gettext_lazy("Confirmed: date and time are agreed")),
        ],
        widget=forms.RadioSelect,
    )
    parties = forms.MultipleChoiceField(
        label=gettext_lazy("Parties"), widget=forms.CheckboxSelectMultiple, required=False
    )
    known = forms.CharField(required=False, widget=forms.HiddenInput, max_length=2000)
    """The meetings, planned already, that whoever sends the form was told of."""

    class Meta:
        model = Meeting
        fields = ("title", "starts_on", "start_time", "end_time", "kind", *PLACE, "visibility")
        widgets = {"starts_on": NativeDate, "start_time": NativeTime, "end_time": NativeTime}
        help_texts = {"starts_on": gettext_lazy("Leave empty if no date is agreed."), "end_time": "", "start_time": ""}
        error_messages = asked_in_words(Meeting)

    def __init__(self, plan: NextMeeting, data: QueryDict | None = None) -> None:
        self.plan, self.newly_planned = plan, False
        seats = {str(seat.organization_id): seat for seat in plan.seats if seat.organization != plan.series.host}
        initial = {**plan.fields(), "parties": list(seats), "known": self.planned_now}
        super().__init__(data, initial=initial, instance=Meeting(series=plan.series), use_required_attribute=False)
        self.fields["parties"].choices = [(key, self._seat_name(seat)) for key, seat in seats.items()]  # type: ignore[attr-defined]
        for name, field in self.fields.items():
            note_readers(field, Meeting, name)
            ask_in_words(field, Meeting, name)
            field.show_hidden_initial = False

    @property
    def planned_now(self) -> str:
        return " ".join(str(meeting.pk) for meeting in self.plan.planned)

    @staticmethod
    def _seat_name(seat: Party) -> str:
        name = seat.organization.name
        return name if seat.side == Party.Side.COUNTERPART else f"{name} ({seat.get_side_display()})"

    def clean_starts_on(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["starts_on"]
        if day is not None:
            check_year(day)
            check_not_over(day)
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "starts_on" not in self.errors and not cleaned.get("starts_on"):
            if cleaned.get("status") == Status.CONFIRMED:
                self.add_error("starts_on", _("A confirmed meeting needs a date."))
            elif cleaned.get("start_time") or cleaned.get("end_time"):
                self.add_error("starts_on", _("Enter a date as well as a time."))
        told = set(cleaned.get("known", "").split())
        self.newly_planned = any(str(meeting.pk) not in told for meeting in self.plan.planned)
        return cleaned

    @property
    def place(self) -> str:
        """Where it will be, for the line that hides the fields."""
        named = [self["venue"].value(), self["city"].value(), self.instance.get_attendance_mode_display()]
        return ", ".join(str(part) for part in named if part)

    @property
    def has_errors_below(self) -> bool:
        return any(name in self.errors for name in (*PLACE, "kind"))

    def seats(self) -> list[Party]:
        """The host, and those that are ticked."""
        ticked = {*self.cleaned_data["parties"], str(self.plan.series.host_id)}
        return [seat for seat in self.plan.seats if str(seat.organization_id) in ticked]


class DecisionForm(forms.Form):
    """One thing that is still open: kept unless somebody says otherwise, and why."""

    decision = forms.ChoiceField(
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what to do with it. It is new since you opened this page.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=500, required=False, help_text=read_by(ONLY_SECRETARIAT)
    )
    needs_reason = True

    def __init__(self, name: str, choices: Sequence[tuple[str, str]], data: QueryDict | None = None) -> None:
        initial = {"decision": Decision.KEPT}
        super().__init__(data, prefix=name, initial=initial, use_required_attribute=False)
        self.fields["decision"].choices = choices  # type: ignore[attr-defined]

    @property
    def heading(self) -> str:
        """What it is about."""
        raise NotImplementedError

    @property
    def is_kept(self) -> bool:
        return bool(self.cleaned_data["decision"] == Decision.KEPT)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        decision = cleaned.get("decision", Decision.KEPT)
        if decision == Decision.KEPT or not self.needs_reason:
            return cleaned
        field = self.asks_in(decision)
        if field not in self.errors and not cleaned.get(field):
            self.add_error(field, self.missing(decision))
        return cleaned

    def asks_in(self, decision: str) -> str:
        return "reason"

    def missing(self, decision: str) -> str:
        return _("Enter why it is closed.") if decision == Decision.CLOSED else _("Enter why it is dropped.")


class ItemForm(DecisionForm):
    """An item of the agenda. What nobody waits for is left out without a word."""

    def __init__(self, item: Item, data: QueryDict | None = None) -> None:
        self.item, self.needs_reason = item, bool(item.raised_in)
        kept = [(Decision.KEPT, _("On the agenda"))]
        open_ones = [(Decision.CLOSED, _("Close")), (Decision.DROPPED, _("Drop"))]
        super().__init__(item.key, kept + (open_ones if item.raised_in else [(Decision.DROPPED, _("Leave out"))]), data)

    @property
    def heading(self) -> str:
        return self.item.heading


class FollowUpDecisionForm(DecisionForm):
    """A follow-up: carried over, completed with its result, or cancelled with a reason."""

    result = forms.CharField(
        label=gettext_lazy("Result"), max_length=500, required=False, help_text=read_by(readers_of(FollowUp, "result"))
    )
    field_order = ("decision", "result", "reason")

    def __init__(self, followup: FollowUp, plan: NextMeeting, data: QueryDict | None = None) -> None:
        self.followup = followup
        offers = [
            (Decision.KEPT, _("Carry over"), True),
            (Decision.CLOSED, _("Complete"), followup.pk in plan.may_close),
            (Decision.DROPPED, _("Cancel follow-up"), followup.pk in plan.may_cancel),
        ]
        choices = [(str(value), label) for value, label, is_open in offers if is_open]
        super().__init__(f"followup-{followup.pk}", choices, data)

    @property
    def heading(self) -> str:
        return self.followup.title

    def asks_in(self, decision: str) -> str:
        return "result" if decision == Decision.CLOSED else "reason"

    def missing(self, decision: str) -> str:
        return _("Enter the result.") if decision == Decision.CLOSED else _("Enter why it is cancelled.")


class PlanForms:
    """All forms of the page together."""

    def __init__(self, plan: NextMeeting, data: QueryDict | None = None) -> None:
        self.plan = plan
        self.meeting = NextMeetingForm(plan, data)
        self.items = [ItemForm(item, data) for item in plan.items]
        self.followups = [FollowUpDecisionForm(followup, plan, data) for followup in plan.followups]

    @property
    def rows(self) -> list[DecisionForm]:
        return [*self.items, *self.followups]

    def are_valid(self) -> bool:
        """Every form is asked, so that all that is wrong is told at once."""
        valid = [form.is_valid() for form in (self.meeting, *self.rows)]
        return all(valid) and not self.meeting.newly_planned

    @property
    def wrong(self) -> list[DecisionForm]:
        return [form for form in self.rows if form.is_bound and form.errors]

    @property
    def ours(self) -> list[FollowUpDecisionForm]:
        return [form for form in self.followups if form.followup.side == FollowUp.Side.OURS]

    @property
    def theirs(self) -> list[FollowUpDecisionForm]:
        return [form for form in self.followups if form.followup.side != FollowUp.Side.OURS]

    @property
    def is_limited(self) -> bool:
        """Whether somebody else has to close one of these."""
        return len(self.plan.may_close & self.plan.may_cancel) < len(self.followups)
