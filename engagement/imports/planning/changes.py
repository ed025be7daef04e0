"""Three-way diff of fields: the row now, the row before, and the record."""

from collections.abc import Iterable, Mapping

from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from engagement.imports.models.rows import Value
from engagement.imports.planning.existing import ExistingOrigin
from engagement.imports.planning.plan import PlannedChange, PlannedRow


def changed_fields(
    row: PlannedRow, model: type[Model], origin: ExistingOrigin, now: Mapping[str, object], fields: Iterable[str]
) -> dict[str, list[Value]]:
    """Field -> the record's value and the row's; values that were edited here since are left as they are."""
    found: dict[str, list[Value]] = {}
    for name in fields:
        before, after = origin.stated.get(name, ""), row.stated.get(name, "")
        if before == after:
            continue
        current = as_stated(now[name])
        if current == after:
            continue
        if current != before:
            label = capfirst(_labels(model)[name])
            row.add("edited_here", _("“%(field)s” was edited here and stays as it is.") % {"field": label})
        elif after:
            found[name] = [current, after]
    return found


def _labels(model: type[Model]) -> dict[str, str]:
    return {field.name: str(field.verbose_name) for field in model._meta.concrete_fields}


def note_changes(row: PlannedRow, model: type[Model], change: PlannedChange) -> None:
    """Put the changes where the preview shows them."""
    labels = _labels(model)
    row.becomes["changes"] = [
        {"field": name, "label": labels[name], "before": before, "after": after}
        for name, (before, after) in change.fields.items()
    ]
    for shown in row.becomes["changes"]:
        sentence = _("%(label)s: “%(after)s” instead of “%(before)s”.") % shown
        row.add("changed_field", sentence)


def as_stated(value: object) -> str:
    """A stored value as JSON keeps it."""
    if value is None:
        return ""
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
