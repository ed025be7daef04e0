"""Pieces of pages, put beside each other."""

from engagement.page_comparison import Block, blocks, gained, parts, rows_of, side_by_side

PAGE = """<body><h1>Not read</h1><main id="content">
  <h2>A <em>title</em></h2>
  <p>One<br>line</p><p hidden>secret</p>
  <form><p>Act</p></form><nav><p>Ways</p></nav><p class="no-print">Tool</p>
  <ul><li>First <ul><li>inner</li></ul> rest</li><li>Second</li></ul>
</main><p>After</p></body>"""


def test_what_a_page_says_piece_by_piece() -> None:
    read = [(block.text, block.is_heading) for block in blocks(PAGE)]
    assert read == [
        ("A title", True),
        ("One line", False),
        ("First", False),
        ("inner", False),
        ("rest", False),
        ("Second", False),
    ]


def page(letters: str) -> list[Block]:
    return [Block(letter) for letter in letters]


def test_pages_side_by_side_keep_their_order_and_lose_nothing() -> None:
    pages = [page("acx"), page("abc"), page("abcd")]
    rows = side_by_side(pages)
    for number, own in enumerate(pages):
        assert [row.block for row in rows if number in row.readers] == own
    assert [block.text for block in gained(rows, 1, 0)] == ["b"]
    assert [block.text for block in gained(rows, 2, 1)] == ["d"]


def test_neighbours_with_the_same_readers_are_one_part() -> None:
    found = parts(side_by_side([page("ab"), page("abcde")]))
    assert [(len(part.blocks), set(part.readers)) for part in found] == [(2, {0, 1}), (3, {1})]


def test_what_is_read_instead_stands_beside_it() -> None:
    pages = [page("a1cx"), page("a2c"), page("a2cd")]
    found = rows_of(parts(side_by_side(pages)))
    told = [{"".join(block.text for block in part.blocks): set(part.readers) for part in row} for row in found]
    assert told == [{"a": {0, 1, 2}}, {"2": {1, 2}, "1": {0}}, {"c": {0, 1, 2}}, {"d": {2}, "x": {0}}]
    hidden = rows_of(parts(side_by_side([page("ac"), page("abc"), page("abcd")])))
    assert [[set(part.readers) for part in row] for row in hidden] == [[{0, 1, 2}], [{1, 2}], [{0, 1, 2}], [{2}]]
