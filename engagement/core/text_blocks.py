"""Plain text to HTML: paragraphs, bullet and numbered lists as word processors paste them, and links."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

BULLET = re.compile(r"[ \t\xa0]*(?P<mark>[•·▪■●○◦‣∙§Øü\uf0a7\uf0b7\uf0d8*–—-]|o(?=[\t\xa0]))[ \t\xa0]+(?P<text>\S.*)")
"""Word's own bullets come as letters of a symbol font, its hollow ones as an "o" before a tab."""
ONLY_WITH_TAB = frozenset("§Øü")
NUMBER = re.compile(r"[ \t\xa0]*(?P<number>\d{1,2})[.)][ \t\xa0]+(?P<text>\S.*)")
ADDRESS = re.compile(r"https?://\w[^\s<>\"“”„«»]*", re.IGNORECASE)
BREAK = re.compile(r"\r\n|[\r\n\v\f\x85\u2028\u2029]")


@dataclass
class Item:
    """An item of a list, with the lists below it."""

    text: str
    below: "list[TextList]" = field(default_factory=list)


@dataclass
class TextList:
    """Items with one mark; ``start`` is the number of the first, or nothing for bullets."""

    mark: str
    start: int | None = None
    items: list[Item] = field(default_factory=list)


Block = list[str] | TextList
"""The lines of a paragraph, or a list."""


def blocks_of(text: str) -> list[Block]:
    """Blank lines part paragraphs, and no list from its next item."""
    lines = [line.rstrip() for line in BREAK.split(text)]
    return list(_blocks(lines))


def _blocks(lines: list[str]) -> Iterator[Block]:
    said: list[str] = []
    open_lists: list[TextList] = []
    is_after_blank = False
    for at, line in enumerate(lines):
        if not line.strip():
            is_after_blank = True
            if said:
                yield said
                said = []
            continue
        if read := _item(line, open_lists, lines[at + 1 :]):
            if said:
                yield said
                said = []
            if _begins_anew(open_lists, *read, is_after_blank=is_after_blank):
                yield open_lists[0]
        else:
            open_lists = []
            said.append(line.strip())
        is_after_blank = False
    if said:
        yield said


def _item(line: str, open_lists: list[TextList], rest: Iterable[str]) -> tuple[str, int | None, str] | None:
    """The mark, number and text of a line that is an item. A number alone is none: "12. Mai" begins a sentence."""
    if told := BULLET.fullmatch(line):
        is_word = told["mark"] in ONLY_WITH_TAB and "\t" not in line[: told.start("text")]
        return None if is_word else (told["mark"], None, told["text"])
    if told := NUMBER.fullmatch(line):
        number = int(told["number"])
        last = open_lists[0] if open_lists else None
        follows = last is not None and last.start is not None and number == last.start + len(last.items)
        after = next((later for line in rest if (later := NUMBER.fullmatch(line))), None)
        if follows or (after and int(after["number"]) == number + 1):
            return "1", number, told["text"]
    return None


def _begins_anew(open_lists: list[TextList], mark: str, number: int | None, text: str, *, is_after_blank: bool) -> bool:
    """Add an item to the lists that are open, each below the last item of the one before. Another mark is one level
    deeper, a known one its own; a number, or another mark after a blank line, begins a list of its own."""
    marks = [one.mark for one in open_lists]
    if mark in marks:
        del open_lists[marks.index(mark) + 1 :]
        open_lists[-1].items.append(Item(text))
        return False
    new = TextList(mark, number, [Item(text)])
    if not open_lists or number is not None or is_after_blank:
        open_lists[:] = [new]
        return True
    open_lists[-1].items[-1].below.append(new)
    open_lists.append(new)
    return False


def as_html(text: str, before: str = "", after: str = "") -> SafeString:
    """Paragraphs and lists; ``before`` and ``after`` go around the first paragraph, escaped unless markup."""
    blocks = blocks_of(text)
    first = blocks[0] if blocks and isinstance(blocks[0], list) else []
    opening = format_html("{}{}{}", before, _lines(first), after)
    parts = [format_html("<p>{}</p>", opening)] if opening else []
    parts += [
        _list(block) if isinstance(block, TextList) else format_html("<p>{}</p>", _lines(block))
        for block in blocks[bool(first) :]
    ]
    return format_html_join("\n", "{}", ((part,) for part in parts))


def as_data(text: str) -> list[dict[str, object]]:
    """The same as plain values: ``lines``, or ``start`` and ``items``, each with its ``text`` and what is ``below``."""
    return [_list_data(block) if isinstance(block, TextList) else {"lines": block} for block in blocks_of(text)]


def _list_data(of: TextList) -> dict[str, object]:
    items = [{"text": item.text, "below": [_list_data(one) for one in item.below]} for item in of.items]
    return {"start": of.start, "items": items}


def as_inline(text: str) -> SafeString:
    """The same within a paragraph or a cell: lines as they are, with links."""
    return _lines([line.strip() for line in BREAK.split(text) if line.strip()])


def _lines(lines: Iterable[str]) -> SafeString:
    return format_html_join(mark_safe("<br>"), "{}", ((_linked(line),) for line in lines))


def _linked(line: str) -> SafeString:
    """With its web addresses as links. Django's ``urlize`` loses the full stop after a bracket that closes."""
    parts: list[SafeString] = []
    end = 0
    for found in ADDRESS.finditer(line):
        address = _trimmed(found[0])
        parts += [conditional_escape(line[end : found.start()])]
        parts += [format_html('<a class="says-address" href="{}" rel="nofollow">{}</a>', address, address)]
        end = found.start() + len(address)
    return format_html_join("", "{}", ((part,) for part in [*parts, conditional_escape(line[end:])]))


def _trimmed(address: str) -> str:
    """Without the punctuation of the sentence: at the end, and a bracket that nothing in the address opened."""
    while address[-1] in ".,;:!?'’…" or (
        address[-1] in ")]" and address.count(address[-1]) > address.count("(" if address[-1] == ")" else "[")
    ):
        address = address[:-1]
    return address


def _list(of: TextList) -> SafeString:
    items = format_html_join(
        "",
        "<li>{}{}</li>",
        ((_linked(item.text), format_html_join("", "{}", ((_list(one),) for one in item.below))) for item in of.items),
    )
    if of.start is None:
        return format_html("<ul>{}</ul>", items)
    start = format_html(' start="{}"', of.start) if of.start != 1 else ""
    return format_html("<ol{}>{}</ol>", start, items)
