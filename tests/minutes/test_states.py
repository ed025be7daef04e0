"""State machine of minutes: drafted, reviewed, sent, agreed, final, published, reopened with a reason."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from engagement.core.models import Visibility
from engagement.minutes.models import How, Minutes, MinutesAgreement, MinutesResolution, MinutesVersion, Status
from meetings.models import Meeting, Party, Regime
from meetings.models.preflight import shortfalls
from tests import makers as make
from tests.minutes.making import day, make_agreed, make_final, make_minutes, make_recorded, make_sent, send, shared
from tests.minutes.making import talk_of as talk
from tests.people import People


def refused(code: str, act: Callable[[], object]) -> str:
    with pytest.raises(ValidationError) as caught:
        act()
    (found,) = caught.value.error_list if hasattr(caught.value, "error_list") else caught.value.error_dict.values()
    assert (found[0] if isinstance(found, list) else found).code == (code or None)
    return " ".join(caught.value.messages)


def test_they_are_made_from_the_record_and_keep_what_it_said(people: People) -> None:
    minutes = make_minutes(people)
    first = shared(minutes)
    assert (minutes.status, first.number) == (Status.DRAFT, 1)
    assert first.content["reference"] == f"{minutes.meeting.reference}/MIN/1"
    assert not minutes.reads_otherwise(first)
    said = talk(minutes)
    said.said = "A survey of 41 members is under way."
    said.save()
    assert minutes.reads_otherwise(first)
    assert "all members" in str(MinutesVersion.objects.get().content)
    second = minutes.add_version(by=people.secretary, audience=Visibility.SHARED)
    assert (second.number, second.sha256 != first.sha256) == (2, True)
    assert "41 members" in str(second.content) and not minutes.reads_otherwise(second)


def test_a_version_has_what_its_audience_may_know(people: People) -> None:
    minutes = make_minutes(people)
    make.make_position(talk(minutes), statement="Between us.", visibility=make.INTERNAL)
    inside = minutes.add_version(by=people.secretary, audience=Visibility.INTERNAL)
    for_them = minutes.add_version(by=people.secretary, audience=Visibility.SHARED)
    assert "Between us." in str(inside.content) and "Between us." not in str(for_them.content)
    minutes.meeting.visibility = make.INTERNAL
    minutes.meeting.save()
    said = refused("not_visible", lambda: minutes.add_version(by=people.secretary, audience=Visibility.SHARED))
    assert "Who can see it" in said


def test_only_a_meeting_that_was_held_has_minutes_and_once(people: People) -> None:
    planned = make.make_meeting(host=make.make_host(), counterparts=[people.ours])
    refused("not_held", lambda: Minutes.objects.begin(planned, by=people.secretary))
    minutes = make_minutes(people)
    said = refused("once", lambda: Minutes.objects.begin(minutes.meeting, by=people.manager))
    assert said == "This meeting already has minutes."


def test_a_version_is_written_once(people: People) -> None:
    version = shared(make_minutes(people))
    version.content = {}
    with pytest.raises(ValidationError):
        version.save()
    with pytest.raises(ValidationError):
        version.delete()


def test_review_and_back(people: People) -> None:
    minutes = make_minutes(people)
    minutes.send_for_review(by=people.secretary)
    assert (minutes.status, minutes.moved_by) == (Status.REVIEW, people.secretary)
    refused("", lambda: minutes.return_to_draft(by=people.manager, reason=" "))
    minutes.return_to_draft(by=people.manager, reason="A name is missing.")
    assert minutes.status == Status.DRAFT
    assert minutes.history.first().history_change_reason == "A name is missing."


def test_sending_says_which_version_and_until_when(people: People) -> None:
    minutes = make_minutes(people)
    minutes.add_version(by=people.secretary, audience=Visibility.SHARED)
    given: dict[str, Any] = {"by": people.secretary, "is_silence_agreement": False, "recipients": ""}
    refused("newer", lambda: minutes.send(1, deadline_on=day(7), **given))
    refused("deadline", lambda: minutes.send(2, deadline_on=day(-1), **given))
    refused("deadline", lambda: minutes.send(2, deadline_on=day(400), **given))
    minutes.send(2, deadline_on=day(0), **given)
    sent = minutes.sent_version
    assert (minutes.status, sent and sent.number, minutes.is_over) == (Status.SENT, 2, False)
    only_inside = make_minutes(people, visibility=make.INTERNAL)
    refused("no_version", lambda: only_inside.send(1, deadline_on=day(7), **given))


def test_agreed_once_every_counterpart_has(people: People) -> None:
    minutes = make_sent(people, counterparts=[people.ours, people.theirs])
    observer = make.make_party(minutes.meeting, side=Party.Side.OBSERVER).organization
    minutes.agree(1, people.ours, how=How.SIGNED_IN, by=people.representative)
    assert minutes.status == Status.SENT and minutes.has_agreed(people.ours)
    minutes.agree(1, people.ours, how=How.SIGNED_IN, by=people.representative)
    assert MinutesAgreement.objects.count() == 1, "once is enough"
    refused("", lambda: minutes.agree(1, people.theirs, how=How.TOLD, by=people.secretary))
    refused("no_party", lambda: minutes.agree(1, make.make_organization(), how=How.SIGNED_IN, by=people.stranger))
    minutes.agree(1, people.theirs, how=How.TOLD, by=people.secretary, word="By telephone.")
    assert minutes.status == Status.AGREED
    assert not minutes.has_agreed(observer)


def test_an_answer_is_to_what_was_sent_last(people: People) -> None:
    minutes = make_sent(people)
    minutes.add_version(by=people.secretary, audience=Visibility.SHARED)
    minutes.comment(1, people.ours, "Not all.", by=people.representative)
    send(minutes, people)
    said = refused("newer", lambda: minutes.agree(1, people.ours, how=How.SIGNED_IN, by=people.representative))
    assert said == "A newer version, 2, has been sent to you. Read it first."
    refused("newer", lambda: minutes.comment(1, people.ours, "Still.", by=people.representative))


def test_comments_are_taken_until_the_deadline(people: People) -> None:
    minutes = make_sent(people)
    about = f"meetings.discussion-{talk(minutes).pk}"
    comment = minutes.comment(1, people.ours, " 41, not all. ", about=about, by=people.representative)
    assert (comment.text, comment.about, comment.is_open) == ("41, not all.", about, True)
    again = minutes.comment(1, people.ours, "41, not all.", about=about, by=people.representative)
    assert again == comment, "sent twice is said once"
    refused("about", lambda: minutes.comment(1, people.ours, "x", about="meetings.discussion-0", by=people.stranger))
    refused("", lambda: minutes.comment(1, people.ours, " ", by=people.representative))
    Minutes.objects.update(deadline_on=day(-1))
    said = refused("over", lambda: minutes.comment(1, people.ours, "Late.", by=people.representative))
    assert "Comments were possible until" in said


def test_whoever_has_agreed_comments_no_more(people: People) -> None:
    minutes = make_sent(people, counterparts=[people.ours, people.theirs])
    minutes.agree(1, people.ours, how=How.SIGNED_IN, by=people.representative)
    refused("agreed", lambda: minutes.comment(1, people.ours, "But.", by=people.representative))
    minutes.comment(1, people.theirs, "But.", by=people.stranger)


def test_a_comment_is_resolved_once(people: People) -> None:
    comment = make_sent(people).comment(1, people.ours, "Not all.", by=people.representative)
    refused("", lambda: comment.resolve(by=people.secretary, is_accepted=False))
    comment.resolve(by=people.secretary, is_accepted=True, word="Corrected.")
    said = refused("resolved", lambda: comment.resolve(by=people.manager, is_accepted=False, word="No."))
    assert said == "secretary has already resolved this comment: accepted."
    assert MinutesResolution.objects.get().by == people.secretary


RESOLVE = """
    from django.core.exceptions import ValidationError
    from engagement.accounts.models import User
    from engagement.minutes.models import MinutesComment
    comment, user = MinutesComment.objects.get(), User.objects.get(username=["secretary", "manager"][{number} % 2])
    try:
        comment.resolve(by=user, is_accepted=True)
        print("resolved")
    except ValidationError as error:
        print(error.messages[0].partition(" has ")[2])
