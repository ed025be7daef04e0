"""Numbers of known registers inside a name: ``Deltaa Group (123456789012-34)`` is a name and a number."""

import re

EU = "eu_transparency"
NUMBER = re.compile(r"\d{7,13}-\d{2}")
_SAID = (
    r"(?:(?:eu\s+)?(?:tr|transparency\s+register|register|registration|reg|id|n[o°r]|number|nummer|numero)\b[.:\s]*)*"
)
_AT_END = re.compile(rf"[\s,;:/|–—-]*[(\[]?\s*{_SAID}({NUMBER.pattern})\s*[)\]]?[\s.]*$", re.IGNORECASE)
_AT_START = re.compile(rf"^\s*[(\[]?\s*{_SAID}({NUMBER.pattern})\s*[)\]]?[\s,;:/|–—-]+(?=\S)", re.IGNORECASE)


def apart(text: str) -> tuple[str, str]:
    """The name and the number that stands after or before it; a number alone is left where it is."""
    for form in (_AT_END, _AT_START):
        found = form.search(text)
        rest = (text[: found.start()] + text[found.end() :]).strip() if found else ""
        if found and any(map(str.isalnum, rest)):
            return rest, found[1]
    return text, ""


def without_number(text: str) -> str:
    return apart(text)[0]


def has_number(text: str) -> bool:
    return bool(apart(text)[1])
