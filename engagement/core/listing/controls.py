"""The fields of the form beside a list, ready to be drawn."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .facets import Facet
from .filterset import ListFilterSet


@dataclass
class Control:
    """One field: what it is called, what stands in it, what may be chosen."""

    name: str
    label: Any
    kind: str
    value: str = ""
    is_used: bool = False
    errors: list[str] = field(default_factory=list)
    options: list[tuple[str, Any, bool]] = field(default_factory=list)
    """For a choice of one: value, label, whether it is the one."""
    facet: Facet | None = None


def controls_of(filterset: ListFilterSet, facets: Mapping[str, Facet]) -> list[Control]:
    used = {chip.parameter for chip in filterset.chosen}
    return [_control(filterset, name, facets.get(name), name in used) for name in filterset.filters]


def _control(filterset: ListFilterSet, name: str, facet: Facet | None, is_used: bool) -> Control:
    one = filterset.filters[name]
    control = Control(name, one.label, one.kind, is_used=is_used, facet=facet)
    control.errors = [str(error) for error in filterset.form.errors.get(name, ())]
    if facet is None:
        control.value = _value(filterset, name)
    if one.kind in ("one_of", "flag"):
        control.options = [(value, label, value == control.value) for value, label in one.extra["choices"]]
    return control


def _value(filterset: ListFilterSet, name: str) -> str:
    """As it was typed; a date in the form that a date field takes."""
    cleaned = filterset.form.cleaned_data.get(name) if filterset.is_understood else None
    if cleaned and hasattr(cleaned, "isoformat"):
        return str(cleaned.isoformat())
    return str(filterset.data.get(name) or "").replace("\x00", "")
