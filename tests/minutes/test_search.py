"""Minutes are found by title, reference and the word itself: each version by those who may read it, and nobody else."""

from typing import Any

import pytest

from engagement.minutes.models import How, MinutesVersion
from engagement.search.engine import find
from engagement.search.parser import parse
from tests import makers as make
from tests.minutes.making import make_minutes, send
from tests.people import People, client_of
from tests.search.drift import drift

STAFF = ("secretary", "manager", "publisher")


def numbers(user: Any, text: str) -> list[int]:
    """Of the versions that are found."""
    keys = [hit.source for hit in find(user, parse(text)).hits if hit.kind == "minutes"]
    return sorted(MinutesVersion.objects.filter(pk__in=keys).values_list("number", flat=True))


@pytest.mark.both_databases
def test_each_audience_finds_its_own(people: People) -> None:
    minutes = make_minutes(people)
    minutes.add_version(by=people.secretary, audience=make.INTERNAL)

    def found() -> dict[str, list[int]]:
        told = {}
        for name, user in people:
            told[name] = numbers(user, "minutes leaflets")
            seen = MinutesVersion.objects.visible_to(user).order_by("number")
            assert told[name] == list(seen.values_list("number", flat=True)), name
            assert told[name] == numbers(user, f"{minutes.meeting.reference}/MIN"), name
        assert {tuple(told.pop(name)) for name in STAFF} == {tuple(range(1, minutes.versions.count() + 1))}
        return told

    assert found() == {"representative": [], "stranger": [], "visitor": []}
    send(minutes, people)
    assert found() == {"representative": [1], "stranger": [], "visitor": []}
    minutes.agree(1, people.ours, how=How.SIGNED_IN, by=people.representative)
    minutes.finalize(by=people.secretary)
    meeting = minutes.meeting
    meeting.refresh_from_db()
    meeting.visibility = make.PUBLIC
    meeting.save()
    meeting.publish(by=people.publisher)
    minutes.publish(by=people.publisher)
    assert found() == {"representative": [1, 3], "stranger": [3], "visitor": [3]}
    meeting.refresh_from_db()
    meeting.withdraw(by=people.publisher, reason="Too early.")
    assert found() == {"representative": [1], "stranger": [], "visitor": []}
    meeting.publish(by=people.publisher, note="The title.")
    assert found() == {"representative": [1], "stranger": [], "visitor": []}, "not what was public before"
    meeting.visibility = make.INTERNAL
    meeting.in_verb = True
    meeting.save()
    assert found() == {"representative": [], "stranger": [], "visitor": []}
    assert drift() == []


def test_a_hit_leads_to_the_version(people: People) -> None:
    minutes = make_minutes(people)
    page = client_of(people.secretary).get("/search/", {"q": f"{minutes.meeting.reference}/MIN/1"}).content.decode()
    assert f'href="{minutes.get_absolute_url()}1/"' in page
    page = client_of(people.secretary).get("/search/", {"q": "leaflets", "noun": "minutes"}).content.decode()
    assert f'href="{minutes.get_absolute_url()}1/"' in page
