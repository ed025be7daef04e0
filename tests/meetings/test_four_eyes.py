"""Four eyes after publication: readers see what was published until somebody who may publish takes a change over."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from engagement.followups.models import FollowUp
from meetings import four_eyes, version_keeping
from meetings.four_eyes import WaitsForPublisher
from meetings.models import Meeting, ProposedChange, Regime
from meetings.models.publishing import PublicationState
from meetings.public_content import contents
from tests import makers as make
from tests.core.posting import opened, problems, shown
from tests.made_once import made_once
from tests.people import People, client_of

READ = (
    "{page}", "/", "/meetings/", "/meetings/?q=leaflets", "/search/?q=leaflets", "/meetings.csv", "/meetings.json",
    "/meetings.atom", "/meetings.ics", "/follow-ups/", "/follow-ups.csv", "/topics/", "/organizations/",
)  # fmt: skip


def published(people: People, **fields: Any) -> Meeting:
    """With a discussion, a position, a document and a promise; whatever rule, a second person publishes."""
    return made_once(lambda: _published(people, **fields), f"published {fields}", people)


def _published(people: People, **fields: Any) -> Meeting:
    host = make.make_host("Agency")
    meeting = make.make_held(
        "Leaflets for patients", host=host, counterparts=[people.ours], visibility=make.PUBLIC,
        prepared_by=people.secretary, purpose="About leaflets.", internal_notes="Inside.", **fields,
    )  # fmt: skip
    talk = make.make_discussion(meeting, "Leaflets", said="They were read.")
    make.make_position(talk, host, statement="Keep them short.")
    make.make_followup("Send the leaflets", meeting=meeting, owner=host, visibility=make.PUBLIC)
    meeting.publish(by=people.publisher)
    return Meeting.objects.get(pk=meeting.pk)


def read(meeting: Meeting) -> dict[str, bytes]:
    """What a visitor gets at each address."""
    return dict(reading(meeting))


def reading(meeting: Meeting) -> Iterator[tuple[str, bytes]]:
    visitor = Client()
    page = meeting.get_absolute_url()
    for one in READ:
        yield one, body(visitor.get(one.format(page=page), follow=True))


def body(response: Any) -> bytes:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return re.sub(rb'csrfmiddlewaretoken" value="\w+"', b"", content)


def edit(client: Client, meeting: Meeting, changed: dict[str, str], query: str = "") -> Any:
    """Open the form, change it, save it."""
    address = f"/admin/meetings/meeting/{meeting.pk}/change/{query}"
    data = opened(client, address)
    assert set(changed) <= set(data), set(changed) - set(data)
    return client.post(address.partition("?")[0], {**data, **changed, "_save": "1"}, follow=True)


def proposed(people: People, **changed: str) -> tuple[Meeting, ProposedChange]:
    meeting = published(people)
    edit(client_of(people.secretary), meeting, changed or {"title": "Leaflets for everybody"})
    return meeting, ProposedChange.objects.get()


def take(person: Any, change: ProposedChange) -> Any:
    address = f"/admin/meetings/meeting/{change.meeting_id}/change/"
    return client_of(person).post(address, {"_proposal": change.pk, "_take": "1", "_note": "Whom."}, follow=True)


def test_of_a_proposed_change_only_the_words_that_differ_are_marked(people: People) -> None:
    meeting, _change = proposed(people, **{"discussions-0-said": "They were read aloud."})
    page = client_of(people.publisher).get(f"{meeting.get_absolute_url()}publication/").content.decode()
    marked = re.findall(r'<(del|ins)\s+class="changed">.*?</span>(.*?)<span', page, re.DOTALL)
    assert marked == [("ins", " aloud")]


def test_a_visitor_reads_nothing_of_a_change_until_it_is_taken_over(people: People) -> None:
    meeting = published(people)
    before = read(meeting)
    changed = {
        "title": "Leaflets for everybody",
        "discussions-0-said": "They were read aloud.",
        "discussions-0-positions-0-statement": "Make them longer.",
        "followups-0-title": "Send all leaflets",
    }
    answer = edit(client_of(people.secretary), meeting, changed)
    assert "a publisher accepts it" in answer.content.decode()
    assert "Meeting saved" not in answer.content.decode()
    assert read(meeting) == before
    change = ProposedChange.objects.get()
    assert [what for what, _old, _new in change.differences] == [
        "Title", "Discussion “Leaflets”: What was said", "Discussion “Leaflets”: Position “Agency”: Statement",
        "Follow-up “Send the leaflets”: What was promised",
    ]  # fmt: skip
    page = client_of(people.publisher).get(meeting.get_absolute_url()).content.decode()
    assert "A change by secretary\n" in page or "A change by secretary is waiting for a publisher" in page
    assert take(people.publisher, change).status_code == 200
    after = read(meeting)
    assert b"Leaflets for everybody" in after["{page}"] and b"read aloud" in after["{page}"]
    assert b"Send all leaflets" in after["/follow-ups/"] and after != before
    change.refresh_from_db()
    assert (change.state, change.decided_by) == ("taken", people.publisher)
    assert list(meeting.published_versions.values_list("number", "note")) == [(1, ""), (2, "Whom.")]
    assert Meeting.history.filter(id=meeting.pk).latest("history_id").history_change_reason == "Proposed by secretary"


def test_what_no_visitor_reads_is_saved_at_once(people: People) -> None:
    meeting = published(people)
    before = read(meeting)
    edit(client_of(people.secretary), meeting, {"internal_notes": "More inside."})
    assert Meeting.objects.get().internal_notes == "More inside."
    assert not ProposedChange.objects.exists() and read(meeting) == before


def test_lines_as_browsers_end_them_are_no_change(people: People) -> None:
    """A form that nobody touched sends CR and LF for the LF it got."""
    meeting = published(people, summary="First.\n\nSecond.")
    changed = {"summary": "First.\r\n\r\nSecond.", "internal_notes": "More inside.\r\nTwo lines."}
    edit(client_of(people.secretary), meeting, changed)
    stored = Meeting.objects.get()
    assert (stored.summary, stored.internal_notes) == ("First.\n\nSecond.", "More inside.\nTwo lines.")
    assert not ProposedChange.objects.exists()


@pytest.mark.parametrize(
    "write",
    [
        lambda meeting, who: meeting.cancel(by=who, reason="It rained."),
        lambda meeting, who: meeting.withdraw(by=who, reason="Names."),
        lambda meeting, who: _saved(meeting, who, title="Another"),
        lambda meeting, who: _saved(meeting, who, visibility=make.INTERNAL),
        lambda meeting, who: _saved(meeting.discussions.get(), who, said="Another."),
        lambda meeting, who: _saved(meeting.discussions.get().positions.get(), who, visibility=make.INTERNAL),
        lambda meeting, who: _saved(FollowUp.objects.get(), who, title="Another"),
        lambda meeting, who: _saved(FollowUp.objects.get(), who, meeting=None),
        lambda meeting, who: _saved(meeting.parties.first(), who, headcount=9),
    ],
)
def test_no_door_leads_around_it(people: People, write: Any) -> None:
    """By the model: whatever calls it, on behalf of somebody who may not publish."""
    meeting = published(people)
    Meeting.objects.filter(pk=meeting.pk).update(status="confirmed")
    before = read(meeting)
    with pytest.raises(WaitsForPublisher, match="a publisher accepts it"):
        write(Meeting.objects.get(), people.secretary)
    assert read(meeting) == before
    write(Meeting.objects.get(), None)
    assert any(before[address] != now for address, now in reading(meeting))


def _saved(record: Any, who: Any, **values: Any) -> None:
    record._history_user = who
    for name, value in values.items():
        setattr(record, name, value)
    record.save()


def test_a_promise_moves_on_a_published_page(people: People) -> None:
    """Its state, dates and result stay live: docs/decisions/four-eyes.md."""
    meeting = published(people)
    FollowUp.objects.get().complete(by=people.secretary, result="It was sent.")
    assert b"It was sent." in Client().get(FollowUp.objects.get().get_absolute_url()).content
    assert Meeting.objects.get().publication_state == PublicationState.PUBLISHED
    assert meeting.version


def test_a_publisher_needs_a_second_person_too_where_a_rule_asks(people: People, admin_user: Any) -> None:
    meeting = published(people)
    edit(client_of(admin_user), meeting, {"title": "Leaflets for everybody"})
    change = ProposedChange.objects.get()
    take(admin_user, change)
    assert Meeting.objects.get().title == "Leaflets for patients"
    meeting.regimes.add(make.make_regime(is_by_second_person=False))
    edit(client_of(admin_user), meeting, {"title": "Leaflets for all", "correction": "Whom."})
    assert Meeting.objects.get().title == "Leaflets for all" and Regime.objects.count() == 1


def test_who_corrects_at_once_says_what_is_corrected(people: People, admin_user: Any) -> None:
    """Readers are told; of what no visitor reads nothing is asked."""
    meeting = published(people)
    meeting.regimes.add(make.make_regime(is_by_second_person=False))
    publisher = client_of(admin_user)
    edit(publisher, meeting, {"internal_notes": "More inside."})
    assert Meeting.objects.get().internal_notes == "More inside."
    refused = edit(publisher, meeting, {"discussions-0-said": "They were read aloud."})
    assert [target for target, _text in problems(refused)] == ["id_correction"]
    assert b"They were read aloud." in refused.content and meeting.discussions.get().said == "They were read."
    edit(publisher, meeting, {"discussions-0-said": "They were read aloud.", "correction": " How. "})
    assert list(meeting.published_versions.values_list("number", "note")) == [(1, ""), (2, "How.")]


def test_who_proposes_a_change_may_say_it_for_whoever_takes_it_over(people: People) -> None:
    meeting, change = proposed(people, title="Leaflets for everybody", correction="Whom they are for.")
    page = client_of(people.publisher).get(f"{meeting.get_absolute_url()}publication/").content.decode()
    assert 'name="_note" value="Whom they are for."' in page
    take(people.publisher, change)
    assert meeting.published_versions.latest("number").note == "Whom."


def test_what_is_public_is_read_twice_a_save(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before and after; the version is made of what was read after."""
    meeting, reads = published(people), []
    for module in (four_eyes, version_keeping):
        monkeypatch.setattr(module, "contents", lambda keys: reads.append(1) or contents(keys))
    edit(client_of(people.secretary), meeting, {"internal_notes": "More inside."})
    assert len(reads) == 2
    meeting.refresh_from_db()
    meeting.summary = "Said anew."
    meeting.save()
    assert len(reads) == 3, "the system compares nothing"
    assert meeting.published_versions.latest("number").content["summary"] == "Said anew."


