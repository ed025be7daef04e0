"""Template context of an admin form: its sections, its rows in order, and its errors."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from django.contrib.admin.helpers import AdminForm, InlineAdminFormSet
from django.db.models import Model
from django.forms import BaseForm, BaseModelForm, BoundField
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils.functional import cached_property
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from .forms import RecordForm
from .formsets import RecordFormSet
from .row_lines import RowLine, line_of
from .row_links import is_blank_row

MANY = 3
"""From so many rows on, those that are saved begin folded."""


@dataclass
class Problem:
    """One thing to fix, with the place to go to."""

    target: str
    text: str


@dataclass
class Row:
    """One row on the screen, or the blank one that new rows are made from."""

    shown: Any
    id: str
    number: int | None
    noun: str
    is_filled: bool
    sets: list["Rows"] = field(default_factory=list)
    is_few: bool = False
    line: RowLine | None = None
    """How the row is told where it can be folded."""

    @property
    def is_open(self) -> bool:
        """New, being worked on, wrong, one of few, or asked for by its key in the address: not folded."""
        if self.is_proposed:
            return False
        is_new = self.shown.original is None
        if is_new or self.is_few or self.to_fix or (self.form.is_bound and self.form.has_changed()):
            return True
        request = self.form.state.request if self.form.state else None
        return bool(request and request.GET.get("row") == self.key)

    @property
    def is_proposed(self) -> bool:
        """Filled in from elsewhere, with nobody at work on it yet."""
        return bool(getattr(self.form, "starts_filled", False)) and not self.form.is_bound

    @property
    def key(self) -> str:
        """The key of a saved row: the same on the record's page, from which a link leads to the row and back."""
        record = self.shown.original
        return f"{record._meta.model_name}-{record.pk}" if record else ""

    @cached_property
    def to_fix(self) -> int:
        """How many errors stand in the row and below it."""
        return len(list(_row_problems(self, "")))

    @property
    def more_id(self) -> str:
        """The id of the part that a button beside a row of one line unfolds."""
        for number, (part, is_seen) in enumerate(self.parts, start=1):
            if is_seen and part.name and part.is_collapsible:
                return f"{self.id}-part-{number}"
        return ""

    @property
    def form(self) -> RecordForm:
        form: RecordForm = self.shown.form
        return form

    @property
    def title(self) -> str:
        return f"{self.noun} {self.number or ''}".strip()

    @property
    def why_kept(self) -> object:
        """The reason why a saved row cannot be removed here, and the alternative."""
        told = getattr(self.shown.model_admin, "why_kept", None)
        return told(self.shown.original) if told and self.shown.original else ""

    @property
    def order_input(self) -> BoundField | None:
        name = getattr(self.form, "order_field", "")
        return self.form[name] if name in self.form.fields else None

    @property
    def delete_input(self) -> BoundField | None:
        return self.form[DELETION_FIELD_NAME] if DELETION_FIELD_NAME in self.form.fields else None

    @property
    def is_removed(self) -> bool:
        return bool(self.delete_input and self.form.is_bound and self.delete_input.value())

    @property
    def parts(self) -> list[tuple[Any, bool]]:
        """The fieldsets, and whether anything of each is seen."""
        return [(fieldset, any(line.has_visible_field for line in fieldset)) for fieldset in self.shown]

    @property
    def hidden_inputs(self) -> list[BoundField]:
        """The hidden inputs: the keys of the row and of its parent, and other fields that are not shown."""
        shown = {name for fieldset in self.shown for line in fieldset for name in line.fields}
        taken = {DELETION_FIELD_NAME, getattr(self.form, "order_field", "")}
        return [f for f in self.form.hidden_fields() if f.name not in shown and f.name not in taken]


@dataclass
class Rows:
    """A set of rows on the screen."""

    shown: InlineAdminFormSet
    rows: list[Row]
    blank: Row | None

    @property
    def formset(self) -> RecordFormSet:
        formset: RecordFormSet = self.shown.formset
        return formset

    @property
    def prefix(self) -> str:
        return str(self.formset.prefix)

    @property
    def title(self) -> str:
        inline = self.shown.opts
        return str(capfirst(inline.verbose_name if self.formset.max_num == 1 else inline.verbose_name_plural))

    @property
    def noun(self) -> str:
        return str(capfirst(getattr(self.shown.opts, "row_title", "") or self.shown.opts.verbose_name))

    @property
    def add_label(self) -> str:
        return str(getattr(self.shown.opts, "add_label", "") or self.noun)

    @property
    def nouns(self) -> tuple[str, str]:
        """One of them, several of them."""
        return str(self.shown.opts.verbose_name), str(self.shown.opts.verbose_name_plural)

    @property
    def folds(self) -> bool:
        """Whether each row can be folded to a line."""
        return bool(getattr(self.shown.opts, "about", ()))

    @property
    def help(self) -> str:
        return str(getattr(self.shown.opts, "help", ""))

    @property
    def layout(self) -> str:
        return str(getattr(self.shown.opts, "layout", "cards"))

    @property
    def has_order(self) -> bool:
        return bool(getattr(self.formset.form, "order_field", ""))

    @property
    def may_move(self) -> bool:
        """Whether this person may put the rows into another order."""
        return self.has_order and bool(self.shown.has_change_permission)

    @property
    def is_kit(self) -> bool:
        return hasattr(self.formset, "state")

    @property
    def count(self) -> int:
        return sum(row.is_filled and not row.is_removed for row in self.rows)

    def problems(self, where: str = "") -> Iterator[Problem]:
        for message in self.formset.non_form_errors():
            yield Problem(f"{self.prefix}-group", _said(where or self.title, "", message))
        for row in self.rows:
            if not row.is_removed:
                yield from _row_problems(row, where)


