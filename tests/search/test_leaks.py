"""Search tells nobody what they may not see: no hit, number, choice, suggestion, correction or way there.

What is secret answers exactly, byte by byte, as a word that stands nowhere; and what is visible is found, counted and
ordered as if the secret were not there.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.test import Client

from engagement.topics.models import Theme, Topic
from meetings.models import Meeting
from organizations.models import Identifier
from tests import makers as make
from tests.makers import INTERNAL, PUBLIC, SHARED
from tests.people import People, client_of
from tests.thorough import some
from tests.world import ALL_MARKS, SEEN_BY, World, make_world

NOWHERE = "pqzvwkjxyb"
"""A word that stands in no text."""


Remembering = Callable[..., AbstractContextManager[Any]]


@pytest.fixture
def remembering(django_capture_on_commit_callbacks: Remembering) -> Remembering:
    """Inside, as after every transaction, the words of what was written are remembered."""
    return django_capture_on_commit_callbacks


@pytest.fixture
def world(people: People, remembering: Remembering) -> World:
    with remembering(execute=True):
        return make_world(people)


def body(client: Client, address: str, word: str = "") -> str:
    """The answer as the reader gets it, with the word they typed taken out."""
    response = client.get(address)
    text = f"{response.status_code} {response.headers.get('Location', '')} {response.content.decode()}"
    text = re.sub(r'(csrfmiddlewaretoken" value=")\w+', r"\1", text)
    return re.sub(re.escape(word), "WORD", text, flags=re.IGNORECASE) if word else text


def ways(word: str) -> Iterator[str]:
    """The ways to ask for a word: as it is, by its beginning, mistyped, with another, narrowed, as a choice."""
    for query in (word, word[:-2], swapped(word), f"host -{word}"):
        yield f"/search/?q={query}"
    yield f"/search/suggestions/?q={word[:-2]}"
    yield f'/search/?q="{word.upper()}" host&sort=date&noun=meeting&year=2025'
    yield f"/search/?q=host&organization_find={word}&theme_find={word}"


def swapped(word: str) -> str:
    """With its second and third letter in each other's place."""
    return word[0] + word[2] + word[1] + word[3:]


@pytest.mark.both_databases
def test_a_mark_is_found_by_those_who_may_see_it(world: World, people: People) -> None:
    """So that the tests below do not pass because nothing is found at all."""
    for name, user in people:
        client = client_of(user)
        for mark in SEEN_BY[name]:
            assert f"<mark>{mark}</mark>" in client.get(f"/search/?q={mark}").content.decode().lower(), (name, mark)
            assert 'role="option"' in client.get(f"/search/suggestions/?q={mark[:5]}").content.decode(), (name, mark)


@pytest.mark.both_databases
def test_no_answer_holds_what_is_not_for_its_reader(world: World, people: People) -> None:
    """Whatever is asked, by whatever way."""
    for name in ("visitor", "stranger", "representative"):
        client = client_of(getattr(people, name))
        for asked in ("host", "meeting", "mark", "a", "2025", "promise -host", "topc", "discusion"):
            for address in (f"/search/?q={asked}", f"/search/suggestions/?q={asked}"):
                text = body(client, address).lower()
                leaked = [mark for mark in ALL_MARKS - SEEN_BY[name] if mark in text]
                assert not leaked, f"{name} meets {leaked} at {address}"


@pytest.mark.both_databases
def test_a_secret_word_answers_as_one_that_stands_nowhere(world: World, people: People) -> None:
    for name in ("visitor", "stranger", "representative"):
        client = client_of(getattr(people, name))
        nothing = {way: plain(body(client, asked), NOWHERE) for way, asked in enumerate(ways(NOWHERE))}
        for turn, mark in enumerate(sorted(ALL_MARKS - SEEN_BY[name])):
            for way, asked in some([*enumerate(ways(mark))], turn, parts=2):
                assert plain(body(client, asked), mark) == nothing[way], f"{name} at {asked}"


def plain(text: str, word: str) -> str:
    """Without the word in any of the forms in which it was asked for."""
    for form in (word, swapped(word), word[:-2]):
        text = re.sub(form, "WORD", text, flags=re.IGNORECASE)
    return text


# One field after the other ----------------------------------------------------------------------------------

STAFF = {"secretary", "manager", "publisher"}
OURS, THEIRS = STAFF | {"representative"}, STAFF | {"stranger"}


