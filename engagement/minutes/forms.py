"""Forms of the verbs of minutes, and of a counterpart's answer."""

from typing import cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from engagement.accounts.models import User
from engagement.core.lookups.widgets import NativeDate, several_lines
from engagement.core.models import Visibility
from engagement.core.readers import ONLY_SECRETARIAT, SECRETARIAT_AND_COMMENTER, read_by
from engagement.followups.forms import in_two_weeks
from meetings.agenda_mail import Recipient
from organizations.models import Organization, Representative

from .models import Minutes
from .models.comments import LONGEST

Organizations = forms.ModelChoiceField[Organization]


class NothingToAskForm(forms.Form):
    """Only that it is meant."""


class VersionForm(forms.Form):
    audience = forms.TypedChoiceField(
        label=_("Made for"),
        coerce=int,
        widget=forms.RadioSelect,
        choices=[
            (int(Visibility.SHARED), _("The counterpart: what is shared with it")),
            (int(Visibility.INTERNAL), _("The secretariat: everything that is recorded")),
        ],
        initial=int(Visibility.SHARED),
    )
    reason = forms.CharField(
        label=_("What has changed"),
        max_length=500,
        required=False,
        help_text=read_by(_("Visible to everyone who can see this version."), _("Optional.")),
    )


class ReturnForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        widget=several_lines(),
        max_length=2000,
        error_messages={"required": _("Enter the reason.")},
        help_text=read_by(ONLY_SECRETARIAT),
    )


class ReopenForm(forms.Form):
    reason = forms.CharField(
        label=_("What has to be corrected"),
        widget=several_lines(),
        max_length=2000,
        error_messages={"required": _("Enter why the minutes are reopened.")},
        help_text=read_by(_("Visible to everyone who can see the new version.")),
    )


class ToldForm(forms.Form):
    """An agreement that came by letter or telephone."""

    organization = forms.ModelChoiceField(
        Organization.objects.none(),
        label=_("Who agreed"),
        error_messages={"required": _("Choose an organization that took part.")},
    )
    word = forms.CharField(
        label=_("How you were told"),
        max_length=500,
        error_messages={"required": _("Enter how you were told.")},
        help_text=read_by(SECRETARIAT_AND_COMMENTER),
    )

    def __init__(self, minutes: Minutes, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        keys = [one.pk for one in minutes.agreeing() if not minutes.has_agreed(one)]
        cast(Organizations, self.fields["organization"]).queryset = Organization.objects.filter(pk__in=keys)


class SendForm(forms.Form):
    """To whom, all of them unless somebody is left out, until when, and whether silence is agreement."""

    recipients = forms.MultipleChoiceField(
        label=_("Recipients"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("If you select none, nobody gets an e-mail. You can still give people a link."),
    )
    deadline_on = forms.DateField(
        label=_("Comments until"),
        widget=NativeDate,
        initial=in_two_weeks,
        help_text=_("The end of that day."),
        error_messages={"required": _("Enter until when comments are possible.")},
    )
    is_silence_agreement = forms.BooleanField(
        label=_("Silence is agreement"),
        required=False,
        help_text=_("The e-mail says so. An organization with an unresolved comment does not count as silent."),
    )
    word = forms.CharField(
        label=_("Message"),
        widget=several_lines(),
        max_length=2000,
        required=False,
        help_text=read_by(_("Visible to the recipients, above the text of the e-mail."), _("Optional.")),
    )

    def __init__(self, offered: list[Recipient], data: QueryDict | None = None) -> None:
        self.offered = {str(one.user.pk): one for one in offered}
        super().__init__(data, initial={"recipients": list(self.offered)}, use_required_attribute=False)
        choices = [(key, one.line) for key, one in self.offered.items()]
        cast(forms.MultipleChoiceField, self.fields["recipients"]).choices = choices
        if not choices:
            del self.fields["recipients"]

    def chosen(self) -> list[Recipient]:
        return [self.offered[key] for key in self.cleaned_data.get("recipients", [])]


class CommentForm(forms.Form):
    """One comment, on one thing in the minutes or on the whole."""

    about = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Comment"),
        widget=several_lines(),
        max_length=LONGEST,
        error_messages={"required": _("Write your comment.")},
        help_text=read_by(SECRETARIAT_AND_COMMENTER),
    )


class ResolveForm(forms.Form):
    """Form of the decision on a comment."""

    word = forms.CharField(
        label=_("Answer"),
        max_length=2000,
        required=False,
        help_text=read_by(SECRETARIAT_AND_COMMENTER, _("Required if it is not accepted.")),
    )


class LinkForm(forms.Form):
    """To whom a link is given and how long it is good."""

    person = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Representative"),
        required=False,
        empty_label=_("Someone without an account"),
        help_text=_("The link ends when this person no longer acts for the organization."),
    )
    name = forms.CharField(
        label=_("Given to"),
        max_length=120,
        required=False,
        help_text=_("The person's name, unless you chose a representative. Visible to anyone who opens the link."),
    )
    organization = forms.ModelChoiceField(
        Organization.objects.none(),
        label=_("Organization"),
        error_messages={"required": _("Choose an organization that took part.")},
    )
    expires_on = forms.DateField(
        label=_("Valid until"),
        widget=NativeDate,
        initial=in_two_weeks,
        error_messages={"required": _("Enter the last day of the link.")},
    )

    def __init__(self, minutes: Minutes, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        keys = [one.pk for one in minutes.counterparts()]
        field = cast(Organizations, self.fields["organization"])
        field.queryset = Organization.objects.filter(pk__in=keys)
        if len(keys) == 1:
            field.initial, field.widget = keys[0], forms.HiddenInput()
        acting = Representative.objects.current().filter(organization__in=keys, user__is_active=True)
        people = User.objects.filter(pk__in=acting.values("user")).order_by("username")
        cast("forms.ModelChoiceField[User]", self.fields["person"]).queryset = people
