"""Forms of the actions on follow-ups: the questions asked before each, in the admin and on the site alike."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement.accounts.models import User
from engagement.core.lookups.fields import LookupField
from engagement.core.lookups.widgets import NativeDate, several_lines
from engagement.core.models.days import check_not_over, check_year
from engagement.core.readers import ONLY_SECRETARIAT, SECRETARIAT_AND_ORGANIZATION, read_by, readers_of
from meetings.uploads import check_upload
from organizations.models import Organization
from organizations.models.signed_links import DAYS

from .models import FollowUp, Report
from .models.report import WORDS
from .models.report_link import organizations_to_link


def one_of_us(**kwargs: Any) -> LookupField:
    """A colleague who can be given something to do."""
    staff = User.objects.of_the_secretariat()
    nobody = _("“%(text)s” is not in the secretariat. Choose a colleague.")
    return LookupField(staff, adds=False, required=False, error_messages={"gone": nobody, "none": nobody}, **kwargs)


def in_two_weeks() -> dt.date:
    return timezone.localdate() + dt.timedelta(days=DAYS)


class CompleteForm(forms.Form):
    result = forms.CharField(
        label=_("Result"),
        widget=several_lines(),
        required=False,
        max_length=5000,
        help_text=read_by(readers_of(FollowUp, "result")),
    )
    evidence = forms.URLField(
        label=_("Link to evidence"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=read_by(readers_of(FollowUp, "evidence"), _("Optional.")),
    )

    on = forms.DateField(
        label=_("Done on"),
        widget=NativeDate,
        required=False,
        initial=timezone.localdate,
        help_text=_("The day it was done."),
    )

    def clean_on(self) -> object:
        """Today goes without saying."""
        day = self.cleaned_data["on"]
        FollowUp().check_done_on(day)
        return None if day == timezone.localdate() else day


class MoveForm(forms.Form):
    to = forms.DateField(
        label=_("New due date"),
        widget=NativeDate,
        validators=[check_not_over, check_year],
        error_messages={"required": _("Enter the new due date.")},
    )
    reason = forms.CharField(
        label=_("Reason"),
        widget=several_lines(),
        max_length=2000,
        error_messages={"required": _("Enter the reason for the new date.")},
        help_text=read_by(ONLY_SECRETARIAT, _("Kept with the follow-up.")),
    )


class WaitForm(forms.Form):
    on = LookupField(Organization, label=_("Waiting on"), adds=False, help_text=_("An organization."))
    reason = forms.CharField(
        label=_("For what"),
        widget=several_lines(),
        max_length=2000,
        error_messages={"required": _("Enter what it waits for.")},
        help_text=read_by(ONLY_SECRETARIAT, _("Kept with the follow-up.")),
    )


class AssignForm(forms.Form):
    to = one_of_us(label=_("Assigned to"), help_text=_("A colleague. Leave empty to keep the current one."))
    chaser = one_of_us(
        label=_("Reminder sent by"),
        help_text=_("Colleague who reminds the counterpart. Leave empty to keep the current one."),
    )

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not (cleaned.get("to") or cleaned.get("chaser")):
            raise ValidationError(_("Choose who it is assigned to, or who sends the reminder."), code="required")
        return cleaned


ONCE_CONFIRMED = _(
    "Visible to the secretariat and your organization and, once confirmed, to everyone who can see this follow-up."
)


class ReportForm(forms.Form):
    """Form of a report by an organization; the button that is pressed says whether the promise is done."""

    evidence = forms.URLField(
        label=_("Link to what you did (optional)"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=ONCE_CONFIRMED,
    )
    comment = forms.CharField(
        label=_("Note (optional)"),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        max_length=WORDS,
        help_text=ONCE_CONFIRMED,
    )
    file = forms.FileField(
        label=_("File (optional)"),
        required=False,
        max_length=200,
        validators=[check_upload],
        help_text=SECRETARIAT_AND_ORGANIZATION,
    )
    kind = forms.ChoiceField(choices=Report.Kind.choices, widget=forms.HiddenInput, initial=Report.Kind.DONE)


class ReportLinkForm(forms.Form):
    """To whom a link is given and how long it is good; which organization is asked where several promised together."""

    name = forms.CharField(
        label=_("Given to"),
        max_length=120,
        error_messages={"required": _("Enter the name of the person you give the link to.")},
        help_text=_("The person's name. Visible to anyone who opens the link."),
    )
    organization = forms.ModelChoiceField(
        Organization.objects.none(),
        label=_("Organization"),
        error_messages={"required": _("Choose an organization that made this promise.")},
    )
    expires_on = forms.DateField(
        label=_("Valid until"),
        widget=NativeDate,
        initial=in_two_weeks,
        error_messages={"required": _("Enter the last day of the link.")},
    )

    def __init__(self, *args: Any, followup: FollowUp, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = organizations_to_link(followup)
        self.fields["organization"].queryset = found  # type: ignore[attr-defined]
        if not followup.is_joint:
            self.fields["organization"].initial = followup.owner_id
            self.fields["organization"].widget = forms.HiddenInput()


class ConfirmForm(forms.Form):
    on = forms.DateField(
        label=_("Done on"), widget=NativeDate, required=False, help_text=_("Leave empty for the day it was reported.")
    )


class ReturnForm(forms.Form):
    reason = forms.CharField(
        label=_("What is missing"),
        widget=several_lines(),
        max_length=2000,
        error_messages={"required": _("Enter what is missing.")},
        help_text=SECRETARIAT_AND_ORGANIZATION,
    )