def _meeting(people: People, **fields: Any) -> Meeting:
    return make.make_public(counterparts=[people.ours], **fields)


def _talk(people: People, title: str = "", **fields: Any) -> Any:
    return make.make_discussion(_meeting(people), title, **fields)


def _promise(people: People, word: str, level: int) -> None:
    make.make_followup(f"{word} promise", owner=people.ours, chaser=people.secretary, details=word, visibility=level)


def _with_somebody_else(people: People, word: str) -> None:
    meeting = make.make_held(f"{word} meeting", counterparts=[people.theirs], visibility=SHARED)
    discussion = make.make_discussion(meeting, topic=make.make_topic(f"{word} topic"), said=word)
    discussion.references.add(make.make_reference(f"{word} paper", identifier=word))


def _withdrawn(people: People, word: str, reason: str = "A mistake") -> None:
    meeting = make.make_discussion(_meeting(people), word and f"{word} discussion", said=word).meeting
    meeting.refresh_from_db()
    meeting.withdraw(by=people.publisher, reason=reason)


def _agreed_inside(people: People, word: str) -> None:
    talk = _talk(people, visibility=INTERNAL)
    make.make_outcome(talk.meeting, word, discussion=talk)


def _moved(people: People, word: str) -> None:
    promise = make.make_followup(owner=people.ours, chaser=people.secretary, visibility=PUBLIC, due_on=make.LONG_AGO)
    promise.move_due(by=people.manager, to=make.LONG_AGO.replace(year=2061), reason=f"Because of {word}")


def _attending(people: People, word: str, level: int) -> None:
    party = _meeting(people).parties.get(organization=people.ours)
    make.make_participant(party, f"{word} Lovelace", function=f"Head of {word}", visibility=level)


def _of_a_hidden_series(people: People, word: str) -> None:
    make.make_held(series=make.make_series(f"{word} series", purpose=word), visibility=INTERNAL)


def _under_a_hidden_umbrella(people: People, word: str) -> None:
    """A choice of a filter would bring its members."""
    member = make.make_organization(parent=make.make_organization(f"{word} of hosts"))
    make.make_public("Meeting with a host", counterparts=[member])


def _retired(people: People, word: str) -> None:
    make.make_theme("Public theme").archive(by=people.secretary, reason=f"Because of {word}")


Put = Callable[[People, str], Any]
FIELDS: dict[str, tuple[Put, set[str]]] = {
    "quicksilver": (lambda people, word: _meeting(people, internal_notes=f"On {word}."), STAFF),
    "bandersnatch": (lambda people, word: _talk(people, said="Open", internal_notes=f"On {word}."), STAFF),
    "jabberwock": (lambda people, word: make.make_position(_talk(people), statement=word, visibility=INTERNAL), STAFF),
    "hippogriff": (lambda people, word: make.make_position(_talk(people, visibility=INTERNAL), statement=word), STAFF),
    "leviathan": (
        lambda people, word: make.make_outcome(_meeting(people), f"{word} agreed", visibility=INTERNAL),
        STAFF,
    ),
    "manticore": (
        lambda people, word: make.make_document(_meeting(people), f"{word} paper", visibility=INTERNAL),
        STAFF,
    ),
    "chupacabra": (lambda people, word: _promise(people, word, INTERNAL), STAFF),
    "wolpertinger": (lambda people, word: _promise(people, word, SHARED), OURS),
    "salamander": (lambda people, word: _talk(people, f"{word} talk", visibility=SHARED), OURS),
    "kingfisher": (
        lambda people, word: make.make_held(word, counterparts=[people.ours], visibility=PUBLIC, summary=word),
        OURS,
    ),
    "thunderbird": (_withdrawn, OURS),
    "unicornfish": (_with_somebody_else, THEIRS),
    "gryphonfly": (lambda people, word: make.make_topic(f"{word} topic"), STAFF),
    "yellowjacket": (lambda people, word: make.make_organization(f"{word} society"), STAFF),
    "dragonet": (lambda people, word: people.ours.archive(by=people.secretary, reason=f"Because of {word}"), STAFF),
    "xenophanes": (
        lambda people, word: make.make_identifier(people.ours, word, scheme=Identifier.Scheme.INTERNAL),
        STAFF,
    ),
    "cassowary": (lambda people, word: make.make_position(_talk(people), statement=word, visibility=SHARED), OURS),
    "marmosets": (lambda people, word: make.make_outcome(_meeting(people), word, visibility=SHARED), OURS),
    "zeppelins": (lambda people, word: make.make_document(_meeting(people), word, visibility=SHARED), OURS),
    "porcupine": (_agreed_inside, STAFF),
    "tarantella": (lambda people, word: _withdrawn(people, "", reason=f"Because of {word}"), STAFF),
    "umbrellabird": (lambda people, word: make.make_organization(parent=people.ours, acronym=word.upper()), STAFF),
    "archipelago": (_of_a_hidden_series, STAFF),
    "confederacy": (_under_a_hidden_umbrella, STAFF),
    "nightingale": (_retired, STAFF),
    "gooseberry": (_moved, set()),
    "lumberjack": (lambda people, word: _attending(people, word, PUBLIC), set()),
    "rhinoceros": (lambda people, word: _attending(people, word, INTERNAL), set()),
    "hovercraft": (lambda people, word: make.make_person(f"{word} Byron"), set()),
}
"""Each word stands in one place alone: how it gets there, and who may read it. People are not searched at all."""


