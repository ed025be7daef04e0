"""Value of a lookup field: text, the record it stands for, and whether a new one may be made of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from engagement.core.folding import bare_key, fold


@dataclass(frozen=True)
class LookupValue:
    """A lookup for one record, as posted or as shown."""

    text: str = ""
    pk: str = ""
    was: str = ""
    """The label for which ``pk`` was chosen; when the text differs from it, the text counts."""
    new: str = ""
    """The text that the person agreed to add as a new record."""
    near: frozenset[str] = frozenset()
    """Records chosen elsewhere in this form; they win over others of the same name."""

    @property
    def is_empty(self) -> bool:
        return not self.text.strip() and not (self.pk and not self.was)

    @property
    def is_chosen(self) -> bool:
        """The text still is the label of the record that was chosen (or nothing but the record was posted)."""
        return bool(self.pk) and (not self.text.strip() or (bool(self.was) and same(self.text, self.was)))

    @property
    def wants_new(self) -> bool:
        return bool(self.text.strip()) and same(self.text, self.new)


@dataclass(frozen=True)
class LookupValues:
    """A lookup for several records: those chosen, the text still to be resolved, the texts agreed to be new."""

    pks: tuple[str, ...] = ()
    text: str = ""
    new: tuple[str, ...] = ()
    labels: tuple[tuple[str, str], ...] = ()
    """The chosen ones with their labels, once looked up for showing."""

    @property
    def texts(self) -> list[str]:
        return [part.strip() for part in self.text.split(";") if part.strip()]

    @property
    def is_empty(self) -> bool:
        return not (self.pks or self.texts or self.new)


def same(left: str, right: str) -> bool:
    """Whether two texts name the same thing, apart from case, accents and spaces."""
    return fold(left) == fold(right)


def same_name(left: str, right: str) -> bool:
    """Whether two names are the same, like ``same``, punctuation left out and compounds as one word."""
    return bare_key(left) == bare_key(right)


def first(data: Mapping[str, object], name: str) -> str:
    return str(data.get(name) or "")


def every(data: Mapping[str, object], name: str) -> list[str]:
    """All values posted under a name, from a request or from a plain mapping in a test."""
    if hasattr(data, "getlist"):
        return [str(value) for value in data.getlist(name)]
    value = data.get(name) or []
    return [str(v) for v in value] if isinstance(value, list | tuple) else [str(value)]
