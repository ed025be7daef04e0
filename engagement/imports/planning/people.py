"""Record linkage of people within a file: one printed name each, and a question where two spellings may be one."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from django.utils.translation import gettext as _

from engagement.core.folding import fold_key
from engagement.imports.models.rows import Decision
from engagement.imports.parsing.people import PersonMention
from engagement.imports.parsing.rows import MeetingRow, OrgMention
from engagement.imports.planning.plan import PlannedRow, Question
from meetings.models import Participant

People: TypeAlias = list[list[dict[str, str]]]  # of each party of a row
OURS, THEIRS = "host", "counterpart"
_MANY = 200  # people of one family name that are compared with each other
_LONG = 5  # letters of a word in which one may be mistyped


@dataclass
class PeopleNames:
    """The people of one file, by side."""

    printed: dict[tuple[str, str], str]
    rivals: dict[tuple[str, str], list[str]]
    remembered: Decision
    seen_by: str = ""  # beside the secretariat

    @classmethod
    def of(cls, rows: Sequence[MeetingRow], remembered: Decision, seen_by: str = "") -> "PeopleNames":
        names: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for row in rows:
            for side, people in ((OURS, row.our_people), (THEIRS, row.their_people)):
                for one in people:
                    names[side, one.key][one.name] += 1
        printed = {key: max(often, key=lambda name: (name != name.title(), often[name], name))
                   for key, often in names.items()}  # fmt: skip
        return cls(printed, _rivals(names), remembered, seen_by)

    def of_row(
        self, parsed: MeetingRow, row: PlannedRow, parties: Sequence[tuple[str, OrgMention]], decisions: Decision
    ) -> People:
        """Who came for each party; questions go to the row, who cannot be placed to the notes of the other side."""
        found: People = [[] for _party in parties]
        for side, people in ((OURS, parsed.our_people), (THEIRS, parsed.their_people)):
            for one in people:
                at, function = _party_of(side, one, parties)
                name = self._name(side, one, row, decisions)
                if at is None:
                    parsed.counterpart_people.append(f"{name} ({function})" if function else name)
                elif name not in [person["name"] for person in found[at]]:
                    person = {"name": name, "function": function, "part": one.part}
                    found[at].append(person | ({"seen_by": self.seen_by} if self.seen_by else {}))
        return found

    def _name(self, side: str, one: PersonMention, row: PlannedRow, decisions: Decision) -> str:
        """As it is printed throughout the file."""
        for rival in self.rivals.get((side, one.key), ()):
            key = f"person:{side}:{one.key}|{rival}"[:300]
            answer = decisions.get(key) or self.remembered.get(key)
            if answer and answer["choice"] == "same":
                return self.printed[side, rival]
            is_open = not answer or answer["choice"] == "skip"  # of another file's row
            if is_open and key not in {question.key for question in row.questions}:
                names = {"one": self.printed[side, one.key], "other": self.printed[side, rival]}
                sentence = _("Are “%(one)s” and “%(other)s” one person?") % names
                row.add("one_person_or_two", sentence)
                row.questions.append(Question(key, "person", one.name, sentence))
        return self.printed[side, one.key]


def in_words(people: list[dict[str, str]]) -> list[str]:
    """For the preview."""
    parts = dict(Participant.Part.choices)
    told = [[one["name"], one["function"], str(parts[one["part"]]) if one["part"] else ""] for one in people]
    return [", ".join(filter(None, words)) for words in told]


def recorded_people(meetings: Sequence[int]) -> set[tuple[int, str, str]]:
    """Meeting, party and folded name of everybody recorded at these meetings."""
    if not meetings:
        return set()
    rows = Participant._base_manager.filter(meeting__in=meetings)
    facts = rows.values_list("meeting_id", "party__organization_id", "name")
    return {(pk, f"#{organization}", fold_key(name)) for pk, organization, name in facts.iterator()}


def _party_of(side: str, one: PersonMention, parties: Sequence[tuple[str, OrgMention]]) -> tuple[int | None, str]:
    """Which party somebody came for: the one named as the function, the first host, the only counterpart."""
    places = [at for at, (of, _mention) in enumerate(parties) if of == side]
    for at in places:
        if one.body and fold_key(one.body) == fold_key(parties[at][1].name):
            return at, one.function
        if one.function and fold_key(one.function) == fold_key(parties[at][1].name):
            return at, ""
    is_clear = len(places) == 1 or (side == OURS and places)
    return (places[0] if is_clear else None), one.function


def _rivals(names: dict[tuple[str, str], "Counter[str]"]) -> dict[tuple[str, str], list[str]]:
    """For each spelling, the fuller ones that may be the same person."""
    buckets: dict[tuple[str, str], set[str]] = defaultdict(set)
    for side, key in names:
        words = key.split()
        for word in {words[0], words[-1]} if words else ():
            buckets[side, word].add(key)
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for (side, _word), keys in buckets.items():
        ordered = sorted(keys, key=lambda key: (-len(key), -names[side, key].total(), key))[:_MANY]
        for at, one in enumerate(ordered):
            for other in ordered[at + 1 :]:
                if may_be_one(one, other):
                    found[side, other].add(one)
    return {key: sorted(rivals) for key, rivals in found.items()}


def may_be_one(one: str, other: str) -> bool:
    """Whether two folded names may be of one person: initials, a name left out, another order, a letter mistyped."""
    mine, theirs = one.split(), other.split()
    if sorted(mine) == sorted(theirs) or _misses_one(mine, theirs):
        return True
    few, many = sorted((mine, theirs), key=len)
    if few[-1] != many[-1]:
        return False
    first, full = few[:-1], many[:-1]
    return all(any(_stands_for(short, long) for long in full) for short in first)


def _stands_for(short: str, long: str) -> bool:
    return short == long or (1 in (len(short), len(long)) and short[0] == long[0])


def _misses_one(mine: Iterable[str], theirs: Iterable[str]) -> bool:
    """One word differs, by one letter."""
    mine, theirs = list(mine), list(theirs)
    if len(mine) != len(theirs):
        return False
    apart = [pair for pair in zip(mine, theirs, strict=True) if pair[0] != pair[1]]
    return len(mine) > 1 and len(apart) == 1 and _is_one_letter(*apart[0])


def _is_one_letter(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if len(long) < _LONG or len(long) - len(short) > 1:
        return False
    at = next((at for at, letter in enumerate(short) if letter != long[at]), len(short))
    return short[at + (len(short) == len(long)) :] == long[at + 1 :]
