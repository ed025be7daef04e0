"""Form of somebody's notification preferences."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.four_eyes import PUBLISH

from .models import Kind, Preference
from .selection import ASSIGN


class PreferenceForm(forms.ModelForm):
    """Form of preferences; unticked kinds are stored, so that a new kind begins as wanted."""

    kinds = forms.MultipleChoiceField(
        label=_("Remind me of"), choices=Kind.choices, required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Preference
        fields = ["frequency"]
        widgets = {"frequency": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["kinds", "frequency"])
        user = self.instance.user
        asked = {Kind.NOBODY: f"followups.{ASSIGN}", Kind.PUBLISH: PUBLISH}
        self.offered = [kind for kind in Kind if kind not in asked or user.has_perm(asked[kind])]
        kinds = self.fields["kinds"]
        assert isinstance(kinds, forms.MultipleChoiceField)
        kinds.choices = [(kind.value, kind.label) for kind in self.offered]
        kinds.initial = [kind.value for kind in self.offered if kind not in self.instance.unwanted]

    def save(self, commit: bool = True) -> Preference:
        wanted = self.cleaned_data["kinds"]
        others = [kind for kind in self.instance.unwanted if kind not in self.offered]
        self.instance.unwanted = [*others, *(kind.value for kind in self.offered if kind not in wanted)]
        preference: Preference = super().save(commit)
        return preference
