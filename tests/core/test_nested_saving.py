"""What may come between a form and its save: late errors, other people, a deleted record. Nothing is ever lost."""

import re
from typing import Any
from unittest import mock

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.test import Client

from engagement.core.models.versioned import RowError
from engagement.topics.models import Topic
from meetings.models import Meeting, Position
from organizations.models import Organization
from tests.core.posting import opened, problems, send, shown, with_row
from tests.core.test_nested_rows import ADD, arm, change, ema, meeting, secretary  # noqa: F401
from tests.makers import make_position, make_topic
from tests.people import People

pytestmark = pytest.mark.both_databases

TOPIC = "/admin/topics/topic/{}/change/"


def typed(client: Client, record: Meeting, **changes: Any) -> Any:
    return send(client, change(record), opened(client, change(record)), **changes)


# Errors found late -----------------------------------------------------------------------------------------


def test_a_rule_over_the_whole_is_told_at_the_top(secretary: Client, meeting: Meeting) -> None:  # noqa: F811
    response = typed(secretary, meeting, title="Typed", **{"parties-0-side": "counterpart"})
    assert response.status_code == 200
    assert "host" in problems(response)[0][1]
    assert shown(response)["title"] == ["Typed"]
    meeting.refresh_from_db()
    assert meeting.title == "Second meeting"


def test_an_error_of_a_record_lands_on_its_row(secretary: Client, meeting: Meeting) -> None:  # noqa: F811
    position = Position.objects.get(statement="Two.")

    def refuse(*args: Any, **kwargs: Any) -> None:
        raise ValidationError([RowError("Not so.", instance=position, field="statement")])

    with mock.patch.object(Meeting, "check_whole", refuse):
        response = typed(secretary, meeting, title="Typed")
    assert problems(response) == [
        ("id_discussions-0-positions-1-statement", "Discussion 1, position 2, Statement: Not so.")
    ]


def test_an_error_while_a_row_is_saved_lands_on_that_row(secretary: Client, meeting: Meeting) -> None:  # noqa: F811
    def refuse(self: Position, *args: Any, **kwargs: Any) -> None:
        raise ValidationError("Not now.")

    with mock.patch.object(Position, "save", refuse):
        response = typed(secretary, meeting, **{"discussions-0-positions-1-statement": "Typed"})
    assert problems(response) == [("discussions-0-positions-1", "Discussion 1, position 2: Not now.")]
    assert shown(response)["discussions-0-positions-1-statement"] == ["Typed"]


@pytest.mark.parametrize(
    ("error", "says"),
    [
        ("CHECK constraint failed: position_of_one_or_joint", "Choose whose position it is"),
        ("UNIQUE constraint failed: meetings_party.meeting_id, meetings_party.organization_id", "already a party"),
        ('duplicate key value violates unique constraint "party_once_at_a_meeting"', "already a party"),
        ("something nobody thought of", "Please save again"),
    ],
)
def test_what_the_database_refuses_is_a_sentence(
    secretary: Client,  # noqa: F811
    meeting: Meeting,  # noqa: F811
    error: str,
    says: str,
) -> None:
    with mock.patch.object(Meeting, "check_whole", side_effect=IntegrityError(error)):
        response = typed(secretary, meeting, title="Typed")
    assert response.status_code == 200
    assert says in problems(response)[0][1]


def test_two_new_leads_of_a_side_meet_the_database_s_own_rule(secretary: Client, meeting: Meeting) -> None:  # noqa: F811
    data = opened(secretary, change(meeting))
    for name in ("One", "Two"):
        Organization.objects.create(name=f"Company {name}", kind="company")
        row = {"organization": f"Company {name}", "side": "observer", "is_lead": "on"}
        data = with_row(data, "parties", **row)
    response = send(secretary, change(meeting), data)
    assert [text for _target, text in problems(response)] == ["Party 4: Only one organization can lead each side."]