def test_it_is_sent_back_edited_and_proposed_again(people: People) -> None:
    meeting, change = proposed(people)
    address = f"{meeting.get_absolute_url()}publication/changes/{change.pk}/"
    answer = client_of(people.publisher).post(address, {"verb": "send_back", "reason": "Shorter, please."})
    assert answer.status_code == 302
    secretary = client_of(people.secretary)
    page = secretary.get(f"{meeting.get_absolute_url()}publication/").content.decode()
    assert "Shorter, please." in page and "Continue editing" in page and "Accept it" not in page
    edit(secretary, meeting, {"title": "Leaflets"}, query=f"?proposal={change.pk}")
    change.refresh_from_db()
    assert (change.state, change.differences[0][2], ProposedChange.objects.count()) == ("waiting", "Leaflets", 1)
    assert secretary.post(address, {"verb": "withdraw"}).status_code == 302
    change.refresh_from_db()
    assert change.state == "withdrawn"
    take(people.publisher, change)
    assert Meeting.objects.get().title == "Leaflets for patients"


def test_others_decide_nothing(people: People) -> None:
    meeting, change = proposed(people)
    address = f"{meeting.get_absolute_url()}publication/changes/{change.pk}/"
    for person in (people.secretary, people.manager):
        assert client_of(person).post(address, {"verb": "send_back", "reason": "No."}).status_code == 404
    assert client_of(people.publisher).post(address, {"verb": "withdraw"}).status_code == 404
    assert client_of(people.representative).post(address, {"verb": "withdraw"}).status_code == 404
    assert take(people.manager, change).status_code == 404
    take(people.secretary, change)
    assert Meeting.objects.get().title == "Leaflets for patients"


