"""Natural keys of rows: the publisher's own number, or the parties, the day and the subject."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator

from engagement.core.folding import fold, match_key, name_words
from engagement.imports.parsing.legal_forms import legal_form
from engagement.imports.parsing.rows import MeetingRow, OrganizationRow, OrgMention

LIST, PLACE = "cell:", "place:"
"""How the keys of questions about cells begin."""


def name_key(name: str) -> str:
    """The key that two spellings of a name share; a name of signs only is itself."""
    return match_key(name) or name.strip().casefold()


def stored_name(name: str) -> str:
    """A name in a key that is stored: it stays as it is, or rows imported long ago would not be known again."""
    return name_words(name) or name.strip().casefold()


def mention_key(mention: OrgMention) -> str:
    """How a question about a mention is known again in the next file."""
    text = f"{mention.scheme}:{mention.number}|{stored_name(mention.name or mention.published)}"
    return text if len(text) <= 300 else f"{text[:230]}|{_digest(text)}"


def form_key(mention: OrgMention) -> str:
    """The same, where it is asked whether names that differ in their legal form are one."""
    form = legal_form(mention.name)
    return f"{mention_key(mention)[:280]}|{form}" if form else mention_key(mention)


def cell_key(mention: OrgMention) -> str:
    """How a cell that may be a list is known again, in this file and the next."""
    return _of_text(LIST, mention.published)


def place_key(text: str) -> str:
    """The same of a place whose city may be written with a slip of the pen."""
    return _of_text(PLACE, text)


def _of_text(kind: str, cell: str) -> str:
    text = kind + " ".join(cell.split()).casefold()
    return text if len(text) <= 300 else f"{text[:230]}|{_digest(text)}"


def is_list(key: str) -> bool:
    """Whether a question is about a cell that may be a list."""
    return key.startswith(LIST)


def is_cell(key: str) -> bool:
    """Whether a question is about a cell: one answer holds for each row with that cell."""
    return key.startswith((LIST, PLACE))


def meeting_key(layout: str, parsed: MeetingRow) -> str:
    if parsed.source_id:
        return _digest([layout, "id", parsed.source_id])
    who = [sorted(key for one in side for key in _parties(one)) for side in (parsed.hosts, parsed.counterparts)]
    when = [str(parsed.on or ""), str(parsed.start_time or "")]
    people = [sorted(one.key for one in side) for side in (parsed.our_people, parsed.their_people)]
    about = [fold(parsed.purpose or parsed.title), *(people if any(people) else [])]
    return _digest([layout, "meeting", when, who, *about])


def organization_key(layout: str, parsed: OrganizationRow) -> str:
    if parsed.identifier:
        return _digest([layout, "number", parsed.scheme, parsed.identifier])
    return _digest([layout, "name", stored_name(parsed.name)])


def tell_apart(keys: Iterable[tuple[str, dict[str, str]]]) -> Iterator[str]:
    """Rows of one file that say the same in the same cells share a key; those that differ elsewhere do not."""
    seen: dict[str, list[dict[str, str]]] = defaultdict(list)
    for key, cells in keys:
        if cells not in seen[key]:
            seen[key].append(cells)
        turn = seen[key].index(cells)
        yield _digest([key, turn]) if turn else key


def repeated_key(key: str, turn: int) -> str:
    """The key of a row that equals another and is a meeting of its own."""
    return _digest([key, "repeated", turn])


def _parties(mention: OrgMention) -> list[str]:
    """Whatever is decided about a list, its row stays the same."""
    if mention.is_list:
        return [stored_name(piece) for piece in mention.pieces]
    return [mention.number or stored_name(mention.name or mention.published)]


def _digest(data: object) -> str:
    return hashlib.sha256(json.dumps(data, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()
