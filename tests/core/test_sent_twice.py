"""Idempotency keys: every form that changes something carries one; sent twice, it is done once."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.messages import get_messages
from django.db import OperationalError
from django.test import Client, RequestFactory

from engagement.accounts.models import CalendarLink, DefaultView, SavedView
from engagement.core.leases import Lease, lease
from engagement.core.models import SentForm
from engagement.core.once import SentBefore, claim, digest_of, lease_key
from engagement.followups.models import FollowUp, FollowUpEvent
from engagement.topics.models import Topic
from meetings.models import Meeting
from organizations.models import Merge, NotSame
from tests import makers as make
from tests.core.posting import opened, problems, send, shown, token_in
from tests.house import ROOT
from tests.people import People, make_people

TWICE = "sent this form twice. It was carried out once"


@pytest.fixture
def chief(people: People, client: Client) -> Client:
    people.secretary.is_superuser = True
    people.secretary.save()
    client.force_login(people.secretary)
    return client


def told(response: Any) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


# Add and change forms of the admin -----------------------------------------------------------------------------

PASSWORD = "a long sentence of four words"
ONE_TABLE = {
    **{"tables-TOTAL_FORMS": "1", "tables-0-name": "Meetings"},
    **{"tables-0-rows_of": "organization", "tables-0-nil": "headings"},
    **{f"tables-0-columns-{name}_FORMS": number for name, number in (("TOTAL", "1"), ("INITIAL", "0"))},
    **{
        "tables-0-columns-0-heading": "Day",
        "tables-0-columns-0-source": "date",
        "tables-0-columns-0-date_format": "iso",
    },
}
FILLED: dict[str, dict[str, str]] = {
    "theme": {"name": "Once"},
    "topic": {"title": "Once"},
    "reference": {"title": "Once"},
    "organization": {"name": "Once", "kind": "company"},
    "person": {"name": "Once"},
    "series": {"title": "Once", "host": "Host of all"},
    "meeting": {"title": "Once", "progress": "proposed", "starts_on": "2030-01-01"},
    "followup": {"title": "Once", "who": "Host of all"},
    "user": {"username": "once", "password1": PASSWORD, "password2": PASSWORD},
    "group": {"name": "once"},
    "criterion": {"name": "Once"},
    "regime": {"name": "Once", "days": "14"},
    "minutestexts": {"footer": "Once"},
    "returnform": {"name": "Once", "period": "quarter", **ONE_TABLE},
}
LOGS = {"exportlog", "viewaslog", "report", "reportlink", "digest", "keptmail", "erasure", "publishingreminder"}
ADDED = {model._meta.model_name: model for model in admin.site._registry if model._meta.model_name not in LOGS}


def add_address(model: Any, action: str = "add/") -> str:
    return f"/admin/{model._meta.app_label}/{model._meta.model_name}/{action}"


def test_every_add_form_is_filled_in_here() -> None:
    assert FILLED.keys() == ADDED.keys()


@pytest.mark.parametrize("name", FILLED)
def test_an_add_form_makes_one_record(chief: Client, name: str) -> None:
    make.make_host("Host of all")
    model = ADDED[name]
    rows, address = model._default_manager, add_address(model)
    before, form = rows.count(), opened(chief, address)
    first, second = (send(chief, address, form, **FILLED[name]) for _n in range(2))
    assert (first.status_code, second.status_code) == (302, 302), problems(first)
    assert rows.count() == before + 1
    made = rows.order_by("-pk").first()
    form_of_it = add_address(model, f"{made.pk}/change/")
    assert second["Location"] == (made.get_absolute_url() if hasattr(made, "get_absolute_url") else form_of_it)
    assert TWICE in told(second)
    change = opened(chief, form_of_it)
    for _n in range(2):
        again = send(chief, form_of_it, change)
        assert again.status_code == 302, "the same change twice is no conflict"
    assert TWICE in told(again)


def test_sent_with_something_wrong_it_may_be_sent_again(chief: Client, db: None) -> None:
    address, form = add_address(Topic), opened(chief, add_address(Topic))
    wrong = send(chief, address, form, title="")
    assert problems(wrong)
    assert shown(wrong)["_once"] == form["_once"], "it is still the same form"
    assert not SentForm.objects.exists()
    assert send(chief, address, form, title="Right").status_code == 302
    assert send(chief, address, form, title="Right").status_code == 302
    assert Topic.objects.count() == 1


def test_a_form_that_says_something_else_by_now_is_asked_about(chief: Client, db: None) -> None:
    """The back button, other words, saved again: neither lost nor a second record without a question."""
    address, form = add_address(Topic), opened(chief, add_address(Topic))
    send(chief, address, form, title="First")
    second = send(chief, address, form, title="Second")
    assert [text for _to, text in problems(second)] == [
        "This form was already saved as “First”. Save again only if you want another one."
    ]
    assert Topic.objects.count() == 1
    again = shown(second)
    assert again["title"] == ["Second"]
    assert send(chief, address, again).status_code == 302
    assert set(Topic.objects.values_list("title", flat=True)) == {"First", "Second"}


def test_a_changed_form_sent_again_goes_on_as_any_other(chief: Client, db: None) -> None:
    topic = make.make_topic("Before")
    address = add_address(Topic, f"{topic.pk}/change/")
    form = opened(chief, address)
    send(chief, address, form, title="First")
    second = send(chief, address, form, title="Second")
    assert b'id="meanwhile"' in second.content, "compared with what is there now"
    assert shown(second)["title"] == ["Second"]
    assert send(chief, address, shown(second)).status_code == 302
    assert Topic.objects.get().title == "Second"


def test_a_popup_is_closed_both_times(chief: Client, db: None) -> None:
    address = add_address(Topic) + "?_popup=1"
    form = opened(chief, address)
    answers = [send(chief, address, form, title="Once").content for _n in range(2)]
    assert Topic.objects.count() == 1
    assert b"popup_response" in answers[0]
    assert answers[0] == answers[1]


def test_saving_leads_to_the_page_both_times(chief: Client, db: None) -> None:
    form = {**opened(chief, add_address(Topic)), "title": ["Once"], "_save": ["1"]}
    answers = [chief.post(add_address(Topic), form)["Location"] for _n in range(2)]
    assert set(answers) == {Topic.objects.get().get_absolute_url()}


def test_a_verb_is_done_once(chief: Client, db: None) -> None:
    followup = make.make_followup()
    for where, more in (
        (f"{followup.pk}/verb/move_due/", {}),
        ("", {"action": "move_due", "_selected_action": [followup.pk]}),
    ):
        address = add_address(FollowUp, where)
        page = chief.post(address, more) if more else chief.get(address)
        answers = {"to": "2031-01-31", "reason": f"Strike {where}.", "_confirmed": "1", **more, **token_in(page)}
        wrong = chief.post(address, {**answers, "to": "soon"})
        assert wrong.status_code == 200
        first, second = (chief.post(address, answers) for _n in range(2))
        assert (first.status_code, second.status_code) == (302, 302)
        assert TWICE in told(second)
        assert TWICE not in told(first)
    assert FollowUpEvent.objects.count() == 1, "the second of the two finds the date as it should be"


# Forms of the site ---------------------------------------------------------------------------------------------


def twice(client: Client, page: str, data: dict[str, Any], address: str = "") -> tuple[Any, Any]:
    """Open a page, send its form two times."""
    token = token_in(client.get(page), address if address and address != page else "")
    assert token, f"no token at {page}"
    first, second = (client.post(address or page, {**data, **token}) for _n in range(2))
    return first, second


def assert_led_to_the_same(first: Any, second: Any) -> None:
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert TWICE in told(second)
    assert TWICE not in told(first)


def test_saved_views(chief: Client, people: People) -> None:
    asked = "/accounts/views/add/?list=meetings:list&query=status%3Dheld"
    data = {"list": "meetings:list", "query": "status=held", "name": "Held"}
    assert_led_to_the_same(*twice(chief, asked, data, asked))
    view = SavedView.objects.get()
    page = f"/accounts/views/{view.pk}/"
    assert_led_to_the_same(*twice(chief, page, {"name": "Held ones"}))
    assert_led_to_the_same(*twice(chief, "/accounts/views/", {"on": "1"}, f"{page}default/"))
    assert DefaultView.objects.count() == 1
    assert_led_to_the_same(*twice(chief, page, {}, f"{page}delete/"))
    assert not SavedView.objects.exists()


def test_a_calendar_link_shows_its_address_both_times(chief: Client, people: People) -> None:
    first, second = twice(chief, "/accounts/calendar/", {"name": "Phone"})
    addresses = [re.findall(r"http://testserver/calendar/[^\"<]+", a.content.decode()) for a in (first, second)]
    assert addresses[0] and addresses[0] == addresses[1]
    link = CalendarLink.objects.get()
    assert Client().get(addresses[0][0].replace("http://testserver", "")).status_code == 200
    assert_led_to_the_same(*twice(chief, "/accounts/calendar/", {}, f"/accounts/calendar/{link.pk}/revoke/"))
    third = chief.post("/accounts/calendar/", {"name": "Phone", **token_in(second, "/accounts/calendar/")})
    assert addresses[0][0] not in third.content.decode(), "a revoked address does not come back"


def test_a_password(chief: Client, people: People) -> None:
    data = {"old_password": "secret", "new_password1": PASSWORD, "new_password2": PASSWORD}
    assert_led_to_the_same(*twice(chief, "/accounts/password/", data))


def test_follow_ups_are_acted_upon_once(chief: Client, people: People) -> None:
    followup = make.make_followup()
    address = "/follow-ups/act/complete/"
    asked = chief.post(address, {"pick": followup.reference, "next": followup.get_absolute_url()})
    data = {
        "pick": followup.reference,
        "confirmed": "1",
        "seen": asked.context["plan"].as_seen,
        "next": followup.get_absolute_url(),
        **token_in(asked),
    }
    assert_led_to_the_same(*(chief.post(address, data) for _n in range(2)))
    assert FollowUpEvent.objects.count() == 1


def test_merging(chief: Client, people: People) -> None:
    kept, gone, other = (make.make_organization(f"Twin {n}", website="https://twin.example/") for n in range(3))
    pair = f"organization={kept.pk}&organization={gone.pk}"
    base = "/organizations/duplicates/"
    asked = chief.get(f"{base}merge/?{pair}&step=ask&keep={kept.pk}")
    data = {"organization": [kept.pk, gone.pk], "keep": kept.pk, "step": "merge", "seen": asked.context["seen"]}
    answers = [chief.post(f"{base}merge/", {**data, **token_in(asked)}) for _n in range(2)]
    assert_led_to_the_same(*answers)
    merge = Merge.objects.get()
    page = f"{base}merges/{merge.pk}/"
    assert_led_to_the_same(*twice(chief, page, {"undo": "1"}))
    merge.refresh_from_db()
    assert merge.is_undone
    different = {"organization": [kept.pk, other.pk]}
    assert_led_to_the_same(*twice(chief, base, different, f"{base}not-the-same/"))
    assert NotSame.objects.count() == 1


ASK_ONLY = {
    "templates/503.html": "sends again what was sent, and with it the token of that form",
    "templates/admin/_delete_question.html": "what was deleted is not found again",
    "templates/privacy/who.html": "looks for a name, and changes nothing",
    "templates/lists/_list.html": "asks which follow-ups, and changes nothing",
    "templates/followups/act_buttons.html": "asks about one follow-up, and changes nothing",
    "templates/admin/index.html": "asks about one follow-up, and changes nothing",
    "templates/home/desk.html": "asks about one follow-up, and changes nothing",
    "templates/followups/respond.html": "the same report by the same link once more is the same report",
    "templates/organizations/merge/compare.html": "compares two organizations, and changes nothing",
    "templates/accounts/login.html": "who is signed in already is signed in again",
    "templates/_account.html": "who is signed out already is signed out again",
    "templates/admin/auth/user/change_password.html": "the same password again is the same password",
}


def test_every_form_that_is_posted_carries_a_token() -> None:
    """Django's own templates of the admin delete, which a second time finds nothing, or are overridden here."""
    # Each letter of a form's head is read in one way alone; in two, a search form takes a minute.
    head = r"<form\b(?:{%(?:(?!%}).)*%}|(?!{%)[^>])*?"
    forms = re.compile(rf"{head}method=\"post\".*?</form>|<form\b[^>]*$", re.DOTALL)
    without, number = set(), 0
    for path in sorted((ROOT / "templates").rglob("*.html")):
        name = str(path.relative_to(ROOT))
        for form in forms.findall(path.read_text()):
            number += 1
            if "{% once_field" not in form:
                without.add(name)
    assert number > 25
    assert without == ASK_ONLY.keys()


