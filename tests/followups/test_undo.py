"""Taking back what was just done to follow-ups, one or many, from the answer to it."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from engagement.followups.exports import reasons
from engagement.followups.models import FollowUp, Report
from tests import makers as make
from tests.followups.test_acting import ANSWERS, LIST, ask, confirm, late, ready, told
from tests.people import People, client_of

STORED = (
    "status", "due_on", "original_due_on", "times_postponed", "waiting_on", "assignee", "chaser", "closed_at",
    "closed_by", "result", "evidence",
)  # fmt: skip


def stored(*rows: FollowUp) -> list[dict[str, Any]]:
    return list(FollowUp.objects.filter(pk__in=[row.pk for row in rows]).order_by("pk").values(*STORED))


def undo(client: Client, back: str = LIST) -> Any:
    """Press the button of the answer."""
    answer = client.get(back)
    page = " ".join(str(message) for message in answer.context["messages"])
    assert "/follow-ups/act/undo/" in page
    found = dict(re.findall(r'name="(\w+)" value="([^"]*)"', page))
    return client.post("/follow-ups/act/undo/", found)


@pytest.mark.parametrize("verb", ANSWERS)
def test_the_answer_to_each_verb_takes_it_back(people: People, verb: str) -> None:
    manager, rows = client_of(people.manager), ready(verb, people, 3)
    before = stored(*rows)
    confirm(manager, ask(manager, verb, *rows), **ANSWERS[verb])
    assert stored(*rows) != before
    assert undo(manager).status_code == 302
    assert stored(*rows) == before
    assert "3 follow-ups are as they were before" in told(manager)
    event = rows[0].events.order_by("pk").last()
    assert event is not None
    assert (event.comment, event.by) == ("Undone.", people.manager)
    with pytest.raises(ValidationError, match="already undone"):
        rows[0].undo(by=people.manager)


def test_what_was_done_in_the_admin_is_taken_back_there(people: People) -> None:
    """One leads to its page, several to the list as it was filtered; the button stands in both answers."""
    manager, rows, listed = client_of(people.manager), late(2), "/admin/followups/followup/?status=open"
    before = stored(*rows)
    ticked = {"action": "complete", "_selected_action": [row.pk for row in rows], "_confirmed": "1"}
    for address, data in (
        (listed, ticked),
        (f"/admin/followups/followup/{rows[0].pk}/verb/complete/", {"_confirmed": "1"}),
    ):
        answer = manager.post(address, {**data, **ANSWERS["complete"]})
        assert answer.status_code == 302 and stored(*rows) != before
        undone = undo(manager, answer["Location"])
        assert undone["Location"] == answer["Location"] and stored(*rows) == before


def test_many_are_taken_back_at_once(people: People) -> None:
    manager, rows = client_of(people.manager), late(40)
    confirm(manager, ask(manager, "move-due", *rows), **ANSWERS["move-due"])
    undo(manager)
    assert {row["due_on"] for row in stored(*rows)} == {dt.date(2025, 5, 8)}
    assert not FollowUp.objects.postponed().exists()
    assert reasons(FollowUp.objects.get(pk=rows[0].pk)) == []


def test_what_happened_since_stays(people: People) -> None:
    """A change by somebody else is asked about first, and is never taken back."""
    manager, [row] = client_of(people.manager), late(1)
    confirm(manager, ask(manager, "start", row))
    row.wait(by=people.publisher, on=people.theirs, reason="Figures.")
    page = undo(manager)
    assert page.context["plan"].has_changed
    confirm(manager, page)
    assert "only your own last change" in told(manager)
    assert stored(row)[0]["status"] == "waiting"


def test_an_edit_since_stays(people: People) -> None:
    [row] = late(1)
    row.start(by=people.manager)
    row.title = "Another title"
    row.save()
    with pytest.raises(ValidationError, match="has changed since"):
        row.undo(by=people.manager)


def test_a_secretary_takes_back_what_was_hers_to_do(people: People) -> None:
    secretary, [row] = client_of(people.secretary), late(1, assignee=people.secretary)
    confirm(secretary, ask(secretary, "complete", row), **ANSWERS["complete"])
    undo(secretary)
    assert stored(row)[0]["status"] == "open"
    row.refresh_from_db()
    row.complete(by=people.manager)
    assert ask(secretary, "undo", row).status_code == 403


@pytest.mark.parametrize("verb", ["complete", "cancel", "confirm_report", "return_report"])
def test_a_report_that_was_decided_with_it_waits_again(people: People, verb: str) -> None:
    meeting = make.make_held(counterparts=[people.ours], visibility=10)
    promise = make.make_followup(meeting=meeting, owner=people.ours, chaser=people.secretary, visibility=10)
    report = promise.report("done", by=people.representative, comment="Sent.")
    by, why = people.manager, "Not needed."
    how: dict[str, Callable[[], object]] = {
        "complete": lambda: promise.complete(by=by),
        "cancel": lambda: promise.cancel(by=by, reason=why),
        "confirm_report": lambda: promise.confirm_report(report, by=by),
        "return_report": lambda: promise.return_report(report, by=by, reason=why),
    }
    how[verb]()
    promise.undo(by=by)
    report = Report.objects.get()
    assert (report.state, report.decided_by, report.reason, promise.status) == ("pending", None, "", "open")