def test_a_new_topic_stays_unmade_when_the_form_is_refused(secretary: Client, meeting: Meeting) -> None:  # noqa: F811
    new = {"discussions-0-topic": "Brand new", "discussions-0-topic_new": "Brand new"}
    assert typed(secretary, meeting, title="", **new).status_code == 200
    assert not Topic.objects.filter(title="Brand new").exists()
    assert typed(secretary, meeting, **new).status_code == 302
    assert Topic.objects.filter(title="Brand new").count() == 1


def test_who_may_not_add_topics_adds_none_by_typing(secretary: Client, people: People, meeting: Meeting) -> None:  # noqa: F811
    group = people.secretary.groups.get()
    group.permissions.remove(*group.permissions.filter(codename="add_topic"))
    new = {"discussions-0-topic": "Brand new", "discussions-0-topic_new": "Brand new"}
    response = typed(secretary, meeting, **new)
    assert problems(response)[0][0] == "id_discussions-0-topic"
    assert not Topic.objects.filter(title="Brand new").exists()


def test_nothing_is_announced_that_did_not_happen(secretary: Client, meeting: Meeting) -> None:  # noqa: F811
    with mock.patch("engagement.core.admin.base.RecordAdmin._next", side_effect=ValidationError("Too late.")):
        response = typed(secretary, meeting, title="Typed")
    assert "was changed successfully" not in response.content.decode()
    assert problems(response)[0][1] == "Too late."


# Somebody else ---------------------------------------------------------------------------------------------


def test_the_second_save_is_told_and_overwrites_nothing(
    secretary: Client,  # noqa: F811
    people: People,
    meeting: Meeting,  # noqa: F811
) -> None:
    mine = opened(secretary, change(meeting))
    meeting.refresh_from_db()
    meeting.title, meeting.city, meeting._history_user = "Theirs", "Utrecht", people.manager
    meeting.save()
    response = send(secretary, change(meeting), mine, title="Mine", venue="Hall")
    html = response.content.decode()
    assert "manager" in html and "“Second meeting” became “Theirs”" in html
    now = shown(response)
    assert (now["title"], now["city"], now["venue"]) == (["Mine"], ["Utrecht"], ["Hall"])
    assert problems(response) == [
        ("id_title", "Title: Someone else has changed this. Your text is kept: save to replace theirs, “Theirs”")
    ]
    meeting.refresh_from_db()
    assert meeting.title == "Theirs"
    assert send(secretary, change(meeting), now).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.title, meeting.city, meeting.venue) == ("Mine", "Utrecht", "Hall")


def test_a_change_to_another_row_is_told_and_kept(secretary: Client, meeting: Meeting) -> None:  # noqa: F811
    mine = opened(secretary, change(meeting))
    first = meeting.discussions.get(order=1)
    make_position(first, None, order=3, statement="Three.")
    response = send(secretary, change(meeting), mine, **{"discussions-0-positions-0-statement": "Mine."})
    assert "Someone else changed this while you were editing" in response.content.decode()
    assert not problems(response)
    assert send(secretary, change(meeting), shown(response)).status_code == 302
    assert set(Position.objects.values_list("statement", flat=True)) == {"Mine.", "Two.", "Three."}


def test_a_row_removed_meanwhile_is_kept_if_it_was_changed_here(secretary: Client, meeting: Meeting) -> None:  # noqa: F811
    mine = opened(secretary, change(meeting))
    Position.objects.get(statement="Two.").delete()
    response = send(secretary, change(meeting), mine, **{"discussions-0-positions-1-statement": "Mine."})
    [(target, text)] = problems(response)
    assert (target, "Someone removed this" in text) == ("discussions-0-positions-1", True)
    assert send(secretary, change(meeting), shown(response)).status_code == 302
    assert set(Position.objects.values_list("statement", flat=True)) == {"One.", "Mine."}


def test_a_third_person_in_between_is_told_too(secretary: Client, meeting: Meeting) -> None:  # noqa: F811
    mine = opened(secretary, change(meeting))
    for city in ("Utrecht", "Leiden"):
        meeting.refresh_from_db()
        meeting.city = city
        meeting.save()
        response = send(secretary, change(meeting), mine, title="Mine")
        assert f"became “{city}”" in response.content.decode()
        mine = shown(response)
        mine["title"] = ["Mine"]


