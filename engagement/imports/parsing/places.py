"""Parse places as free text: the city, the country and whether people came or connected.

What is not recognized stays unread; the published text is kept beside it in any case.
"""

import re
from collections.abc import Callable
from dataclasses import astuple, dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import TypeAlias

from engagement.core.folding import fold, fold_key
from engagement.imports.parsing.gazetteer import cities, country_code
from engagement.imports.sources.texts import clean

# How people write that a meeting was online, folded.
_ONLINE = re.compile(
    r"""\b(?:via|by|per|par|over|through|en)?\s*\b(?:
      (?:microsoft\s|ms\s)?teams | webex | zoom | skype(?:\sfor\sbusiness)? | google\smeet |
      vtc | vc | webinar(?:e|s)? |
      video\s?-?\s?(?:and\saudio\s)?(?:conf\w*|call|link|meeting|recording|message|phone\s?call|chat|anruf)? |
      visio\s?-?\s?(?:conf\w*|call)? | videokonferenz | visioconference |
      (?:web|tele|audio)\s?-?\s?conf\w* | conference\s?-?\s?call | conferencing | conference\sby\sphone |
      (?:tele)?phone(?:\s?-?\s?call)? | telefon\w* | telephon\w* | livestream\w* | live\sstream\w* |
      on\s?-?\s?line(?:-sitzung)? | virtual(?:ly)? | virtuel(?:le|lement)? | virtuell | digital(?:ly)? | remote(?:ly)? |
      a\sdistance | distanciel | call |
      en\sligne | en\slinea | in\slinea | da\sremoto | telematic\w* | [vw]ideo-?konf\w* | videoconf\w* | videogesprek |
      video(?:motes?|mode|kokous|neuvottelu|konverents\w*|conferint\w*) | teleko\w* | teleneuvottelu |
      virtua\w* | virtuel\w* | virtwal\w* | digita(?:al|lt|lnie) | distans | fjernmode | zdaln\w* | distancne |
      etana | etayhtey\w* | verkossa | veebis | tiessaiste | attalinati | nuotolin\w* | internetu | tavoli |
      la\sdistanta | na\sdaljinu | na\sdaljavo | putem\sinterneta | preko\sinterneta | prek\sspleta | onlayn | onlajn |
      videokonferents\w* | diadiktyak\w* | tilediaskeps\w* | ar\sline | puhelin\w*
    )\b""",
    re.VERBOSE,
)
_HYBRID = re.compile(r"\bhybrid(?:e|es)?\b")
_IN_PERSON = re.compile(
    r"\b(?:in[ -]person|face[ -]to[ -]face|physical(?:ly)?|en presentiel|presentiel|vor ort|(?:in )?prasenz|presencial"
    r"|in presenza|fysiek|fysisk|osobiscie|stacjonarnie)\b"
)
_FILLER = re.compile(
    r"\b(?:meeting|meetings|event|conference|debate|platform|call|interview|presentation|from|via|and|at)\b"
)
_ONLINE_WORDS = (
    "videoconference", "videoconferencing", "videocall", "videomeeting", "virtual", "virtualmeeting",
    "conferencecall",
)  # fmt: skip
_STREET = re.compile(
    r"\b(?:rue|avenue|ave?|boulevard|bd|place|square|platz|\w*(?:strasse|platz|straat|laan|plein|gasse|allee|steenweg)|str"
    r"|street|st|road|rd|lane|quay|quai|chaussee|piazza|plaza|via|viale|calle|paseo|praca|rua|ulica|ul|cours|impasse"
    r"|restaurant|ristorante|cafe|brasserie|bistro\w*|pizzeria|trattoria|bar|pub|hotel|hostel|residence|room|salle|saal)\b"
)
"""Words beside which the name of a city is that of a street, a square, a restaurant, a room."""
_IN_CITY = re.compile(r"\b(?:in|at|near|a|zu|te|en|w|v|i)$")
_BOTH = re.compile(r"/|\b(?:and|et|und)\b|&|\+")
_CUT = re.compile(r"\s*[,;()|]\s*|(?<!\d)\s*/\s*(?!\d)|\s+[-–—]\s*|\s*[-–—]\s+|\s*[–—]\s*")
_VENUES = {
    "berl": "Berlaymont",
    "berlaymont": "Berlaymont",
    "palais d egmont": "Palais d’Egmont",
    "egmont palace": "Egmont Palace",
}
CityOf: TypeAlias = Callable[[str], tuple[str, str] | None]
_LONGEST = 300  # a place is no essay
_SEAT = ("Brussels", "BE")


@dataclass(frozen=True, slots=True)
class Place:
    """A place as parsed from a text."""

    city: str = ""
    country: str = ""
    mode: str = ""
    venue: str = ""

    @property
    def is_understood(self) -> bool:
        """Whether anything was recognized."""
        return bool(self.city or self.country or self.mode)

    def filled_from(self, other: "Place") -> "Place":
        """This place, with its gaps filled from the other."""
        mine, theirs = astuple(self), astuple(other)
        return Place(*(one or two for one, two in zip(mine, theirs, strict=True)))


