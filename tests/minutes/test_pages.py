"""Pages of minutes: what the secretariat moves there, what a counterpart answers, what nobody else reads."""

import hashlib
import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from engagement.minutes.models import Minutes, MinutesComment, MinutesSending, Status
from meetings.models import Position
from tests import makers as make
from tests.minutes.making import day, make_final, make_minutes, make_recorded, make_sent, shared
from tests.minutes.making import talk_of as talk
from tests.people import People, client_of


def text_of(response: Any) -> str:
    """What stands on the page, without its markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_from_the_meeting_to_the_counterpart(people: People, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    meeting = make_recorded(people)
    ours = client_of(people.secretary)
    assert "Begin the minutes" in text_of(ours.get(meeting.get_absolute_url()))
    address = f"{meeting.get_absolute_url()}minutes/"
    ours.post(f"{address}begin/")
    assert "The first draft" in text_of(ours.get(f"{address}begin/"))
    minutes = Minutes.objects.get()
    assert "Secretariat: have them reviewed, or send them" in text_of(ours.get(address))
    ours.post(f"{address}act/review/")
    assert "read them, then send them" in text_of(ours.get(meeting.get_absolute_url()))
    asked = text_of(ours.get(f"{address}send/"))
    assert "read version 1 on this site" in asked and "representative@example.org" in asked
    wrong = ours.post(f"{address}send/", {"number": "1", "recipients": [people.representative.pk], "word": "Dear all"})
    assert "Enter until when comments are possible." in text_of(wrong) and "Dear all" in text_of(wrong)
    sent = {
        "number": "1",
        "recipients": [people.representative.pk],
        "deadline_on": day(7),
        "is_silence_agreement": "on",
    }
    ours.post(f"{address}send/", sent)
    (message,) = mail.outbox
    assert message.to == ["representative@example.org"] and "we assume that you agree" in message.body
    sending = MinutesSending.objects.get()
    assert sending.is_complete and "representative@example.org" in sending.recipients
    minutes.refresh_from_db()
    assert (minutes.status, minutes.is_silence_agreement) == (Status.SENT, True)
    assert f"{people.ours.short_name}: comment or agree." in text_of(ours.get(address))


def test_the_counterpart_comments_and_agrees(people: People) -> None:
    minutes = make_sent(people)
    theirs, address = client_of(people.representative), minutes.get_absolute_url()
    assert "You can comment on these minutes until" in text_of(theirs.get(minutes.meeting.get_absolute_url()))
    assert "You can comment on these minutes until" in text_of(theirs.get(address))
    position = Position.objects.get()
    part, about = f"meetings.discussion-{talk(minutes).pk}", f"meetings.position-{position.pk}"
    said = {"number": "1", "part": part, "about": about, "text": "41, not all."}
    assert "Write your comment." in text_of(theirs.post(f"{address}answer/", {**said, "text": " "}))
    assert "Your comment was sent." in text_of(theirs.post(f"{address}answer/", said, follow=True))
    comment = MinutesComment.objects.get()
    assert (comment.about, comment.by, comment.organization) == (about, people.representative, people.ours)
    page = text_of(theirs.get(address))
    assert "41, not all." in page and "Accept" not in page
    ours = client_of(people.secretary)
    assert "Secretariat: resolve 1 comment." in text_of(ours.get(address))
    resolve = f"{address}comments/{comment.pk}/resolve/"
    refused = text_of(ours.post(resolve, {"is_accepted": "0", "word": ""}))
    assert "Enter why it is not accepted." in refused
    ours.post(resolve, {"is_accepted": "1", "word": "Corrected."})
    again = text_of(client_of(people.manager).post(resolve, {"is_accepted": "0", "word": "No, never."}))
    assert "secretary has already resolved this comment: accepted." in again and "No, never." in again
    assert "Corrected." in text_of(theirs.get(address))
    theirs.post(f"{address}answer/", {"number": "1", "verb": "agree"})
    minutes.refresh_from_db()
    assert minutes.status == Status.AGREED
    assert "agreed on" in text_of(theirs.get(address))


def test_after_the_deadline_a_comment_is_refused_and_nothing_typed_is_lost(people: People) -> None:
    minutes = make_sent(people)
    Minutes.objects.update(deadline_on=day(-1))
    address = minutes.get_absolute_url()
    refused = client_of(people.representative).post(
        f"{address}answer/", {"number": "1", "part": "", "text": "What I typed."}
    )
    page = text_of(refused)
    assert "Comments were possible until" in page and "Write to the secretariat instead." in page
    assert "What I typed." in page and not MinutesComment.objects.exists()


def test_an_agreement_to_an_older_version_is_refused(people: People) -> None:
    minutes = make_sent(people)
    minutes.add_version(by=people.secretary, audience=make.SHARED)
    announced: dict[str, Any] = {"deadline_on": day(7), "is_silence_agreement": False, "recipients": ""}
    minutes.send(2, by=people.secretary, **announced)
    theirs = client_of(people.representative)
    page = text_of(theirs.post(f"{minutes.get_absolute_url()}answer/", {"number": "1", "verb": "agree"}))
    assert "A newer version, 2, has been sent to you. Read it first." in page
    minutes.refresh_from_db()
    assert minutes.status == Status.SENT


def test_two_versions_are_compared_in_one_text_with_the_comments_beside(people: People) -> None:
    minutes = make_sent(people)
    item = talk(minutes)
    minutes.comment(1, people.ours, "Not all.", about=f"meetings.discussion-{item.pk}", by=people.representative)
    item.said = "A survey of its 41 members is under way."
    item.save()
    minutes.add_version(by=people.secretary, audience=make.SHARED, reason="A number.")
    ours = client_of(people.secretary)
    page = ours.get(f"{minutes.get_absolute_url()}compare/")
    html = re.sub(r"\s+", " ", page.content.decode())
    assert '<del class="changed">all</del><ins class="changed">its 41</ins>' in html
    assert "Not all." in text_of(page) and "on version 1" in text_of(page) and "No difference: About" in text_of(page)
    assert (
        "Participants"
        not in text_of(ours.get(f"{minutes.get_absolute_url()}compare/?a=1&b=2")).split("No difference")[0]
    )
    assert "About this meeting" in text_of(ours.get(f"{minutes.get_absolute_url()}compare/?a=1&b=2&all=1"))
    for wrong in ("?a=9", "?b=9", "?a=x", "?b=-1"):
        assert ours.get(f"{minutes.get_absolute_url()}compare/{wrong}").status_code == 404
    theirs = client_of(people.representative)
    assert theirs.get(f"{minutes.get_absolute_url()}compare/?a=1&b=2").status_code == 404, "it was not sent yet"


def test_locked_then_reopened_with_a_reason(people: People) -> None:
    minutes = make_final(people)
    ours, address = client_of(people.secretary), minutes.get_absolute_url()
    assert "locked" in text_of(ours.post(f"{address}act/version/", {"audience": "10"}))
    assert "Publish the minutes" not in text_of(ours.get(address)), "a secretary does not publish"
    assert ours.get(f"{address}act/publish/").status_code == 404
    assert "First publish the meeting." in text_of(client_of(people.publisher).post(f"{address}act/publish/"))
    assert "Enter why the minutes are reopened." in text_of(ours.post(f"{address}act/reopen/", {"reason": ""}))
    ours.post(f"{address}act/reopen/", {"reason": "A number was wrong."})
    minutes.refresh_from_db()
    assert minutes.status == Status.DRAFT
    assert "A number was wrong." in text_of(ours.get(address))
    assert client_of(people.representative).get(address).status_code == 200, "the version that was agreed stays"


STAFF = {"secretary", "manager", "publisher"}


@pytest.mark.parametrize("sent", [False, True])
def test_who_may_open_what(people: People, sent: bool) -> None:
    minutes = make_sent(people) if sent else make_minutes(people)
    address = minutes.get_absolute_url()
    for name, user in people:
        client = client_of(user) if user.is_authenticated else Client()
        read = 200 if name in STAFF or (sent and name == "representative") else 404
        for page in ("", "1/", "1.json", "compare/"):
            assert client.get(address + page).status_code == read, f"{name} at {page}"
        for page in ("send/", "links/", "act/final/", "begin/"):
            expected = 302 if name == "visitor" else 200 if name in ("secretary", "manager") else 404
            assert client.get(address + page).status_code == expected, f"{name} at {page}"
        outside = {"visitor": 302, "stranger": 404, "representative": 200 if sent else 404}
        assert client.post(f"{address}answer/", {"text": ""}).status_code == outside.get(name, 404), name
        assert client.post(f"{address}comments/1/resolve/").status_code == (302 if name == "visitor" else 404)


def test_somebody_else_reads_neither_comments_nor_names_of_them(people: People) -> None:
    minutes = make_sent(people, counterparts=[people.ours, people.theirs])
    minutes.comment(1, people.ours, "Between us and you.", by=people.representative)
    page = text_of(client_of(people.stranger).get(minutes.get_absolute_url()))
    assert "You can comment on these minutes" in page
    assert "Between us and you." not in page and "representative" not in page


def test_what_is_hidden_later_is_in_no_version_that_others_read(people: People) -> None:
    minutes = make_sent(people)
    position = Position.objects.get()
    theirs, address = client_of(people.representative), minutes.get_absolute_url()
    assert "They are long." in text_of(theirs.get(address))
    position.visibility = make.INTERNAL
    position.save()
    for page in ("", "1.json", "compare/?a=1&b=1&all=1"):
        assert "They are long." not in text_of(theirs.get(address + page)), page
    assert "Some parts of this version are left out" in text_of(theirs.get(address))
    assert "They are long." in text_of(client_of(people.secretary).get(address))


def test_a_page_costs_the_same_for_many_comments(people: People, flat_queries: Any) -> None:
    minutes = make_sent(people)
    ours, address = client_of(people.secretary), minutes.get_absolute_url()

    def more(to: int) -> None:
        for number in range(to):
            minutes.comment(1, people.ours, f"Comment {to} {number}", by=people.representative)

    flat_queries(more, lambda: ours.get(address), ceiling=20, many=20)


def test_the_data_is_that_of_the_checksum(people: People) -> None:
    minutes = make_sent(people)
    response = client_of(people.representative).get(f"{minutes.get_absolute_url()}1.json")
    assert hashlib.sha256(response.content).hexdigest() == shared(minutes).sha256
    assert "_part" not in response.content.decode()
    assert response["Cache-Control"] == "private, no-store"
