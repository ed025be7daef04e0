"""Forms of erasing: the person, and the text in the name's place."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from engagement.core.lookups.widgets import several_lines
from engagement.core.readers import ONLY_SECRETARIAT, read_by

from .spellings import words_of


class WhoForm(forms.Form):
    """Somebody without a record of a person, by name."""

    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        help_text=read_by(ONLY_SECRETARIAT, _("First and last name, as printed.")),
        error_messages={"required": _("Enter first and last name.")},
    )

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if len(words_of(name)) < 2:
            raise forms.ValidationError(_("Enter first and last name. One word alone could be anyone."))
        return name


class ErasureForm(forms.Form):
    also = forms.CharField(
        label=_("Other spellings"),
        widget=several_lines(),
        max_length=2000,
        required=False,
        help_text=read_by(ONLY_SECRETARIAT, _("One per line, such as a former name or an e-mail address.")),
    )
    stand_in = forms.CharField(
        label=_("Replace the name with"),
        max_length=200,
        help_text=_("In texts and copies. Visible to everyone who can see them."),
        error_messages={"required": _("Enter what to print in place of the name.")},
    )
    reason = forms.CharField(
        label=_("Reason"),
        widget=several_lines(),
        max_length=2000,
        help_text=read_by(ONLY_SECRETARIAT, _("Leave the name out: the reason is kept.")),
        error_messages={"required": _("Enter a reason.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("also", "reason", "stand_in"):
            self.fields[name].widget.attrs["autocomplete"] = "off"

    @property
    def spellings(self) -> list[str]:
        return [line.strip() for line in (self["also"].value() or "").splitlines() if line.strip()]