def test_what_was_changed_meanwhile_is_merged_and_clashes_are_asked(people: People) -> None:
    meeting, change = proposed(people)
    stored = Meeting.objects.get()
    stored.internal_notes = "Added meanwhile."
    stored.save()
    take(people.publisher, change)
    stored = Meeting.objects.get()
    assert (stored.title, stored.internal_notes) == ("Leaflets for everybody", "Added meanwhile.")
    edit(client_of(people.secretary), meeting, {"title": "Leaflets of the secretary"})
    stored.title = "Leaflets of the system"
    stored.save()
    second = ProposedChange.objects.waiting().get()
    asked = take(people.publisher, second)
    page = asked.content.decode()
    assert "Leaflets of the system" in page and "Leaflets of the secretary" in page
    assert Meeting.objects.get().title == "Leaflets of the system"
    data = shown(asked)
    client_of(people.publisher).post(f"/admin/meetings/meeting/{meeting.pk}/change/", {**data, "_save": "1"})
    second.refresh_from_db()
    assert Meeting.objects.get().title == "Leaflets of the secretary" and second.state == "taken"


def test_a_follow_up_of_its_own_form_says_what_to_do(people: People) -> None:
    published(people)
    client = client_of(people.secretary)
    promise = FollowUp.objects.get()
    address = f"/admin/followups/followup/{promise.pk}/change/"
    data: dict[str, Any] = {**opened(client, address)}
    page = client.post(address, {**data, "title": "Another", "_save": "1"}).content.decode()
    assert "Make the change in the form of the meeting" in page and 'value="Another"' in page
    assert FollowUp.objects.get().title == "Send the leaflets"


