"""Nested formsets: a discussion with its positions, saved, moved and removed in one form."""

from itertools import product
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

from engagement.core.admin.base import TOO_MANY_ROWS
from engagement.core.admin.formsets import RecordFormSet
from engagement.core.admin.row_limits import with_rows_it_holds
from meetings.models import Discussion, Meeting, Position
from organizations.models import Organization
from tests.core.posting import opened, problems, send, shown, with_row
from tests.makers import make_discussion, make_held, make_host, make_organization, make_position, make_topic
from tests.people import People
from tests.thorough import today

ADD = "/admin/meetings/meeting/add/"


@pytest.fixture
def secretary(people: People, client: Client) -> Client:
    client.force_login(people.secretary)
    return client


@pytest.fixture
def ema(people: People) -> Organization:
    return make_host("European Medicines Agency")


@pytest.fixture
def arm(people: People) -> Organization:
    return make_organization("Alliance for Regenerative Medicine", acronym="ARM")


@pytest.fixture
def meeting(ema: Organization, arm: Organization) -> Meeting:
    """A held meeting with two discussions, the first with two positions."""
    meeting = make_held("Second meeting", host=ema, counterparts=[arm])
    first = make_discussion(meeting, topic=make_topic("Priorities"), order=1)
    make_position(first, arm, order=1, statement="One.")
    make_position(first, ema, order=2, statement="Two.")
    make_discussion(meeting, topic=make_topic("Convergence"), order=2)
    return meeting


def change(meeting: Meeting) -> str:
    return f"/admin/meetings/meeting/{meeting.pk}/change/"


def versions() -> list[tuple[Any, ...]]:
    return [
        *Meeting.objects.order_by("pk").values_list("pk", "version"),
        *Discussion.objects.order_by("pk").values_list("pk", "version"),
        *Position.objects.order_by("pk").values_list("pk", "version"),
    ]


def test_who_may_only_read_has_nothing_to_enter_with(people: People, client: Client, meeting: Meeting) -> None:
    """No buttons to move rows, no draft, no hints of what to type: what is drawn for the secretary is left out."""
    entering = ("data-up", "data-down", "row-place", "data-draft=", "enter any day of it")
    pages = {}
    for user in (people.secretary, people.manager):
        client.force_login(user)
        pages[user.username] = client.get(change(meeting)).text
    assert all(word in pages["secretary"] for word in entering)
    assert "View meeting" in pages["manager"] and "Convergence" in pages["manager"]
    assert not [word for word in entering if word in pages["manager"]]


def test_two_levels_go_in_with_one_save(secretary: Client, ema: Organization, arm: Organization) -> None:
    data = opened(secretary, ADD)
    data.update({"title": ["First"], "starts_on": ["2025-05-08"], "progress": ["held"]})
    for prefix in ("parties", "discussions", "outcomes", "followups", "documents"):
        data[f"{prefix}-TOTAL_FORMS"] = ["0"]
    data = with_row(data, "parties", organization="European Medicines Agency", side="host")
    data = with_row(data, "parties", organization="ARM", side="counterpart")
    talk = {"topic": "Gene editing", "topic_new": "Gene editing", "kind": "discussion", "visibility": "20"}
    data = with_row(data, "discussions", **talk)
    data.update({"discussions-0-positions-TOTAL_FORMS": ["0"], "discussions-0-positions-INITIAL_FORMS": ["0"]})
    one = {"who": "ARM", "stance": "requests", "statement": "Rules.", "visibility": "20"}
    data = with_row(data, "discussions-0-positions", **one)
    two = {"who": "joint", "stance": "supports", "statement": "Both.", "visibility": "20"}
    data = with_row(data, "discussions-0-positions", **two)
    response = send(secretary, ADD, data)
    assert response.status_code == 302, problems(response)
    held = Position.objects.order_by("order").values_list("organization__acronym", "is_joint", "statement", "order")
    assert list(held) == [("ARM", False, "Rules.", 1), (None, True, "Both.", 2)]


def test_what_nobody_touched_is_not_saved(secretary: Client, meeting: Meeting) -> None:
    before = versions()
    response = send(secretary, change(meeting), opened(secretary, change(meeting)))
    assert response.status_code == 302, problems(response)
    assert versions() == before


def test_only_the_changed_row_of_the_second_level_is_saved(secretary: Client, meeting: Meeting) -> None:
    data = opened(secretary, change(meeting))
    before = dict(Discussion.objects.values_list("pk", "version"))
    response = send(secretary, change(meeting), data, **{"discussions-0-positions-1-statement": "Two and a half."})
    assert response.status_code == 302, problems(response)
    assert list(Position.objects.order_by("order").values_list("statement", "version")) == [
        ("One.", 1),
        ("Two and a half.", 2),
    ]
    assert dict(Discussion.objects.values_list("pk", "version")) == before


def test_a_blank_row_with_something_in_it_is_told(secretary: Client, meeting: Meeting) -> None:
    data = with_row(opened(secretary, change(meeting)), "discussions", kind="discussion", visibility="20")
    data.update({"discussions-2-positions-TOTAL_FORMS": ["0"], "discussions-2-positions-INITIAL_FORMS": ["0"]})
    one = {"who": "ARM", "stance": "requests", "statement": "Lost?", "visibility": "20"}
    response = send(secretary, change(meeting), with_row(data, "discussions-2-positions", **one))
    assert response.status_code == 200
    assert any(target.startswith("discussions-2") or "discussions-2-" in target for target, _text in problems(response))
    assert shown(response)["discussions-2-positions-0-statement"] == ["Lost?"]


