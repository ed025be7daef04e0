"""Form for a cell that may be a list: these names, one name, put right by hand, or leave the row out."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from engagement.imports.models.rows import Decision, QuestionData
from engagement.imports.parsing.lists import LONGEST
from engagement.imports.planning.decisions import leave_out, these_names
from engagement.imports.sources.texts import clean
from engagement.imports.views.question_forms import AnswerForm

NAMES, ONE, HAND, SKIP = "names", "one", "hand", "skip"
MOST = 100  # names of one cell


class ListForm(AnswerForm):
    """Left undecided unless something is chosen; in the list of all lists the likelier answer is chosen already."""

    choice = forms.ChoiceField(required=False, widget=forms.RadioSelect)
    names = forms.CharField(
        label=gettext_lazy("Organizations, one per line"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    remember = forms.BooleanField(required=False, label=gettext_lazy("Remember this for later files with this layout"))
    is_about_a_meeting = False

    def __init__(
        self, question: QuestionData, row: int, prefix: str, data: QueryDict | None = None, *, same: int, proposes: bool
    ) -> None:
        self.pieces = question.get("pieces", [])
        self.whole = clean(question["published"])
        first = {"names": "\n".join(self.pieces)}
        super().__init__(data, prefix=prefix, use_required_attribute=False, initial=first)
        self.question, self.row, self.same = question, row, same
        offers = self._offers()
        choice = self.fields["choice"]
        assert isinstance(choice, forms.ChoiceField)
        likely = question.get("likely", NAMES)
        is_proposed = proposes and likely in dict(offers)
        choice.choices = offers if is_proposed else [("", _("Not decided yet")), *offers]
        choice.label = question["sentence"]
        if proposes:
            choice.initial = likely if is_proposed else ""
            del self.fields["remember"]

    def _offers(self) -> list[tuple[str, str]]:
        several = ngettext("This organization", "These %(n)d organizations", len(self.pieces))
        found = []
        if self.pieces != [self.whole] and all(len(piece) <= LONGEST for piece in self.pieces):
            found.append((NAMES, several % {"n": len(self.pieces)}))
        if len(self.whole) <= LONGEST:
            found.append((ONE, _("One organization with this name")))
        return [*found, (HAND, _("The organizations I enter below")), (SKIP, _("Leave the row out"))]

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or self.cleaned_data
        names = _lines(str(cleaned.get("names", "")))
        if not cleaned.get("choice") and names and names != self.pieces:
            cleaned["choice"] = HAND  # what was entered says enough
        cleaned["names"] = names
        if cleaned.get("choice") == HAND:
            if not names:
                self.add_error("names", _("Enter at least one organization."))
            elif len(names) > MOST or any(len(name) > LONGEST for name in names):
                self.add_error("names", _("Enter at most 100 names of at most 250 characters."))
        return cleaned

    def decision(self) -> Decision:
        """The answer, as rows keep it."""
        choice, key = self.cleaned_data["choice"], self.question["key"]
        if choice == SKIP:
            return leave_out()
        names = {NAMES: self.pieces, ONE: [self.whole]}.get(choice, self.cleaned_data["names"])
        return these_names(key, names)


def _lines(text: str) -> list[str]:
    lines = (clean(line) for line in text.splitlines())
    return list(dict.fromkeys(line for line in lines if any(map(str.isalnum, line))))
