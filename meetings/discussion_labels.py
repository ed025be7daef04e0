"""Labels of discussions (many-to-many): themes, organizations mentioned, references."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Model, QuerySet, Value

from engagement.core.addresses import address_of
from engagement.topics.models import Reference, Topic

from .models import Discussion


@dataclass(frozen=True)
class Label:
    """A word that leads somewhere; ``about`` says its kind."""

    text: str
    url: str
    about: str = ""


@dataclass
class Labels:
    """The labels of one discussion."""

    themes: list[Label] = field(default_factory=list)
    mentions: list[Label] = field(default_factory=list)
    references: list[Label] = field(default_factory=list)


def labels_of(discussions: Iterable[Discussion]) -> dict[int, Labels]:
    """The labels of discussions the reader may see, by discussion; one query whatever their number.

    A discussion without themes of its own has those of its topic.
    """
    talks = list(discussions)
    found: dict[int, Labels] = {talk.pk: Labels() for talk in talks}
    of_topic: dict[int, list[Label]] = defaultdict(list)
    for what, owner, text, address, kind, number, _place in _rows(talks):
        if what == "topic":
            of_topic[owner].append(_theme(text, address))
        elif what == "theme":
            found[owner].themes.append(_theme(text, address))
        elif what == "mention":
            found[owner].mentions.append(Label(text, address_of("organizations:detail", address)))
        else:
            found[owner].references.append(Label(text, address_of("topics:reference", address), _about(kind, number)))
    for talk in talks:
        if not found[talk.pk].themes and talk.topic_id:
            found[talk.pk].themes = of_topic[talk.topic_id]
    return found


def _rows(talks: list[Discussion]) -> Iterable[tuple[Any, ...]]:
    keys = [talk.pk for talk in talks]
    topics = {talk.topic_id for talk in talks if talk.topic_id}
    if not keys:
        return []
    of_topics = Topic.themes.through.objects.filter(topic__in=topics)
    parts = [
        _part("theme", Discussion.themes.through.objects.filter(discussion__in=keys), "discussion", "theme__name"),
        _part("mention", Discussion.mentions.through.objects.filter(discussion__in=keys), "discussion",
              "organization__name"),
        _part("reference", Discussion.references.through.objects.filter(discussion__in=keys), "discussion",
              "reference__title"),
    ]  # fmt: skip
    if topics:
        parts.append(_part("topic", of_topics, "topic", "theme__name"))
    return parts[0].union(*parts[1:], all=True).order_by("place", "address")


def _part(what: str, links: QuerySet[Model], owner: str, text: str) -> Any:
    noun = text.split("__")[0]
    is_reference = noun == "reference"
    address = F(f"{noun}__slug")
    kind = F("reference__kind") if is_reference else Value("")
    number = F("reference__identifier") if is_reference else Value("")
    named = links.order_by().annotate(
        what=Value(what),
        owner=F(f"{owner}_id"),
        text=F(text),
        address=address,
        sort=kind,
        number=number,
        place=F(f"{noun}__sort_key"),
    )
    return named.values_list("what", "owner", "text", "address", "sort", "number", "place")


def _theme(name: str, slug: str) -> Label:
    return Label(name, address_of("topics:theme", slug))


def _about(kind: str, number: str) -> str:
    return ", ".join(part for part in (str(Reference.Kind(kind).label), number) if part)