@pytest.mark.slow("every field of every noun, asked for in every way by everybody")
def test_a_word_is_found_by_those_alone_who_may_read_it(people: People, remembering: Remembering) -> None:
    with remembering(execute=True):
        for word, (put, _readers) in FIELDS.items():
            put(people, word)
    for first, name in enumerate(("visitor", "stranger", "representative", "manager")):
        client = client_of(getattr(people, name))
        nothing = {way: plain(body(client, asked), NOWHERE) for way, asked in enumerate(ways(NOWHERE))}
        for turn, (word, (_put, readers)) in enumerate(FIELDS.items(), start=first):
            if name in readers:
                assert "<mark>" in client.get(f"/search/?q={word}").content.decode(), f"{name} does not find {word}"
                meant = client.get(f"/search/?q={swapped(word)}").content.decode()
                assert f"<strong>{word}</strong>" in meant, f"{name} is not told that {word} was meant"
                continue
            for way, asked in some([*enumerate(ways(word))], turn, parts=7):
                assert plain(body(client, asked), word) == nothing[way], f"{name} at {asked}"


# Ways there ---------------------------------------------------------------------------------------------------


@pytest.mark.both_databases
def test_a_number_leads_there_only_for_those_who_may_see_it(people: People) -> None:
    meeting = make.make_held(counterparts=[people.theirs], visibility=SHARED)
    promise = make.make_followup("Something", owner=people.theirs, chaser=people.secretary, visibility=SHARED)
    hidden = make.make_organization("Nobody met it")
    numbers = {
        meeting.reference: meeting,
        promise.reference: promise,
        "38526121292-88": hidden,
        "secret/17": people.ours,
    }
    make.make_identifier(hidden, "38526121292-88")
    make.make_identifier(people.ours, "secret/17", scheme=Identifier.Scheme.INTERNAL)
    missing = {"BM": "BM-2019-999", "FU": "FU-2019-999", "38": "38526121299-99", "se": "secret/18"}
    for name, user in people:
        client = client_of(user)
        for number, record in numbers.items():
            may = name in STAFF or (name == "stranger" and record in (meeting, promise))
            if may:
                found = body(client, f"/search/?q={number}")
                assert found.startswith(f"302 {record.get_absolute_url()}"), (name, number)
                continue
            for way in ("?q=", "suggestions/?q=", "?sort=date&q=", "?noun=meeting&q=host+"):
                found, nothing = (body(client, f"/search/{way}{one}") for one in (number, missing[number[:2]]))
                assert shorn(found, number) == shorn(nothing, missing[number[:2]]), (name, number, way)


def shorn(text: str, number: str) -> str:
    for form in (number, number.replace("/", "%2F")):
        text = text.replace(form, "NUMBER")
    return text


@pytest.mark.both_databases
def test_a_filter_by_what_is_hidden_answers_as_one_by_what_does_not_exist(people: People) -> None:
    _meeting(people)
    hidden = make.make_organization("Nobody met it")
    for user in (people.visitor, people.stranger):
        client = client_of(user)
        found = body(client, f"/search/?q=meeting&organization={hidden.slug}", hidden.slug)
        assert found == body(client, "/search/?q=meeting&organization=never-was", "never-was")