def test_smaller_records_are_guarded_too(secretary: Client, db: None) -> None:  # noqa: F811
    topic = make_topic("Old")
    mine = opened(secretary, TOPIC.format(topic.pk))
    topic.description = "Theirs"
    topic.save()
    response = send(secretary, TOPIC.format(topic.pk), mine, title="Mine")
    assert "Someone else changed this" in response.content.decode()
    assert shown(response)["description"] == ["Theirs"]


def test_a_damaged_base_only_costs_the_merge(secretary: Client, meeting: Meeting) -> None:  # noqa: F811
    mine = {**opened(secretary, change(meeting)), "_base": ["forged"]}
    meeting.refresh_from_db()
    meeting.city = "Utrecht"
    meeting.save()
    response = send(secretary, change(meeting), mine, title="Mine")
    assert response.status_code == 200
    assert shown(response)["title"] == ["Mine"]


def test_a_record_deleted_meanwhile_can_be_added_again(secretary: Client, people: People, meeting: Meeting) -> None:  # noqa: F811
    mine = opened(secretary, change(meeting))
    address = change(meeting)
    meeting.delete()
    response = send(secretary, address, mine, title="Mine")
    html = response.content.decode()
    assert "deleted" in html
    assert f'action="{ADD}"' in html
    now = shown(response)
    assert (now["title"], now["discussions-0-positions-1-statement"]) == (["Mine"], ["Two."])
    response = send(secretary, ADD, now, progress="held")
    assert response.status_code == 302, problems(response)
    assert Meeting.objects.get().title == "Mine"
    assert Position.objects.count() == 2


# Afterwards ------------------------------------------------------------------------------------------------


def test_the_browser_hears_which_draft_was_saved(secretary: Client, meeting: Meeting) -> None:  # noqa: F811
    response = typed(secretary, meeting, title="", _once="a1b2c3d4e5f6")
    assert "saved_drafts" not in response.cookies
    response = typed(secretary, meeting, title="Typed", _once="a1b2c3d4e5f6")
    assert response.cookies["saved_drafts"].value == "a1b2c3d4e5f6"
    response = typed(secretary, meeting, title="Again", _once="ffffffffffff")
    assert response.cookies["saved_drafts"].value == "a1b2c3d4e5f6.ffffffffffff"
    response = typed(secretary, meeting, title="Odd", _once="x; path=/")
    assert "saved_drafts" not in response.cookies


def test_saving_leads_to_the_page_and_going_on_stays(secretary: Client, meeting: Meeting) -> None:  # noqa: F811
    form = opened(secretary, change(meeting))
    response = secretary.post(change(meeting), {**form, "title": ["Typed"], "_continue": ["1"]})
    assert response["Location"] == change(meeting)
    form = opened(secretary, change(meeting))
    response = secretary.post(change(meeting), {**form, "title": ["Saved"], "_save": ["1"]})
    assert response["Location"] == Meeting.objects.get().get_absolute_url()
    page = secretary.get(change(meeting)).content.decode()
    assert re.findall(r'name="(\w+)" value="1" class="save-button', page) == ["_continue", "_save"]


def test_a_popup_hands_back_the_label(secretary: Client, db: None) -> None:  # noqa: F811
    address = "/admin/organizations/organization/add/?_popup=1&name=arm"
    data = opened(secretary, address)
    assert data["name"] == ["arm"]
    new = {"name": "Alliance", "acronym": "ARM", "kind": "company", "_popup": "1"}
    html = send(secretary, address, data, **new).content.decode()
    assert "Alliance (ARM)" in html


def test_a_fold_with_a_mistake_in_it_is_open(secretary: Client, meeting: Meeting) -> None:  # noqa: F811
    fold = r'class="row-more"( open)?>\s*<summary>Times'
    assert re.search(fold, secretary.get(change(meeting)).text)[1] is None  # type: ignore[index]
    response = typed(secretary, meeting, start_time="09:00", end_time="08:00")
    assert "must end after it begins" in response.text
    assert re.search(fold, response.text)[1]  # type: ignore[index]
