"""Group the hits of one page by meeting, so that no row repeats the meeting or the title of the row above."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from django.utils.html import strip_tags
from django.utils.safestring import SafeString

from .presenters import Shown

PARTS = frozenset({"discussion", "position", "outcome", "document", "minutes"})


@dataclass
class Row:
    """A hit by itself, or a meeting with its hits; ``alone`` is none where its parts alone were found."""

    alone: Shown | None = None
    meeting: str = ""
    url: str = ""
    parts: list[Shown] = field(default_factory=list)

    def add(self, hit: Shown) -> None:
        """A part; one with the title of the part before has its text instead."""
        is_repeated = any(part.title == hit.title for part in self.parts) and hit.text
        self.parts.append(replace(hit, title=hit.text, text=SafeString()) if is_repeated else hit)

    def name_once(self) -> None:
        """Say whom it involves once: not again below a meeting, or a part, that says so already."""
        told = strip_tags(f"{self.alone.title} {self.alone.text} {self.alone.about}") if self.alone else ""
        for at, part in enumerate(self.parts):
            names = strip_tags(part.about)
            if names and names in told:
                self.parts[at] = replace(part, about="")
            told = f"{told} {names}"


def by_meeting(hits: Sequence[Shown]) -> list[Row]:
    """In the order of the hits; a meeting stands where the first of its hits stood."""
    rows: list[Row] = []
    of_meeting: dict[str, Row] = {}
    for hit in hits:
        url = hit.url if hit.kind == "meeting" else hit.meeting_url if hit.kind in PARTS else ""
        row = of_meeting.get(url) if url else None
        if row is None:
            row = Row(meeting=hit.meeting, url=url)
            rows.append(row)
            if url:
                of_meeting[url] = row
        if url and hit.kind != "meeting":
            row.add(hit)
        else:
            row.alone = hit
    for row in rows:
        row.name_once()
    return rows
