"""Lookup tables of recorded objects: loaded in a handful of queries however long the file is."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils import timezone

from engagement.core.folding import bare_key, with_acronym
from engagement.core.queries import batched
from engagement.imports.models import Answer, Import, Layout, Origin
from engagement.imports.models.rows import Decision, Value
from engagement.imports.planning.row_keys import name_key
from meetings.models import Meeting, Party, Series
from organizations.models import Identifier, Organization, OtherName

PORTION = 5_000


@dataclass(slots=True)
class Numbered:
    """A number of an organization, as recorded."""

    value: str
    status: str
    valid_from: dt.date | None
    valid_to: dt.date | None

    def holds_on(self, day: dt.date | None) -> bool:
        day = day or timezone.localdate()
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass
class ExistingOrganizations:
    """Organizations by number, by name, by acronym."""

    names: dict[int, str] = field(default_factory=dict)
    hosts: set[int] = field(default_factory=set)
    merged: dict[int, int] = field(default_factory=dict)
    other_names: set[tuple[int, str]] = field(default_factory=set)
    by_number: dict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(list))
    numbers: dict[tuple[int, str], list[Numbered]] = field(default_factory=lambda: defaultdict(list))
    by_name: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    by_acronym: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def load(cls) -> "ExistingOrganizations":
        existing, archived = cls(), set()
        gone = Organization._base_manager.filter(merged_into__isnull=False)
        existing.merged = dict(gone.values_list("pk", "merged_into_id"))
        facts = ("pk", "name", "match_key", "acronym_key", "is_host", "archived_at")
        for pk, name, key, short, is_host, archived_at in Organization.objects.values_list(*facts).iterator():
            existing.names[pk] = name
            if is_host:
                existing.hosts.add(pk)
            if archived_at is not None:
                archived.add(pk)
                continue
            existing.by_name[key].add(pk)
            if short:
                existing.by_acronym[short].add(pk)
        for pk, name, key in OtherName.objects.values_list("organization_id", "name", "match_key").iterator():
            existing.other_names.add((pk, name))
            if pk not in archived:
                existing.by_name[key].add(pk)
        numbers = Identifier.objects.order_by("pk")
        fields = ("organization_id", "scheme", "value", "status", "valid_from", "valid_to")
        for pk, scheme, value, *rest in numbers.values_list(*fields).iterator():
            existing.by_number[scheme, value].append(pk)
            existing.numbers[pk, scheme].append(Numbered(value, *rest))
        return existing

    def called(self, name: str) -> set[int]:
        """Organizations of this name or other name, also where the acronym stands beside it."""
        found = set(self.by_name.get(name_key(name), ()))
        for words, initials in with_acronym(name):
            found |= self.by_name.get(words, set()) & self.by_acronym.get(initials, set())
        return found

    def short_for(self, acronym: str) -> set[int]:
        return set(self.by_acronym.get(bare_key(acronym), ())) if acronym else set()

    def current(self, pk: int | None) -> int | None:
        """The organization itself, or the one it was merged into; its names and numbers moved there by themselves."""
        while pk in self.merged:
            pk = self.merged[pk]
        return pk


@dataclass(slots=True)
class ExistingOrigin:
    """The record that a row with this key made before."""

    pk: int
    stated: dict[str, Value]


def load_origins(layout: Layout, model: type[Model], keys: Iterable[str]) -> dict[str, ExistingOrigin]:
    """Earlier origins of these rows, by key; the latest one where there are several."""
    found: dict[str, ExistingOrigin] = {}
    kind = ContentType.objects.get_for_model(model)
    for some in batched(sorted(set(keys)), PORTION):
        rows = Origin.objects.filter(content_type=kind, key__in=some)
        rows = rows.filter(batch__layout=layout, batch__state=Import.State.COMMITTED).order_by("pk")
        for key, pk, stated in rows.values_list("key", "object_id", "stated"):
            found[key] = ExistingOrigin(pk, stated)
    present: set[int] = set()
    for made in batched(sorted({origin.pk for origin in found.values()}), PORTION):
        present.update(model._base_manager.filter(pk__in=made).values_list("pk", flat=True))
    return {key: origin for key, origin in found.items() if origin.pk in present}


def load_answers(layout: Layout) -> Decision:
    """Earlier decisions for this layout."""
    rows = Answer.objects.filter(layout=layout).values_list("text", "choice", "organization_id", "names")
    return {
        text: {"choice": choice, "organization": organization, "names": names}
        for text, choice, organization, names in rows
    }


def load_references(references: Iterable[str]) -> dict[str, int]:
    """Our own meetings by their references."""
    found: dict[str, int] = {}
    for some in batched(sorted({text for text in references if text}), PORTION):
        found.update(Meeting._base_manager.filter(reference__in=some).values_list("reference", "pk"))
    return found


@dataclass(slots=True)
class ExistingMeeting:
    hosts: frozenset[int]
    others: frozenset[int]


def load_meetings(first: dt.date, last: dt.date) -> dict[dt.date, dict[int, ExistingMeeting]]:
    """Who met on which day, by day and meeting."""
    sides: dict[int, tuple[dt.date, set[int], set[int]]] = {}
    parties = Party.objects.filter(meeting__starts_on__range=(first, last))
    for pk, day, organization, side in parties.values_list("meeting", "meeting__starts_on", "organization", "side"):
        _day, hosts, others = sides.setdefault(pk, (day, set(), set()))
        (hosts if side == Party.Side.HOST else others).add(organization)
    found: dict[dt.date, dict[int, ExistingMeeting]] = defaultdict(dict)
    for pk, (day, hosts, others) in sides.items():
        found[day][pk] = ExistingMeeting(frozenset(hosts), frozenset(others))
    return found


def load_values(model: type[Model], keys: Iterable[int], fields: Iterable[str]) -> dict[int, dict[str, object]]:
    """The values that stand in some fields now."""
    found: dict[int, dict[str, object]] = {}
    names = list(fields)
    for some in batched(sorted(set(keys)), PORTION):
        for values in model._base_manager.filter(pk__in=some).values("pk", *names):
            found[values.pop("pk")] = values
    return found


@dataclass
class ExistingSeries:
    """The series of each pair, how far it is counted, and the latest day that has a number."""

    by_pair: dict[tuple[int, int], int] = field(default_factory=dict)
    next_ordinal: dict[int, int] = field(default_factory=dict)
    latest_day: dict[int, dt.date] = field(default_factory=dict)
    titles: set[str] = field(default_factory=set)

    @classmethod
    def load(cls) -> "ExistingSeries":
        existing = cls()
        members: dict[int, set[int]] = defaultdict(set)
        for series, organization in Series.counterparts.through._base_manager.values_list("series", "organization"):
            members[series].add(organization)
        highest: dict[int, int] = {}
        numbered = Meeting.objects.filter(ordinal__isnull=False).order_by()
        for series, ordinal, day, status in numbered.values_list("series", "ordinal", "starts_on", "status").iterator():
            highest[series] = max(ordinal, highest.get(series, 0))
            if day and status != Meeting.Status.POSTPONED:
                existing.latest_day[series] = max(day, existing.latest_day.get(series, day))
        facts = ("pk", "title", "host", "first_ordinal")
        for pk, title, host, first in Series.objects.order_by("-pk").values_list(*facts):
            existing.titles.add(title)
            existing.next_ordinal[pk] = max(highest.get(pk, 0) + 1, first)
            if len(members[pk]) == 1:
                existing.by_pair[host, next(iter(members[pk]))] = pk
        return existing
