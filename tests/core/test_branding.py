"""A body's own logo and colour: what is refused and why, what is derived, and that every page wears them."""

import base64
import re
import zlib
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.template.loader import render_to_string
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from engagement.core import page_cache
from engagement.core.branding import colours
from engagement.core.branding.colours import AA, contrast, darker_one_that_reads, least, palette, read_hex, too_light
from engagement.core.branding.current import OWN_COLOUR, branding
from tests.missing import ROOT
from tests.people import People

BLUE = "#0b3a86"
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 80 20">{}</svg>'
)
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)


@pytest.mark.parametrize("shade", [*("#000", "#0b5d52", "#003399", "#a8231c", "#5b2a86", "#5a5a5a")])
def test_what_follows_from_a_colour_reads_in_light_and_in_dark(shade: str) -> None:
    reads(palette(str(read_hex(shade))))


@given(st.integers(0, 0xFFFFFF))
def test_so_it_does_from_any_that_may_be_one(number: int) -> None:
    accent = f"#{number:06x}"
    if too_light(accent):
        accent = darker_one_that_reads(accent)
        assert not too_light(accent), "what is offered instead would be refused too"
    reads(palette(accent))


def reads(tokens: dict[str, tuple[str, str]]) -> None:
    for scheme, grounds in enumerate((colours.LIGHT_GROUNDS, colours.DARK_GROUNDS)):
        token = {name: pair[scheme] for name, pair in tokens.items()}
        assert contrast(token["on-action"], token["action"]) >= AA
        assert contrast(token["on-action"], token["action-hover"]) >= AA
        assert contrast(token["on-action-soft"], token["action-soft"]) >= AA
        assert min(least(token[name], grounds) for name in ("link", "link-hover")) >= AA
        assert least(token["focus"], grounds) >= 3
        assert contrast(token["action"], grounds[1]) >= 3


def test_the_grounds_are_those_of_the_tokens() -> None:
    said = (ROOT / "static/css/tokens.css").read_text()
    pairs = re.findall(r"--(paper|surface[\w-]*|\w+-soft): light-dark\((#\w+), (#\w+)\)", said)
    grounds = [pair for pair in pairs if pair[0] not in ("action-soft", "on-action-soft", "ink-soft")]
    assert len(grounds) >= 9
    assert {light for _name, light, _dark in grounds} == set(colours.LIGHT_GROUNDS)
    assert {dark for _name, _light, dark in grounds} == set(colours.DARK_GROUNDS)
    assert f"--action: light-dark({OWN_COLOUR}," in said
    assert set(palette(BLUE)) <= set(re.findall(r"--([\w-]+):", said)), "a token that nothing uses"


@pytest.mark.parametrize(
    ("colour", "said"),
    [
        ("green", "SITE_COLOUR is 'green': write a colour as #"),
        ("#12345", "six hexadecimal digits"),
        ("#ffd500", "white text on it has a contrast of 1.4"),
        ("#767676", "contrast of 4.54:1, and links in it have 3.86"),
        ("#ffd500", "A darker one of the same hue that has it: #"),
    ],
)
def test_a_colour_that_cannot_be_read_stops_the_start_with_a_sentence(settings: Any, colour: str, said: str) -> None:
    settings.SITE_COLOUR = colour
    with pytest.raises(SystemCheckError, match=re.escape(said)):
        call_command("check", "--tag", "branding")
    assert branding().colour == ""


def test_so_it_does_where_a_server_starts(settings: Any, capsys: pytest.CaptureFixture[str]) -> None:
    from engagement.core.checks import stop_if_unfit

    stop_if_unfit()
    settings.SITE_COLOUR = "#ffd500"
    with pytest.raises(SystemExit):
        stop_if_unfit()
    assert "too light to read" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (DRAWING.format("<script>1</script>"), "has <script> in it"),
        (DRAWING.format("<SCRIPT/>"), "has <SCRIPT> in it"),
        (DRAWING.format('<g xmlns:h="http://www.w3.org/1999/xhtml"><h:script/></g>'), "has <script> in it"),
        (DRAWING.format("<foreignObject/>"), "has <foreignObject> in it"),
        (DRAWING.format('<animate attributeName="href"/>'), "has <animate> in it"),
        (DRAWING.format('<g onload="1"/>'), 'the attribute "onload"'),
        (DRAWING.format('<use xlink:href="https://example.org/a.svg#b"/>'), "takes something from elsewhere"),
        (DRAWING.format('<image href="data:image/svg+xml;base64,AA=="/>'), "takes something from elsewhere"),
        (DRAWING.format("<style>@import 'a.css';</style>"), "takes something from elsewhere"),
        (DRAWING.format("<style>g { fill: url(//example.org) }</style>"), "takes something from elsewhere"),
        (DRAWING.format('<g style="fill: \\75rl(a)"/>'), "takes something from elsewhere"),
        ('<!DOCTYPE svg [<!ENTITY a "b">]>' + DRAWING.format("&a;"), "declares entities"),
        ('<?xml-stylesheet href="a.css"?>' + DRAWING.format(""), "from another file"),
        (DRAWING.format("<g>"), "no well-formed SVG"),
        ("<svg/>", 'does not begin with <svg xmlns="http://www.w3.org/2000/svg">'),
        (DRAWING.format("").replace("viewBox", "box"), "does not say its size"),
        (DRAWING.format("<!--" + "x" * 200_000 + "-->"), "has more than 200 kB"),
        ("GIF89a", "neither an SVG drawing nor a PNG"),
        ("", "neither an SVG drawing nor a PNG"),
        (PICTURE[:-5], "cut off"),
        (PICTURE + b"<script>", "something behind it"),
        (PICTURE.replace(b"IDATx", b"IDATy"), "damaged"),
    ],
)
def test_a_logo_that_does_more_than_draw_stops_it_too(
    settings: Any, tmp_path: Path, content: str | bytes, said: str
) -> None:
    file = tmp_path / "logo"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    settings.SITE_LOGO = str(file)
    (fault,) = branding().faults
    assert fault.startswith(f"SITE_LOGO ({file}) ")
    assert said in fault
    assert branding().logo is None


