"""Index entries of names (organizations, topics, series, themes, references), visible by the records that show them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from django.db.models import Model, QuerySet

from engagement.core.models import Visibility
from engagement.topics.models import Reference, Theme, Topic
from meetings.models import Series
from organizations.models import Identifier, Organization, OtherName

from . import Draft, joined


def organizations(keys: Sequence[int]) -> Iterator[Draft]:
    """By name, acronym, other names and register numbers; our own numbers only by the secretariat."""
    names: dict[int, list[str]] = defaultdict(list)
    for key, name in _of(OtherName, keys).order_by("sort_key", "pk").values_list("organization", "name"):
        names[key].append(name)
    numbers: dict[int, list[str]] = defaultdict(list)
    ours: dict[int, list[str]] = defaultdict(list)
    rows = _of(Identifier, keys).order_by("scheme", "value", "pk").values_list("organization", "scheme", "value")
    for key, scheme, value in rows:
        (ours if scheme == Identifier.Scheme.INTERNAL else numbers)[key].append(value)
    fields = ("pk", "name", "acronym", "description", "archive_reason")
    for row in Organization._base_manager.filter(pk__in=keys, merged_into=None).values(*fields):
        key = row["pk"]
        yield Draft(
            "organization",
            key,
            heading=f"{row['name']} ({row['acronym']})" if row["acronym"] else row["name"],
            also_called=joined(*names[key]),
            body=joined("; ".join([*names[key], *numbers[key]]), row["description"]),
            inside=joined("; ".join(ours[key]), row["archive_reason"]),
            organizations=[key],
        )


def _of(model: type[Model], keys: Sequence[int]) -> QuerySet[Model]:
    return model._base_manager.filter(organization__in=keys)


def topics(keys: Sequence[int]) -> Iterator[Draft]:
    chosen = selected(Topic.themes.through, "topic", "theme", keys)
    for row in Topic._base_manager.filter(pk__in=keys).values("pk", "title", "description"):
        key = row["pk"]
        yield Draft("topic", key, row["title"], row["description"], themes=chosen[key])


def series(keys: Sequence[int]) -> Iterator[Draft]:
    """With its host, which everybody knows; its counterparts need not be known to whoever sees it."""
    for row in Series._base_manager.filter(pk__in=keys).values("pk", "title", "purpose", "host", "host__is_host"):
        hosts = [row["host"]] if row["host__is_host"] else []
        yield Draft("series", row["pk"], row["title"], row["purpose"], organizations=hosts)


def themes(keys: Sequence[int]) -> Iterator[Draft]:
    """The vocabulary is public; why a term was retired is not."""
    fields = ("pk", "name", "description", "archive_reason")
    for row in Theme._base_manager.filter(pk__in=keys).values(*fields):
        yield Draft(
            "theme",
            row["pk"],
            row["name"],
            row["description"],
            inside=row["archive_reason"],
            level=Visibility.PUBLIC,
            themes=[row["pk"]],
        )


def references(keys: Sequence[int]) -> Iterator[Draft]:
    for row in Reference._base_manager.filter(pk__in=keys).values("pk", "title", "identifier"):
        number = row["identifier"]
        yield Draft("reference", row["pk"], row["title"], body=number, also_called=number)


def selected(through: type[Model], owner: str, chosen: str, keys: Sequence[int]) -> "defaultdict[int, list[int]]":
    """The many-to-many selections of each of these records."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    rows = through._base_manager.filter(**{f"{owner}__in": keys}).order_by(chosen).values_list(owner, chosen)
    for key, other in rows:
        found[key].append(other)
    return found