def test_it_is_told_where_publishers_look(people: People) -> None:
    meeting, _change = proposed(people)
    assert Meeting.objects.get().publication_state == PublicationState.CHANGED
    client = client_of(people.publisher)
    for address in ("/publication/", "/today/", "/meetings/?publication=changed"):
        assert meeting.title in client.get(address).content.decode(), address
    assert "a change by secretary has been waiting since" in " ".join(
        client.get("/publication/").content.decode().split()
    )


def test_a_publisher_moves_what_is_published_though_others_may_not(people: People) -> None:
    meeting = published(people)
    Meeting.objects.filter(pk=meeting.pk).update(status="confirmed")
    address = f"/admin/meetings/meeting/{meeting.pk}/verb/cancel/"
    data = {"_confirmed": "1", "reason": "It rained."}
    told = client_of(people.secretary).post(address, data, follow=True).content.decode()
    assert "a publisher accepts it" in told and Meeting.objects.get().status == "confirmed"
    client_of(people.publisher).post(address, data)
    assert Meeting.objects.get().status == "cancelled"


def test_a_refused_decision_is_told_on_its_page(people: People) -> None:
    meeting, change = proposed(people)
    address, client = f"{meeting.get_absolute_url()}publication/changes/{change.pk}/", client_of(people.publisher)
    empty = client.post(address, {"verb": "send_back", "reason": " "}).content.decode()
    assert f'<a href="#reason-{change.pk}">' in empty and "There is a problem" in empty
    client_of(people.secretary).post(address, {"verb": "withdraw"})
    late = client.post(address, {"verb": "send_back", "reason": "Shorter, please."}).content.decode()
    assert "There is a problem" in late and "Your reason was not saved" in late and "Shorter, please." in late


def test_why_it_was_sent_back_stays_beside_it(people: People) -> None:
    meeting, change = proposed(people)
    change.send_back(by=people.publisher, reason="Shorter, please.")
    edit(client_of(people.secretary), meeting, {"title": "Leaflets"}, f"?proposal={change.pk}")
    change.refresh_from_db()
    assert (change.state, change.decided_by) == ("waiting", None)
    page = client_of(people.publisher).get(f"{meeting.get_absolute_url()}publication/").content.decode()
    assert "It was sent back before: Shorter, please." in page
