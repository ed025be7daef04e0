"""List splitting: where a cell that nobody counted is cut into names, and how sure that is.

A strong sign (a semicolon, a bar, a new line) decides for its cell. A comma also stands inside names: before a legal
form, a place, a register number or the acronym of what precedes, within brackets and quotation marks. What is left of
the commas is a proposal, unless a legal form ends each name or the names stand alone elsewhere in the file.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from engagement.core.folding import fold_key, match_key
from engagement.imports.parsing.gazetteer import cities, country_code
from engagement.imports.parsing.legal_forms import ends_in_legal_form, is_legal_form
from engagement.imports.parsing.people import is_one_person, is_post
from engagement.imports.parsing.phrases import introduced, is_others
from engagement.imports.parsing.register_numbers import NUMBER, apart, has_number, without_number
from engagement.imports.parsing.splitting import Cut, cut, cuts
from engagement.imports.sources.texts import clean

_STRONG = ("::", ";", "|", "\n")
_CONJUNCTION = re.compile(r"^(?:and|&|et|und|as well as|y|e)\s+(?=\S)", re.IGNORECASE)
_LAST = re.compile(r"(?<!-)\s+(?:and|et|und|y|en|e|och|og|oraz|ja)\s+(?=[A-ZÀ-Ý0-9])|(?<!-)\s+(?:and|et|und)\s+")
_AMPERSAND = re.compile(r"\s+&\s+(?=[A-ZÀ-Ý])")
_PARTNERS = re.compile(r"\b(?:partners?|sons?|co|company|associates|brothers|cie|sohne|daughters|solicitors)\b")
_PAIRS = re.compile(
    r"\b(?:marks spencer|legal general|procter gamble|johnson johnson|ernst young|smith nephew|allen overy|tate lyle"
    r"|baker mckenzie|dun bradstreet|standard poors?|bates wells|crown commercial|food drink|land business|bed bath"
    r"|fortnum mason|holland barrett|clifford chance|wells fargo|rhode schwarz|giesecke devrient|kohlberg kravis"
    r"|slaughter may|dolce gabbana|moet hennessy|black decker|barnes noble|abercrombie fitch)\b"
)
"""Firms with two names, which ``Aaa, Bbb, Marks & Spencer`` does not part."""
_NUMBERED = re.compile(r"(?:^|\s+)\(?\d{1,2}[.)]\s+")
_AFTER_FORM = re.compile(r"\s+(?:and|&|et|und|y|en)\s+(?=[A-ZÀ-Ý0-9])")
_ACRONYM_BEHIND = re.compile(r"\w \([A-ZÀ-Ý][A-Za-zÀ-ÿ&]{1,9}\)$")
_ADDRESS = re.compile(
    r"^\d+[a-z]?[\s-].*\b(?:street|road|avenue|lane|square|rue|strasse|straße|place|way|house)\b", re.I
)
_IN_BRACKETS = re.compile(
    r"[^()]{0,80}\b(?:[Ff]orum|[Gg]roup|[Rr]ound ?[Tt]able|[Pp]anel|[Mm]eeting|[Ee]vent|[Ss]eminar|[Dd]inner"
    r"|[Bb]reakfast|[Ww]orkshop|[Vv]isit|[Dd]elegation|[Bb]oard|[Tt]askforce|[Rr]eception|[Ii]ndustry|\w*[Ii]ndustrie"
    r"|[Ss]ector|[Cc]ompanies|[Uu]nternehmen|[Vv]erbände|[Ss]takeholders|[Rr]epresentatives|[Mm]embers|[Cc]harities"
    r"|[Bb]usinesses|[Ff]irms|[Ii]nvestors|[Oo]rgani[sz]ations|[Ee]ntreprises|[Vv]ertreter)\b"
    r"[:\s–-]*\(([^()]+(?:\([^()]*\)[^()]*)*)\)?\.?"
)
_BULLET = re.compile(r"^(?:[-•*–·▪◦]\s*|\(?\d{1,2}[.)]\s+)+(?=\S)")
_WRAPPED = re.compile(r"([,;|])\s*\n\s*")
_IDLE = re.compile(r"[,;|](?:[^\w,;|\n)\]]|_)*(?=[,;|\n]|$)")
"""A sign with nobody before the next one."""
_ALIAS = re.compile(
    r"(?:trading as|t/a|formerly|previously|now|also known as|known as|aka|part of|a subsidiary of|owned by"
    r"|on behalf of|representing|vormals|anciennement|au nom de|im auftrag)\b",
    re.IGNORECASE,
)
"""``Deltaa Group plc, trading as Total Deltaa``: what is said of the name before."""
_ENTITY = re.compile(r"&#?\w{1,10};?$")
_ENCLOSED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\"[^\"]*\"|“[^“”]*”|«[^«»]*»|„[^„“”]*[“”]")
_OPEN_END = re.compile(r"\b(?:of|for|des|du|fur|zur|pour|para|per)(?: the)? \w+$")
_BODY_OF = re.compile(
    r"\b(?:association|federation|confederation|society|institute|institution|council|union|alliance|ministry|department"
    r"|office|college|guild|board|chamber|committee|centre|center|academy|campaign|network|forum|coalition|company)"
    r" (?:of|for)(?: the)? \w+$"
)
"""``Association of Police`` ``and Crime Commissioners``: what goes on behind the word is of the same name."""
_OFFICE = re.compile(r"^(?:the )?(?:ministry|ministere|ministerium|department|office|committee|secretariat|bureau)\b")
_PARTS = re.compile(
    r"\b(?:faculty|school|department|institute|centre|center|chair|fakultat|institut|lehrstuhl|college)\b"
)
_BODY = re.compile(
    r"\b(?:university|universitat|universite|universiteit|college|association|federation|foundation|institute|council"
    r"|society|union|authority|trust|alliance|board|agency|bank|group|airport|airways|hospital|network|forum|chamber"
    r"|commission|committee|coalition|confederation|organisation|organization|ltd|limited|plc|verband|bundesverband"
    r"|vereinigung|stiftung|gesellschaft|federacion|asociacion|fundacion|asociatia|federatie|vereniging|associazione"
    r"|federazione|fondazione|uk|europe|international|energy|partnership|club|company|centre|center)$"
)
"""How the name of a body ends."""
_TRADES = re.compile(r"\b(?:union|association|federation|council|society|institute|board|workers|industry|agency)$")
_HALL = re.compile(
    r"^(?:the )?(?:university|college|universitat|universite|faculty|ministry|department|institute|hospital)"
)
_THREE, _MANY = 3, 4  # from four on, no comma inside a name accounts for them
_OFFICE_HOLDER = re.compile(r"(?:the )?(?:lord )?(?:mayor|lieutenant|governor|bishop|archbishop|dean) of ")
"""Met as a body would be."""
_LONG_NAME = 12  # words
_FEW_SMALL = 3  # one name of three may begin with a small letter
LONGEST = 250


@dataclass(frozen=True, slots=True)
class Cutting:
    """The names of a cell; one that is not sure is asked about, and the likelier answer stands first."""

    pieces: tuple[str, ...]
    is_sure: bool = True
    likely_one: bool = False


def cut_list(text: str, separators: tuple[str, ...], alone: set[str]) -> Cutting:
    """The names of a cell, by the signs a layout allows; ``alone`` are the keys of names that need no sign."""
    whole = _WRAPPED.sub(r"\1 ", text.strip())
    whole = _IDLE.sub("", whole).strip() if separators else whole
    whole = introduced(_opened(whole)) if separators else whole
    if not _is_name(whole):
        return Cutting(())
    if separators and _counts(whole):
        return _fitting(Cutting(_names(_NUMBERED.split(whole))))
    if match_key(whole) in alone and len(whole) <= LONGEST:
        return Cutting((clean(whole),))
    if separators and (strong := [sign for sign in _strong(separators, whole) if _places(whole, (sign,))]):
        return _fitting(Cutting(_names(cut(whole, _places(whole, tuple(strong))))), separators)
    weak = tuple(sign for sign in separators if sign not in _STRONG)
    if len(whole) > LONGEST and not weak:
        return replace(_by_weak_signs(whole, (",", ";", "\n"), alone), is_sure=False)
    return _fitting(_by_weak_signs(whole, weak, alone)) if weak else _fitting(Cutting(_names([whole])))


def stands_alone(text: str, separators: tuple[str, ...], *, only: bool = False) -> bool:
    """Whether no sign in the cell could be one between names; ``only`` asks for these signs and no other."""
    if not separators:
        return True
    whole = _WRAPPED.sub(r"\1 ", text.strip())
    if len(_at_forms(whole)) > 1:
        return only
    signs = separators if only else tuple(dict.fromkeys((*separators, *_STRONG)))
    return not _places(whole, signs) and (only or len(whole) <= LONGEST)


def _strong(separators: tuple[str, ...], text: str) -> list[str]:
    """The strong signs that count here: those of the layout where the cell has one, else any."""
    known = [sign for sign in separators if sign.strip(" ") in _STRONG or _is_peculiar(sign)]
    return known if any(sign in text for sign in known) else list(_STRONG)


def _is_peculiar(sign: str) -> bool:
    """A separator of the publisher's own, which no name has in it."""
    return sign.strip() not in ("", ",", "/", "-", "&", "+", "and", "et", "und", "with")