def test_a_logo_that_is_not_there_is_said(settings: Any) -> None:
    settings.SITE_LOGO = "img/never-was.svg"
    assert branding().faults == ("SITE_LOGO (img/never-was.svg) cannot be read (No such file or directory).",)


@pytest.mark.parametrize(
    "content",
    [
        '<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
        + DRAWING.format('<style>.a{fill:url(#b)}</style><path class="a" d="M0 0z"/><use xlink:href="#b"/>'),
        DRAWING.format('<i:view xmlns:i="http://www.inkscape.org/namespaces/inkscape" href="#x"/>'),
        DRAWING.format("").replace('viewBox="0 0 80 20"', 'width="8cm" height="2cm"'),
    ],
)
def test_what_drawing_programs_write_is_taken(settings: Any, tmp_path: Path, content: str) -> None:
    (tmp_path / "logo.svg").write_text(content)
    settings.SITE_LOGO = str(tmp_path / "logo.svg")
    own = branding()
    assert own.faults == ()
    assert own.logo is not None
    assert (own.logo.width, own.logo.is_square) == (144, False)


def test_every_page_wears_what_the_body_brought(people: People, settings: Any, tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(PICTURE)
    settings.SITE_LOGO, settings.SITE_COLOUR = str(tmp_path / "logo.png"), BLUE.removeprefix("#").upper()
    settings.SITE_NAME, settings.BODY_NAME = "Talks", "Agency of Samples"
    client = Client()
    client.force_login(people.secretary)
    pages = [client.get(address).content.decode() for address in ("/", "/admin/", "/accounts/password/")]
    sheet, logo = f"/branding/{branding().version}/colours.css", f"/branding/{branding().version}/logo.png"
    for page in [*pages, Client().get("/nowhere/").content.decode(), render_to_string("500.html")]:
        assert f'<link rel="stylesheet" href="{sheet}">' in page
        assert f'<link rel="icon" href="{logo}" type="image/png">' in page
        assert f'src="{logo}" width="36" height="36" alt="Agency of Samples"' in page
        assert re.search(r'class="brand".*?<span>Talks</span>', page, re.DOTALL)
    for address, kind in ((sheet, "text/css; charset=utf-8"), (logo, "image/png")):
        answer = client.get(address)
        assert (answer.status_code, answer["Content-Type"]) == (200, kind)
        assert answer["Cache-Control"] == "public, max-age=31536000, immutable", "kept for whoever signed in, too"
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert "sandbox" in answer["Content-Security-Policy"]
        former = client.get(address.replace(branding().version, "0ld"))
        assert "no-cache" in former["Cache-Control"]
    assert f"--action: light-dark({BLUE}, #" in client.get(sheet).content.decode()
    assert client.get(logo.replace("png", "svg")).status_code == 404


def test_kept_pages_of_another_look_are_not_shown(settings: Any) -> None:
    before = page_cache._edition.__wrapped__()
    settings.SITE_COLOUR = BLUE
    assert page_cache._edition.__wrapped__() != before


def test_without_one_the_site_has_its_own(settings: Any) -> None:
    """Without the ``db`` fixture: none of it asks the database."""
    page = render_to_string("500.html")
    icon = f"/branding/{branding().version}/icon.svg"
    assert f'<link rel="icon" href="{icon}" type="image/svg+xml">' in page
    assert "colours.css" not in page
    assert 'fill="#0b5d52"' in Client().get(icon).content.decode()
    assert Client().get(icon.replace("icon.svg", "colours.css")).status_code == 404
    settings.SITE_COLOUR = BLUE
    assert f'fill="{BLUE}"' in Client().get(f"/branding/{branding().version}/icon.svg").content.decode()