# Tokens --------------------------------------------------------------------------------------------------------


def test_a_token_is_its_owner_s_alone(chief: Client, people: People) -> None:
    form = opened(chief, add_address(Topic))
    send(chief, add_address(Topic), form, title="Mine")
    other = Client()
    other.force_login(make.make_user("colleague", is_staff=True, is_superuser=True))
    answer = send(other, add_address(Topic), form, title="Mine too")
    assert answer.status_code == 302
    assert TWICE not in told(answer)
    assert Topic.objects.count() == 2


@pytest.mark.parametrize("token", ["", "x", "x" * 41, "../../../..", "\x00" * 9, "🙂" * 9])
def test_what_is_no_token_stands_in_nobody_s_way(chief: Client, people: People, token: str) -> None:
    form = {**opened(chief, add_address(Topic)), "_once": [token]}
    for title in ("One", "Two"):
        assert send(chief, add_address(Topic), form, title=title).status_code == 302
    assert Topic.objects.count() == 2
    assert not SentForm.objects.exists()


def test_old_tokens_go(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    SentForm.objects.claim(people.secretary, "a" * 32, "")
    SentForm.objects.update(made_on=dt.date.today() - dt.timedelta(days=31))
    SentForm.objects.claim(people.secretary, "b" * 32, "")
    assert SentForm.objects.count() == 2
    monkeypatch.setattr("engagement.core.models.expiring.CLEAN_EVERY", 1)
    SentForm.objects.claim(people.secretary, "c" * 32, "")
    assert set(SentForm.objects.values_list("token", flat=True)) == {"b" * 32, "c" * 32}


RACE = """
    from django.test import Client
    from django.conf import settings
    from engagement.accounts.models import User
    settings.ALLOWED_HOSTS = ["*"]
    settings.SECURE_SSL_REDIRECT = False
    settings.STORAGES["staticfiles"] = {{"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    client = Client()
    client.force_login(User.objects.get(username="secretary"))
    answer = client.post({address!r}, {data!r})
    print(answer.status_code, answer["Location"])
"""


def test_of_two_that_come_at_one_moment_one_is_done(race: Callable[..., list[str]]) -> None:
    """Two workers, one form: one record, and both answers lead to it. A verb is done once as well."""
    people, followup = make_people(), make.make_followup()
    client = Client()
    client.force_login(people.secretary)
    meeting = {**opened(client, add_address(Meeting)), **FILLED["meeting"], "_continue": "1"}
    said = race(RACE.format(address=add_address(Meeting), data=meeting), processes=3)
    made = Meeting.objects.get()
    assert set(said) == {f"302 {add_address(Meeting, f'{made.pk}/change/')}"}
    for token, those in (("b", [followup]), ("c", [make.make_followup(), make.make_followup()])):
        said = race(RACE.format(address="/follow-ups/act/start/", data=starting(those, token)), processes=3)
        assert set(said) == {"302 /follow-ups/"}
    assert FollowUpEvent.objects.count() == 3


def starting(followups: list[FollowUp], token: str) -> dict[str, Any]:
    seen = " ".join(f"{followup.pk}.1" for followup in followups)
    return {"pick": [f.reference for f in followups], "confirmed": "1", "seen": seen, "_once": token * 32}


# A worker that dies ----------------------------------------------------------------------------------------------

KILLED = """
    import os
    from engagement.followups.models import FollowUp
    start, killed_at = FollowUp.start, {at!r}
    def dies(self, **answers):
        start(self, **answers)
        if self.reference == killed_at:
            os._exit(0)
    FollowUp.start = dies
"""


def test_what_a_killed_worker_began_can_be_done_again(race: Callable[..., list[str]]) -> None:
    """One record and its claim are one transaction; of several, those that were done are told, the rest can be done."""
    people, alone = make_people(), make.make_followup()
    both = [make.make_followup(), make.make_followup()]
    client = Client()
    client.force_login(people.secretary)
    address = "/follow-ups/act/start/"
    for token, those in (("a", [alone]), ("b", both)):
        data = starting(those, token)
        assert race(KILLED.format(at=those[-1].reference) + RACE.format(address=address, data=data), processes=1) == [
            ""
        ]
    assert list(SentForm.objects.values_list("token", "done_at")) == [("b" * 32, None)]
    assert FollowUpEvent.objects.count() == 1
    again = client.post(address, starting([alone], "a"))
    assert TWICE not in told(again)
    asked = client.post(address, starting(both, "b"))
    assert asked.status_code == 200, "what is asked about is no longer as it was"
    data = {**starting(both, "b"), "seen": asked.context["plan"].as_seen}
    for is_second in (False, True):
        assert (TWICE in told(client.post(address, data))) is is_second
    assert FollowUpEvent.objects.count() == 3


def test_a_claim_outlives_neither_its_worker_nor_the_database(
    people: People, rf: RequestFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = rf.post("/", {"_once": "a" * 32})
    post.user = people.secretary

    def away(*args: Any, **kwargs: Any) -> None:
        raise OperationalError("the server went away")

    with claim(post, "/there/"):
        with pytest.raises(SentBefore) as live, claim(post, "/there/"):
            raise AssertionError("two live posts are one")
        assert (live.value.answer, live.value.is_done) == ("/there/", False)
    with monkeypatch.context() as gone, pytest.raises(OperationalError, match="went away"), claim(post, "/there/"):
        gone.setattr("engagement.core.models.sent_forms.SentFormQuerySet.delete", away)
        away()
    assert SentForm.objects.get().done_at is None
    with claim(post, "/there/") as sent:
        sent.is_done = True
    with pytest.raises(SentBefore) as later, claim(post, "/there/"):
        raise AssertionError("it was done")
    assert later.value.is_done


def test_the_second_of_two_live_posts_is_told_so(chief: Client, people: People) -> None:
    both = [make.make_followup(), make.make_followup()]
    with lease(Lease.SENT_FORM, lease_key(people.secretary, "a" * 32)):
        answer = chief.post("/follow-ups/act/start/", starting(both, "a"))
    assert "still being carried out" in told(answer)
    assert not FollowUpEvent.objects.exists()


def test_nothing_kept_of_a_form_tells_a_password(rf: RequestFactory) -> None:
    told = {digest_of(rf.post("/", {"username": "ada", "password1": word})) for word in ("one", "another")}
    assert len(told) == 1
    assert told != {digest_of(rf.post("/", {"username": "eva", "password1": "one"}))}
