"""Base form of every question of an import: left undecided unless something is chosen."""

from django import forms

from engagement.imports.models.rows import QuestionData
from engagement.imports.sources.bundle import row_label


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
