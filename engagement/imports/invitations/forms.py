"""Forms of a calendar invitation: the file, the meeting as it will be, and each address."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from engagement.core.admin.form_fields import asked_in_words
from engagement.core.folding import match_key
from engagement.core.lookups.fields import LookupField
from engagement.core.lookups.resolve import detail_of, label_of
from engagement.core.readers import ONLY_SECRETARIAT, note_readers, read_by, readers_of
from engagement.imports.invitations.create import ConfirmedAddress
from engagement.imports.invitations.guess_parties import PartyGuess, is_free
from engagement.imports.invitations.parse import MOST_BYTES, Invitation, read_invitations
from engagement.imports.parsing.places import read_place
from engagement.imports.sources.errors import Unreadable
from meetings.models import Meeting, Party
from meetings.models.times import default_time_zone
from organizations.models import Organization, Person

OTHER, NEW, SAME, LEAVE = "other", "new", "same", "leave"
MOST_OFFERS = 8


class InvitationFileForm(forms.Form):
    """Form of a calendar file; errors stand beside the field."""

    file = forms.FileField(
        label=gettext_lazy("Invitation"),
        help_text=gettext_lazy("The .ics file attached to the e-mail, or saved from a calendar. At most 1 MB."),
        widget=forms.FileInput(attrs={"accept": ".ics,text/calendar"}),
        error_messages={"required": gettext_lazy("Choose a file.")},
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if file.size and file.size > MOST_BYTES:
            raise ValidationError(
                _("The file is larger than 1 MB. An invitation is much smaller: save it alone."), code="large"
            )
        try:
            self.invitations = read_invitations(file.read(), default_time_zone())
        except Unreadable as error:
            raise ValidationError(error.sentence, code="unreadable") from error
        file.seek(0)
        return file


class MeetingForm(forms.ModelForm):
    """The meeting that will be proposed, as the invitation has it, to be put right."""

    class Meta:
        model = Meeting
        fields = [
            *("title", "starts_on", "start_time", "ends_on", "end_time", "time_zone", "attendance_mode", "venue"),
            *("city", "country", "purpose"),
        ]
        error_messages = asked_in_words(Meeting)
        widgets = {
            "starts_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "ends_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "start_time": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "end_time": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "title": forms.TextInput(attrs={"dir": "auto"}),
            "purpose": forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            note_readers(field, Meeting, name)
            field.show_hidden_initial = False  # a hidden twin of a computed default would carry the note as well


def as_invited(invitation: Invitation) -> dict[str, object]:
    """The first values of the meeting's fields."""
    hours, text = invitation.hours, invitation.place
    place = read_place(text)
    is_link = text.lower().startswith(("http://", "https://")) and " " not in text
    mode = place.mode or (str(Meeting.Mode.ONLINE) if is_link else "")
    venue = place.venue or ("" if place.city or mode == Meeting.Mode.ONLINE else text[:200])
    return {
        "title": invitation.title,
        "starts_on": hours.starts_on,
        "start_time": hours.start_time,
        "ends_on": hours.ends_on,
        "end_time": hours.end_time,
        "time_zone": hours.time_zone,
        "attendance_mode": mode,
        "venue": venue,
        "city": place.city[:100],
        "country": place.country,
        "purpose": invitation.description,
    }


