"""The next step: whose move it is, through whom and since when, as each reader may know it."""

import datetime as dt

import pytest
from django.utils import timezone

from engagement.core.partial_dates import PartialDate
from engagement.followups.models import FollowUp
from engagement.followups.next_step import NextStep
from tests import makers as make
from tests.exports.reading import csv_rows, fetch
from tests.people import People, client_of

pytestmark = pytest.mark.django_db

DAY = dt.date(2025, 5, 8)


def step(followup: FollowUp, user: object) -> NextStep:
    rows = FollowUp.objects.visible_to(user).with_last_move(user)  # type: ignore[arg-type]
    return NextStep(rows.get(pk=followup.pk), user)  # type: ignore[arg-type]


def test_ours_theirs_and_both(people: People) -> None:
    host, other = (
        make.make_organization("Our body", acronym="OB", is_host=True),
        make.make_organization("Society", acronym="SOC"),
    )
    meeting = make.make_public(starts_on=DAY, host=host, counterparts=[other])
    ours = make.make_followup(meeting=meeting, owner=host, visibility=20)
    theirs = make.make_followup(meeting=meeting, owner=other, chaser=people.manager, visibility=20)
    both = make.make_followup(meeting=meeting, is_joint=True, owner=None, visibility=20)
    manager, visitor = people.manager, people.visitor
    assert [step(one, manager).who for one in (ours, theirs, both)] == ["Us", "SOC", "Both sides"]
    assert [step(one, visitor).who for one in (ours, theirs, both)] == ["OB", "SOC", "Both sides"]
    assert step(ours, manager).through == "nobody assigned" and step(ours, manager).is_unassigned
    assert step(theirs, manager).through == f"reminded by {people.manager}"
    assert {step(one, visitor).through for one in (ours, theirs, both)} == {""}
    assert step(ours, manager).status_words == "To do since 8 May 2025"


def test_waiting_turns_it_over_and_closing_ends_it(people: People) -> None:
    host, other = (
        make.make_organization("Our body", acronym="OB", is_host=True),
        make.make_organization("Society", acronym="SOC"),
    )
    meeting = make.make_public(starts_on=DAY, host=host, counterparts=[other])
    ours = make.make_followup(meeting=meeting, owner=host, visibility=20)
    ours.wait(by=people.manager, on=other, reason="Their figures.")
    today = PartialDate(timezone.localdate())
    assert (step(ours, people.manager).who, step(ours, people.manager).since) == ("SOC", today)
    assert step(ours, people.manager).status_words.endswith(", promised by OB")
    assert step(ours, people.visitor).since == PartialDate(DAY), "when it was set to waiting is for the secretariat"
    ours.assign(by=people.manager, to=people.secretary)
    assert step(ours, people.manager).since == today
    ours.complete(by=people.manager, on=today.day)
    found = step(ours, people.manager)
    assert (found.who, found.through, found.full_name) == ("Done", "", "")
    assert found.status_words.startswith("on ")


def test_a_file_of_the_list_tells_the_same(people: People) -> None:
    meeting = make.make_public(starts_on=DAY, counterparts=[other := make.make_organization("Society", acronym="SOC")])
    theirs = make.make_followup(meeting=meeting, owner=other, chaser=people.manager, visibility=20)
    make.make_followup("Kept", meeting=meeting, visibility=20).complete(by=people.manager)
    make.make_report(theirs)

    def told(user: object) -> dict[str, tuple[str, str]]:
        rows = csv_rows(fetch(client_of(user), "/follow-ups.csv?status=open&status=done"))  # type: ignore[arg-type]
        return {row["title"]: (row["next_step"], row["next_step_since"]) for row in rows}

    assert told(people.manager) == {theirs.title: ("Us", timezone.localdate().isoformat()), "Kept": ("", "")}
    assert told(people.visitor) == {theirs.title: ("SOC", DAY.isoformat()), "Kept": ("", "")}
