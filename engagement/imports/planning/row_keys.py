"""Natural keys of rows: the publisher's own number, or who met whom when about what."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from engagement.core.text import fold, match_key, name_words
from engagement.imports.parsing.rows import MeetingReading, OrganizationReading, OrgMention


def name_key(name: str) -> str:
    """What two spellings have in common; a name of signs only is itself."""
    return match_key(name) or name.strip().casefold()


def stored_name(name: str) -> str:
    """A name in a key that is stored: it stays as it is, or rows imported long ago would not be known again."""
    return name_words(name) or name.strip().casefold()


def mention_key(mention: OrgMention) -> str:
    """How a question about a mention is known again in the next file."""
    text = f"{mention.scheme}:{mention.number}|{stored_name(mention.name or mention.published)}"
    return text if len(text) <= 300 else f"{text[:230]}|{_digest(text)}"


def meeting_key(layout: str, reading: MeetingReading) -> str:
    if reading.source_id:
        return _digest([layout, "id", reading.source_id])
    who = [sorted(_party(one) for one in side) for side in (reading.hosts, reading.counterparts)]
    when = [str(reading.on or ""), str(reading.start_time or "")]
    return _digest([layout, "meeting", when, who, fold(reading.purpose or reading.title)])


def organization_key(layout: str, reading: OrganizationReading) -> str:
    if reading.identifier:
        return _digest([layout, "number", reading.scheme, reading.identifier])
    return _digest([layout, "name", stored_name(reading.name)])


def tell_apart(keys: Iterable[tuple[str, dict[str, str]]]) -> Iterator[str]:
    """Rows of one file that say the same in the same cells share a key; those that differ elsewhere do not."""
    seen: dict[str, list[dict[str, str]]] = defaultdict(list)
    for key, cells in keys:
        if cells not in seen[key]:
            seen[key].append(cells)
        turn = seen[key].index(cells)
        yield _digest([key, turn]) if turn else key


def _party(mention: OrgMention) -> str:
    return mention.number or stored_name(mention.name or mention.published)


def _digest(data: Any) -> str:
    return hashlib.sha256(json.dumps(data, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()