class AddressForm(forms.Form):
    """For whom one address stands; where nothing speaks for anybody, somebody has to decide."""

    choice = forms.ChoiceField(
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the organization of this address, or leave the address out.")},
    )
    organization = LookupField(
        Organization, label=gettext_lazy("Name of the recorded organization"), adds=False, required=False
    )
    new_name = forms.CharField(
        label=gettext_lazy("Name of the new organization"),
        max_length=250,
        required=False,
        help_text=readers_of(Organization, "name"),
    )
    side = forms.ChoiceField(label=gettext_lazy("Side"), choices=Party.Side.choices)
    name = forms.CharField(
        label=gettext_lazy("Name of the person"),
        max_length=200,
        required=False,
        help_text=read_by(ONLY_SECRETARIAT, gettext_lazy("Leave empty to add only the organization.")),
    )

    def __init__(
        self, guess: PartyGuess, place: int, data: QueryDict | None = None, *, like: "AddressForm | None" = None
    ) -> None:
        self.guess, self.like, self.anchor = guess, like, f"address-{place}"
        initial = {"choice": self._first_choice(), "side": guess.side, "name": guess.name}
        super().__init__(data, prefix=f"a{place}", use_required_attribute=False, initial=initial)
        choice = self.fields["choice"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = self._choices()
        self.fields["name"].widget.attrs["dir"] = "auto"

    def _first_choice(self) -> str:
        if self.guess.organization:
            return f"this:{self.guess.organization.pk}"
        if self.guess.invited.is_thing:
            return LEAVE
        return SAME if self.like else ""

    def _choices(self) -> list[tuple[str, str]]:
        offers = [
            (f"this:{one.pk}", " – ".join(filter(None, [label_of(one), detail_of(one)])))
            for one in self.guess.organizations[:MOST_OFFERS]
        ]
        if self.like:
            same = _("The same as %(address)s") % {"address": self.like.guess.invited.address}
            offers.append((SAME, same))
        return [
            *offers,
            (OTHER, _("Another recorded organization")),
            (NEW, _("A new organization")),
            (LEAVE, _("Leave this address out")),
        ]

    @property
    def side_label(self) -> str:
        """The side as chosen, or as guessed."""
        return str(dict(Party.Side.choices).get(str(self["side"].value()), ""))

    @property
    def is_left_out(self) -> bool:
        return bool(self["choice"].value() == LEAVE)

    @property
    def is_open(self) -> bool:
        """Whether names have to be written, or put right."""
        return bool(self.errors) or self["choice"].value() not in (LEAVE, SAME, self._first_choice() or LEAVE)

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or self.cleaned_data
        choice = cleaned.get("choice")
        for name, needed in (("organization", OTHER), ("new_name", NEW)):
            if name in self.errors:
                continue
            if choice == needed and not cleaned.get(name):
                self.add_error(name, _("Enter the name of the organization."))
            elif choice and choice != needed and cleaned.get(name):
                self.add_error(
                    name,
                    _("You entered a name here but chose something else above. Delete the name, or change the choice."),
                )
        if choice == NEW and cleaned.get("new_name"):
            self._check_new(cleaned["new_name"])
        return cleaned

    def _check_new(self, name: str) -> None:
        key = match_key(name)
        if not key:
            self.add_error("new_name", _("Enter the name of the organization."))
        elif alike := list(Organization.objects.resembling(name)[:2]):
            sentence = _(
                "An organization with this name or acronym is already recorded: %(name)s. "
                "Choose it, or enter the full name of another one."
            )
            self.add_error("new_name", sentence % {"name": alike[0]})

    def confirmed_address(self) -> ConfirmedAddress | None:
        """The decision on an address; nothing, where the address is left out."""
        cleaned = self.cleaned_data
        choice, side = cleaned["choice"], cleaned["side"]
        if choice == LEAVE:
            return None
        if choice == SAME and self.like is not None:
            first = self.like.confirmed_address()
            if first is None:
                return None
            side = first.side if side == self.guess.side else side  # one that somebody chose here is not passed over
            return ConfirmedAddress(first.organization, first.new_name, side, cleaned["name"], self._person())
        if choice == NEW:
            return ConfirmedAddress(None, cleaned["new_name"], side, cleaned["name"], self._person())
        if choice == OTHER:
            return ConfirmedAddress(cleaned["organization"], "", side, cleaned["name"], self._person())
        pk = int(choice.removeprefix("this:"))
        chosen = next(one for one in self.guess.organizations if one.pk == pk)
        return ConfirmedAddress(chosen, "", side, cleaned["name"], self._person())

    def _person(self) -> Person | None:
        return self.guess.person if self.cleaned_data["name"] else None


def address_forms(found: list[PartyGuess], data: QueryDict | None = None) -> list[AddressForm]:
    """A form for each address; the second of a domain nobody knows goes with the first."""
    forms_made: list[AddressForm] = []
    first: dict[str, AddressForm] = {}
    for place, guess in enumerate(found):
        domain = guess.invited.domain
        can_follow = not guess.organizations and not guess.invited.is_thing and not is_free(domain)
        form = AddressForm(guess, place, data, like=first.get(domain) if can_follow else None)
        if can_follow:
            first.setdefault(domain, form)
        forms_made.append(form)
    return forms_made


def check_sides(made: list[AddressForm]) -> list[ConfirmedAddress]:
    """The confirmed addresses of valid forms; one organization cannot be on two sides."""
    sides: dict[int | str, str] = {}
    confirmed = []
    for form in made:
        address = form.confirmed_address()
        if address is None:
            continue
        who = address.organization.pk if address.organization else match_key(address.new_name)
        if sides.setdefault(who, address.side) != address.side:
            form.add_error("side", _("This organization is on another side above. Choose one side for it."))
        confirmed.append(address)
    return confirmed
