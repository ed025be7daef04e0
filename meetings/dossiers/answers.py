"""Answers on a topic: the position of the host, or both sides together, after each position of another party."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from engagement.core.partial_dates import PartialDate
from meetings.models import Outcome, Party

from .topic import POSITION, Kept, Place, TopicDossier, Voice, stance_words


@dataclass(frozen=True)
class Answer:
    """Who held what after a party's position, when, and where it is told."""

    who: str
    stances: str
    date: PartialDate
    url: str


class Answers:
    """By the place of a position of a party that is not the host: what the host of a meeting where the party sat
    across, or both sides there, last held after it and before the discussion in which the party spoke again.

    A request that has none of these, and is not unanswered, has whatever else answers it: an outcome, or a promise
    that was kept. A request of the host has the promise by which it was answered, and no other answer.
    """

    def __init__(self, dossier: TopicDossier) -> None:
        self.dossier = dossier

    @cached_property
    def by_place(self) -> dict[Place, Answer]:
        return {voice.place: answer for voice, answer in self._found() if answer}

    @cached_property
    def _replies(self) -> list[Voice]:
        """Positions of the host of their meeting, or of both sides, in the order of time."""
        positions = (voice for voice in self.dossier.voices if voice.place[1] == POSITION)
        return [voice for voice in positions if voice.organization is None or self.dossier.is_host(voice)]

    @cached_property
    def _places(self) -> list[tuple[int, ...]]:
        return [voice.place for voice in self._replies]

    def _found(self) -> Iterator[tuple[Voice, Answer | None]]:
        open_requests = {request["voice"].place for request in self.dossier.unanswered}
        for voice, spoke_again in self._spoken():
            said = self._held_after(voice, spoke_again)
            if not said and voice.is_request and voice.place not in open_requests:
                later = (one for one in self.dossier.voices if one.place > voice.place)
                said = [one for one in later if self.dossier.is_answer(one, voice)][:1]
            kept = None if said or not voice.is_request else self.dossier.kept_after(voice)
            yield voice, self._told(said) if said else kept and self._told_of_kept(kept)
        for voice in self.dossier.voices:
            if voice.is_request and voice.place[1] == POSITION and self.dossier.is_host(voice):
                kept = self.dossier.kept_after(voice)
                yield voice, kept and self._told_of_kept(kept)

    def _spoken(self) -> Iterator[tuple[Voice, int | None]]:
        """The positions of parties other than the host, each with the place of the discussion of its next one."""
        next_talk: dict[int, int] = {}
        this_talk: dict[int, int] = {}
        for voice in reversed(self.dossier.voices):
            if voice.place[1] != POSITION or voice.organization is None or self.dossier.is_host(voice):
                continue
            party, place = voice.organization, voice.place[0]
            if this_talk.get(party, place) != place:
                next_talk[party] = this_talk[party]
            this_talk[party] = place
            yield voice, next_talk.get(party)

    def _held_after(self, voice: Voice, spoke_again: int | None) -> list[Voice]:
        """By one holder in one discussion, the last in which any of them held something."""
        said: list[Voice] = []
        begins = bisect_right(self._places, voice.place)
        ends = None if spoke_again is None else bisect_right(self._places, (spoke_again,))
        for reply in reversed(self._replies[begins:ends]):
            if said and reply.discussion != said[0].discussion:
                break
            is_of_holder = not said or reply.organization == said[0].organization
            if is_of_holder and self._sat_across(voice, reply):
                said.append(reply)
        return said[::-1]

    def _sat_across(self, voice: Voice, reply: Voice) -> bool:
        return self.dossier.seats[reply.meeting].get(voice.organization or 0) == Party.Side.COUNTERPART

    def _told_of_kept(self, kept: Kept) -> Answer:
        return Answer(kept.name or _("both sides"), _("follow-up done"), kept.date, kept.url)

    def _told(self, said: list[Voice]) -> Answer:
        talk, record = self.dossier.talks[said[0].discussion], said[0].record
        of_outcome = str(record.get_kind_display()).lower() if isinstance(record, Outcome) else ""
        stances = of_outcome or stance_words(voice.stance for voice in said)
        return Answer(said[0].name or _("both sides"), stances, talk["date"], talk["url"])
