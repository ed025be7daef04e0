"""Parser of people in a cell: name, function and part of each, titles and letters behind the name taken off.

“The Rt Hon Jane Doe MP”, “Jane Doe” and “JANE DOE (Minister of State)” are one name. A post without a name is a
function without a name.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from engagement.core.folding import fold, fold_key
from engagement.imports.parsing.people_words import (
    BODIES,
    FUNCTIONS,
    LETTERS_BEHIND,
    NO_NAMES,
    NOBLE,
    PARTICLES,
    PARTS,
    POST_HEADS,
    POST_LEADS,
    POSTS,
    TITLES,
)
from engagement.imports.sources.texts import clean, is_nothing

_STRONG = re.compile(r"(?:;|\n|\r|::)(?![^()\[\]]*[)\]])")
_SIGNS = re.compile(r"[,|](?![^()\[\]]*[)\]])| [-–—/] (?![^()\[\]]*[)\]])")
_AND = re.compile(r" (?:and|&|und|et|y) (?![^()\[\]]*[)\]])")
_BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_FORMER = re.compile(r"(?:n[ée]e|born|geb\.?)\b", re.IGNORECASE)
_LONGEST = 5_000  # letters of a cell; more are no people
_LINE = 300
_OF = frozenset(["de", "del", "di", "du", "des", "of", "der", "da", "do", "dos"])
_FUNCTION = 200  # letters that a function may have; what is longer is kept in the notes
_FEW, _MOST = 2, 5  # words of a name that stands without a title


@dataclass(frozen=True, slots=True)
class PersonMention:
    """Somebody as a row names them; without a name, a post alone."""

    name: str
    function: str = ""
    part: str = ""  # chair or head, where the function says so
    body: str = ""  # the organization that is named with them

    @property
    def key(self) -> str:
        """The key that the spellings of one name share."""
        return fold_key(self.name)


def read_people(cell: str) -> list[PersonMention]:
    """Everybody in the cell, each once, in its order."""
    if len(cell) > _LONGEST:
        return [PersonMention("", clean(cell))]
    found: dict[tuple[str, str], PersonMention] = {}
    for piece in _STRONG.split(_with_posts_below(cell)):
        if not is_nothing(piece) and any(map(str.isalpha, piece)):
            for one in _people(clean(piece)):
                found.setdefault((one.key, "" if one.name else fold(one.function)), one)
    return list(found.values())


def _with_posts_below(cell: str) -> str:
    """A post on the line under a name is of that person."""
    lines = [line.strip(" ,") for line in cell.splitlines() if line.strip(" ,")]
    joined: list[str] = []
    for line in lines:
        if joined and reads_like_name(bare_name(joined[-1])) and _is_function(_BRACKETS.sub(" ", line)):
            joined[-1] = f"{joined[-1]}, {line}"
        else:
            joined.append(line)
    return "\n".join(joined)


def are_people(line: str) -> bool:
    """Whether a cell holds nothing but people by name, beyond doubt."""
    found = read_people(line) if len(line) < _LINE else []
    return bool(found) and all(
        reads_like_name(one.name) or (_is_word(one.name) and bool(one.function)) for one in found
    )


def are_posts(line: str) -> bool:
    """A post without a name: “Secretary of State for Education”."""
    found = read_people(line) if len(line) < _LINE else []
    return bool(found) and all(not one.name and set(fold_key(one.function).split()) & POSTS for one in found)


def is_post(text: str) -> bool:
    """Whether a piece of a list is a post, and names no body: “Chief Executive”."""
    words = fold_key(text).split()
    at = next((at for at, word in enumerate(words[:_MOST]) if word in POST_HEADS), None)
    return at is not None and set(words[:at]) <= FUNCTIONS | POST_LEADS and not set(words) & BODIES


def is_one_person(text: str) -> bool:
    """Whether a line names one person and the post beside the name, before or after it."""
    parts = [part.strip() for part in _SIGNS.split(text) if part.strip()]
    if len(parts) != 2:
        return False
    names = [bool(reads_like_name(bare_name(part))) for part in parts]
    posts = [is_post(part) for part in parts]
    return (names[0] and posts[1]) or (names[1] and posts[0])


def named(people: list[PersonMention], functions: list[str]) -> tuple[list[PersonMention], list[str]]:
    """People with a name, with the function of a column of functions beside; and functions that nobody has."""
    posts = [one.function for one in people if not one.name and one.function]
    posts += [one.function for one in people if one.name and len(one.function) > _FUNCTION]
    known = [
        replace(one, function=one.function if len(one.function) <= _FUNCTION else "") for one in people if one.name
    ]
    functions, long = ([text for text in functions if (len(text) > _FUNCTION) is is_long] for is_long in (False, True))
    posts += long
    if known and len(known) == len(functions) and not any(one.function for one in known):
        return [_with(one, [text]) for one, text in zip(known, functions, strict=True)], posts
    return known, [*functions, *posts]


def _people(text: str) -> Iterator[PersonMention]:
    """The parts of a text are names, or say the function of the one before, or of the first one after."""
    waiting: list[str] = []
    last: PersonMention | None = None
    for part in _turned(_parts(text)):
        name, functions = _apart(part)
        if not name and last:
            last = _with(last, functions, bool(last.function))
        elif not name:
            waiting += functions
        else:
            if last:
                yield last
            last, waiting = _with(PersonMention(name), [*waiting, *functions]), []
    if last:
        yield last
    elif waiting:
        yield _with(PersonMention(""), waiting)


def _parts(text: str) -> list[str]:
    """Between commas, bars and dashes; at “and” only where two names meet."""
    found: list[str] = []
    for part in filter(None, map(str.strip, _SIGNS.split(text))):
        pieces = _AND.split(part)
        halves = [reads_like_name(bare_name(piece)) for piece in pieces]
        found += pieces if len(pieces) > 1 and all(halves) else [part.removeprefix("and ")]
    return found


def _turned(parts: list[str]) -> list[str]:
    """“Doe, Jane” is Jane Doe."""
    if len(parts) < _FEW:
        return parts
    last, first = parts[0], _without_letters(_BRACKETS.sub(" ", parts[1]).split())
    is_turned = len(last.split()) == 1 or _is_family_name(last)
    names = [word for word in first if fold_key(word) not in TITLES]
    if not is_turned or not 1 <= len(names) <= _FEW or not all(map(_is_word, [last.split()[-1], *names])):
        return parts
    if len(names) > 1 and not _is_initial(names[-1]) and len(parts) > _FEW:
        return parts
    return [f"{parts[1].split('(')[0].strip()} {last} {' '.join(_in_brackets(parts[1]))}".strip(), *parts[2:]]


def _is_family_name(text: str) -> bool:
    words = text.split()
    return len(words) <= 3 and all(fold_key(word) in PARTICLES for word in words[:-1])


def _in_brackets(text: str) -> list[str]:
    return [found[0] for found in _BRACKETS.finditer(text)]


def _apart(part: str) -> tuple[str, list[str]]:
    """The name in a part of a cell, and the functions."""
    inside = [clean(one or other) for one, other in _BRACKETS.findall(part)]
    inside = [text for text in inside if text and not _FORMER.match(text) and not _says_nothing(text)]
    outside = clean(_BRACKETS.sub(" ", part)).strip(" .:")
    if outside.count("(") + outside.count("["):
        outside = re.split(r"[(\[]", outside)[0].strip()  # a bracket that nobody closed
    if _is_function(outside):
        before, name = _function_before(outside)
        if name:
            return name, [before, *inside]
        if len(inside) == 1 and reads_like_name(bare_name(inside[0])):
            return bare_name(inside[0]), [outside]
        return "", [outside, *inside]
    if _says_nothing(outside):
        return "", inside
    return bare_name(outside), inside


def _function_before(text: str) -> tuple[str, str]:
    """“Minister Jane Doe” and “Commissioner Roe”: a word of function and then nothing but a name."""
    words = text.split()
    while len(words) > 1 and _is_title(words[0]):
        words.pop(0)
    at = next((at for at, word in enumerate(words) if fold_key(word) not in FUNCTIONS), len(words))
    rest = bare_name(" ".join(words[at:]))
    if at < len(words) and fold_key(words[at]) in _OF:
        return "", ""  # “Secretario de Estado de Empleo”
    is_surname = (
        at == 1
        and len([word for word in words if not _is_title(word)]) == 2
        and fold_key(words[0]) in POSTS
        and _is_word(rest)
    )
    return (" ".join(words[:at]), rest) if at and (is_surname or reads_like_name(rest)) else ("", "")


def bare_name(text: str) -> str:
    """A name without its titles and the letters behind it; a lord of one name keeps the title."""
    words = _without_letters(text.split())
    titles: list[str] = []
    while len(words) > 1 and _is_title(words[0]):
        titles.append(words.pop(0))
    if titles and (fold_key(titles[-1]) in NOBLE) and (len(words) == 1 or "of" in words):
        words.insert(0, titles[-1])
    return _in_letters(words)


def _is_title(word: str) -> bool:
    """Also of two: ``Dr.-Ing.``"""
    parts = fold_key(word).split()
    return bool(parts) and set(parts) <= TITLES


def _without_letters(words: list[str]) -> list[str]:
    kept = [word.strip(",") for word in words]
    while len(kept) > 1 and fold_key(kept[-1]).replace(" ", "") in LETTERS_BEHIND and kept[-1] != kept[-1].title():
        kept.pop()
    return kept


def _in_letters(words: list[str]) -> str:
    """Capitals are no part of a name: “JANE DOE”, “Jane DOE”, and “DOE Jane”, whose family name stands first."""
    capitals = [len(word) > 1 and word.isupper() and not _is_initial(word) for word in words]
    if any(capitals) and not all(capitals) and capitals[0]:
        first = capitals.index(False)
        words, capitals = words[first:] + words[:first], capitals[first:] + capitals[:first]
    both = zip(words, capitals, strict=True)
    return " ".join(word.title().replace("’S", "’s") if is_capital else word for word, is_capital in both)


def _is_initial(word: str) -> bool:
    return len(re.sub(r"[^\w]", "", word)) == 1 or bool(re.fullmatch(r"(?:\w\.)+", word))


def reads_like_name(text: str) -> bool:
    """Two to five words that each could be a name; one with the title of a lord."""
    words = text.split()
    return (
        _FEW <= len(words) <= _MOST
        and all(_is_word(word) or fold_key(word) in PARTICLES for word in words)
        and not set(fold_key(text).split()) & (NO_NAMES | FUNCTIONS)
    )


def _is_word(word: str) -> bool:
    letters = re.sub(r"[^\w]", "", word)
    return (
        " " not in word and letters.isalpha() and letters[0].isupper() and not {fold_key(word)} & (NO_NAMES | FUNCTIONS)
    )


def _is_function(text: str) -> bool:
    """Whether words of it are of a post, of a field of government, or of no name at all."""
    return bool(set(fold_key(text).split()) & (FUNCTIONS | NO_NAMES)) or (
        text[:1].islower() and fold_key(text.split()[0]) not in PARTICLES
    )


def _says_nothing(text: str) -> bool:
    """Titles and letters alone."""
    words = [fold_key(word).replace(" ", "") for word in text.split()]
    return all(word in LETTERS_BEHIND or word in TITLES or not word for word in words)


def _with(one: PersonMention, functions: list[str], is_more: bool = False) -> PersonMention:
    """With these functions; those that say who led a side are its part."""
    told = [text for text in functions if fold_key(text) not in PARTS]
    part = next((PARTS[fold_key(text)] for text in functions if fold_key(text) in PARTS), one.part)
    return replace(one, function=", ".join([*([one.function] if is_more else []), *told]), part=part)
