"""Forms for one question of a row: which organization, or whether a place is in the city that it nearly names."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from engagement.core.lookups.fields import LookupField
from engagement.core.lookups.resolve import detail_of, label_of
from engagement.imports.models.rows import Decision, QuestionData
from engagement.imports.planning.decisions import Candidates, a_new_one, leave_out, one_of_them, this_one
from engagement.imports.sources.bundle import row_label
from organizations.models import Organization


class AnswerForm(forms.Form):
    """One question and the answer to it; ``same`` rows ask it, of which ``row`` is the first."""

    question: QuestionData
    row: int
    same: int

    @property
    def row_label(self) -> str:
        return row_label(self.row)

    @property
    def is_decided(self) -> bool:
        return bool(self.cleaned_data.get("choice"))


OTHER, NEW, SAME, SKIP = "other", "new", "same", "skip"


class QuestionForm(AnswerForm):
    """Left undecided unless something is chosen."""

    choice = forms.ChoiceField(required=False, widget=forms.RadioSelect)
    organization = LookupField(
        Organization, label=gettext_lazy("Name of the other organization"), adds=False, required=False
    )
    everywhere = forms.BooleanField(required=False)
    remember = forms.BooleanField(required=False, label=gettext_lazy("Remember this for later files with this layout"))

    def __init__(
        self,
        question: QuestionData,
        row: int,
        prefix: str,
        data: QueryDict | None = None,
        *,
        offered: Candidates,
        same: int = 1,
    ) -> None:
        super().__init__(data, prefix=prefix, use_required_attribute=False, initial={"everywhere": True})
        self.question, self.row, self.same = question, row, same
        self.is_about_a_meeting = question["about"] == "meeting"
        choice = self.fields["choice"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [("", _("Not decided yet")), *self._offers(offered), *self._others()]
        choice.label = self.question["sentence"]
        there = [offered["meeting"].get(pk) for pk in question["candidates"]] if self.is_about_a_meeting else []
        self.meetings = [meeting for meeting in there if meeting]
        if self.is_about_a_meeting:
            del self.fields["remember"]
        if OTHER not in dict(choice.choices):
            del self.fields["organization"]
        if same < 2:
            del self.fields["everywhere"]
        else:
            label = ngettext(
                "Also for the other row that asks this", "Also for the %(n)d other rows that ask this", same - 1
            )
            self.fields["everywhere"].label = label % {"n": same - 1}

    @property
    def _rivals(self) -> list[str]:
        return self.question.get("pieces", [])

    def _offers(self, offered: Candidates) -> list[tuple[str, str]]:
        if self.is_about_a_meeting:
            return []
        there = [offered["organization"].get(pk) for pk in self.question["candidates"]]
        return [(f"this:{one.pk}", " – ".join(filter(None, [label_of(one), detail_of(one)]))) for one in there if one]

    def _others(self) -> list[tuple[str, str]]:
        if self.question["about"] == "person":
            return [(SAME, _("One person")), (NEW, _("Two people")), (SKIP, _("Leave the row out"))]
        if self.question["key"] == "repeated":
            return [(SKIP, _("The same meeting: leave the row out")), (NEW, _("Another meeting"))]
        if self.is_about_a_meeting:
            return [(NEW, _("No, it is another meeting")), (SKIP, _("Yes: leave the row out"))]
        leave = (SKIP, _("Leave the row out"))
        if self.question["key"].startswith("twice:"):
            return [(NEW, _("A new organization")), leave]
        if self._rivals:
            several = (NEW, _("Organizations of their own"))
            one = [(SAME, _("One organization"))] if self.question["about"] != "organization" else []
            return [*one, several, (OTHER, _("Another recorded organization")), leave]
        return [(OTHER, _("Another recorded organization")), (NEW, _("A new organization")), leave]

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("choice") and cleaned.get("organization"):
            cleaned["choice"] = OTHER  # a name says enough
        if cleaned.get("choice") == OTHER and not cleaned.get("organization") and "organization" not in self.errors:
            self.add_error("organization", _("Choose the organization."))
        return cleaned

    def decision(self) -> Decision:
        """The answer, as rows keep it."""
        choice, key = self.cleaned_data["choice"], self.question["key"]
        if choice == SKIP:
            return leave_out()
        if choice == NEW:
            return a_new_one(key)
        if choice == SAME:
            return one_of_them(key)
        chosen = self.cleaned_data["organization"] if choice == OTHER else self._chosen(choice)
        return this_one(key, chosen)

    def _chosen(self, choice: str) -> Organization:
        return Organization(pk=int(choice.removeprefix("this:")))


class PlaceForm(AnswerForm):
    """Whether a place is in the city that it nearly names; one answer for each row with the cell."""

    choice = forms.ChoiceField(required=False, widget=forms.RadioSelect)
    remember = forms.BooleanField(required=False, label=gettext_lazy("Remember this for later files with this layout"))
    is_about_a_meeting = False

    def __init__(
        self, question: QuestionData, row: int, prefix: str, data: QueryDict | None = None, *, same: int, proposes: bool
    ) -> None:
        super().__init__(data, prefix=prefix, use_required_attribute=False)
        self.question, self.row, self.same = question, row, same
        self.whole = question["published"]
        choice = self.fields["choice"]
        assert isinstance(choice, forms.ChoiceField)
        offers = [(SAME, _("Yes")), (NEW, _("No: keep the place as published")), (SKIP, _("Leave the row out"))]
        choice.choices = offers if proposes else [("", _("Not decided yet")), *offers]
        choice.label = question["sentence"]
        if proposes:
            choice.initial = SAME
            del self.fields["remember"]

    def decision(self) -> Decision:
        """The answer, as rows keep it."""
        choice, key = self.cleaned_data["choice"], self.question["key"]
        return leave_out() if choice == SKIP else one_of_them(key) if choice == SAME else a_new_one(key)
