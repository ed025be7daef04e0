"""Text columns of every model, history included, found over ``_meta``.

So a new table is searched without anybody thinking of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.models import (
    BinaryField,
    CharField,
    EmailField,
    Field,
    FileField,
    GenericIPAddressField,
    JSONField,
    Model,
    Q,
    QuerySet,
    SlugField,
    TextField,
    URLField,
    UUIDField,
)

from engagement.accounts.models import User
from engagement.core.models import Record, Stamp
from engagement.search.models import Entry, Word

from .spellings import AsText, Spellings

APART: dict[str, str] = {
    User._meta.label: "an account is erased as a whole",
    Session._meta.label: "packed: read one by one",
    Entry._meta.label: "made from the records",
    Word._meta.label: "made from the records",
    Stamp._meta.label: "no words",
    ContentType._meta.label: "names of models",
    "auth.Permission": "names of models",
    "auth.Group": "names of roles",
}
"""Models that the walk over columns passes by, and why."""
LOGS = {"meetings.agendasending", "minutes.minutessending"}
"""Records that tell what was done, and that nobody edits: written over like every other copy."""


def label_of(model: type[Model]) -> str:
    return model._meta.label_lower


def is_history(model: type[Model]) -> bool:
    return hasattr(model, "history_id") and hasattr(model, "instance_type")


@dataclass(frozen=True)
class Columns:
    """The columns of words of one model."""

    model: type[Model]
    fields: tuple["Field[object, object]", ...]

    @property
    def records_of(self) -> type[Model]:
        """Whose history this is, or the model itself."""
        return self.model.instance_type if is_history(self.model) else self.model  # type: ignore[attr-defined]

    def rows(self, spellings: Spellings) -> "QuerySet[Model]":
        """The rows that may hold the name; of each, the columns of words and the key."""
        found, aliases = Q(), {}
        for field in self.fields:
            if isinstance(field, JSONField):
                aliases[f"{field.name}_words"] = AsText(field.name)
            found |= spellings.may_hold(f"{field.name}_words" if isinstance(field, JSONField) else field.name)
        return self.model._base_manager.alias(**aliases).filter(found).order_by("pk")


def holds_words(field: "Field[object, object]") -> bool:
    kinds = CharField | TextField | JSONField | FileField
    if isinstance(field, GenericIPAddressField | UUIDField | BinaryField) or not isinstance(field, kinds):
        return False
    return not field.choices and not field.primary_key


@cache
def columns() -> tuple[Columns, ...]:
    """The text columns of every model whose rows are searched, records before their history."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        fields = tuple(field for field in model._meta.concrete_fields if holds_words(field))
        if fields and model._meta.managed and not model._meta.proxy and model._meta.label not in APART:
            found.append(Columns(model, fields))
    return tuple(sorted(found, key=lambda one: is_history(one.model)))


def is_text(model: type[Model], name: str) -> bool:
    """Whether somebody wrote it as a text of a record, and may edit it; everything else is a copy."""
    field = next((one for one in model._meta.concrete_fields if one.name == name), None)
    if field is None or not issubclass(model, Record) or label_of(model) in LOGS:
        return False
    return field.editable and not isinstance(field, JSONField | FileField)


def put_in_place(spellings: Spellings, field: "Field[object, object]", value: object, by: str) -> object:
    """The column's value without the name; the same value where it does not name anybody."""
    if not spellings.is_in(value):
        return value
    if isinstance(field, EmailField):
        return ""
    if isinstance(field, SlugField | URLField | FileField):
        return spellings.replaced(str(value), "-".join(by.lower().split()).replace(",", ""))
    if isinstance(value, str) and "%" in value and not spellings.spans(value):
        return spellings.replaced_in_address(value, by)
    new = spellings.replaced_in(value, by)
    return new[: field.max_length] if isinstance(new, str) and field.max_length else new


def named_rows(spellings: Spellings) -> "Iterator[tuple[Columns, Model, list[Field[object, object]]]]":
    """Each row that names the person, with the columns that do."""
    for one in columns():
        for row in one.rows(spellings).iterator(chunk_size=500):
            if fields := [field for field in one.fields if spellings.is_in(_value(row, field))]:
                yield one, row, fields


def _value(row: Model, field: "Field[object, object]") -> object:
    value = getattr(row, field.attname)
    return value.name if isinstance(field, FileField) and value else value