@pytest.mark.both_databases
def test_a_reference_leads_to_no_discussion_that_is_hidden(people: People) -> None:
    """Nor does its suggestion: only to where this reader may see it referred to."""
    reference = make.make_reference("Regulation on wildebeests")
    seen, hidden = _talk(people, "Open talk"), make.make_discussion(make.make_held("Closed meeting"), "Closed talk")
    for talk in (seen, hidden):
        talk.references.add(reference)
    for name, talk in {"visitor": seen, "stranger": seen, "manager": hidden}.items():
        client, place = client_of(getattr(people, name)), f"{talk.meeting.get_absolute_url()}#discussion-{talk.pk}"
        for address in ("/search/?q=wildebeests", "/search/suggestions/?q=wildeb", reference.get_absolute_url()):
            html = body(client, address)
            assert f'href="{reference.get_absolute_url()}"' in html or address == reference.get_absolute_url()
            assert f'href="{place}"' in html or "suggestions" in address, (name, address)
            assert ("Closed" in html) is (name == "manager"), (name, address)
    assert "Open talk" not in body(client_of(people.visitor), "/search/?q=wildebeests&noun=discussion")


# What is visible is as if there were nothing else -----------------------------------------------------------------

ASKED = (
    "gene", "gene therapy", '"gene therapy"', "therapy -gene", "regulators", "allianze", "theraphy", "gen", "ARM",
    "bones", "gene&sort=date", "gene&noun=discussion", "gene&year=2025", "gene&theme=cells",
    "gene&organization=gene-society", "gene&organization_find=s", "gene&theme_find=c", "gene&page=2",
)  # fmt: skip


def _open_part(people: People) -> None:
    theme = make.make_theme("Cells")
    society = make.make_organization("Gene Society", acronym="ARM")
    for number in range(14):
        topic = make.make_topic(f"Gene topic {number}")
        topic.themes.add(theme)
        meeting = make.make_public(
            f"Alliance on gene therapy {number}",
            counterparts=[people.ours, society],
            summary="Regulators spoke of genes.",
        )
        discussion = make.make_discussion(
            meeting, topic=topic, said="Gene therapy, and the alliance of regulators. " * 9
        )
        make.make_position(discussion, society, statement="Supports therapies.")


def _secret_part(people: People) -> None:
    """As much again that nobody outside sees, with the same words, names and near misses."""
    society, theme = make.make_organization("Gene Society of secrets", acronym="ARM"), Theme.objects.get()
    for word in ("allianze", "theraphy", "therapie", "gena", "gene", "genes", "geno", "boness", "bonds", "bonus"):
        topic = make.make_topic(f"{word} therapy gene topic")
        topic.themes.add(theme)
        meeting = make.make_held(
            f"{word} gene therapy {word}",
            counterparts=[society],
            visibility=INTERNAL,
            internal_notes=f"{word} regulators",
        )
        make.make_discussion(meeting, topic=topic, said=f"{word} gene therapy", internal_notes=word)
        make.make_followup(f"{word} gene therapy", owner=society, chaser=people.secretary, visibility=INTERNAL)
    for meeting in Meeting.objects.filter(visibility=PUBLIC):
        meeting.internal_notes = "gene therapy allianze theraphy, gene therapy"
        meeting.save()
        talk = meeting.discussions.get()
        talk.internal_notes = "gene gene gene allianze"
        talk.save()
        make.make_position(talk, society, statement="gene therapy theraphy", visibility=INTERNAL)
        make.make_discussion(meeting, "gene therapy theraphy", visibility=INTERNAL).mentions.add(society)
    make.make_identifier(people.ours, "gene/1", scheme=Identifier.Scheme.INTERNAL)


@pytest.mark.both_databases
def test_what_is_visible_answers_the_same_whatever_else_there_is(people: People, remembering: Remembering) -> None:
    """Add as much again that is secret: the visitor's answers do not change by one byte."""
    with remembering(execute=True):
        _open_part(people)
    everybody = {"visitor": client_of(people.visitor), "stranger": client_of(people.stranger)}
    addresses = [f"/search/{kind}?q={asked}" for kind in ("", "suggestions/") for asked in ASKED]
    before = {
        (name, address): body(client, address)
        for turn, (name, client) in enumerate(everybody.items())
        for address in some(addresses, turn, parts=4)
    }
    insider = client_of(people.manager)
    inside = body(insider, "/search/?q=gene")
    with remembering(execute=True):
        _secret_part(people)
    assert Topic.objects.count() > 20
    for (name, address), was in before.items():
        assert body(everybody[name], address) == was, f"{name} at {address}"
    assert body(insider, "/search/?q=gene") != inside