@dataclass
class Section:
    """A part of the screen one can jump to."""

    id: str
    title: str
    fieldset: object = None
    rows: Rows | None = None
    more: list[object] = field(default_factory=list)
    """Fieldsets that are seldom changed, folded within the section."""
    problems: list[Problem] = field(default_factory=list)
    note: BoundField | None = None
    """The field whose chosen option is shown beside the title."""

    @property
    def note_text(self) -> str:
        if self.note is None:
            return ""
        value = self.note.value()
        choices = dict(getattr(self.note.field, "choices", ()))
        return str(next((label for key, label in choices.items() if str(key) == str(value)), ""))


def rows_of(shown: InlineAdminFormSet) -> Rows:
    """A set of rows, in the order they were put in, each with its own sets."""
    noun = str(capfirst(getattr(shown.opts, "row_title", "") or shown.opts.verbose_name))
    rows, blank = [], None
    for each in shown:
        is_blank = is_blank_row(each.form)
        row = Row(each, str(each.form.prefix), None, noun, is_filled=not is_blank and _is_filled(each))
        row.sets = [rows_of(f.inline.wrapped(f)) for f in getattr(each.form, "nested", ())]
        if is_blank:
            blank = row
        else:
            rows.append(row)
        if getattr(shown.opts, "about", ()):
            row.line = line_of(row, shown.opts)
    rows.sort(key=_place)
    kept = [row for row in rows if not row.is_removed]
    for row in rows:
        row.is_few = len(kept) < MANY
    for number, row in enumerate(kept, start=1):
        row.number = number
    return Rows(shown, rows, blank)


def _is_filled(shown: Any) -> bool:
    form = shown.form
    return bool(shown.original) or bool(form.has_changed() if form.is_bound else getattr(form, "starts_filled", False))


def _place(row: Row) -> int:
    value = str(row.order_input.value() or "") if row.order_input is not None else ""
    is_new = row.shown.original is None and not row.form.is_bound
    return int(value) if value.isdigit() and not is_new else 1_000_000


def _row_problems(row: Row, where: str) -> Iterator[Problem]:
    place = f"{where}, {row.title.lower()}" if where else row.title
    yield from _form_problems(row.form, place, row.id)
    for rows in row.sets:
        yield from rows.problems(place)


def _form_problems(form: BaseForm, place: str, fallback: str) -> Iterator[Problem]:
    for name, messages in form.errors.items():
        bound = form[name] if name in form.fields else None
        is_seen = bound is not None and not bound.is_hidden
        target = (bound.id_for_label or bound.auto_id) if bound is not None and is_seen else fallback
        label = str(bound.label) if bound is not None and is_seen else ""
        for message in messages:
            yield Problem(target, _said(place, label, message))


def _said(place: str, label: str, message: object) -> str:
    """The line in the summary; it is a link itself, so links within the message are left to the field."""
    text = unescape(strip_tags(str(message))) if hasattr(message, "__html__") else str(message)
    start = ", ".join(part for part in (place, label) if part)
    return _("%(place)s: %(message)s") % {"place": start, "message": text} if start else text


def sections_of(adminform: AdminForm, inline_admin_formsets: Iterable[InlineAdminFormSet], noun: str) -> list[Section]:
    """The sections of a form in their order on the screen: fieldsets, rows, and fieldsets that come after the rows."""
    first: list[Section] = []
    last: list[Section] = []
    for index, fieldset in enumerate(adminform):
        section = _fieldset_section(adminform.form, fieldset, index, noun)
        if "more" in fieldset.classes.split():
            before = (last or first)[-1]
            before.more.append(fieldset)
            before.problems.extend(section.problems)
            continue
        (last if "after-inlines" in fieldset.classes.split() else first).append(section)
    middle = [_rows_section(rows_of(shown)) for shown in inline_admin_formsets or ()]
    sections = [*first, *middle, *last]
    if sections:
        _place_rest(adminform.form, sections)
    return sections


def _fieldset_section(form: BaseForm, fieldset: Any, index: int, noun: str) -> Section:
    section = Section(f"section-{index}", str(fieldset.name or capfirst(noun)), fieldset=fieldset)
    names = [name for line in fieldset for name in line.fields]
    found = _form_problems(form, "", section.id)
    targets = {form[n].id_for_label or form[n].auto_id for n in names if n in form.fields}
    section.problems = [problem for problem in found if problem.target in targets]
    for css in fieldset.classes.split():
        name = css.removeprefix("note-")
        if css.startswith("note-") and name in form.fields:
            section.note = form[name]
    return section


def _rows_section(rows: Rows) -> Section:
    return Section(f"{rows.prefix}-group", rows.title, rows=rows, problems=list(rows.problems()))


def _place_rest(form: BaseModelForm[Model], sections: list[Section]) -> None:
    """Errors of no field on the screen are told first, and lead to the first section."""
    shown = {(problem.target, problem.text) for section in sections for problem in section.problems}
    rest = [p for p in _form_problems(form, "", sections[0].id) if (p.target, p.text) not in shown]
    sections[0].problems = [*rest, *sections[0].problems]
