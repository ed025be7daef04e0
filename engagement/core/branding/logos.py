"""Validation of a logo: an SVG drawing without anything active or from elsewhere, or a whole PNG picture.

A browser runs no script of a picture in a page; but a logo can be opened by its address, and then an SVG is a document
of the site. So what could act is refused when the site starts, and the view that serves it forbids it once more.
"""

import re
import zlib
from dataclasses import dataclass
from pathlib import Path
from xml.parsers.expat import ExpatError, ParserCreate

MOST = 200_000
"""Bytes: it stands on every page."""
SVG = "http://www.w3.org/2000/svg"
ACTIVE = ("http://www.w3.org/1999/xhtml", "http://www.w3.org/1998/Math/MathML")
"""Other vocabularies of which a browser makes more than nothing; what drawing programs note down is not among them."""
DRAWS = re.compile(
    "svg|g|defs|symbol|use|title|desc|metadata|style|switch|path|rect|circle|ellipse|line|polyline|polygon|text|tspan|textPath"
    "|image|linearGradient|radialGradient|stop|clipPath|mask|pattern|marker|filter"
    "|fe(Blend|ColorMatrix|ComponentTransfer|Composite|DropShadow|Flood|Func[ABGR]|GaussianBlur|Merge|MergeNode|Morphology)"
    "|fe(Offset|Tile)"
)
_ELSEWHERE = re.compile(
    r"url\(\s*['\"]?\s*(?!['\"#\s])|@import|@font-face|javascript:|expression\s*\(|\\", re.IGNORECASE
)
_INSIDE = re.compile(r"\s*(#|data:image/(png|jpeg|gif|webp);base64,)", re.IGNORECASE)
_LENGTH = re.compile(r"\s*([0-9]*\.?[0-9]+)\s*(px|pt|mm|cm|in|pc|em|ex)?\s*")
_PNG = b"\x89PNG\r\n\x1a\n"


class Unfit(Exception):
    """Why a file cannot be a logo, as the end of a sentence."""


@dataclass(frozen=True, slots=True)
class Logo:
    content: bytes
    extension: str
    ratio: float
    """Width by height."""

    @property
    def content_type(self) -> str:
        return {"svg": "image/svg+xml", "png": "image/png"}[self.extension]

    @property
    def width(self) -> int:
        """In pixels, at the height that the header has for it."""
        return max(1, round(36 * self.ratio))

    @property
    def is_square(self) -> bool:
        """Enough to be the icon of a browser's tab."""
        return 0.8 <= self.ratio <= 1.25


def read_logo(path: Path) -> Logo:
    try:
        with path.open("rb") as file:
            content = file.read(MOST + 1)
    except OSError as error:
        raise Unfit(f"cannot be read ({error.strerror or error})") from error
    if len(content) > MOST:
        raise Unfit(f"has more than {MOST // 1000} kB, and stands on every page; make it smaller")
    if content.startswith(_PNG):
        return Logo(content, "png", _png_ratio(content))
    if b"<svg" in content[:4000] or path.suffix.lower() == ".svg":
        return Logo(content, "svg", _Drawing().ratio(content))
    raise Unfit("is neither an SVG drawing nor a PNG picture; save it as one of them")


def _png_ratio(content: bytes) -> float:
    """Reads every chunk to the last, so that nothing is cut off, damaged, or hidden behind the picture."""
    at, kind = len(_PNG), b""
    while at + 12 <= len(content) and kind != b"IEND":
        length = int.from_bytes(content[at : at + 4])
        kind, end = content[at + 4 : at + 8], at + 8 + length
        if content[end : end + 4] != zlib.crc32(content[at + 4 : end]).to_bytes(4):
            raise Unfit("is a damaged PNG picture")
        at = end + 4
    if kind != b"IEND" or at != len(content) or content[12:16] != b"IHDR":
        raise Unfit("is a PNG picture that is cut off, or has something behind it")
    width, height = int.from_bytes(content[16:20]), int.from_bytes(content[20:24])
    if not (width and height):
        raise Unfit("is a PNG picture without a size")
    return width / height


class _Drawing:
    """Reads an SVG drawing with expat, which fetches nothing, and stops at the first thing that does not only draw."""

    def __init__(self) -> None:
        self.size: dict[str, str] = {}
        self.depth = 0
        self.style: list[str] | None = None

    def ratio(self, content: bytes) -> float:
        parser = ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self.doctype
        parser.ProcessingInstructionHandler = self.instruction
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text
        try:
            parser.Parse(content, True)
        except ExpatError as error:
            raise Unfit(f"is no well-formed SVG drawing ({error})") from error
        return self._ratio()

    def doctype(self, name: str, system: str | None, public: str | None, has_internal_subset: int) -> None:
        if has_internal_subset:
            raise Unfit("declares entities of its own; save it as plain SVG")

    def instruction(self, target: str, data: str) -> None:
        if target.lower() == "xml-stylesheet":
            raise Unfit("takes its style from another file; save it as plain SVG")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _space, element = name.rpartition(" ")
        if not self.depth:
            if (namespace, element) != (SVG, "svg"):
                raise Unfit(f'is no SVG drawing: it does not begin with <svg xmlns="{SVG}">')
            self.size = attributes
        self.depth += 1
        if namespace in ACTIVE or (namespace in (SVG, "") and not DRAWS.fullmatch(element)):
            raise Unfit(f"has <{element}> in it, which does more than draw; save it as plain SVG without it")
        self.style = [] if (namespace, element) == (SVG, "style") else self.style
        for attribute, value in attributes.items():
            self._check(element, attribute.rpartition(" ")[2], value)

    def end(self, name: str) -> None:
        self.depth -= 1
        if self.style is not None and name == f"{SVG} style":
            self._no_link("style", "".join(self.style))
            self.style = None

    def text(self, data: str) -> None:
        if self.style is not None:
            self.style.append(data)

    def _check(self, element: str, attribute: str, value: str) -> None:
        if attribute.lower().startswith("on"):
            raise Unfit(f'has a script in it (the attribute "{attribute}"); save it without')
        if attribute.lower() in ("href", "src"):
            if not _INSIDE.match(value):
                raise Unfit(f"takes something from elsewhere ({value[:60]}); put it into the drawing itself")
        else:
            self._no_link(attribute, value)

    def _no_link(self, where: str, value: str) -> None:
        if where not in ("d", "id", "class") and (found := _ELSEWHERE.search(value)):
            raise Unfit(f'takes something from elsewhere ("{found[0]}" in {where}); put it into the drawing itself')

    def _ratio(self) -> float:
        box = self.size.get("viewBox", "").replace(",", " ").split()[2:4]
        sizes = [_LENGTH.fullmatch(one) for one in (box or [self.size.get(name, "") for name in ("width", "height")])]
        width, height = [float(size[1]) if size else 0.0 for size in (*sizes, None, None)][:2]
        if not (width and height):
            raise Unfit("does not say its size; give its <svg> a viewBox")
        return width / height