"""


def test_of_two_who_resolve_one_comment_one_wins(people: People, race: Callable[..., list[str]]) -> None:
    make_sent(people).comment(1, people.ours, "Not all.", by=people.representative)
    said = race(RESOLVE.format(number="__import__('os').getpid()"), processes=3)
    assert sorted(said) == ["already resolved this comment: accepted."] * 2 + ["resolved"]
    assert MinutesResolution.objects.count() == 1


def test_silence_is_agreement_where_that_was_announced(people: People) -> None:
    announced, not_announced = make_sent(people, silence=True), make_sent(people)
    tomorrow = day(15)
    assert announced.agree_silently(day(14)) == [], "the last day belongs to them"
    assert not_announced.agree_silently(tomorrow) == []
    assert announced.agree_silently(tomorrow) == [people.ours]
    assert announced.agree_silently(tomorrow) == [], "a second run does nothing"
    assert (announced.status, not_announced.status) == (Status.AGREED, Status.SENT)
    assert MinutesAgreement.objects.get().how == How.SILENT


def test_whoever_commented_was_not_silent(people: People) -> None:
    minutes = make_sent(people, silence=True)
    comment = minutes.comment(1, people.ours, "Not all.", by=people.representative)
    assert minutes.agree_silently(day(15)) == []
    comment.resolve(by=people.secretary, is_accepted=False, word="All were asked.")
    assert minutes.agree_silently(day(15)) == [people.ours]


def test_final_waits_for_open_comments_and_locks(people: People) -> None:
    minutes = make_sent(people, counterparts=[people.ours, people.theirs])
    comment = minutes.comment(1, people.ours, "Not all.", by=people.representative)
    for organization in (people.ours, people.theirs):
        minutes.agree(1, organization, how=How.TOLD, by=people.secretary, word="By letter.")
    refused("open", lambda: minutes.finalize(by=people.secretary))
    refused("wrong_status", lambda: comment.resolve(by=people.secretary, is_accepted=True))


@pytest.mark.parametrize("make_locked", [make_final, make_agreed])
def test_what_is_agreed_changes_only_by_reopening(people: People, make_locked: Callable[..., Minutes]) -> None:
    minutes = make_locked(people)
    changes: list[Callable[[], object]] = [
        lambda: minutes.add_version(by=people.secretary, audience=Visibility.SHARED),
        lambda: minutes.send_for_review(by=people.secretary),
        lambda: minutes.return_to_draft(by=people.secretary, reason="So."),
        lambda: send(minutes, people),
    ]
    for change in changes:
        refused("wrong_status", change)
    refused("closed", lambda: minutes.comment(1, people.ours, "Late.", by=people.representative))
    refused("", lambda: minutes.reopen(by=people.secretary, reason=""))
    version = minutes.reopen(by=people.secretary, reason="A number was wrong.")
    assert (minutes.status, version.number, version.reason) == (Status.DRAFT, 2, "A number was wrong.")
    assert minutes.finalized_at is None and not minutes.has_agreed(make.make_organization())


def test_published_is_what_was_agreed_as_far_as_the_public_may_know(people: People) -> None:
    minutes = make_final(people)
    refused("not_public", lambda: minutes.publish(by=people.publisher))
    meeting = Meeting.objects.get()
    said = talk(minutes)
    make.make_position(said, statement="For the parties.", visibility=make.SHARED)
    minutes.reopen(by=people.secretary, reason="More.")
    send(minutes, people)
    minutes.agree(2, people.ours, how=How.SIGNED_IN, by=people.representative)
    minutes.finalize(by=people.secretary)
    meeting.refresh_from_db()
    meeting.visibility = make.PUBLIC
    meeting.save()
    meeting.publish(by=people.publisher)
    said.refresh_from_db()
    said.said = "Changed since."
    said.save()
    minutes.publish(by=people.publisher)
    minutes.publish(by=people.publisher)
    public = minutes.versions.get(audience=Visibility.PUBLIC)
    assert (minutes.status, public.number) == (Status.PUBLISHED, 3)
    assert "A survey of all members" in str(public.content), "what was agreed, whatever the record says by now"
    assert "For the parties." not in str(public.content)
    assert list(MinutesVersion.objects.visible_to(people.visitor)) == [public]
    meeting.refresh_from_db()
    meeting.withdraw(by=people.publisher, reason="Too early.")
    assert not MinutesVersion.objects.visible_to(people.visitor).exists()


def test_a_second_person_publishes_where_a_rule_asks_for_one(people: People) -> None:
    meeting = make_recorded(people)
    minutes = Minutes.objects.begin(meeting, by=people.secretary)
    send(minutes, people)
    minutes.agree(1, people.ours, how=How.SIGNED_IN, by=people.representative)
    minutes.finalize(by=people.publisher)
    meeting.visibility = make.PUBLIC
    meeting.save()
    meeting.publish(by=people.publisher)
    meeting.regimes.add(make.make_regime(is_by_second_person=True))
    refused("same_person", lambda: minutes.publish(by=people.publisher))
    minutes.publish(by=people.manager)


def test_a_rule_may_ask_that_they_are_agreed_before_the_meeting_is_published(people: People) -> None:
    """Told with the others that are missing, with the way to the minutes; no door publishes around it."""
    meeting = make_recorded(people, visibility=make.PUBLIC, purpose="To talk about leaflets.")
    rule = make.make_regime(is_by_second_person=False)
    meeting.regimes.add(rule)
    assert shortfalls(meeting) == []
    Regime.objects.update(is_with_agreed_minutes=True)
    address = f"{meeting.get_absolute_url()}minutes/"

    def told() -> list[tuple[str, str]]:
        return [(one.message, one.address) for one in shortfalls(meeting)]

    assert told() == [("The minutes are not begun; both sides have to agree to them.", address)]
    with pytest.raises(ValidationError, match="not begun"):
        meeting.publish(by=people.publisher)
    minutes = Minutes.objects.begin(meeting, by=people.secretary)
    assert told() == [("The minutes are not agreed: draft.", address)]
    send(minutes, people)
    assert told() == [("The minutes are not agreed: with the counterpart.", address)]
    minutes.agree(1, people.ours, how=How.SIGNED_IN, by=people.representative)
    assert told() == []
    meeting.refresh_from_db()
    meeting.publish(by=people.publisher)
    assert Meeting.objects.get().is_published


def test_who_reads_which_version(people: People) -> None:
    minutes = make_minutes(people)
    minutes.add_version(by=people.secretary, audience=Visibility.INTERNAL)
    minutes.add_version(by=people.secretary, audience=Visibility.SHARED)

    def numbers(user: Any) -> list[int]:
        return list(MinutesVersion.objects.visible_to(user).values_list("number", flat=True))

    assert numbers(people.manager) == [1, 2, 3]
    assert numbers(people.representative) == [], "nothing was sent yet"
    send(minutes, people)
    assert numbers(people.representative) == [3]
    assert numbers(people.stranger) == numbers(people.visitor) == []
    people.representative.representations.update(ends_on=dt.date(2020, 1, 1), starts_on=None)
    assert numbers(people.representative) == []
