"""Split the organizations named in one cell, where their numbers leave one way to do it.

The numbers beside the names say how many there are. What else helps was learned in a first walk over the file: the
name of every number that stands alone somewhere, and whether the file joins names with a space after the comma.
A cell is cut only when exactly one way of chosen it agrees with all that; otherwise it stays as published.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from engagement.core.folding import fold_key, match_key
from engagement.imports.parsing import register_numbers
from engagement.imports.parsing.affiliations import Body, bodies_of, is_person, leaves_doubt
from engagement.imports.parsing.lists import acronym_in_brackets, cut_list, stands_alone
from engagement.imports.parsing.people import PersonMention
from engagement.imports.parsing.phrases import is_nobody, name_alone
from engagement.imports.parsing.rows import OrgMention
from engagement.imports.parsing.splitting import Cut, Habit, cut, cuts, is_doubtful
from engagement.imports.sources.texts import clean, is_nothing, title_of

_SPELLINGS = 5  # different names kept for one number
_TRIES = 20_000  # cuts tried for one cell before it is left as it is
_HABIT = 3  # people beside organizations, from whom on others are taken for people as well
_BESIDE = re.compile(r"[,;(:]")
_KNOWN = 200_000  # names or numbers remembered of one file


def mention_of(text: str) -> OrgMention:
    """One organization as a cell names it; a number of a known register inside the name is its number."""
    name, number = register_numbers.apart(clean(text))
    name = acronym_in_brackets(name_alone(name))
    return OrgMention(name, number, register_numbers.EU if number else "", published=text)


def mentions_of(text: str) -> list[OrgMention]:
    """The organization that somebody entered, with people in brackets behind it."""
    bodies = bodies_of([text]) or [Body(text)]
    return [_with_people(mention_of(body.name), body.people) for body in bodies]


def _in_brackets(body: Body) -> str:
    """``Evening Post (Tom Roe)``, which is read as it was meant."""
    people = "; ".join(", ".join(filter(None, [one.name, one.function])) for one in body.people)
    return f"{body.name} ({people})" if people else body.name


def _with_people(mention: OrgMention, people: Sequence[PersonMention]) -> OrgMention:
    return replace(mention, people=tuple(replace(person, body=mention.name) for person in people))


@dataclass
class NameSplitter:
    """Knows one file's names and numbers."""

    separators: tuple[str, ...] = ()
    number_separators: tuple[str, ...] = ()
    scheme: str = ""
    says_people: bool = False  # a heading such as “organisation or individual”
    people: set[str] = field(default_factory=set)  # some who are named beside organizations
    habit: Habit = field(default_factory=Habit)
    names: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    alone: set[str] = field(default_factory=set)

    def learn(self, text: str, numbers_text: str) -> None:
        """Note the names that a row tells beyond doubt, in the first walk."""
        numbers = self.numbers(numbers_text)
        name = clean(text)
        if len(numbers) == 1 and name and len(self.names) < _KNOWN:
            spellings = self.names[numbers[0]]
            if name not in spellings and len(spellings) < _SPELLINGS:
                spellings.append(name)
        elif len(numbers) > 1:
            self.habit.learn(text, self.separators, len(numbers))
        if not numbers and len(self.people) < _HABIT and len(pieces := _BESIDE.split(text)) > 1:
            self.people |= {piece for piece in map(clean, pieces) if is_person(piece)}
        if len(numbers) <= 1 and len(self.alone) < _KNOWN and (numbers or stands_alone(text, self.separators)):
            self.alone.add(match_key(register_numbers.without_number(name)))

    def numbers(self, text: str) -> list[str]:
        """The register numbers of a cell."""
        pieces = cut(text, cuts(text, self.number_separators)) if self.number_separators else [text]
        return [number for piece in pieces if not is_nothing(piece) and (number := clean(piece))]

    def mentions(self, text: str, numbers_text: str) -> list[OrgMention]:
        """The organizations of a row, each once; those that could not be told apart are not certain."""
        found: dict[str, OrgMention] = {}
        for mention in self._mentions(text, numbers_text):
            found.setdefault(mention.number or fold_key(mention.name) or mention.published, mention)
        return list(found.values())

    def _mentions(self, text: str, numbers_text: str) -> list[OrgMention]:
        numbers = self.numbers(numbers_text)
        if not numbers and (is_nothing(text) or not any(map(str.isalnum, text)) or is_nobody(text)):
            return []
        if numbers and (places := self._by_place(text, numbers_text)):
            return places
        if not numbers:
            return self._unnumbered(text)
        if len(numbers) == 1:
            return [OrgMention(title_of(clean(text)), numbers[0], self.scheme, published=text)]
        pieces = self._pieces(text, numbers)
        if pieces is None:
            return [self._by_number(number, text) for number in numbers]
        return [
            OrgMention(title_of(clean(piece)), number, self.scheme, published=piece)
            for piece, number in zip(pieces, numbers, strict=True)
        ]

    def _unnumbered(self, text: str) -> list[OrgMention]:
        """Names nobody numbered: cut where a sign leaves no doubt, else a list to be decided on."""
        cutting = cut_list(text, self.separators, self.alone)
        bodies = bodies_of(cutting.pieces)
        if bodies and self._may_be_firms(bodies, cutting.pieces):
            pieces = tuple(_in_brackets(body) for body in bodies)
            return [OrgMention("", is_certain=False, published=text, pieces=pieces, may_be_people=True)]
        if bodies:
            return [_with_people(mention_of(body.name), body.people) for body in bodies]
        if cutting.is_sure:
            return [mention_of(piece) for piece in cutting.pieces]
        return [OrgMention("", is_certain=False, published=text, pieces=cutting.pieces, likely_one=cutting.likely_one)]

    def _may_be_firms(self, bodies: Sequence[Body], pieces: Sequence[str]) -> bool:
        """Whether who is told by a given name alone may be a firm, in a column that names few people."""
        has_people = self.says_people or len(self.people) >= _HABIT
        return not has_people and any(body.people for body in bodies) and leaves_doubt(pieces)

    def _by_place(self, text: str, numbers_text: str) -> list[OrgMention]:
        """``Eurogas, ENTSOG`` beside ``123456789012-34, ``: a number for each name, and some are left blank."""
        ends = cuts(numbers_text, self.number_separators)
        starts = [0, *(place.end for place in ends)]
        numbers = [clean(numbers_text[a:b]) for a, b in zip(starts, [*(p.start for p in ends), None], strict=True)]
        names = cut_list(text, self.separators, self.alone).pieces if ends and not all(numbers) else ()
        if len(names) != len(numbers):
            return []
        return [
            replace(mention_of(name), number=number, scheme=self.scheme if number else "")
            for name, number in zip(names, numbers, strict=True)
        ]

    def _by_number(self, number: str, text: str) -> OrgMention:
        """One number of a cell in doubt. A number that stands alone elsewhere in the file has its name from there."""
        spellings = self.names.get(number, [])
        if spellings:
            return OrgMention(spellings[0], number, self.scheme, published=text)
        return OrgMention("", number, self.scheme, is_certain=False, published=text)

    def _pieces(self, text: str, numbers: Sequence[str]) -> list[str] | None:
        """The names in the order of their numbers, if there is one way to cut only."""
        places = cuts(text, self.separators)
        if not is_doubtful(self.separators):
            pieces = cut(text, places)
            return pieces if len(pieces) == len(numbers) and self._agrees(pieces, numbers) else None
        likely = [place for place in places if place.style == self.habit.style]
        if len(likely) == len(numbers) - 1:
            pieces = cut(text, likely)
            if len(pieces) == len(numbers) and self._agrees(pieces, numbers):
                return pieces
        return self._only_way(text, likely, numbers) or self._only_way(text, places, numbers)

    def _agrees(self, pieces: Sequence[str], numbers: Sequence[str]) -> bool:
        """No piece contradicts the name its number has elsewhere in the file."""
        return all(self._fits(piece, number) for piece, number in zip(pieces, numbers, strict=True))

    def _fits(self, piece: str, number: str) -> bool:
        spellings = self.names.get(number)
        return not spellings or fold_key(piece) in {fold_key(name) for name in spellings}

    def _only_way(self, text: str, places: list[Cut], numbers: Sequence[str]) -> list[str] | None:
        """The pieces when exactly one choice of cuts agrees with every known name."""
        choices: list[tuple[Cut, ...]] = [()]
        tries = 0
        for number in numbers[:-1]:
            tries += len(choices) * len(places)
            if tries > _TRIES:
                return None
            choices = [
                (*chosen, end) for chosen in choices for end in places if self._can_follow(chosen, end, text, number)
            ]
        rest = [chosen for chosen in choices if chosen and self._fits(text[chosen[-1].end :], numbers[-1])]
        pieces = cut(text, list(rest[0])) if len(rest) == 1 else []
        return pieces if len(pieces) == len(numbers) else None

    def _can_follow(self, chosen: tuple[Cut, ...], end: Cut, text: str, number: str) -> bool:
        """Whether the text between the last cut and this one can be the name of this number."""
        start = chosen[-1].end if chosen else 0
        return end.start > start and self._fits(text[start : end.start], number)
