"""Side-by-side diff of one page as several audiences read it: the gain of each, taken from the pages themselves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from html.parser import HTMLParser
from itertools import groupby

BLOCKS = frozenset(
    [
        *("h1", "h2", "h3", "h4", "h5", "h6", "p", "hr", "blockquote", "address", "figure", "figcaption"),
        *("main", "article", "aside", "section", "header", "div", "details", "summary", "fieldset"),
        *("ul", "ol", "li", "dl", "dt", "dd"),
        *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"),
    ]
)
HEADINGS = frozenset(["h1", "h2", "h3", "h4"])
NOT_READ = frozenset(["form", "button", "nav", "script", "style", "svg", "template", "select", "dialog"])
VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
TOOL_CLASSES = frozenset(["no-print"])
"""Of what somebody does with a page and nobody reads in it, as on paper."""


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, cell, line or heading, as text."""

    text: str
    is_heading: bool = False


class _Blocks(HTMLParser):
    """Reads what stands in ``<main>``."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Block] = []
        self._open: list[tuple[str, bool]] = []  # each element, and whether it is read
        self._words: list[str] = []

    def _is_read(self) -> bool:
        return bool(self._open) and self._open[-1][1]

    def _end_block(self) -> None:
        text = " ".join("".join(self._words).split())
        if text:
            self.found.append(Block(text, any(tag in HEADINGS for tag, _read in self._open)))
        self._words.clear()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self._end_block()
        if tag == "br":
            self._words.append(" ")
        if tag in VOID or (not self._open and tag != "main"):
            return
        has = dict(attrs)
        is_tool = bool(TOOL_CLASSES & set((has.get("class") or "").split()))
        hidden = tag in NOT_READ or "hidden" in has or is_tool
        self._open.append((tag, (self._is_read() or tag == "main") and not hidden))

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self._end_block()
        if any(tag == open_tag for open_tag, _read in self._open):
            while self._open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self._is_read():
            self._words.append(data)


def blocks(html: str) -> list[Block]:
    """The texts of a page, piece by piece, in their order."""
    parser = _Blocks()
    parser.feed(html)
    parser.close()
    return parser.found


@dataclass
class Row:
    """A piece of the page, and which of the audiences read it (by number, those with fewest rights first)."""

    block: Block
    readers: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Part:
    """Pieces that follow each other and have the same readers."""

    blocks: list[Block]
    readers: frozenset[int]


def parts(rows: Iterable[Row]) -> list[Part]:
    grouped = groupby(rows, key=lambda row: frozenset(row.readers))
    return [Part([row.block for row in same], readers) for readers, same in grouped]


def rows_of(found: Iterable[Part]) -> list[list[Part]]:
    """Parts in rows: a replacement stands beside its original, not below it."""
    rows: list[list[Part]] = []
    for part in found:
        instead = rows and all(part.readers.isdisjoint(other.readers) for other in rows[-1])
        if instead and any(max(other.readers) > max(part.readers) for other in rows[-1]):
            rows[-1].append(part)
        else:
            rows.append([part])
    return rows


def side_by_side(pages: Sequence[Sequence[Block]]) -> list[Row]:
    """The pieces of all pages in one order, the last page's, which says most."""
    last = len(pages) - 1
    rows = [Row(block, {last}) for block in pages[last]]
    for number in range(last - 1, -1, -1):
        rows = list(_merged(rows, pages[number], number))
    return rows


def _merged(rows: list[Row], page: Sequence[Block], number: int) -> Iterable[Row]:
    matcher = SequenceMatcher(None, [row.block for row in rows], list(page), autojunk=False)
    for tag, start, end, page_start, page_end in matcher.get_opcodes():
        for row in rows[start:end]:
            if tag == "equal":
                row.readers.add(number)
            yield row
        if tag != "equal":
            yield from (Row(block, {number}) for block in page[page_start:page_end])


def gained(rows: Iterable[Row], by: int, over: int) -> list[Block]:
    """The pieces that one audience reads and another does not."""
    return [row.block for row in rows if by in row.readers and over not in row.readers]
