"""Affiliations: people named beside their organization in a cell of organizations, and told apart from it.

“Paul Dacre, Daily Mail”, “Sarah Sands, Editor, Evening Standard”, “Tim Montgomerie (ConservativeHome)”,
“ITV: Geoff Hill, Tom Bradby” and “Stephen Green, Chairman of HSBC” name one organization each.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from engagement.core.folding import fold_key
from engagement.imports.parsing.gazetteer import cities, country_code
from engagement.imports.parsing.people import PersonMention, bare_name, is_post, reads_like_name
from engagement.imports.parsing.people_words import BODIES, LETTERS_BEHIND, POST_HEADS, POST_LEADS, TITLES
from engagement.imports.sources.texts import clean

_LISTS: dict[str, list[str]] = json.loads(Path(__file__).with_name("given_names.json").read_text())
GIVEN_NAMES = frozenset(" ".join(_LISTS["given_names"]).split())
"""The commonest ones of Europe, folded: by them two capitalized words are told to be a person and not a firm."""
FIRMS_LIKE_PEOPLE = frozenset(", ".join(_LISTS["firms_like_people"]).split(", "))
_AND = re.compile(r"\s+(?:and|&|und|et|y|e)\s+")
_BRACKET = re.compile(r"^(?P<before>[^()]+?)\s*\(\s*(?P<inside>[^()]+?)\s*\)?$")
_COLON = re.compile(r"^(?P<body>[^:]{2,80}):\s+(?P<rest>\S.*)$")
_DASH = re.compile(r"\s+[-–—]\s+")
_POST_AT = re.compile(
    r"^(?P<post>.{2,80}?)\s+(?:(?:of|at|for|from|bei|von|der|de|du|des|della|di)\s+(?:the\s+)?|d['’])(?P<body>[A-ZÀ-Ý0-9].*)$"
)
_POST_BEFORE = re.compile(r"^(?P<post>\w+) (?P<body>[A-ZÀ-Ý0-9].*)$")
_OFFICES = frozenset(
    ["mayor", "lieutenant", "bishop", "archbishop", "dean", "ambassador", "minister", "consul", "ministre", "ministro"]
)
_SHORT_LIST = 3
_LORDS = frozenset(["lord", "lady", "baroness", "baron", "sir", "dame", "viscount", "earl"])
_NO_FAMILY = (
    BODIES
    | frozenset(
        ["and", "the", "of", "media", "group", "aid", "bank", "housing", "energy", "university", "college", "school"]
    )
    | {"council", "capital", "partnership"}
)


@dataclass(slots=True)
class Body:
    """An organization as a cell names it, and who of it is named beside it."""

    name: str
    people: list[PersonMention] = field(default_factory=list)


def is_person(text: str) -> bool:
    """Whether a piece of a list is a name of somebody: with a title, or with a given name that is common."""
    words = fold_key(text).split()
    bare = bare_name(text)
    if (
        not words
        or "," in text
        or set(words) & _NO_FAMILY
        or {" ".join(words[:2]), " ".join(words[:3])} & FIRMS_LIKE_PEOPLE
    ):
        return False
    if _has_title(text):
        return words[0] in _LORDS or reads_like_name(bare)
    return reads_like_name(bare) and fold_key(bare).split()[0] in GIVEN_NAMES and len(bare.split()) <= 4


def _has_title(text: str) -> bool:
    """Whether something besides the name says that it is somebody's."""
    words = fold_key(text).split()
    has_letters = len(words) > 2 and words[-1] in LETTERS_BEHIND and text.split()[-1].isupper()
    return (words[0] in _LORDS and 1 < len(words) <= 5) or words[0] in TITLES - _LORDS or has_letters


def leaves_doubt(pieces: Sequence[str]) -> bool:
    """Whether nothing but a given name tells that somebody is named, where a firm could be: ``Tom Roe, Daily News``."""
    for piece, following in zip(pieces, [*pieces[1:], ""], strict=True):
        parts = list(_parts(piece, len(pieces) > 1))
        is_alone = len(parts) == 1 and _kind(piece) == "person" and not is_post(following)
        if is_alone and not all(map(_has_title, _AND.split(piece))):
            return True
    return False


