"""Minutes in words: one version, or two in one with their words marked, each part with the comments on it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from engagement.core.word_differences import Marked, marked_differences
from meetings.public_content import Content
from meetings.version_comparison import in_order
from meetings.version_text import Line, Section, sections

from .content import record_of, texts_of
from .models import MinutesComment

COMMENTED = ("meetings.discussion-", "meetings.position-", "meetings.outcome-", "followups.followup-")
NOT_SAID = ("heading",)
"""The heading of a discussion is its title."""


@dataclass(frozen=True)
class Row:
    """One thing that was said; in two versions, how it was and how it is."""

    key: str
    label: str
    words: list[Marked]

    @property
    def differs(self) -> bool:
        return any(piece.how for piece in self.words)

    @property
    def can_be_commented(self) -> bool:
        return self.key.startswith(COMMENTED)


@dataclass
class Part:
    """A section of the minutes, and the comments on it."""

    key: str
    title: str
    rows: list[Row]
    comments: list["Remark"] = field(default_factory=list)

    @property
    def differs(self) -> bool:
        return any(row.differs for row in self.rows)

    @property
    def choices(self) -> list[tuple[str, str]]:
        """The parts of a piece that can be commented on, itself first."""
        own = [(self.key, _("This topic as a whole"))] if self.key.startswith(COMMENTED) else []
        return own + [(row.key, row.label) for row in self.rows if row.can_be_commented]


@dataclass(frozen=True)
class Remark:
    """A comment with its number on the page, and the piece of its part that it is about."""

    number: int
    comment: MinutesComment
    about: str


def words_of(content: Content) -> list[Section]:
    """The words of a version, the body's own words first and last."""
    texts = texts_of(content)
    before = [("opening_notes", _("Opening notes"))]
    after = [("disclaimer", _("Disclaimer")), ("access_note", _("Access to documents"))]
    said = [
        Section(one.key, one.title, [line for line in one.lines if line.key not in NOT_SAID])
        for one in sections(record_of(content))
    ]
    return [*_own(texts, before), *said, *_own(texts, after)]


def _own(texts: dict[str, str], names: Iterable[tuple[str, str]]) -> list[Section]:
    return [Section(name, title, [Line(name, "", texts[name])]) for name, title in names if texts.get(name)]


def parts_of(after: Content, before: Content | None = None) -> list[Part]:
    """The parts of a version; compared with an older one, also those that only that one has."""
    new = {one.key: one for one in words_of(after)}
    old = {one.key: one for one in words_of(before)} if before is not None else new
    return [_part(old.get(key), new.get(key)) for key in in_order(list(old), list(new))]


def _part(old: Section | None, new: Section | None) -> Part:
    was, now = ({line.key: line for line in (one.lines if one else [])} for one in (old, new))
    shown = new or old
    assert shown is not None
    rows = [_row(was.get(key), now.get(key)) for key in in_order(list(was), list(now))]
    return Part(shown.key, shown.title, rows)


def _row(old: Line | None, new: Line | None) -> Row:
    shown = new or old
    assert shown is not None
    return Row(shown.key, shown.label, marked_differences(old.text if old else "", new.text if new else ""))


def with_comments(parts: list[Part], comments: Iterable[MinutesComment]) -> list[Remark]:
    """Give each part its comments; returns those on the whole, and those on pieces that are no longer there."""
    by_key = {key: (part, about) for part in parts for key, about in _places(part)}
    on_the_whole: list[Remark] = []
    for number, comment in enumerate(comments, start=1):
        part, about = by_key.get(comment.about, (None, ""))
        (part.comments if part else on_the_whole).append(Remark(number, comment, about))
    return on_the_whole


def _places(part: Part) -> list[tuple[str, str]]:
    return [(part.key, ""), *((row.key, row.label) for row in part.rows)]
