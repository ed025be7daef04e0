"""Filter form beside a list: its fields, ready to be drawn."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from engagement.core.types import Label

from .facets import Facet
from .filterset import ListFilterSet


@dataclass
class Control:
    """One field of the form: its label, its value, its choices."""

    name: str
    label: Label
    kind: str
    help: Label = ""
    value: str = ""
    is_used: bool = False
    errors: list[str] = field(default_factory=list)
    options: list[tuple[str, Label, bool]] = field(default_factory=list)
    """For a choice of one: value, label, whether it is the one."""
    facet: Facet | None = None
    is_open: bool = False
    """Whether its choices are shown before anybody unfolds them."""

    def __post_init__(self) -> None:
        kinds = {"day": "date", "number": "number"}
        # What was typed and is no date stays to be seen, which a field for dates would not let it.
        self.input_type = "text" if self.errors and self.kind in kinds else kinds.get(self.kind, "search")
        marks = [("h", self.help), ("e", self.errors)]
        self.described_by = " ".join(f"{mark}-{self.name}" for mark, has in marks if has)

    @property
    def is_group(self) -> bool:
        """Choices below a heading, which folds; one that has nothing to choose from has no place on the page."""
        if self.facet is None:
            return self.kind == "one_of"
        return self.facet.is_offered or bool(self.errors)


def unfold(controls: Iterable[Control], first: int = 0) -> None:
    """Show the choices of the first groups, and of those with something chosen, searched or not understood."""
    for number, one in enumerate(one for one in controls if one.is_group):
        is_searched = one.facet is not None and bool(one.facet.find)
        one.is_open = number < first or one.is_used or is_searched or bool(one.errors)


def controls_of(filterset: ListFilterSet, names: Iterable[str], facets: Mapping[str, Facet]) -> list[Control]:
    return [_control(filterset, name, facets.get(name)) for name in names]


def _control(filterset: ListFilterSet, name: str, facet: Facet | None) -> Control:
    one, form = filterset.filters[name], filterset.form
    value = _value(filterset, name) if facet is None else ""
    offered = [choice for choice in one.extra.get("choices", ()) if choice[0] or name not in filterset.defaults]
    options = [(key, label, key == value) for key, label in offered] if facet is None else []
    errors, is_used = [str(error) for error in form.errors.get(name, ())], bool(form.cleaned_data.get(name))
    return Control(name, one.label, one.kind, one.extra.get("help_text", ""), value, is_used, errors, options, facet)


def _value(filterset: ListFilterSet, name: str) -> str:
    """As it was typed; a date in the form that a date field takes."""
    cleaned = filterset.form.cleaned_data.get(name) if name not in filterset.form.errors else None
    if cleaned and hasattr(cleaned, "isoformat"):
        return str(cleaned.isoformat())
    return str(filterset.data.get(name) or "").replace("\x00", "")
