"""Inline formset with nested formsets: order, rows within rows, and saving only changed rows."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import UniqueConstraint
from django.forms import BaseInlineFormSet, HiddenInput, ModelChoiceField
from django.forms.models import InlineForeignKeyField
from django.forms.renderers import BaseRenderer

from engagement.core.types import AnyField

from .form_data import posted_as
from .form_state import FormState
from .forms import RecordForm


class ParentField(InlineForeignKeyField):
    """The foreign key of a row is its place in the form; a key posted by a form that was overtaken does not matter."""

    def clean(self, value: object) -> models.Model:
        return self.parent_instance


class KeyField(ModelChoiceField):  # type: ignore[type-arg]
    """Which row this is. The set has read its rows already, so the one that is meant is not read again."""

    def __init__(self, row: models.Model, like: "ModelChoiceField[models.Model]") -> None:
        super().__init__(like.queryset, initial=like.initial, required=False, widget=HiddenInput)
        self.row = row

    def clean(self, value: object) -> object:
        return self.row if str(value) == str(self.row.pk) else super().clean(value)


if TYPE_CHECKING:
    FormSet = BaseInlineFormSet[models.Model, models.Model, RecordForm]
else:
    FormSet = BaseInlineFormSet


class RecordFormSet(FormSet):
    """A set of rows. Each row's form may hold further sets in ``nested``."""

    state: ClassVar[FormState] = FormState()
    inline: ClassVar[Any] = None
    nested: ClassVar[list[tuple[object, type["RecordFormSet"]]]] = []
    root: models.Model | None = None
    """The record at the very top of the form."""
    fk: Any
    _pk_field: AnyField
    renderer: BaseRenderer
    _queryset: object
    extra: int
    initial_extra: "list[dict[str, object]] | None"

    def get_unique_error_message(self, unique_check: Sequence[str]) -> str:
        """The sentence of the constraint that two of these rows break together."""
        names = {self.fk.name, *unique_check}
        for constraint in self.model._meta.constraints if self.model else ():
            if isinstance(constraint, UniqueConstraint) and set(constraint.fields) == names:
                return str(constraint.get_violation_error_message())
        return str(super().get_unique_error_message(unique_check))

    def __init__(self, *args: Any, root: models.Model | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.root = root or self.instance
        if not self.is_bound:
            self.extra = max(self.extra, len(self.initial_extra or ()))

    # Building ----------------------------------------------------------------------------------------------

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        form = super()._construct_form(i, **kwargs)  # type: ignore[misc]
        setattr(form.instance, self.fk.name, self.instance)
        self._name_root(form.instance)
        if self.is_bound and self.state.more == self.prefix and i == self.total_form_count() - 1:
            self._fill_added(form)
        return form

    def _name_root(self, row: models.Model) -> None:
        """A row of the second level that knows the whole it belongs to shares it with the form."""
        name = getattr(row, "root_field", "")
        if name and isinstance(self.root, row._meta.get_field(name).related_model or ()):
            setattr(row, name, self.root)

    def _fill_added(self, form: Any) -> None:
        """The row just asked for starts with its defaults and with the cursor in it."""
        data = form.data.copy()
        for name in form.fields:
            for key, values in posted_as(form[name]).items():
                data.setlist(key, values)
        form.data = data
        first = next((f for f in form.visible_fields() if f.name != form.order_field), None)
        if first is not None:
            first.field.widget.attrs["autofocus"] = True

    def add_fields(self, form: RecordForm, index: int | None) -> None:
        super().add_fields(form, index)
        if self.fk.name in form.fields and self._pk_field != self.fk:
            form.fields[self.fk.name] = ParentField(self.instance, label=form.fields[self.fk.name].label)
        key = form.fields.get(self._pk_field.name)
        if isinstance(key, ModelChoiceField) and not form.instance._state.adding:
            form.fields[self._pk_field.name] = KeyField(form.instance, key)
        if isinstance(form, RecordForm):
            form.nested = [self._rows_of(form, index, inline, kind) for inline, kind in self.nested]

    def _rows_of(
        self, form: RecordForm, index: int | None, inline: Any, kind: type["RecordFormSet"]
    ) -> "RecordFormSet":
        prefix = f"{form.prefix}-{kind.get_default_prefix()}"
        posted = self.data if self.is_bound and index is not None else None
        if posted is not None and f"{prefix}-TOTAL_FORMS" not in posted:
            posted = {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}
        files = self.files if posted is not None else None
        rows = kind(posted, files, instance=form.instance, prefix=prefix, root=self.root)
        shown = getattr(form.instance, f"shown_{kind.fk.remote_field.get_accessor_name(model=kind.model)}", None)
        if shown is not None:
            rows._queryset = shown
        rows.extra = inline.get_extra(self.state.request, form.instance)
        return rows

    # Checking ----------------------------------------------------------------------------------------------

    def is_valid(self) -> bool:
        return super().is_valid() and not self.state.refuses

    def inner_errors(self) -> list[object]:
        """The errors of the rows within these rows, which Django's own list does not know of."""
        if not self.is_bound:
            return []
        inner = [rows for form in self.forms for rows in getattr(form, "nested", ())]
        return [e for rows in inner for e in [*rows.non_form_errors(), *(m for f in rows.errors for m in f.values())]]

    def full_clean(self) -> None:
        if self.state.more and self.is_bound:
            self._errors = [form.errors for form in self.forms]
            self._non_form_errors = self.error_class(error_class="nonform", renderer=self.renderer)
            return
        super().full_clean()

    def clean(self) -> None:
        super().clean()
        if order_field := getattr(self.form, "order_field", ""):
            self._number_rows(order_field)

    def _number_rows(self, order_field: str) -> None:
        """Number the rows in the order they were put in, unless they are in that order already."""
        stay = [form for i, form in enumerate(self.forms) if self._stays(i, form)]
        last = len(self.forms) + 1
        rows = sorted(stay, key=lambda form: last if form.place is None else form.place)
        if rows == self.initial_forms:
            return
        for number, form in enumerate(rows, start=1):
            if form.instance._state.adding or form.initial.get(order_field) != number:
                form.move_to(number)

    def _should_delete_form(self, form: RecordForm) -> bool:
        """Saved rows are taken out only by those who may delete them, whatever is posted."""
        is_new = form.instance._state.adding
        may = is_new or self.inline is None or self.inline.has_delete_permission(self.state.request, self.root)
        return bool(may and super()._should_delete_form(form))  # type: ignore[misc]

    def _stays(self, index: int, form: RecordForm) -> bool:
        if self.can_delete and self._should_delete_form(form):
            return False
        return index < self.initial_form_count() or form.has_changed()

    # Saving ------------------------------------------------------------------------------------------------

    def save(self, commit: bool = True) -> list[models.Model]:
        if not commit and self.nested:
            raise ValueError("Rows that hold rows are saved at once: there is nothing to hang the inner ones on.")
        self._inner: list[RecordFormSet] = []
        saved = super().save(commit=commit)
        self.changed_objects = [(obj, names) for obj, names in self.changed_objects if names]
        for rows in self._inner:
            self.new_objects = [*self.new_objects, *rows.new_objects]
            self.changed_objects = [*self.changed_objects, *rows.changed_objects]
            self.deleted_objects = [*self.deleted_objects, *rows.deleted_objects]
        self.state.saving = None
        return saved

    def save_new(self, form: RecordForm, commit: bool = True) -> models.Model:
        self.state.saving = form.instance
        saved = super().save_new(form, commit=commit)
        self._save_nested(form)
        return saved

    def save_existing(self, form: RecordForm, obj: models.Model, commit: bool = True) -> models.Model:
        self.state.saving = form.instance
        if form.has_own_changes():
            obj = super().save_existing(form, obj, commit=commit)
        self._save_nested(form)
        return obj

    def delete_existing(self, obj: models.Model, commit: bool = True) -> None:
        self.state.saving = obj
        super().delete_existing(obj, commit=commit)

    def _save_nested(self, form: RecordForm) -> None:
        for rows in form.nested:
            rows.save()
            self._inner.append(rows)
