"""State of one form request: the forms in it, errors found late, other people's changes meanwhile."""

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpRequest


@dataclass
class FormState:
    """One for each request; every form and row of the screen shares it."""

    request: HttpRequest | None = None
    may_edit: bool = True
    forms: list[Any] = field(default_factory=list)
    late_errors: dict[str, list[ValidationError]] = field(default_factory=dict)
    """Errors by form prefix ("" is the record itself), shown when the form is checked again."""
    clashes: dict[str, list[str]] = field(default_factory=dict)
    """By the field's name in the page: what somebody else put there meanwhile."""
    conflict: list[str] = field(default_factory=list)
    """What somebody else changed since this person opened the form, one sentence each."""
    reading: bool = False
    """Forms are being built to read what the database holds, not to check what was posted."""
    only_shows: bool = False
    """The form is opened with what somebody typed before; nothing is saved."""
    more: str = ""
    """The set of rows that gets one more row; nothing is checked or saved."""
    saved: bool = False
    saving: Model | None = None
    """The row being written when an error came."""
    base: dict[str, list[str]] | None = None
    """What the form contained when the person began, when that is not what the database holds now."""

    @property
    def refuses(self) -> bool:
        """Whether this pass may only show the form."""
        return bool(self.only_shows or self.more or self.late_errors or self.clashes or self.conflict)

    def restart(self) -> None:
        """Forget the forms of the first pass."""
        self.forms.clear()
        self.saved, self.saving = False, None

    def add_late(self, prefix: str | None, error: ValidationError) -> None:
        self.late_errors.setdefault(prefix or "", []).append(error)

    def prefix_of(self, instance: Model | None) -> str:
        """The prefix of the form in which a record is edited; empty for the record itself."""
        for form in self.forms:
            if instance is not None and form.instance is instance:
                return form.prefix or ""
        for form in self.forms:
            if instance is not None and instance.pk and form.instance == instance:
                return form.prefix or ""
        return ""


def state_of(request: HttpRequest) -> FormState:
    """The state of this request's form, made when first asked for."""
    if not hasattr(request, "form_state"):
        request.form_state = FormState(request)  # type: ignore[attr-defined]
    state: FormState = request.form_state  # type: ignore[attr-defined]
    return state