def _opened(text: str) -> str:
    """``Cities Forum (IBM, Arup, Siemens, GLA)``: an occasion, and in brackets who came."""
    found = _IN_BRACKETS.fullmatch(text)
    return found[1] if found and found[1].count(",") + found[1].count(";") >= _MANY - 1 else text


def _fitting(cutting: Cutting, separators: tuple[str, ...] = ()) -> Cutting:
    """A name that is too long for one is asked about, cut at the other signs as well."""
    if all(len(piece) <= LONGEST for piece in cutting.pieces):
        return cutting
    weak = tuple(sign for sign in separators if sign not in _STRONG)
    halves = [_by_weak_signs(piece, weak, set()).pieces if weak else (piece,) for piece in cutting.pieces]
    return Cutting(tuple(name for names in halves for name in names), is_sure=False)


def _counts(text: str) -> bool:
    """Whether the names are numbered: ``1. Google 2. Meta``."""
    return [int(sign.strip(" ().")) for sign in _NUMBERED.findall(text)][:2] == [1, 2]


def _by_weak_signs(text: str, separators: tuple[str, ...], alone: set[str]) -> Cutting:
    places = _places(text, separators)
    if not places:
        return Cutting(_names(_at_forms(text)))
    pieces = cut(text, places)
    is_tight = all(place.style == "tight" and text[place.start : place.end] == "," for place in places)
    names = _names([half for piece in (pieces if is_tight else _with_last(pieces, alone)) for half in _at_forms(piece)])
    if len(names) < 2:
        return Cutting(names or _names([text]))
    is_sure = is_tight or _each_ends(names[:-1]) or all(match_key(name) in alone for name in names)
    likely_one = not is_sure and _reads_like_one(names, text)
    return Cutting(names, is_sure or (not likely_one and _are_bodies(names, text)), likely_one)


