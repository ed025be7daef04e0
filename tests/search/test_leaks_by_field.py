"""Every text of every noun is as hidden as its record: whoever may not see the record gets no sign of its words."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import pytest

from engagement.core.search_hooks import called, narrowed
from engagement.search.engine import any_match, find
from engagement.search.models import KINDS
from engagement.search.nouns import INSIDE, OUTSIDE
from engagement.search.parser import parse
from engagement.search.spelling import corrected, fewer_words
from engagement.search.views import suggested
from meetings.models import Meeting
from tests import makers as make
from tests.makers import INTERNAL, PUBLIC, SHARED
from tests.people import People
from tests.thorough import some

PUBLIC_KINDS = {"theme"}
"""The vocabulary is public; its other texts are the secretariat's, whatever the level."""
WHILE_IT_STANDS_SO = {"meeting.cancellation_reason", "meeting.postponement_reason"}
"""Of a meeting that took place, they are the secretariat's."""
STAFF, EVERYBODY = {"secretary", "manager", "publisher"}, {"visitor", "representative", "stranger"}


@dataclass(frozen=True)
class Hiding:
    """One way in which a record is hidden, and who sees it all the same."""

    name: str
    meeting: Callable[[People], Meeting]
    level: int
    readers: frozenset[str]


HIDINGS = [
    Hiding("internal", lambda people: _held(people, INTERNAL), PUBLIC, frozenset()),
    Hiding("a part of a public meeting", lambda people: _public(people), INTERNAL, frozenset()),
    Hiding("not published", lambda people: _held(people, PUBLIC), PUBLIC, frozenset({"stranger"})),
    Hiding("of another organization", lambda people: _held(people, SHARED), PUBLIC, frozenset({"stranger"})),
    Hiding("a shared part of a public meeting", lambda people: _public(people), SHARED, frozenset({"stranger"})),
]


def _held(people: People, level: int) -> Meeting:
    return make.make_held(counterparts=[people.theirs], visibility=level)


def _public(people: People) -> Meeting:
    return make.make_public(counterparts=[people.theirs])


def records(people: People, hiding: Hiding) -> dict[str, Any]:
    """One of each noun, seen at most as the meeting and the level of its parts let it be."""
    meeting, level = hiding.meeting(people), hiding.level
    organization, topic, reference = make.make_organization(), make.make_topic(), make.make_reference()
    talk = make.make_discussion(meeting, topic=topic, visibility=level)
    talk.references.add(reference)
    talk.mentions.add(organization)
    promise = {"owner": people.theirs, "chaser": people.secretary, "visibility": level}
    found = {
        "organization": organization,
        "topic": topic,
        "reference": reference,
        "discussion": talk,
        "position": make.make_position(talk, people.theirs, visibility=level),
        "outcome": make.make_outcome(meeting, discussion=talk, visibility=level),
        "document": make.make_document(meeting, visibility=level),
        "followup": make.make_followup(discussion=talk, **promise),
        "theme": make.make_theme(),
    }
    if level == PUBLIC:  # what is hidden is the meeting itself
        meeting.series = make.make_series(host=meeting.parties.get(side="host").organization)
        meeting.save()
        found |= {"meeting": meeting, "series": meeting.series}
    return found


def word_for(name: str) -> str:
    """A word unlike all others."""
    return "".join(
        "bdfgklmnprtvz"[one % 13] + "aeiou"[one % 5] for one in blake2b(name.encode(), digest_size=7).digest()
    )


def write(record: Any, kind: str, hiding: Hiding) -> dict[str, str]:
    """Put a word of its own into each text of the record; returns them by field."""
    words = {}
    for name in sorted(OUTSIDE | INSIDE):
        if name.startswith(f"{kind}."):
            words[name] = word_for(f"{name}, {hiding.name}")
            setattr(record, name.partition(".")[2], words[name])
    record.in_verb = True
    record.save()
    return words


def signs(user: Any, kind: str, word: str) -> list[str]:
    """Whatever tells this reader that the word stands somewhere."""
    mistyped, beginning = word[0] + word[2] + word[1] + word[3:], word[:-3]
    everything = {hit.id for hit in find(user, parse("meeting", typing=False)).hits}
    without = {hit.id for hit in find(user, parse(f"meeting -{word}", typing=False)).hits}
    told = {
        "a hit": bool(find(user, parse(word, typing=False)).hits),
        "a hit by its beginning": bool(find(user, parse(beginning)).hits),
        "a phrase": bool(find(user, parse(f'"{word}"', typing=False)).hits),
        "a match": any_match(user, parse(word)),
        "a correction": corrected(user, parse(mistyped, typing=False)) is not None,
        "a suggestion": bool(suggested(user, beginning)["groups"]),
        "fewer words": any(word in text for text in fewer_words(user, f"meeting {word}")),
        "what is left without it": everything != without,
    }
    model: Any = KINDS[kind].model
    rows = model._default_manager.visible_to(user)
    told["a list"] = (found := narrowed(rows, word, user)) is not None and found.exists()
    if (keys := called(model, word)) is not None:
        told["a lookup"] = rows.filter(pk__in=keys).exists()
    return [sign for sign, is_there in told.items() if is_there]


def readers_of(name: str, hiding: Hiding) -> set[str]:
    kind = name.partition(".")[0]
    if name in INSIDE or name in WHILE_IT_STANDS_SO:
        return STAFF
    return STAFF | (EVERYBODY if kind in PUBLIC_KINDS else set(hiding.readers))


@pytest.mark.parametrize("hiding", HIDINGS, ids=lambda hiding: hiding.name)
def test_every_text_is_as_hidden_as_its_record(
    people: People,
    hiding: Hiding,
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[Any]],
) -> None:
    words: dict[str, str] = {}
    with django_capture_on_commit_callbacks(execute=True):
        for kind, record in records(people, hiding).items():
            words |= write(record, kind, hiding)
    assert {name.partition(".")[0] for name in words} >= KINDS.keys() - {"meeting", "series", "minutes"}
    for turn, who in enumerate(("visitor", "representative", "stranger", "manager"), start=HIDINGS.index(hiding)):
        for name, word in some(list(words.items()), turn, parts=6):
            told = signs(getattr(people, who), name.partition(".")[0], word)
            if who in readers_of(name, hiding):
                assert {"a hit", "a hit by its beginning", "a correction", "a suggestion"} <= set(told), (
                    who,
                    name,
                    told,
                )
            else:
                assert not told, f"{who} learns of {name} ({hiding.name}) by {told}"
