"""Entering follow-ups: done already, taken out again before they are saved, moved, and with what they come from."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from engagement.followups.models import FollowUp
from meetings.models import Meeting
from tests import makers as make
from tests.core.posting import Data, opened, problems, send, with_row
from tests.people import People
from tests.queries import count_queries

ADD = "/admin/meetings/meeting/add/"
OWN = "/admin/followups/followup/add/"


@pytest.fixture
def secretary(people: People, client: Client) -> Client:
    client.force_login(people.secretary)
    return client


@pytest.fixture
def meeting(people: People) -> Meeting:
    return make.make_held("Second meeting", host=make.make_host("Host of all"))


def change(meeting: Meeting) -> str:
    return f"/admin/meetings/meeting/{meeting.pk}/change/"


def promise(data: Data, title: str, **fields: Any) -> Data:
    return with_row(
        data, "followups", **{"title": title, "who": "Host of all", "priority": 20, "visibility": 10, **fields}
    )


def promises(meeting: Meeting) -> dict[str, FollowUp]:
    return {followup.title: followup for followup in FollowUp.objects.filter(meeting=meeting).as_entered()}


# Done already --------------------------------------------------------------------------------------------------


def check_done(followup: FollowUp, people: People, day: dt.date) -> None:
    [event] = followup.events.all()
    assert (event.from_status, event.to_status, event.by, event.comment) == ("open", "done", people.secretary, "Sent.")
    assert (followup.status, followup.closed_by, followup.result) == ("done", people.secretary, "Sent.")
    assert timezone.localdate(followup.closed_at) == day


def test_done_when_it_is_recorded(secretary: Client, people: People, meeting: Meeting) -> None:
    form = promise(opened(secretary, change(meeting)), "Kept", done_on="2025-05-20", done_result="Sent.")
    assert send(secretary, change(meeting), form).status_code == 302
    check_done(promises(meeting)["Kept"], people, dt.date(2025, 5, 20))
    form = opened(secretary, OWN)
    today = timezone.localdate()
    answer = send(secretary, OWN, form, title="Own", who="Host of all", done_on=today.isoformat(), done_result="Sent.")
    assert answer.status_code == 302, problems(answer)
    check_done(FollowUp.objects.get(title="Own"), people, today)


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"done_on": "2999-01-01"}, "in the future"),
        ({"done_on": "2025-05-07"}, "promised was later: 8 May 2025"),
        ({"done_result": "Sent."}, "Enter the day it was done"),
        ({"done_on": "soon"}, "valid date"),
    ],
)
def test_a_day_on_which_it_cannot_have_been_done(
    secretary: Client, meeting: Meeting, answers: dict[str, str], sentence: str
) -> None:
    answer = send(secretary, change(meeting), promise(opened(secretary, change(meeting)), "Odd", **answers))
    assert [to for to, text in problems(answer) if sentence in text] == ["id_followups-0-done_on"]
    assert not FollowUp.objects.exists()


def test_what_is_saved_is_completed_by_its_verb_only(secretary: Client, meeting: Meeting) -> None:
    followup = make.make_followup(meeting=meeting)
    form = {**opened(secretary, change(meeting)), "followups-0-done_on": ["2025-05-20"]}
    send(secretary, change(meeting), form)
    followup.refresh_from_db()
    assert followup.status == "open"


def test_a_new_date_keeps_what_else_was_changed(secretary: Client, people: People) -> None:
    followup = make.make_followup("Before", due_on=make.LONG_AGO)
    address = f"/admin/followups/followup/{followup.pk}/change/"
    answer = send(
        secretary, address, opened(secretary, address), title="After", due_on="2030-01-01", due_reason="Strike"
    )
    assert answer.status_code == 302, problems(answer)
    followup.refresh_from_db()
    assert (followup.title, followup.due_on, followup.original_due_on) == ("After", dt.date(2030, 1, 1), make.LONG_AGO)
    assert [event.reason for event in followup.events.all()] == ["Strike"]


# Rows ----------------------------------------------------------------------------------------------------------


def test_a_row_is_taken_out_before_it_is_saved_and_never_after(secretary: Client, meeting: Meeting) -> None:
    form = promise(promise(opened(secretary, change(meeting)), "Typed by mistake", DELETE="on"), "Meant")
    page = secretary.get(change(meeting)).content.decode()
    assert 'name="followups-__prefix__-DELETE"' in page
    assert send(secretary, change(meeting), form).status_code == 302
    assert list(promises(meeting)) == ["Meant"]
    page = secretary.get(change(meeting)).content.decode()
    assert "A recorded follow-up is not removed" in page
    address = f"/admin/followups/followup/{promises(meeting)['Meant'].pk}/verb/cancel/"
    assert f'href="{address}"' in page and secretary.get(address).status_code == 200
    form = {**opened(secretary, change(meeting)), "followups-0-DELETE": ["on"]}
    send(secretary, change(meeting), form)
    assert list(promises(meeting)) == ["Meant"]


def test_rows_stand_in_the_order_they_were_put_in(secretary: Client, meeting: Meeting) -> None:
    form = opened(secretary, change(meeting))
    for title, place in (("One", 2), ("Two", 3), ("Three", 1)):
        form = promise(form, title, order=place, due_on=f"203{place}-01-01")
    assert send(secretary, change(meeting), form).status_code == 302
    assert list(promises(meeting)) == ["Three", "One", "Two"]
    page = secretary.get(meeting.get_absolute_url()).content.decode()
    assert page.index(">Three</a>") < page.index(">One</a>") < page.index(">Two</a>")
    form = opened(secretary, change(meeting))
    form["followups-2-order"] = ["0"]
    assert send(secretary, change(meeting), form).status_code == 302
    assert list(promises(meeting)) == ["Two", "Three", "One"]
    make.make_followup("Later", meeting=meeting)
    assert list(promises(meeting))[-1] == "Later"


# What it comes from --------------------------------------------------------------------------------------------


def test_an_outcome_that_is_typed_in_the_same_form(secretary: Client, meeting: Meeting) -> None:
    form = with_row(
        opened(secretary, change(meeting)),
        "discussions",
        topic="",
        title="Convergence",
        kind="information",
        visibility=20,
    )
    form = {**form, "discussions-0-outcomes-TOTAL_FORMS": ["2"], "discussions-0-outcomes-INITIAL_FORMS": ["0"]}
    for number, text in enumerate(("First", "Second")):
        form[f"discussions-0-outcomes-{number}-kind"] = ["commitment"]
        form[f"discussions-0-outcomes-{number}-text"] = [text]
        form[f"discussions-0-outcomes-{number}-visibility"] = ["20"]
    form = with_row(form, "outcomes", kind="takeaway", text="Of the whole", visibility=20)
    form = promise(form, "Of one", from_discussion="discussions-0", outcome_number="2")
    form = promise(form, "Of all", outcome_number="1")
    answer = send(secretary, change(meeting), form)
    assert answer.status_code == 302, problems(answer)
    found = promises(meeting)
    assert (found["Of one"].outcome.text, found["Of one"].discussion.title) == ("Second", "Convergence")
    assert (found["Of all"].outcome.text, found["Of all"].discussion) == ("Of the whole", None)
    form = opened(secretary, change(meeting))
    assert [form[f"followups-{n}-outcome_number"] for n in range(2)] == [["2"], ["1"]]
    form["discussions-0-outcomes-1-order"] = ["0"]
    assert send(secretary, change(meeting), form).status_code == 302
    assert promises(meeting)["Of one"].outcome.text == "Second", "whatever number it has now"
    assert opened(secretary, change(meeting))["followups-0-outcome_number"] == ["1"]


def test_a_choice_follows_its_discussion(secretary: Client, meeting: Meeting) -> None:
    """Moved in the same form, and saved before or not; a follow-up goes to another one, or to none."""
    make.make_discussion(meeting, "Priorities")
    form = with_row(opened(secretary, change(meeting)), "discussions", title="New", kind="information", visibility=20)
    form = promise(form, "Of the new", from_discussion="discussions-1")
    form = promise(form, "Of the old", from_discussion=f"discussions:{meeting.discussions.get().pk}")
    form = with_row(form, "followups", title="", priority=20, visibility=10, from_discussion="discussions-1")
    form = {**form, "discussions-1-order": ["1"], "discussions-0-order": ["2"]}
    answer = send(secretary, change(meeting), form)
    assert answer.status_code == 302, problems(answer)
    found = promises(meeting)
    assert {title: followup.discussion.title for title, followup in found.items()} == {
        "Of the new": "New",
        "Of the old": "Priorities",
    }
    form = opened(secretary, change(meeting))
    page = secretary.get(change(meeting)).content.decode()
    assert re.search(r"<option [^>]*selected>1 New</option>", page)
    kept = found["Of the old"].version
    form["followups-0-from_discussion"] = [""]
    assert send(secretary, change(meeting), form).status_code == 302
    found = promises(meeting)
    assert (found["Of the new"].discussion, found["Of the old"].version) == (None, kept)


def test_a_discussion_that_is_removed_or_empty_is_no_choice(secretary: Client, meeting: Meeting) -> None:
    old = make.make_discussion(meeting, "Priorities")
    form = with_row(opened(secretary, change(meeting)), "discussions", title="", kind="discussion", visibility=20)
    for name in ("discussions-1", f"discussions:{old.pk}", "discussions-9"):
        sent = {**promise(form, "Odd", from_discussion=name), "discussions-0-DELETE": ["on"]}
        answer = send(secretary, change(meeting), sent)
        assert [to for to, _text in problems(answer)] == ["id_followups-0-from_discussion"], name
    assert not FollowUp.objects.exists()


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"outcome_number": "7"}, "The meeting as a whole has no outcome of that number"),
        ({"discussion_number": "1", "outcome_number": "2"}, "This discussion has no outcome of that number"),
        ({"discussion_number": "9"}, "no discussion of that number"),
    ],
)
def test_what_is_not_there_cannot_be_named(
    secretary: Client, meeting: Meeting, answers: dict[str, str], sentence: str
) -> None:
    discussion = make.make_discussion(meeting, "Convergence", number="1")
    make.make_outcome(meeting, discussion=discussion)
    rows = {"from_discussion": f"discussions:{discussion.pk}"} if answers.get("discussion_number") == "1" else {}
    if "outcome_number" in answers:
        rows["outcome_number"] = answers["outcome_number"]
        answer = send(secretary, change(meeting), promise(opened(secretary, change(meeting)), "Odd", **rows))
        assert any(sentence in text for _to, text in problems(answer))
    form = opened(secretary, OWN)
    answer = send(secretary, OWN, form, title="Odd", who="Host of all", meeting=str(meeting.reference), **answers)
    assert any(sentence in text for _to, text in problems(answer))
    assert not FollowUp.objects.exists()


def test_on_its_own_it_names_an_outcome_too(secretary: Client, meeting: Meeting) -> None:
    outcome = make.make_outcome(meeting, discussion=make.make_discussion(meeting, "Convergence", number="4"))
    numbers = {"meeting": str(meeting.reference), "discussion_number": "4", "outcome_number": "1"}
    answer = send(secretary, OWN, opened(secretary, OWN), title="Own", who="Host of all", **numbers)
    assert answer.status_code == 302, problems(answer)
    assert FollowUp.objects.get().outcome == outcome


def test_opening_the_form_costs_the_same_for_many(secretary: Client, meeting: Meeting) -> None:
    def cost() -> int:
        discussion = make.make_discussion(meeting)
        for _n in range(2):
            make.make_followup(meeting=meeting, outcome=make.make_outcome(meeting, discussion=discussion))
        return len(count_queries(lambda: secretary.get(change(meeting))))

    cost()
    assert cost() == cost()
