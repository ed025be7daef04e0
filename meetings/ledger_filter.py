"""Filter form of a position ledger: its values from the address, its choices, and the number of stances of each."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from engagement.core.folding import sort_key
from engagement.core.lists.pagination import quoted
from engagement.core.models import SluggedQuerySet
from engagement.core.types import Label
from engagement.topics.models import Theme, Topic
from meetings.dossiers.ledger import Entry, sides
from meetings.models import Position
from organizations.models import Organization

Choice = tuple[str, str]
"""What stands in the address, and how it reads."""


@dataclass(frozen=True)
class Field:
    """One question: the choices that a stance answers to, and those there are whatever was held."""

    name: str
    label: Label
    of: Callable[[Entry], Iterable[Choice]]
    always: Callable[[], Iterable[Choice]] = tuple
    records: Callable[[], SluggedQuerySet] | None = None
    """Whose addresses the choices are; a former one stands for that of now."""


def _party(entry: Entry) -> Iterator[Choice]:
    position = entry.voice.record
    if isinstance(position, Position) and position.organization:
        yield position.organization.slug, position.organization.name


def _marks(entry: Entry) -> Iterator[Choice]:
    known = marks()
    if entry.before:
        yield "changed", known["changed"]
    if entry.is_unanswered:
        yield "unanswered", known["unanswered"]


def marks() -> dict[str, str]:
    return {"changed": _("Position changed"), "unanswered": _("Unanswered request")}


def _stances() -> list[Choice]:
    return [(stance.value, capfirst(str(stance.label))) for stance in Position.Stance]


ORGANIZATION = Field("organization", gettext_lazy("Organization"), _party, records=Organization.objects.all)
TOPIC = Field(
    "topic", gettext_lazy("Topic"), lambda entry: [(entry.topic.slug, entry.topic.title)], records=Topic.objects.all
)
THEME = Field(
    "theme",
    gettext_lazy("Theme"),
    lambda entry: [(theme.slug, theme.name) for theme in entry.topic.themes.all()],
    records=Theme.objects.all,
)
SIDE = Field("side", gettext_lazy("Side"), lambda entry: [(entry.side, entry.side_name)], lambda: sides().items())
STANCE = Field(
    "stance",
    gettext_lazy("Position"),
    lambda entry: [(entry.voice.stance, capfirst(str(Position.Stance(entry.voice.stance).label)))],
    _stances,
)
MARK = Field("mark", gettext_lazy("Show only"), _marks, lambda: marks().items())
YEAR = Field("year", gettext_lazy("Year"), lambda entry: [(year := str(entry.date.day.year), year)])
OF_TOPIC = (ORGANIZATION, SIDE, STANCE, MARK, YEAR)
OF_ORGANIZATION = (TOPIC, THEME, SIDE, STANCE, MARK, YEAR)
OF_REGISTER = (ORGANIZATION, *OF_ORGANIZATION)
SORTS = ("-date", "date")


@dataclass(frozen=True)
class Control:
    """A field of the form with its choices, each with how many stances it would give."""

    name: str
    label: Label
    options: list[tuple[str, str, int, bool]]


class LedgerFilter:
    """Which entries of a ledger the address asks for, and in which order; what it cannot mean is told and finds
    nothing."""

    def __init__(self, entries: list[Entry], fields: Iterable[Field], asked: QueryDict) -> None:
        self.all, self.asked = entries, asked
        self.fields = {field.name: field for field in fields}

    @cached_property
    def chosen(self) -> dict[str, str]:
        return {name: self._now(name, value) for name in self.fields if (value := self.asked.get(name))}

    def _now(self, name: str, value: str) -> str:
        """The choice that a former address stands for, if it is one of those there are."""
        records = self.fields[name].records
        if records is None or value in self._choices[name]:
            return value
        offered = records().filter(slug__in=self._choices[name])
        return next((one.slug for one in offered.formerly_at([value]).values()), value)

    @cached_property
    def _choices(self) -> dict[str, dict[str, str]]:
        """Every choice of each field, whatever else was asked."""
        found: dict[str, dict[str, str]] = {}
        for name, field in self.fields.items():
            found[name] = dict(field.always())
            for entry in self.all:
                found[name].update(field.of(entry))
        return found

    @cached_property
    def warnings(self) -> list[str]:
        known = {*self.fields, "sort", "page"}
        found = [_("This list has no filter “%(name)s”.") % {"name": quoted(n)} for n in self.asked if n not in known]
        for name, value in self.chosen.items():
            words = {"label": self.fields[name].label, "name": quoted(value)}
            if len({one for one in self.asked.getlist(name) if one}) > 1:
                found.append(_("%(label)s: choose one value.") % words)
            elif value not in self._choices[name]:
                found.append(_("%(label)s: there is no choice “%(name)s”.") % words)
        if (sort := self.asked.get("sort")) and sort not in SORTS:
            found.append(_("This list cannot be sorted by “%(name)s”.") % {"name": quoted(sort)})
        return found

    @property
    def is_oldest_first(self) -> bool:
        return self.asked.get("sort") == "date"

    @cached_property
    def entries(self) -> list[Entry]:
        if self.warnings:
            return []
        found = [entry for entry in self.all if self._fits(entry)]
        return sorted(found, key=lambda entry: entry.voice.place) if self.is_oldest_first else found

    def _fits(self, entry: Entry, without: str = "") -> bool:
        return all(
            any(wanted == value for value, _label in self.fields[name].of(entry))
            for name, wanted in self.chosen.items()
            if name != without
        )

    @property
    def controls(self) -> list[Control]:
        return [self._control(field) for field in self.fields.values()]

    def _control(self, field: Field) -> Control:
        """The choices that occur, and the chosen; years latest first, what has no order of its own by name."""
        fitting = [] if self.warnings else [entry for entry in self.all if self._fits(entry, without=field.name)]
        numbers = Counter(value for entry in fitting for value, _label in field.of(entry))
        chosen, labels = self.chosen.get(field.name, ""), self._choices[field.name]
        offered = [value for value in labels if numbers[value] or value == chosen]
        if field is YEAR:
            offered.sort(reverse=True)
        elif field.always is tuple:
            offered.sort(key=lambda value: sort_key(labels[value]))
        return Control(
            field.name, field.label, [(value, labels[value], numbers[value], value == chosen) for value in offered]
        )

    def query(self, **changes: str) -> str:
        """The question without the page; blank values are left out."""
        sort = {"sort": "date"} if self.is_oldest_first else {}
        return urlencode({name: value for name, value in {**self.chosen, **sort, **changes}.items() if value})

    @property
    def told(self) -> str:
        """The filters in force, in words; for paper, on which there is no form."""
        known = (
            (self.fields[name].label, self._choices[name].get(value, value)) for name, value in self.chosen.items()
        )
        return "; ".join(f"{label}: {words}" for label, words in known)

    @property
    def turned(self) -> str:
        """The same question in the other order."""
        return self.query(sort="" if self.is_oldest_first else "date")
