"""The fields of the form beside a list, ready to be drawn."""

from collections.abc import Iterable, Mapping
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
    help: Any = ""
    value: str = ""
    is_used: bool = False
    errors: list[str] = field(default_factory=list)
    options: list[tuple[str, Any, bool]] = field(default_factory=list)
    """For a choice of one: value, label, whether it is the one."""
    facet: Facet | None = None

    @property
    def input_type(self) -> str:
        """What was typed and is no date stays to be seen, which a field for dates would not let it."""
        kinds = {"day": "date", "number": "number"}
        return "text" if self.errors and self.kind in kinds else kinds.get(self.kind, "search")

    @property
    def described_by(self) -> str:
        """The elements that say more about the field: its explanation, and what is wrong with what stands in it."""
        return " ".join(f"{mark}-{self.name}" for mark, has in (("h", self.help), ("e", self.errors)) if has)


def controls_of(filterset: ListFilterSet, names: Iterable[str], facets: Mapping[str, Facet]) -> list[Control]:
    return [_control(filterset, name, facets.get(name)) for name in names]


def _control(filterset: ListFilterSet, name: str, facet: Facet | None) -> Control:
    one = filterset.filters[name]
    control = Control(name, one.label, one.kind, one.extra.get("help_text", ""), facet=facet)
    control.errors = [str(error) for error in filterset.form.errors.get(name, ())]
    control.is_used = bool(filterset.form.cleaned_data.get(name))
    if facet is None:
        control.value = _value(filterset, name)
    if one.kind in ("one_of", "flag"):
        offered = [choice for choice in one.extra["choices"] if choice[0] or name not in filterset.defaults]
        control.options = [(value, label, value == control.value) for value, label in offered]
    return control


def _value(filterset: ListFilterSet, name: str) -> str:
    """As it was typed; a date in the form that a date field takes."""
    cleaned = filterset.form.cleaned_data.get(name) if name not in filterset.form.errors else None
    if cleaned and hasattr(cleaned, "isoformat"):
        return str(cleaned.isoformat())
    return str(filterset.data.get(name) or "").replace("\x00", "")