def _at_forms(text: str) -> list[str]:
    """``Tata Steel Ltd and British Steel Ltd``: two legal forms or acronyms in brackets, and a word between them."""
    for found in _AFTER_FORM.finditer(text):
        before, after = text[: found.start()], text[found.end() :]
        if _is_ended(before) and _is_ended(after) and len(before.split()) > 1:
            return [before, *_at_forms(after)]
    return [text]


def _is_ended(name: str) -> bool:
    """Whether nothing of a name can follow."""
    return ends_in_legal_form(name) or bool(_ACRONYM_BEHIND.search(name))


def _are_bodies(names: tuple[str, ...], text: str) -> bool:
    """Whether each piece is a whole name by itself, or they are so many that one name would not be cut so often."""
    small = [name for name in names if _is_small(name)]
    if any(is_post(name) and not _OFFICE_HOLDER.match(fold_key(name)) for name in names) or any(
        len(name.split()) > _LONG_NAME for name in names
    ):
        return False
    if len(names) < _MANY and (small or any(_PARTNERS.search(fold_key(name)) for name in names)):
        return False
    if len(names) >= _MANY:  # a firm of partners has the word for them at its end, and single names before it
        is_firm = bool(_PARTNERS.search(fold_key(names[-1]))) and all(len(name.split()) == 1 for name in names[:-1])
        return not is_firm and _FEW_SMALL * len(small) <= len(names)
    return all(map(_is_body, names)) or (len(names) == _THREE and _are_three(names, text))