@lru_cache(maxsize=20_000)
def read_place(text: str, *, forgives: bool = False) -> Place:
    """City, country and attendance mode of a published place; ``forgives`` a slip of the pen in a city's name."""
    line = clean(text[:_LONGEST])
    mode = _mode(line)
    parts = _parts(line)
    city, country, venue = _geography(parts, _near if forgives else _city)
    if city and mode == "online" and _BOTH.search(fold(line)):
        mode = ""  # people there and people connected, or everybody connected from there?
    elif not mode and (city or country):
        mode = "in_person"
    return Place(city, country, mode, venue if city and mode != "online" else "")


def near_place(text: str) -> Place | None:
    """The place if its city is written with a slip of the pen, which somebody has to say."""
    found = read_place(text, forgives=True)
    return found if found.city and found.city != read_place(text).city else None


def mode_of(text: str) -> str:
    """In person, online or hybrid, as a cell about nothing else says it; "" where it does not."""
    return _mode(clean(text[:_LONGEST]))


def _mode(line: str) -> str:
    folded = fold(line)
    if _HYBRID.search(folded):
        return "hybrid"
    here, online = bool(_IN_PERSON.search(folded)), _says_online(folded)
    if here and online:
        return "hybrid"
    return "in_person" if here else "online" if online else ""


def _says_online(folded: str) -> bool:
    return bool(_ONLINE.search(folded)) or any(_is_misspelt_online(part) for part in _pieces(folded))


def _pieces(folded: str) -> list[str]:
    return [part for part in re.split(r"[,;/()]|\s-\s?|\s?-\s", folded) if part.strip()]


def _is_misspelt_online(part: str) -> bool:
    """``viedo-call``, ``Videocongerence``: one or two letters off a long word."""
    letters = re.sub(r"[^a-z]", "", part)
    return len(letters) >= 7 and bool(get_close_matches(letters, _ONLINE_WORDS, 1, 0.85))


def _parts(line: str) -> list[str]:
    """The segments of a place that are not about how people connected."""
    found = []
    for part in _CUT.split(line):
        folded = fold(part)
        if _is_misspelt_online(folded) and not _near(part):
            continue
        rest = _HYBRID.sub(" ", _IN_PERSON.sub(" ", _ONLINE.sub(" ", folded)))
        if rest == folded:
            found.append(part.strip())
        elif fold_key(_FILLER.sub(" ", rest)):
            found.append(fold_key(_FILLER.sub(" ", rest)))
    return [part for part in found if part]


def _geography(parts: list[str], city_of: CityOf) -> tuple[str, str, str]:
    """City, country and what is left of some segments."""
    city = country = ""
    rest: list[str] = []
    for part in [piece for whole in parts for piece in _unhyphened(whole, city_of)]:
        existing, code = city_of(part), country_code(part)
        if existing and not city:
            city, country = existing[0], country or existing[1]
        elif code and (not country or country == code):
            country = code
        else:
            rest.append(part)
    if not city:
        city, country, rest = _looser(rest, country)
    venue = [_VENUES.get(fold_key(part), part) for part in rest if fold_key(f"{city} {part}") not in cities()]
    return city, country, ", ".join(venue)[:200]


def _unhyphened(part: str, city_of: CityOf) -> list[str]:
    """``Frankfurt-Germany`` is two segments, ``Sharm el-Sheikh`` is one."""
    pieces = part.split("-")
    if len(pieces) == 2 and not city_of(part) and any(city_of(piece) or country_code(piece) for piece in pieces):
        return pieces
    return [part]


def _city(part: str) -> tuple[str, str] | None:
    """The city a segment names."""
    return cities().get(fold_key(part))


@lru_cache(maxsize=5_000)
def _near(part: str) -> tuple[str, str] | None:
    """The same, with a slip of the pen where only one city is that close."""
    key = fold_key(part)
    if key in cities() or not 6 <= len(key) <= 30 or " " in key or country_code(part):
        return _city(part)
    close = {cities()[name] for name in get_close_matches(key, cities(), 2, 0.87)}
    return close.pop() if len(close) == 1 else None


def _looser(rest: list[str], country: str) -> tuple[str, str, list[str]]:
    """A city inside a longer segment, a building everybody knows, or the word beside a country."""
    for part in rest:
        key = fold_key(part)
        is_street = bool(_STREET.search(key))
        if any(f" {word} " in f" {key} " for word in _VENUES):
            return *_SEAT, rest
        words = key.split()
        for size in (3, 2, 1):
            for at in range(len(words) - size + 1):
                name = " ".join(words[at : at + size])
                if is_street and not _IN_CITY.search(" ".join(words[:at])):
                    continue
                if (found := cities().get(name)) and (not country or found[1] == country) and len(name) > 3:
                    beyond = " ".join(words[:at] + words[at + size :])
                    return *found, [other for other in rest if other != part or not country_code(beyond)]
        if is_street:
            continue
        if (code := country_code(words[-1]) if len(words) == 2 else "") and len(words[-1]) > 3 and not country:
            return part.rsplit(None, 1)[0], code, [other for other in rest if other != part]
    if country and rest and _STREET.search(fold_key(rest[0])):
        return "", country, rest
    if country and rest and len(rest[0].split()) <= 5 and not any(sign.isdigit() for sign in rest[0]):
        return rest[0], country, rest[1:]
    return "", country, rest
