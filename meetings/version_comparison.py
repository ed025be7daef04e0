"""Comparison of two kept versions (difflib): the same thing beside itself, with its words marked that differ."""

from collections.abc import Sequence
from dataclasses import dataclass

from engagement.core.word_differences import Piece, word_differences

from .public_content import Content
from .version_text import Line, Section, sections


@dataclass(frozen=True)
class Pair:
    """One thing in both versions; nothing to show where a version lacks it."""

    label: str
    before: list[Piece]
    after: list[Piece]
    differs: bool


@dataclass(frozen=True)
class PairedSection:
    title: str
    pairs: list[Pair]

    @property
    def differing(self) -> list[Pair]:
        return [pair for pair in self.pairs if pair.differs]


def compare(before: Content, after: Content) -> list[PairedSection]:
    """Every section of either version, each line of the one beside that of the other."""
    left, right = ({section.key: section for section in sections(content)} for content in (before, after))
    return [_paired(left.get(key), right.get(key)) for key in in_order(list(left), list(right))]


def in_order(left: Sequence[str], right: Sequence[str]) -> list[str]:
    """All pieces in the order of the newer version; those of the older one alone stay at their place."""
    found = list(right)
    for place, key in enumerate(left):
        if key not in right:
            before = next((found.index(other) for other in reversed(left[:place]) if other in found), -1)
            found.insert(before + 1, key)
    return found


def _paired(before: Section | None, after: Section | None) -> PairedSection:
    left, right = ({line.key: line for line in (one.lines if one else [])} for one in (before, after))
    title = after.title if after else before.title if before else ""
    return PairedSection(title, [_pair(left.get(key), right.get(key)) for key in in_order(list(left), list(right))])


def _pair(before: Line | None, after: Line | None) -> Pair:
    labels = list(dict.fromkeys(line.label for line in (before, after) if line))
    removed, added = word_differences(before.text if before else "", after.text if after else "")
    differs = len(labels) > 1 or any(piece.differs for piece in (*removed, *added))
    return Pair(" → ".join(labels), removed, added, differs)
