"""What is suggested while somebody types: a few names and records that begin to answer, by noun."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .engine import Hit, find
from .parser import parse
from .presenters import Shown, shown
from .record_types import KINDS
from .request import LONGEST

LOOKED_AT = 60
"""How many hits are ranked for a suggestion."""
MOST, MOST_OF_A_NOUN = 8, 3
SHORTEST = 2


@dataclass(frozen=True)
class Group:
    """The suggestions of one noun."""

    name: str
    plural: Any
    hits: Sequence[Shown]


def suggested(user: Any, typed: str) -> dict[str, Any]:
    """What the list of suggestions shows: nothing for a word that stands in no text this reader may see."""
    text = typed.replace("\x00", " ").strip()[:LONGEST]
    query = parse(" ".join(text.split()))
    if len(text) < SHORTEST or not query:
        return {"groups": [], "number": 0}
    some = shown(user, _some(find(user, query, limit=LOOKED_AT).hits), query, {})
    found = [one for one in some if one.url]
    of_noun = {name: [one for one in found if one.kind == name] for name in KINDS}
    groups = [Group(name, KINDS[name].plural, hits) for name, hits in of_noun.items() if hits]
    return {"groups": groups, "number": len(found), "text": text}


def _some(hits: Sequence[Hit]) -> list[Hit]:
    """The best few, not too many of one noun."""
    numbers = dict.fromkeys(KINDS, 0)
    chosen = []
    for hit in hits:
        numbers[hit.kind] += 1
        if numbers[hit.kind] <= MOST_OF_A_NOUN:
            chosen.append(hit)
    return chosen[:MOST]
