"""Branding of this site, read once in each process from ``SITE_LOGO`` and ``SITE_COLOUR``, and its faults."""

import hashlib
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from django.conf import settings

from .colours import AA, LIGHT_GROUNDS, WHITE, contrast, darker_one_that_reads, least, palette, read_hex, too_light
from .logos import Logo, Unfit, read_logo

OWN_COLOUR = "#0b5d52"
"""The green of ``static/css/tokens.css``."""


@dataclass(frozen=True)
class Branding:
    logo: Logo | None = None
    colour: str = ""
    """Empty for the site's own."""
    faults: tuple[str, ...] = field(default=(), repr=False)

    @property
    def icon_colour(self) -> str:
        return self.colour or OWN_COLOUR

    @cached_property
    def version(self) -> str:
        """Another one whenever a file of the branding is another: in its address, so that browsers keep it."""
        content = self.logo.content if self.logo else b""
        return hashlib.blake2b(self.style_sheet().encode() + content, digest_size=6).hexdigest()

    def style_sheet(self) -> str:
        """The tokens of the colour. On paper links stay black, as the site's own are."""
        if not self.colour:
            return ""
        tokens = palette(self.colour)
        links = {name: tokens.pop(name) for name in ("link", "link-hover")}
        return f":root {{\n{_lines(tokens)}}}\n@media not print {{ :root {{\n{_lines(links)}}} }}\n"


def _lines(tokens: dict[str, tuple[str, str]]) -> str:
    return "".join(f"  --{name}: light-dark({light}, {dark});\n" for name, (light, dark) in tokens.items())


def branding() -> Branding:
    return _read(settings.SITE_LOGO, settings.SITE_COLOUR)


@cache
def _read(logo: str, colour: str) -> Branding:
    """Read the settings; unfit ones are left out and listed among the faults."""
    faults = []
    picture, accent = None, read_hex(colour) if colour else ""
    if logo:
        try:
            picture = read_logo(_place(logo))
        except Unfit as unfit:
            faults.append(f"SITE_LOGO ({logo}) {unfit}.")
    if accent is None:
        faults.append(
            f"SITE_COLOUR is {colour!r}: write a colour as # and six hexadecimal digits, such as {OWN_COLOUR}."
        )
    elif accent and too_light(accent):
        faults.append(_too_light(accent))
        accent = ""
    return Branding(picture, accent or "", tuple(faults))


def _place(logo: str) -> Path:
    """An absolute path, one within the project's folder, or that of a static file."""
    within = Path(settings.BASE_DIR, logo)
    return within if within.exists() else Path(settings.BASE_DIR, "static", logo)


def _too_light(accent: str) -> str:
    on_white, on_grounds = contrast(accent, WHITE), least(accent, LIGHT_GROUNDS)
    return (
        f"SITE_COLOUR is {accent}, which is too light to read: white text on it has a contrast of {_down(on_white)}:1, "
        f"and links in it have {_down(on_grounds)}:1 on the site's tinted grounds; {AA}:1 is needed for both. "
        f"A darker one of the same hue that has it: {darker_one_that_reads(accent)}."
    )


def _down(ratio: float) -> str:
    """Never rounded up to what is needed."""
    return f"{int(ratio * 100) / 100:.2f}"
