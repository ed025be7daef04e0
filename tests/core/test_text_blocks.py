"""Texts pasted from a word processor keep their paragraphs, lists and links, and nothing else becomes markup."""

import pytest

from engagement.core.text_blocks import as_html, as_inline

PASTED = (
    "The members\xa0made points:\n\n"
    "•\tSupply: “critical” is read differently.\n"
    "o\tsub-point: small hospitals;\n"
    "o\tsub-point: parallel orders\n\n"
    "•\tMoney.\n"
    "1)\tTiming.\n"
    "2)\tText."
)


def test_a_pasted_list_is_a_list_with_its_levels() -> None:
    assert as_html(PASTED) == (
        "<p>The members\xa0made points:</p>\n"
        "<ul><li>Supply: “critical” is read differently."
        "<ul><li>sub-point: small hospitals;</li><li>sub-point: parallel orders</li></ul></li>"
        "<li>Money.</li></ul>\n"
        "<ol><li>Timing.</li><li>Text.</li></ol>"
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("One line.", "<p>One line.</p>"),
        ("", ""),
        ("Two\nlines.\n\nA paragraph.", "<p>Two<br>lines.</p>\n<p>A paragraph.</p>"),
        ("12. May was late.", "<p>12. May was late.</p>"),  # a number alone is no list
        ("-5 degrees\n§ 5 of the law", "<p>-5 degrees<br>§ 5 of the law</p>"),
        ("3. Third\n4. Fourth", '<ol start="3"><li>Third</li><li>Fourth</li></ol>'),
        ("1. a\n\n- x", "<p>1. a</p>\n<ul><li>x</li></ul>"),
        ("1. a\n2. b\n\n- x", "<ol><li>a</li><li>b</li></ol>\n<ul><li>x</li></ul>"),
        ('<b> & "q"', "<p>&lt;b&gt; &amp; &quot;q&quot;</p>"),
        ("- <script>", "<ul><li>&lt;script&gt;</li></ul>"),
    ],
)
def test_what_becomes_markup(text: str, told: str) -> None:
    assert as_html(text) == told


@pytest.mark.parametrize(
    ("text", "address", "after"),
    [
        ("(see https://a.example/x_(b)?c=1&d=2#e).", "https://a.example/x_(b)?c=1&amp;d=2#e", ")."),
        ("See http://a.example, then", "http://a.example", ", then"),
        ('https://a.example/"onclick="alert(1)', "https://a.example/", "&quot;onclick=&quot;alert(1)"),
    ],
)
def test_a_web_address_is_a_link_and_no_character_is_lost(text: str, address: str, after: str) -> None:
    assert f'<a class="says-address" href="{address}" rel="nofollow">{address}</a>{after}' in as_html(text)


def test_what_goes_around_the_first_paragraph_is_escaped_and_a_list_has_one_before_it() -> None:
    assert as_html("- x", "<i>", "!") == "<p>&lt;i&gt;!</p>\n<ul><li>x</li></ul>"


def test_in_a_cell_lines_stay_lines() -> None:
    assert as_inline("a\n\n• b <c>") == "a<br>• b &lt;c&gt;"
