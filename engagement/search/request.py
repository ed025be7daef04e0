"""Request parsing of the search page: the words, the filters, the order and the page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from engagement.core.lists.fields import RecordsField
from engagement.core.lists.filterset import FIND
from engagement.topics.models import Theme
from organizations.models import Organization

from .models import KINDS
from .parser import Query, parse

LONGEST = 200
NARROWING = ("noun", "organization", "theme", "year")
SORTS = {"": gettext_lazy("Best match"), "date": gettext_lazy("Newest first"), "-date": gettext_lazy("Oldest first")}
ONCE = ("q", "sort", "page")
FINDING = tuple(f"{name}{FIND}" for name in ("organization", "theme"))


@dataclass(frozen=True)
class Narrowed:
    """One filter of the page: what was chosen, as it stands in the address and as it reads, and what that covers."""

    values: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    keys: frozenset[Any] = frozenset()
    """What a hit has to have one of: kinds, keys of records with those below them, years."""
    own: frozenset[int] = frozenset()
    """The keys of the chosen records themselves."""


@dataclass
class Asking:
    """Read from a request once; what could not be understood is told and never widens what is found."""

    request: HttpRequest
    complaints: list[str] = field(default_factory=list)
    is_understood: bool = True

    def __post_init__(self) -> None:
        self.data: QueryDict = self.request.GET
        self.text = self._text()
        self.query: Query = parse(self.text, typing=False)
        self.narrowed = {
            "noun": self._nouns(),
            "organization": self._records("organization", Organization),
            "theme": self._records("theme", Theme),
            "year": self._years(),
        }
        self._rest()

    # Reading ------------------------------------------------------------------------------------------------

    def _text(self) -> str:
        given = self.data.get("q", "")
        if "\x00" in given:
            self.complaints.append(_("One character cannot be searched for and was left out."))
        text = " ".join(given.replace("\x00", " ").split())
        if len(text) > LONGEST:
            self.complaints.append(
                _("The search is too long. Only its first %(number)s characters were used.") % {"number": LONGEST}
            )
        return text[:LONGEST].strip()

    def _values(self, name: str) -> list[str]:
        return [value for value in dict.fromkeys(self.data.getlist(name)) if value]

    def _nouns(self) -> Narrowed:
        values = self._values("noun")
        for value in values:
            if value not in KINDS:
                self._refuse(_("“%(value)s” is not a type of record.") % {"value": _quoted(value)})
        known = [value for value in values if value in KINDS]
        return Narrowed(tuple(known), tuple(str(KINDS[value].plural) for value in known), frozenset(known))

    def _years(self) -> Narrowed:
        values = self._values("year")
        for value in values:
            if not _is_year(value):
                self._refuse(_("“%(value)s” is not a year.") % {"value": _quoted(value)})
        known = [value for value in values if _is_year(value)]
        return Narrowed(tuple(known), tuple(known), frozenset(map(int, known)))

    def _records(self, name: str, model: type[Organization] | type[Theme]) -> Narrowed:
        """Records by their addresses, among those the reader may know; each brings those below it."""
        values = self._values(name)
        if not values:
            return Narrowed()
        chosen: Any = RecordsField(source=model.objects.visible_to, keys=("slug",))
        chosen.user = self.request.user
        try:
            records = chosen.clean(values)
        except ValidationError as error:
            self._refuse(str(error.messages[0]))
            return Narrowed()
        below = model._base_manager.filter(lineage__in=records).values_list("pk", flat=True)
        slugs, labels = tuple(record.slug for record in records), tuple(record.name for record in records)
        own = frozenset(record.pk for record in records)
        return Narrowed(slugs, labels, frozenset(below) | own, own)

    def _rest(self) -> None:
        for name in self.data:
            if name not in (*ONCE, *NARROWING, *FINDING):
                self.complaints.append(_("The search has no filter “%(name)s”.") % {"name": _quoted(name)})
        for name in ONCE:
            if len(self._values(name)) > 1:
                self.complaints.append(
                    _("“%(name)s” was given more than once. The last one was used.") % {"name": name}
                )
        if (sort := self.data.get("sort", "")) not in SORTS:
            self.complaints.append(_("Results cannot be sorted by “%(name)s”.") % {"name": _quoted(sort)})
        page = self.data.get("page", "")
        if page and not (page.isascii() and page.isdigit()):
            self.complaints.append(_("The results have no page “%(name)s”.") % {"name": _quoted(page)})
        if self.text and not self.query:
            self.complaints.append(
                _("Enter what to search for, not only what to leave out.")
                if self.query.excluded
                else _("Enter a word to search for.")
            )
        if self.text.translate(_QUOTES).count('"') % 2:
            self.complaints.append(_("A closing quotation mark is missing. The phrase was read up to the last word."))

    def _refuse(self, sentence: str) -> None:
        self.is_understood = False
        self.complaints.append(sentence)

    # What is asked ------------------------------------------------------------------------------------------

    @property
    def sort(self) -> str:
        asked = self.data.get("sort", "")
        return asked if asked in SORTS else ""

    @property
    def is_narrowed(self) -> bool:
        return any(one.values for one in self.narrowed.values())

    @cached_property
    def query_with_longer_words(self) -> Query:
        """The same words; longer ones will do as well."""
        return parse(self.text)

    @property
    def asks(self) -> bool:
        """Whether there is anything to search for, and nothing else that could not be understood."""
        return bool(self.query) and self.is_understood

    def find(self, name: str) -> str:
        """The text typed to find a choice of a filter."""
        return self.data.get(f"{name}{FIND}", "").replace("\x00", "").strip()[:100]

    # Addresses ----------------------------------------------------------------------------------------------

    @cached_property
    def path(self) -> str:
        return reverse("search:page")

    @cached_property
    def question(self) -> QueryDict:
        """As asked, without the page, blanks and what searches for choices."""
        query = QueryDict(mutable=True)
        if self.text:
            query["q"] = self.text
        for name, one in self.narrowed.items():
            if one.values:
                query.setlist(name, list(one.values))
        if self.sort:
            query["sort"] = self.sort
        return query

    def address(self, changes: dict[str, Sequence[str]]) -> str:
        """The page with some of the question changed; from its first page unless one is named."""
        query = self.question.copy()
        for name, values in changes.items():
            query.setlist(name, list(values))
            if not any(values):
                del query[name]
        return f"{self.path}?{query.urlencode()}" if query else self.path

    @property
    def canonical(self) -> str:
        page = self.data.get("page", "")
        return self.address({"page": [page]} if page not in ("", "1") else {})

    def without(self, name: str, value: str) -> str:
        return self.address({name: [one for one in self.narrowed[name].values if one != value]})

    @property
    def bare(self) -> str:
        """The words alone, in the same order."""
        return self.address(dict.fromkeys(NARROWING, ()))

    @property
    def has_blanks(self) -> bool:
        return any(not value for name in self.data for value in self.data.getlist(name))

    @property
    def address_without_blanks(self) -> str:
        query = self.data.copy()
        for name in list(query):
            query.setlist(name, [value for value in query.getlist(name) if value])
            if not query.getlist(name):
                del query[name]
        return f"{self.path}?{query.urlencode()}" if query else self.path

    @property
    def sorts(self) -> list[dict[str, object]]:
        """The orders that are offered."""
        return [
            {
                "name": name or "best",
                "label": label,
                "is_current": name == self.sort,
                "url": self.address({"sort": [name]}),
            }
            for name, label in SORTS.items()
        ]

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """Hidden fields that a new question keeps: the order."""
        return [("sort", self.sort)] if self.sort else []


_QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"'))


def _is_year(value: str) -> bool:
    return len(value) == 4 and value.isascii() and value.isdigit()


def _quoted(asked: str) -> str:
    return asked[:60].replace("\x00", "?")


def chips(asking: Asking) -> Iterable[tuple[str, str]]:
    """The filters in force, each with the address without it."""
    names = {"noun": "%s", "organization": _("Organization: %s"), "theme": _("Theme: %s"), "year": _("Year: %s")}
    for name, one in asking.narrowed.items():
        for value, label in zip(one.values, one.labels, strict=True):
            yield names[name] % label, asking.without(name, value)