def _is_small(name: str) -> bool:
    """Whether a piece begins with a small letter: ``the LGA`` and ``iCITY`` do not."""
    first = name.removeprefix("the ")
    return not first[:1].isupper() and not first[:1].isdigit() and not any(map(str.isupper, first[1:3]))


def _are_three(names: tuple[str, ...], text: str) -> bool:
    """``British Gas, BP, Shell``: nothing joins the last two, or the middle one is a name by itself."""
    parts = [name for name in names if _PARTS.search(fold_key(name)) or _HALL.match(fold_key(name))]
    if parts or _OPEN_END.search(fold_key(names[0])) or _OFFICE.match(fold_key(names[0])):
        return False
    is_joined = bool(_LAST.search(text) or _AMPERSAND.search(text))
    return not is_joined or len(names[1].split()) > 1 or (names[1].isupper() and len(names[1]) > 1)


def _is_body(name: str) -> bool:
    bare = clean(_ENCLOSED.sub(" ", name))
    return name.endswith(")") or (bare.isupper() and " " not in bare) or bool(_BODY.search(fold_key(bare)))


def _each_ends(names: tuple[str, ...]) -> bool:
    """``Aaa Ltd, Bbb GmbH, Ccc``: a legal form stands at the end of each name before a sign."""
    return all(ends_in_legal_form(without_number(name)) or has_number(name) for name in names)


def _with_last(pieces: list[str], alone: set[str]) -> list[str]:
    """``A, B and C``: the last of several may be two."""
    last = pieces[-1] if pieces else ""
    found = _LAST.split(last)
    is_firm = _PARTNERS.search(fold_key(last)) or _PAIRS.search(fold_key(last))
    if len(pieces) > 2 and len(found) == 1 and not is_firm:
        found = _AMPERSAND.split(last)
    if len(pieces) < 2 or len(found) != 2 or match_key(last) in alone or _CONJUNCTION.match(last):
        return pieces
    if is_post(found[0]) or (_BODY_OF.search(fold_key(found[0])) and match_key(found[0]) not in alone):
        return pieces
    return [*pieces[:-1], *found]


def _names(pieces: list[str]) -> tuple[str, ...]:
    """The pieces without bullets, words between them and signs at their ends; signs alone are nobody."""
    found = []
    for at, piece in enumerate(pieces):
        name = clean(_BULLET.sub("", piece.strip())).strip(" ,;|")
        if at and is_others(name):
            continue
        name = _CONJUNCTION.sub("", name) if at else name
        if _is_name(name) and not (at and is_others(name)):
            found.append(name)
    return tuple(dict.fromkeys(found))


def _is_name(text: str) -> bool:
    return any(map(str.isalnum, text))


def _places(text: str, separators: tuple[str, ...]) -> list[Cut]:
    """The signs that stand between names."""
    enclosed = [found.span() for found in _ENCLOSED.finditer(text)]
    found = [place for place in cuts(text, separators) if not any(a < place.start < b for a, b in enclosed)]
    return list(_between_names(text, found))


