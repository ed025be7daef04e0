"""Colour palette derived from one accent, for light and dark, with WCAG contrast.

In light the accent is used as it is, so it has to be dark enough; ``too_light`` says where it is not. All else follows
from it in OKLCH: same hue, and the first lightness that reads on every ground of ``static/css/tokens.css``.
"""

import re
from collections.abc import Iterable
from math import atan2, cos, hypot, sin

AA = 4.5
"""WCAG 2.2, 1.4.3: text on its ground."""
AAA = 7.0
WHITE = "#ffffff"
LIGHT_GROUNDS = ("#f6f7f5", WHITE, "#ecefec", "#fbe9e7", "#fbeee0", "#e6f2e5", "#e7edf8")
DARK_GROUNDS = ("#101715", "#18211e", "#111916", "#1e2925", "#28332f", "#43201d", "#3d2a15", "#1a3520", "#1f2d4a")
"""Where links stand: paper, cards, and what is tinted for a state."""
_HEX = re.compile(r"#?([0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
Oklab = tuple[float, float, float]


def read_hex(written: str) -> str | None:
    """``#1ab``, ``1ab`` and ``#11AABB`` are all ``#11aabb``."""
    match = _HEX.fullmatch(written.strip())
    if not match:
        return None
    digits = match[1].lower()
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def least(colour: str, grounds: Iterable[str]) -> float:
    return min(contrast(colour, ground) for ground in grounds)


def too_light(accent: str) -> bool:
    return least(accent, LIGHT_GROUNDS) < AA


def darker_one_that_reads(accent: str) -> str:
    """The lightest shade of the same hue that may be the accent."""
    return _until(accent, _lightness(accent), -0.01, LIGHT_GROUNDS, AA)


def palette(accent: str) -> dict[str, tuple[str, str]]:
    """Each token of the accent, in light and in dark."""
    light, chroma = _lightness(accent), hypot(*_oklab(accent)[1:])
    soft, dark_soft = _shade(accent, 0.95, min(chroma, 0.025)), _shade(accent, 0.3, min(chroma, 0.045))
    on_dark_action = _shade(accent, 0.17, min(chroma, 0.02))
    dark_grounds = (*DARK_GROUNDS, dark_soft)
    action = _until(accent, 0.6, 0.01, (on_dark_action,), 5)
    link = _until(accent, 0.75, 0.01, dark_grounds, AA)
    focus = _until(accent, 0.8, 0.01, dark_grounds, AA)
    return {
        "action": (accent, action),
        "action-hover": (_shade(accent, light * 0.8), _shade(accent, _lightness(action) + 0.07)),
        "on-action": (WHITE, on_dark_action),
        "link": (accent, link),
        "link-hover": (_shade(accent, light * 0.75), _shade(accent, min(0.97, _lightness(link) + 0.07))),
        "action-soft": (soft, dark_soft),
        "on-action-soft": (_until(accent, light, -0.01, (soft,), AAA), _until(accent, 0.85, 0.01, (dark_soft,), AAA)),
        "focus": (accent, focus),
        "bar-focus": (focus, focus),
    }


# Oklab and sRGB (Björn Ottosson, https://bottosson.github.io/posts/oklab/) ---------------------------------


def _until(accent: str, lightness: float, step: float, grounds: tuple[str, ...], ratio: float) -> str:
    """The first shade, from this lightness on, that has the contrast on every ground."""
    while least(shade := _shade(accent, lightness), grounds) < ratio and 0 < lightness < 1:
        lightness += step
    return shade


def _shade(accent: str, lightness: float, chroma: float | None = None) -> str:
    """The accent's hue at another lightness; as colourful as a screen can show there."""
    _l, a, b = _oklab(accent)
    angle, chroma = atan2(b, a), hypot(a, b) if chroma is None else chroma
    while True:
        channels = _linear(lightness, chroma * cos(angle), chroma * sin(angle))
        if chroma < 0.002 or all(-0.0005 <= channel <= 1.0005 for channel in channels):
            return "#" + "".join(f"{round(_to_srgb(min(1, max(0, channel))) * 255):02x}" for channel in channels)
        chroma *= 0.95


def _channels(colour: str) -> list[float]:
    """Linear light."""
    parts = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def _to_srgb(channel: float) -> float:
    return channel * 12.92 if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055


def _luminance(colour: str) -> float:
    red, green, blue = _channels(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _lightness(colour: str) -> float:
    return _oklab(colour)[0]


def _oklab(colour: str) -> Oklab:
    r, g, b = _channels(colour)
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    middle = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def _linear(lightness: float, a: float, b: float) -> Oklab:
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
