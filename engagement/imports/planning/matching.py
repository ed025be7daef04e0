"""Entity matching (record linkage): an organization by number first, then by earlier decisions, then by its names.

Whatever is not certain becomes a question. Nothing is taken because it is merely likely.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from engagement.imports.models.rows import AnswerData, Decision
from engagement.imports.parsing.legal_forms import differ, legal_form
from engagement.imports.parsing.rows import OrgMention
from engagement.imports.planning.existing import ExistingOrganizations
from engagement.imports.planning.row_keys import form_key, mention_key, name_key
from organizations.models import Identifier

COMPANY = str(Identifier.Scheme.COMPANY)
"""Of this register each country counts for itself: one number may be several organizations'."""


@dataclass(slots=True)
class Match:
    """The match of a mention: an organization that is there, a new one, or a question why neither is certain."""

    key: str = ""  # "#12", or that of a new one
    how: str = ""  # by_number, by_name, by_acronym, by_answer, new
    doubt: str = ""  # the code of the reason
    sentence: str = ""
    candidates: list[int] = field(default_factory=list)
    is_skipped: bool = False
    number_is_new: bool = False
    question: str = ""  # under which key it is asked, where that is not the mention's own
    rivals: list[str] = field(default_factory=list)  # names of the file that may be one organization

    @property
    def pk(self) -> int | None:
        return int(self.key[1:]) if self.key.startswith("#") else None


@dataclass
class Spellings:
    """The names under which a number stands in this file, with the latest day of each."""

    days: dict[str, dt.date] = field(default_factory=dict)

    def add(self, name: str, day: dt.date | None) -> None:
        self.days[name] = max(day or dt.date.min, self.days.get(name, dt.date.min))

    @property
    def latest(self) -> str:
        return max(self.days, key=lambda name: (self.days[name], name))

    @property
    def others(self) -> list[str]:
        """Spellings that really differ from the latest one."""
        seen, found = {name_key(self.latest)}, []
        for name in sorted(self.days):
            if name_key(name) not in seen:
                seen.add(name_key(name))
                found.append(name)
        return found


def _of_several(number: str, candidates: list[int]) -> Match:
    """A number that each country counts for itself may be that of several."""
    sentence = _("Several organizations have the number %(number)s.") % {"number": number}
    return Match(doubt="several_candidates", sentence=sentence, candidates=candidates)