def bodies_of(pieces: Sequence[str]) -> list[Body] | None:
    """The organizations of a list with their people; nothing where no piece tells of somebody's organization."""
    told = [part for piece in pieces for part in _parts(piece, len(pieces) > 1)]
    parts = [text for text, _is_before in told]
    kinds = ["of the last" if is_before else _kind(text) for text, is_before in told]
    people, bodies = kinds.count("person") + kinds.count("of the last"), kinds.count("body")
    if people and not bodies and len(everybody := [one for part in parts for one in _AND.split(part)]) > 1:
        return [Body(one) for one in everybody if is_person(one)]  # each for themselves
    if not people and bodies and kinds[0] == "post" and len(kinds) <= _SHORT_LIST:
        return [Body(part, _posts(parts, kinds, at)) for at, part in enumerate(parts) if kinds[at] == "body"]
    if not people or not bodies:
        return None
    if not _is_clear(kinds, people, bodies):  # only who stands beside a post is of the next one
        beside = [kind == "person" and "post" in kinds[at + 1 : at + 2] for at, kind in enumerate(kinds)]
        if not any(beside):
            return None
        kinds = ["body" if kind == "person" and not near else kind for kind, near in zip(kinds, beside, strict=True)]
    found: list[Body] = []
    waiting: list[PersonMention] = []
    for part, kind in zip(parts, kinds, strict=True):
        if kind == "of the last":
            found[-1].people += _people_in(part)
        elif kind == "person":
            waiting += [PersonMention(bare_name(one)) for one in _AND.split(part)]
        elif kind == "post" and (waiting or found):
            waiting = _with_post(waiting, part)
        else:
            found.append(Body(part, waiting))
            waiting = []
    if waiting and found:
        found[-1].people += waiting
    return found


def _posts(parts: Sequence[str], kinds: Sequence[str], at: int) -> list[PersonMention]:
    """The post that stands before an organization, of nobody who is named."""
    return [PersonMention("", parts[at - 1])] if at and kinds[at - 1] == "post" else []


def _is_clear(kinds: Sequence[str], people: int, bodies: int) -> bool:
    """A short list, or one in which most organizations have somebody."""
    return len(kinds) - kinds.count("post") <= _SHORT_LIST or 2 * people >= bodies


def _parts(piece: str, is_beside: bool) -> Iterator[tuple[str, bool]]:
    """A piece in its parts: the organization in brackets after a name, or before a colon, or after a post.

    And whether a part is of the organization before it: people in brackets.
    """
    text = clean(piece).rstrip(")") if piece.count(")") > piece.count("(") else clean(piece)
    found = _BRACKET.match(text)
    if found and _are_people(found["before"]) and _is_body((beside := _with_post_first(found["inside"]))[-1]):
        yield from ((part, False) for part in (found["before"], *beside))
    elif found and _people_in(found["inside"]) and not _are_people(found["before"]) and not is_post(found["before"]):
        yield from ((found["before"], False), (found["inside"], True))
    elif (found := _COLON.match(text)) and _are_people(found["rest"]) != _are_people(found["body"]):
        yield from ((found["body"], False), (found["rest"], False))
    elif (is_beside and (found := _POST_BEFORE.match(text)) and _names_a_post(found["post"], found["body"])) or (
        (found := _POST_AT.match(text)) and is_post(found["post"]) and not is_person(text) and not _is_office(found)
    ):
        yield from ((found["post"], False), (found["body"], False))
    elif (sides := _DASH.split(text)) and len(sides) == 2 and sum(map(_are_people, sides)) == 1:
        yield from ((side, False) for side in sides)
    elif is_beside and "," in text and any(map(is_person, sides := [one.strip() for one in text.split(",")])):
        yield from ((side, False) for side in sides if side)
    else:
        yield text, False


def _is_office(found: re.Match[str]) -> bool:
    """``Mayor of London``, ``Ambassador of Japan``: whoever holds an office of a place or a state was met as such."""
    heads = set(fold_key(found["post"]).split())
    return bool(heads & _OFFICES or country_code(found["body"]) or fold_key(found["body"]) in cities())


def _names_a_post(post: str, body: str) -> bool:
    """``Director Deltaa``: a post, and behind it words that are no part of one."""
    return fold_key(post) in POST_HEADS and not set(fold_key(body).split()) & (POST_HEADS | POST_LEADS)


def _kind(part: str) -> str:
    if "(" not in part and _are_people(part):
        return "person"
    return "post" if is_post(part) else "body"


def _people_in(text: str) -> list[PersonMention]:
    """Everybody of a text that names people, with their posts, and nothing else: ``Sean Doe, CEO and Ann Roe``."""
    found: list[PersonMention] = []
    parts = [one for piece in re.split("[,;]", text) for one in _AND.split(piece.strip())]
    for part, following in zip(parts, [*parts[1:], ""], strict=True):
        if is_person(part) or (reads_like_name(bare_name(part)) and is_post(following)):
            found.append(PersonMention(bare_name(part)))
        elif found and is_post(part):
            found = _with_post(found, part)
        else:
            return []
    return found


def _with_post_first(text: str) -> list[str]:
    """``Producers, Channel 4 News``: the post and the organization."""
    post, comma, body = text.partition(", ")
    return [post, body] if comma and is_post(post) else [text]


def _are_people(text: str) -> bool:
    return all(map(is_person, _AND.split(text)))


def _is_body(text: str) -> bool:
    """Whether what stands in brackets after a name is an organization, and not a post or a place."""
    key = fold_key(text)
    return bool(key) and text[:1].isupper() and not is_post(text) and key not in cities() and not country_code(text)


def _with_post(people: list[PersonMention], post: str) -> list[PersonMention]:
    return [*people[:-1], replace(people[-1], function=post)] if people else people
