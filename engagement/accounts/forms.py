"""Model form of a saved view."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from engagement.core.readers import note_readers
from engagement.core.types import Reader

from .models import SavedView
from .models.saved_views import NAME_TAKEN


class SavedViewForm(forms.ModelForm):
    """Form of a saved view: its name, whom it is shared with, and whether the list opens with it."""

    is_default = forms.BooleanField(
        label=_("Make this my default view"), required=False, help_text=_("Does not affect others.")
    )

    class Meta:
        model = SavedView
        fields = ["name", "role", "person"]
        labels = {"role": _("Share with a role")}
        error_messages = {"name": {"required": _("Enter a name for the view.")}}

    def __init__(self, *args: Any, user: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        note_readers(self.fields["name"], SavedView, "name")
        if not user.is_staff:
            del self.fields["role"], self.fields["person"]
            return
        role: Any = self.fields["role"]
        role.queryset, role.empty_label = SavedView.roles_of(user), _("No role")
        person: Any = self.fields["person"]
        person.queryset, person.empty_label = SavedView.people_of(user), _("Nobody")

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        same = SavedView.objects.filter(
            owner=self.instance.owner_id, list_name=self.instance.list_name, name__iexact=name
        )
        if same.exclude(pk=self.instance.pk).exists():
            raise ValidationError(NAME_TAKEN, code="same_name")
        return name