def test_a_mistake_deep_down_is_linked_from_the_top(secretary: Client, meeting: Meeting) -> None:
    data = opened(secretary, change(meeting))
    response = send(secretary, change(meeting), data, **{"discussions-0-positions-1-statement": ""})
    [(target, text)] = problems(response)
    assert target == "id_discussions-0-positions-1-statement"
    assert text == "Discussion 1, position 2, Statement: Enter what was said."
    assert f'id="{target}"' in response.content.decode()
    assert "Nothing has been lost." in response.content.decode()


def test_rows_of_both_levels_are_removed(secretary: Client, meeting: Meeting) -> None:
    data = opened(secretary, change(meeting))
    gone = {"discussions-0-positions-0-DELETE": "on", "discussions-1-DELETE": "on"}
    assert send(secretary, change(meeting), data, **gone).status_code == 302
    assert list(Position.objects.values_list("statement", flat=True)) == ["Two."]
    assert Discussion.objects.count() == 1


def test_a_removed_row_is_not_checked(secretary: Client, meeting: Meeting) -> None:
    data = opened(secretary, change(meeting))
    gone = {"discussions-0-DELETE": "on", "discussions-0-positions-0-statement": ""}
    assert send(secretary, change(meeting), data, **gone).status_code == 302


def test_rows_are_kept_in_the_order_given(secretary: Client, meeting: Meeting) -> None:
    data = opened(secretary, change(meeting))
    moved = {"discussions-0-order": "2", "discussions-1-order": "1"}
    assert send(secretary, change(meeting), data, **moved).status_code == 302
    assert list(meeting.discussions.order_by("order").values_list("topic__title", "order")) == [
        ("Convergence", 1),
        ("Priorities", 2),
    ]


def test_after_an_error_rows_stand_in_the_order_given(secretary: Client, meeting: Meeting) -> None:
    data = opened(secretary, change(meeting))
    moved = {"discussions-0-order": "2", "discussions-1-order": "1", "title": ""}
    html = send(secretary, change(meeting), data, **moved).content.decode()
    assert html.index('id="discussions-1"') < html.index('id="discussions-0"')


def test_one_more_row_without_scripts_loses_nothing(secretary: Client, meeting: Meeting) -> None:
    data = opened(secretary, change(meeting))
    typed = {
        "title": ["Typed"],
        "discussions-0-positions-0-statement": ["Typed too"],
        "_more": "discussions-0-positions",
    }
    before = versions()
    response = secretary.post(change(meeting), {**data, **typed})
    now = shown(response)
    assert (now["title"], now["discussions-0-positions-0-statement"]) == (["Typed"], ["Typed too"])
    assert now["discussions-0-positions-TOTAL_FORMS"] == ["3"]
    assert not problems(response)
    assert versions() == before
    response = send(secretary, change(meeting), now)
    assert response.status_code == 302, problems(response)
    assert list(Position.objects.order_by("order").values_list("statement", flat=True)) == ["Typed too", "Two."]


def test_a_row_added_without_scripts_has_its_defaults(secretary: Client, meeting: Meeting) -> None:
    data = opened(secretary, change(meeting))
    now = shown(secretary.post(change(meeting), {**data, "_more": "discussions"}))
    assert now["discussions-2-kind"] == ["discussion"]
    assert "discussions-2-positions-TOTAL_FORMS" in now


def test_the_history_says_which_rows_changed(secretary: Client, meeting: Meeting) -> None:
    from django.contrib.admin.models import LogEntry

    data = opened(secretary, change(meeting))
    send(secretary, change(meeting), data, **{"discussions-0-positions-0-statement": "Changed."})
    message = LogEntry.objects.get().get_change_message()
    assert "position" in message.lower()
    assert "discussion" not in message.lower()


def test_who_may_only_look_changes_nothing(people: People, client: Client, meeting: Meeting) -> None:
    client.force_login(people.manager)
    page = client.get(change(meeting))
    assert page.status_code == 200
    assert "data-remove" not in page.content.decode()
    assert "data-add-row" not in page.content.decode()
    assert client.post(change(meeting), {"title": "No"}).status_code == 403


MANY_ROWS = product(["parties", "discussions-0-positions"], ["999", "9999999999", "9" * 40, " +9999999.0 "])


@pytest.mark.parametrize(("prefix", "said"), today(list(MANY_ROWS), parts=3))
def test_more_rows_than_a_form_holds_are_not_built(
    secretary: Client, meeting: Meeting, prefix: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A row takes a hundredth of a second. What was typed is kept, and can be saved from there."""
    data = opened(secretary, change(meeting))
    built: list[int] = []
    construct = RecordFormSet._construct_form
    monkeypatch.setattr(
        RecordFormSet, "_construct_form", lambda self, i, **k: built.append(i) or construct(self, i, **k)
    )
    answer = send(secretary, change(meeting), {**data, f"{prefix}-TOTAL_FORMS": [said]}, title="Typed by me")
    assert len(built) < 50 and [text for _to, text in problems(answer)] == [str(TOO_MANY_ROWS)]
    again = shown(answer)
    assert again[f"{prefix}-TOTAL_FORMS"] == ["2"] and again["title"] == ["Typed by me"]
    assert send(secretary, change(meeting), again).status_code == 302
    meeting.refresh_from_db()
    assert meeting.title == "Typed by me" and Position.objects.count() == 2


def test_some_rows_of_which_nothing_was_sent_are_no_matter() -> None:
    assert with_rows_it_holds(QueryDict("rows-TOTAL_FORMS=100&rows-0-inner-TOTAL_FORMS=1")) is None
    counted = with_rows_it_holds(QueryDict("rows-TOTAL_FORMS=109&rows-7-name=x&rows-123456789-name=y"))
    assert counted is not None and counted["rows-TOTAL_FORMS"] == "8"