class Matcher:
    """Asks in turn: the decision on this row, the number, the remembered answers, the names."""

    def __init__(self, existing: ExistingOrganizations, remembered: Decision) -> None:
        self.existing, self.remembered = existing, remembered
        self.spellings: dict[tuple[str, str], Spellings] = defaultdict(Spellings)
        self.numbers_of_name: dict[str, set[tuple[str, str]]] = defaultdict(set)
        self.names_of_key: dict[str, set[str]] = defaultdict(set)

    def learn(self, mentions: Iterable[OrgMention], day: dt.date | None) -> None:
        """Remember which names stand beside which numbers, before anything is matched."""
        for mention in mentions:
            for name in mention.pieces or [mention.name]:
                if name and not mention.number:
                    self.names_of_key[name_key(name)].add(name)
            if mention.is_certain and mention.number and mention.name:
                number = (mention.scheme, mention.number)
                self.spellings[number].add(mention.name, day)
                self.numbers_of_name[name_key(mention.name)].add(number)

    def match(self, mention: OrgMention, decisions: Decision, *, is_host: bool = False) -> Match:
        keys = (form_key(mention), mention_key(mention))
        if match := self._first_answer(mention, decisions, keys):
            return match
        if mention.number and (match := self._by_number(mention)):
            return match
        return self._first_answer(mention, self.remembered, keys) or self._by_name(mention, is_host)

    def _first_answer(self, mention: OrgMention, answers: Decision, keys: Iterable[str]) -> Match | None:
        found = (self._answered(mention, answers[key]) for key in keys if key in answers)
        return next((match for match in found if match), None)

    def _answered(self, mention: OrgMention, answer: AnswerData) -> Match | None:
        if answer["choice"] == "skip":
            return Match(is_skipped=True, how="by_answer")
        if answer["choice"] == "new":
            return Match(self._apart(mention), "by_answer") if self.name_of(mention) else None
        if answer["choice"] == "same":
            return Match(new_key(mention), "by_answer")
        pk = self.existing.current(answer.get("organization"))
        if pk in self.existing.names:
            return Match(f"#{pk}", "by_answer", number_is_new=self._number_is_new(mention))
        return None

    def _apart(self, mention: OrgMention) -> str:
        """A new one although the number, or the name but for its legal form, is somebody else's already."""
        name = self.name_of(mention)
        if self.existing.by_number.get((mention.scheme, mention.number)) or self._names_of_number(mention):
            return f"+name:{name_key(name)}"
        form = legal_form(name) if not mention.number and self._rivals(name) else ""
        return f"{new_key(mention)}|{form}" if form else new_key(mention)

    def _names_of_number(self, mention: OrgMention) -> list[str]:
        """The names that share a number which each country counts for itself."""
        spellings = self.spellings.get((mention.scheme, mention.number)) if mention.scheme == COMPANY else None
        names = sorted(spellings.days) if spellings else []
        return names if len({name_key(name) for name in names}) > 1 else []

    def _rivals(self, name: str) -> list[str]:
        """The names of the file that differ from this one, or from each other, by their legal form only."""
        names = sorted(self.names_of_key.get(name_key(name), ()))
        return names if any(differ(one, other) for one in names for other in names[:10]) else []

    def name_of(self, mention: OrgMention) -> str:
        """The name as the file has it here, or elsewhere beside the same number."""
        spellings = self.spellings.get((mention.scheme, mention.number)) if mention.number else None
        return mention.name or (spellings.latest if spellings else "")

    def _number_is_new(self, mention: OrgMention) -> bool:
        number = (mention.scheme, mention.number)
        return all(number) and number not in self.existing.by_number

    def _by_number(self, mention: OrgMention) -> Match | None:
        found = self.existing.by_number.get((mention.scheme, mention.number), [])
        if not found:
            return None
        named = self.existing.called(mention.name) if mention.name and mention.is_certain else set()
        candidates = sorted({*found, *named})
        if len(found) > 1:
            return _of_several(mention.number, candidates)
        if named and found[0] not in named:
            sentence = _("The number %(number)s belongs to %(one)s, but the name belongs to %(other)s.") % {
                "number": mention.number,
                "one": self.existing.names[found[0]],
                "other": self.existing.names[min(named)],
            }
            return Match(doubt="number_and_name_disagree", sentence=sentence, candidates=candidates)
        if mention.scheme == COMPANY and mention.name and not named:
            sentence = _(
                "The number %(number)s belongs to %(one)s. Two countries can give the same company number."
            ) % {"number": mention.number, "one": self.existing.names[found[0]]}
            return Match(doubt="number_and_name_disagree", sentence=sentence, candidates=candidates)
        return Match(f"#{found[0]}", "by_number")

    def _by_name(self, mention: OrgMention, is_host: bool) -> Match:
        name = self.name_of(mention)
        if not name or not (mention.is_certain or mention.number):
            sentence = _("It is not clear which organizations this cell names: “%(text)s”.") % {
                "text": mention.published[:300] or mention.number
            }
            return Match(doubt="not_untangled", sentence=sentence)
        named = sorted(self.existing.called(name))
        if is_host:
            return self._host(mention, name, named)
        if named:
            return self._one_of(mention, name, named)
        if (alone := self._by_acronym(mention, name)) is not None:
            return Match(f"#{alone}", "by_acronym")
        for acronym, short in ((name, self.existing.short_for(name)), (mention.acronym, self._alike_in_short(mention))):
            if short:
                sentence = _("“%(name)s” is an acronym of %(other)s.") % {
                    "name": acronym,
                    "other": self.existing.names[min(short)],
                }
                return Match(doubt="acronym_only", sentence=sentence, candidates=sorted(short))
        return self._in_the_file(mention, name)

    def _by_acronym(self, mention: OrgMention, name: str) -> int | None:
        """The one organization of this acronym, as for hosts, if no number says that another one is meant."""
        found = self.existing.short_for(name)
        has_number = mention.number or self.numbers_of_name.get(name_key(name))
        return min(found) if len(found) == 1 and not has_number else None

    def _alike_in_short(self, mention: OrgMention) -> set[int]:
        """Organizations with the acronym that stands beside the name, unless a number of theirs says otherwise."""
        found = self.existing.short_for(mention.acronym) | self.existing.by_name.get(name_key(mention.acronym), set())
        if mention.number:
            found = {pk for pk in found if not self.existing.numbers.get((pk, mention.scheme))}
        return found if mention.acronym else set()

    def _host(self, mention: OrgMention, name: str, named: list[int]) -> Match:
        """One of our own bodies, by its name or, where nobody else answers to it, its acronym."""
        hosts = [pk for pk in named if pk in self.existing.hosts]
        if len(hosts) == 1:
            return Match(f"#{hosts[0]}", "by_name", number_is_new=self._number_is_new(mention))
        answering = sorted({*named, *self.existing.short_for(name)})
        hosts = [pk for pk in answering if pk in self.existing.hosts]
        if len(answering) == len(hosts) == 1:
            return Match(f"#{hosts[0]}", "by_acronym", number_is_new=self._number_is_new(mention))
        if not answering:
            return Match(new_key(mention), "new")
        if hosts:
            sentence = _("Several organizations are called “%(name)s”.") % {"name": name}
            return Match(doubt="several_candidates", sentence=sentence, candidates=answering)
        sentence = _("%(name)s is recorded, but not as a host.") % {"name": name}
        return Match(doubt="not_a_host", sentence=sentence, candidates=answering)

    def _one_of(self, mention: OrgMention, name: str, named: list[int]) -> Match:
        """Organizations with this name are there; one of them is meant, if nothing speaks against it."""
        in_file = self.numbers_of_name.get(name_key(name), set())
        if len(named) > 1:
            sentence = _("Several organizations are called “%(name)s”.") % {"name": name}
            return Match(doubt="several_candidates", sentence=sentence, candidates=named)
        has_another = mention.number and self.existing.numbers.get((named[0], mention.scheme))
        if has_another or len({number for scheme, number in in_file if scheme == mention.scheme}) > 1:
            sentence = _("“%(name)s” is recorded or published with another number than %(number)s.") % {
                "name": name,
                "number": mention.number or "–",
            }
            return Match(doubt="another_number", sentence=sentence, candidates=named)
        if self._has_another_form(named[0], name):
            sentence = _("%(one)s is already recorded. “%(name)s” has another legal form.") % {
                "one": self.existing.names[named[0]],
                "name": name,
            }
            return Match(doubt="another_form", sentence=sentence, candidates=named, question=form_key(mention))
        return Match(f"#{named[0]}", "by_name", number_is_new=self._number_is_new(mention))

    def _has_another_form(self, pk: int, name: str) -> bool:
        """Whether every name that is recorded for it in these words has another legal form."""
        if not differ(self.existing.names[pk], name):
            return False
        others = (other for owner, other in self.existing.other_names if owner == pk)
        return all(name_key(other) != name_key(name) or differ(other, name) for other in others)

    def _in_the_file(self, mention: OrgMention, name: str) -> Match:
        """Nobody with this name is there; without a number, another row may tell which one is meant."""
        if mention.number:
            if rivals := self._names_of_number(mention):
                sentence = _("The file gives the number %(number)s to several names.")
                return _one_or_several(sentence % {"number": mention.number}, rivals)
            return Match(new_key(mention), "new")
        numbers = sorted(self.numbers_of_name.get(name_key(name), set()))
        if len(numbers) == 1:
            scheme, number = numbers[0]
            found = self.existing.by_number.get(numbers[0], [])
            if len(found) > 1:
                return _of_several(number, sorted(found))
            key = f"#{found[0]}" if found else f"+{scheme}:{number}"
            return Match(key, "by_number" if found else "new")
        if numbers:
            sentence = _("The file gives several numbers to “%(name)s”.") % {"name": name}
            return Match(doubt="several_candidates", sentence=sentence)
        if rivals := self._rivals(name):
            match = _one_or_several(_("The file gives this name different legal forms."), rivals)
            match.question = form_key(mention)
            return match
        return Match(new_key(mention), "new")


def _one_or_several(sentence: str, rivals: list[str]) -> Match:
    return Match(doubt="one_or_several", sentence=sentence, rivals=rivals)


def new_key(mention: OrgMention) -> str:
    """One new organization for each number, or for each name where there is no number."""
    if mention.number:
        return f"+{mention.scheme}:{mention.number}"
    return f"+name:{name_key(mention.name)}"
