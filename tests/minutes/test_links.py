"""Signed links to comment: forwarded, expired, revoked, used up, and given to somebody who acts for nobody."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from engagement.minutes.models import How, Minutes, MinutesAgreement, MinutesComment, MinutesLink, Status
from meetings.models import Party, Position
from tests import makers as make
from tests.minutes.making import day, make_link, make_sent
from tests.minutes.making import talk_of as talk
from tests.minutes.test_files import words_of
from tests.minutes.test_pages import text_of
from tests.people import People, client_of


def test_whoever_holds_it_comments_and_agrees(people: People) -> None:
    minutes = make_sent(people)
    link, token = make_link(minutes, people)
    page = Client().get(link.path_of(token))
    assert "You can comment on these minutes until" in text_of(page)
    assert "This link was given to Ada Outside" in text_of(page) and "They are long." in text_of(page)
    assert (page["Referrer-Policy"], page["Cache-Control"]) == ("no-referrer", "private, no-store")
    about = f"meetings.discussion-{talk(minutes).pk}"
    said = {"number": "1", "part": about, "about": about, "text": "41, not all."}
    assert "Write your comment." in text_of(Client().post(link.path_of(token), {**said, "text": ""}))
    for _twice in range(2):
        assert Client().post(link.path_of(token), said).status_code == 302
    comment = MinutesComment.objects.get()
    assert (comment.link, comment.by, comment.author) == (link, None, "Ada Outside")
    thanks = Client().post(link.path_of(token), {"number": "1", "verb": "agree"})
    assert "Your organization agrees to these minutes." in text_of(thanks)
    minutes.refresh_from_db()
    assert minutes.status == Status.AGREED
    assert "your organization has agreed" in text_of(Client().get(link.path_of(token)))


def test_forwarded_it_answers_in_the_name_it_was_given_to(people: People) -> None:
    """It does not matter who holds it, signed in or not: the page says in whose name it answers."""
    minutes = make_sent(people)
    link, token = make_link(minutes, people)
    held = client_of(people.stranger)
    assert "If that is not you" in text_of(held.get(link.path_of(token)))
    held.post(link.path_of(token), {"number": "1", "part": "", "text": "Forwarded."})
    assert MinutesComment.objects.get().author == "Ada Outside"
    assert held.get(minutes.get_absolute_url()).status_code == 404, "it opens nothing else"


def test_whoever_holds_it_gets_what_was_sent_as_a_file(people: People, tmp_path: Path) -> None:
    """The version that was sent to the parties, whatever was made since, without what was hidden since."""
    minutes = make_sent(people)
    make.make_position(talk(minutes), statement="Between us.", visibility=make.INTERNAL)
    minutes.add_version(by=people.secretary, audience=make.INTERNAL)
    link, token = make_link(minutes, people)
    page, pdf = (Client().get(f"{link.path_of(token)}{name}") for name in ("", "minutes.pdf"))
    assert 'href="minutes.pdf"' in page.content.decode() and 'href="minutes.docx"' in page.content.decode()
    words = words_of(pdf, tmp_path)
    assert "They are long." in words and "Between us." not in words and "For the parties" in words
    assert (pdf["Cache-Control"], pdf["Referrer-Policy"]) == ("private, no-store", "no-referrer")
    assert "They are long." in Client().get(f"{link.path_of(token)}minutes.json").content.decode()
    assert Client().get(f"{link.path_of(token)}minutes.docx").status_code == 200
    assert Client().get(f"{link.path_of(token)}minutes.exe").status_code == 404
    assert Client().get("/minutes/nothing/minutes.pdf").status_code == 404
    Position.objects.filter(statement="They are long.").get().delete()
    assert "They are long." not in Client().get(f"{link.path_of(token)}minutes.json").content.decode()


def ended(link: MinutesLink, token: str) -> str:
    response = Client().get(link.path_of(token))
    assert response.status_code == 410
    assert {Client().get(f"{link.path_of(token)}minutes.{kind}").status_code for kind in ("pdf", "json")} == {410}
    typed = Client().post(link.path_of(token), {"number": "1", "part": "", "text": "What I typed."})
    assert typed.status_code == 410 and "What I typed." in text_of(typed)
    assert "They are long." not in text_of(response) + text_of(typed)
    assert not MinutesComment.objects.exists()
    return text_of(response)


def test_revoked(people: People) -> None:
    minutes = make_sent(people)
    link, token = make_link(minutes, people)
    client_of(people.manager).post(f"{minutes.get_absolute_url()}links/{link.pk}/revoke/")
    assert "This link was revoked." in ended(link, token)


def test_who_presses_twice_is_thanked_twice(people: People) -> None:
    minutes = make_sent(people)
    link, token = make_link(minutes, people)
    address = link.path_of(token)
    answers = [Client().post(address, {"verb": "agree", "number": "1"}) for _n in range(2)]
    assert [(one.status_code, "agrees to these minutes" in text_of(one)) for one in answers] == [(200, True)] * 2
    assert MinutesAgreement.objects.count() == 1
    assert Client().post(address, {"text": "And one more thing."}).status_code == 410


def test_expired(people: People) -> None:
    link, token = make_link(make_sent(people), people)
    MinutesLink.objects.update(expires_on=day(-1))
    assert "This link has expired." in ended(link, token)


def test_the_round_is_over(people: People) -> None:
    minutes = make_sent(people)
    link, token = make_link(minutes, people)
    minutes.return_to_draft(by=people.secretary, reason="A mistake.")
    assert "no longer open for comments" in ended(link, token)


def test_after_the_deadline_it_still_agrees_and_comments_are_refused(people: People) -> None:
    minutes = make_sent(people)
    link, token = make_link(minutes, people)
    Minutes.objects.update(deadline_on=day(-1))
    late = text_of(Client().post(link.path_of(token), {"number": "1", "part": "", "text": "What I typed."}))
    assert "Comments were possible until" in late and "What I typed." in late
    Client().post(link.path_of(token), {"number": "1", "verb": "agree"})
    assert minutes.has_agreed(people.ours)


def test_given_to_a_representative_it_ends_with_the_mandate(people: People) -> None:
    minutes = make_sent(people)
    link, token = make_link(minutes, people, name="", person=people.representative)
    assert link.name == "representative"
    assert Client().get(link.path_of(token)).status_code == 200
    people.representative.representations.update(ends_on=dt.date(2020, 1, 1), starts_on=None)
    assert "This link was revoked." in ended(link, token)
    assert client_of(people.representative).get(minutes.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("how", ["no longer a party", "no longer shared"])
def test_nothing_to_answer_any_more(people: People, how: str) -> None:
    minutes = make_sent(people, counterparts=[people.ours, people.theirs])
    link, token = make_link(minutes, people)
    if how == "no longer a party":
        Party.objects.get(organization=people.ours).delete()
    else:
        minutes.meeting.refresh_from_db()
        minutes.meeting.visibility = make.INTERNAL
        minutes.meeting.save()
    assert "This link was revoked." in ended(link, token)


def test_an_address_that_never_was(db: None) -> None:
    response = Client().get("/minutes/nothing/")
    assert response.status_code == 404 and "This link does not exist. Check the address." in text_of(response)


def test_for_whom_and_how_long(people: People) -> None:
    minutes = make_sent(people)
    wrong: list[dict[str, Any]] = [
        {"name": " "},
        {"organization": people.theirs},
        {"organization": make.make_host()},
        {"expires_on": day(-1)},
        {"expires_on": day(91)},
        {"person": people.stranger},
    ]
    for fields in wrong:
        with pytest.raises(ValidationError):
            make_link(minutes, people, **fields)
    ours, address = client_of(people.secretary), f"{minutes.get_absolute_url()}links/"
    page = ours.post(address, {"name": "Ada", "organization": people.ours.pk, "expires_on": day(3), "_once": "a" * 32})
    assert "Copy it now: it is not shown again." in text_of(page)
    again = ours.post(address, {"name": "Ada", "organization": people.ours.pk, "expires_on": day(3), "_once": "a" * 32})
    assert MinutesLink.objects.count() == 1 and page.context["address"] == again.context["address"]
    assert "Ada" in text_of(ours.get(minutes.get_absolute_url()))


def test_of_two_organizations_each_answers_for_itself(people: People) -> None:
    minutes = make_sent(people, counterparts=[people.ours, people.theirs])
    minutes.comment(1, people.ours, "Between us and you.", by=people.representative)
    link, token = make_link(minutes, people, organization=people.theirs)
    assert "Between us and you." not in text_of(Client().get(link.path_of(token)))
    minutes.agree(1, people.ours, how=How.SIGNED_IN, by=people.representative)
    assert Client().get(link.path_of(token)).status_code == 200