def _between_names(text: str, places: list[Cut]) -> Iterator[Cut]:
    """Without signs at the ends, doubled ones, and those that what follows belongs before."""
    start = 0
    for at, place in enumerate(places):
        after = text[place.end : places[at + 1].start if at + 1 < len(places) else len(text)]
        before = text[start : place.start]
        sign = text[place.start : place.end].strip()
        if not _is_name(before) or not _is_name(after):
            continue
        if sign == ";" and _ENTITY.search(text[: place.end]):
            continue
        if sign in (",", "/", "", "-", ";", "|") and _belongs(before, after, sign, is_long=len(places) >= _THREE):
            continue
        yield place
        start = place.end


def _belongs(before: str, after: str, sign: str, *, is_long: bool) -> bool:
    """Whether what stands after a sign is the end of the name before it; a long list has firms called like places."""
    line, bare = clean(after), clean(without_number(after))
    if NUMBER.fullmatch(line.strip(" ()[]")) or apart(f"Name {line}")[0] == "Name":
        return True
    if sign in (";", "|"):
        return False
    if sign == "," and before[-1:].isdigit() and after[:1].isdigit():
        return True
    if sign in ("/", "-") and min(len(before.split()[-1]), len(after.split()[0])) == 1:  # a/s, c/o
        return True
    if sign == "," and _ALIAS.match(line):
        return True
    form = _AFTER_FORM.split(clean(_ENCLOSED.sub(" ", bare)))[0]
    if is_legal_form(form) or _is_acronym_of(bare, before) or _ADDRESS.match(bare):
        return True
    return _is_place(bare) and not _is_place(clean(before)) and not (is_long and len(before.split()) == 1)


def _is_place(text: str) -> bool:
    return len(text) > 3 and text[:1].isupper() and (fold_key(text) in cities() or bool(country_code(text)))


def acronym_in_brackets(name: str) -> str:
    """``Confederation of British Industry, CBI`` as others write it: with the acronym in brackets."""
    before, comma, behind = name.rpartition(", ")
    return f"{before} ({behind})" if comma and _is_acronym_of(behind, before) else name


def _is_acronym_of(text: str, before: str) -> bool:
    """``Confederation of British Industry, CBI``."""
    letters = text.replace("&", "").replace(".", "")
    if not (letters.isupper() and letters.isalpha() and 2 <= len(letters) <= 8):
        return False
    initials = "".join(word[0] for word in before.replace("-", " ").split() if word[:1].isupper())
    return len(initials) > 1 and letters == initials.upper()


def _reads_like_one(names: tuple[str, ...], text: str) -> bool:
    """``Department for Culture, Media and Sport``: what follows only goes on with the first words."""
    small = [name for name in names[1:] if name[:1].isalpha() and _is_small(name)]
    if _FEW_SMALL * len(small) > len(names) or (small and len(names) < _MANY):
        return True
    first, rest = fold_key(names[0]), names[1:]
    if is_one_person(text):
        return True
    if len(names) == 2 and _HALL.match(first) and _PARTS.match(fold_key(names[1])):
        return True
    if len(names) > 2 and _are_trades(names) and _LAST.search(text):
        return True
    if len(names) == 2 and _PARTS.search(first) and _HALL.match(fold_key(names[1])):
        return True
    if len(names) == 2 and "universit" in first and len(names[1].split()) <= 2 and "niversit" not in names[1]:
        return True
    if not (_OPEN_END.search(first) or _OFFICE.match(first)) or not 2 <= len(rest) <= 5:
        return False
    if not _LAST.search(text) and not all(len(name.split()) == 1 for name in rest):
        return False
    return all(len(name.split()) <= 3 and not ends_in_legal_form(name) and not name.isupper() for name in rest)


def _are_trades(names: tuple[str, ...]) -> bool:
    """``Textiles, Clothing and Footwear Union``: words, and at the end a body of all of them."""
    are_words = all(len(name.split()) == 1 and not name.isupper() for name in names[:-1])
    return are_words and len(names[-1].split()) > 1 and bool(_TRADES.search(fold_key(names[-1])))
