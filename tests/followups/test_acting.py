"""Acting on follow-ups on the site: one confirmation, then row by row, as the role allows."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from engagement.followups import bulk_actions
from engagement.followups.actions import ACTIONS, BY_SLUG
from engagement.followups.models import FollowUp, FollowUpEvent
from tests import makers
from tests.core.posting import token_in
from tests.people import People, client_of
from tests.queries import count_queries
from tests.world import INSIDE_MARK, make_world

TODAY, LATE, NEW = dt.date.today(), dt.date(2025, 5, 8), dt.date(2031, 1, 31)
LIST = "/follow-ups/"


@pytest.fixture
def manager(people: People) -> Client:
    return client_of(people.manager)


def address(verb: str) -> str:
    return f"/follow-ups/act/{verb}/"


def late(number: int = 2, **fields: Any) -> list[FollowUp]:
    return [makers.make_followup(due_on=LATE, **fields) for _n in range(number)]


def ask(client: Client, verb: str, *followups: FollowUp, **more: Any) -> Any:
    return client.post(address(verb), {"pick": [f.reference for f in followups], **more})


def confirm(client: Client, asked: Any, **answers: Any) -> Any:
    """Send what the page asked for, with these answers."""
    context = asked.context
    fields: dict[str, Any] = {"confirmed": "1", "seen": context["plan"].as_seen, **token_in(asked)}
    fields["next"] = context["back"]
    if context["asked"].is_all:
        fields |= {"all": "1", "query": context["asked"].query}
    else:
        fields["pick"] = [f.reference for f in context["plan"].followups]
    return client.post(address(context["action"].slug), {**fields, **answers})


def told(client: Client, to: str = LIST) -> str:
    return " ".join(str(message) for message in client.get(to).context["messages"])


def status(*followups: FollowUp) -> list[str]:
    return [FollowUp.objects.get(pk=f.pk).status for f in followups]


ANSWERS: dict[str, dict[str, str]] = {
    "complete": {"result": "Sent.", "evidence": "https://example.org/"},
    "start": {},
    "wait": {"on": "Society of Strangers", "reason": "Their answer."},
    "move-due": {"to": NEW.isoformat(), "reason": "Strike."},
    "assign": {"to": "secretary"},
    "cancel": {"reason": "Not needed."},
    "reopen": {"reason": "Too early."},
}
AFTER = {"complete": "done", "start": "in_progress", "wait": "waiting", "cancel": "cancelled", "reopen": "open"}


def ready(verb: str, people: People, number: int = 2) -> list[FollowUp]:
    rows = late(number)
    if verb == "reopen":
        for followup in rows:
            followup.complete(by=people.manager)
    return rows


@pytest.mark.parametrize("verb", ANSWERS)
def test_each_verb_asks_and_then_acts_on_all_that_were_ticked(manager: Client, people: People, verb: str) -> None:
    rows, events = ready(verb, people), FollowUpEvent.objects.count()
    page = ask(manager, verb, *rows, next="/follow-ups/?due=overdue&show=all")
    assert page.status_code == 200
    assert [row.followup for row in page.context["plan"].will] == rows
    assert FollowUpEvent.objects.count() == events, "asking changes nothing"
    answer = confirm(manager, page, **ANSWERS[verb])
    assert (answer.status_code, answer.headers["Location"]) == (302, "/follow-ups/?due=overdue&show=all")
    assert status(*rows) == [AFTER.get(verb, "open")] * 2
    assert list(FollowUpEvent.objects.order_by("-pk").values_list("by", flat=True)[:2]) == [people.manager.pk] * 2
    text = told(manager)
    assert all(followup.reference in text for followup in rows)


def test_what_the_verbs_record(manager: Client, people: People) -> None:
    done, moved, waits, given = late(4)
    confirm(manager, ask(manager, "complete", done), **ANSWERS["complete"])
    confirm(manager, ask(manager, "move-due", moved), **ANSWERS["move-due"])
    confirm(manager, ask(manager, "wait", waits), **ANSWERS["wait"])
    confirm(manager, ask(manager, "assign", given), to="secretary", chaser="manager")
    for followup in (done, moved, waits, given):
        followup.refresh_from_db()
    assert (done.result, done.evidence, done.closed_by) == ("Sent.", "https://example.org/", people.manager)
    assert (moved.due_on, moved.original_due_on, moved.events.last().reason) == (NEW, LATE, "Strike.")
    assert (waits.waiting_on, waits.events.last().reason) == (people.theirs, "Their answer.")
    assert (given.assignee, given.chaser) == (people.secretary, people.manager)


@pytest.mark.parametrize(
    ("verb", "missing"),
    [
        ("wait", {"reason": "Their answer."}),
        ("wait", {"on": "Society of Strangers"}),
        ("wait", {"on": "Nobody is called so", "reason": "Their answer."}),
        ("move-due", {"to": NEW.isoformat()}),
        ("move-due", {"to": NEW.isoformat(), "reason": " \n"}),
        ("move-due", {"reason": "Strike."}),
        ("move-due", {"to": "soon", "reason": "Strike."}),
        ("assign", {}),
        ("assign", {"to": "representative"}),
        ("assign", {"to": "nobody at all"}),
        ("cancel", {"reason": ""}),
        ("reopen", {"reason": ""}),
        ("complete", {"evidence": "in my drawer"}),
    ],
)
def test_a_question_without_its_answer_changes_nothing_and_keeps_what_was_typed(
    manager: Client, people: People, verb: str, missing: dict[str, str]
) -> None:
    rows = ready(verb, people)
    before, events = status(*rows), FollowUpEvent.objects.count()
    page = confirm(manager, ask(manager, verb, *rows), **missing)
    assert page.status_code == 200
    assert page.context["form"].errors
    assert (status(*rows), FollowUpEvent.objects.count()) == (before, events)
    assert all(value.strip() in page.content.decode() for value in missing.values())
    assert confirm(manager, page, **ANSWERS[verb]).status_code == 302
    assert FollowUpEvent.objects.count() == events + 2


# Who may -------------------------------------------------------------------------------------------------------

MAY = {
    "secretary": {"start", "wait"},  # and more to those she recorded, is assigned to or chases: see below
    "manager": set(ANSWERS),
    "publisher": set(),
    "representative": set(),
    "stranger": set(),
}


def test_who_may_what(people: People) -> None:
    for name, user in people:
        for verb in ANSWERS:
            followup = ready(verb, people, 1)[0]
            client, before = client_of(user), status(followup)
            seen = f"{followup.pk}.{FollowUp.objects.get(pk=followup.pk).version}"
            fields = {"pick": followup.reference, "confirmed": "1", "seen": seen, **ANSWERS[verb]}
            answer = client.post(address(verb), fields)
            if name == "visitor":
                assert (answer.status_code, answer.headers["Location"]) == (302, f"/accounts/login/?next={LIST}")
                assert status(followup) == before
            elif verb in MAY[name]:
                assert answer.status_code == 302, f"{name} may {verb}"
                assert FollowUp.objects.get(pk=followup.pk).events.count() >= 1
            else:
                assert (answer.status_code, status(followup)) == (403, before), f"{name} may not {verb}"


OWN = {
    "recorded": {"complete", "start", "wait", "cancel", "reopen"},
    "assigned": {"complete", "start", "wait", "reopen"},
    "chased": {"complete", "start", "wait", "reopen"},
}


@pytest.mark.parametrize("tie", OWN)
@pytest.mark.parametrize("who", ["secretary", "publisher"])
def test_what_one_may_do_to_what_is_one_s_own(people: People, tie: str, who: str) -> None:
    """Who recorded it, is assigned to it or chases it: neither dates nor people move, and others' are out of reach."""
    user = getattr(people, who)
    client = client_of(user)
    for verb in ANSWERS:
        mine, other = ready(verb, people)
        history = FollowUp.history.filter(id=mine.pk)
        if tie == "recorded":
            history.filter(history_type="+").update(history_user=user)
        FollowUp._base_manager.filter(pk=mine.pk).update(
            assignee=user if tie == "assigned" else None, chaser=user if tie == "chased" else None
        )
        page = client.get(mine.get_absolute_url()).content.decode()
        may = verb in OWN[tie]
        assert (f'formaction="{address(verb)}"' in page) == may, verb
        assert (f"/verb/{verb.replace('-', '_')}/" in page_of_admin(client, mine)) == may, verb
        before = status(mine, other)
        asked = ask(client, verb, mine)
        assert asked.status_code == (200 if may else 403), verb
        if may:
            assert confirm(client, asked, **ANSWERS[verb]).status_code == 302
            assert status(mine) == [AFTER[verb]]
        both = ask(client, verb, mine, other)
        if may and verb not in MAY[who]:
            why = {row.followup: row.why_not for row in both.context["plan"].rows}
            assert "Only a manager, or the person who recorded it" in why[other]
        elif not may:
            assert both.status_code == 403
            assert status(mine) == before[:1]
        assert status(other) == before[1:]
        alone = ask(client, verb, other)
        assert alone.status_code == (200 if verb in MAY[who] else 403)
        told = "Only a manager, or the person who recorded it" in alone.content.decode()
        assert told == (verb in OWN["recorded"] and verb not in MAY[who]), verb


def page_of_admin(client: Client, followup: FollowUp) -> str:
    return client.get(f"/admin/followups/followup/{followup.pk}/change/").content.decode()


def test_what_was_cancelled_is_opened_again_by_who_might_have_cancelled_it(people: People) -> None:
    [followup] = late(1, assignee=people.secretary)
    followup.cancel(by=people.manager, reason="Strike.")
    assert ask(client_of(people.secretary), "reopen", followup).status_code == 403
    assert ask(client_of(people.manager), "reopen", followup).status_code == 200


def test_the_list_offers_what_fits_a_row_of_its_page(people: People) -> None:
    late(1)
    client = client_of(people.secretary)
    assert f'formaction="{address("complete")}"' not in client.get(LIST).content.decode()
    late(1, assignee=people.secretary)
    page = client.get(LIST).content.decode()
    assert f'formaction="{address("complete")}"' in page
    assert f'formaction="{address("assign")}"' not in page


def test_done_on_an_earlier_day(manager: Client, people: People) -> None:
    meeting = makers.make_public()
    followup = makers.make_followup(meeting=meeting)
    for day, sentence in ((TODAY + dt.timedelta(days=1), "in the future"), (dt.date(2025, 5, 7), "was later")):
        answer = confirm(manager, ask(manager, "complete", followup), on=day.isoformat())
        assert sentence in answer.content.decode() if answer.status_code == 200 else sentence in told(manager)
    assert status(followup) == ["open"]
    confirm(manager, ask(manager, "complete", followup), on="2025-05-09")
    followup.refresh_from_db()
    assert (followup.status, timezone.localdate(followup.closed_at)) == ("done", dt.date(2025, 5, 9))


def test_what_nobody_may_is_not_offered(people: People) -> None:
    followup = makers.make_followup(meeting=makers.make_public(), visibility=20, owner=makers.make_host())
    for name, user in people:
        offered = MAY.get(name, set())
        for where in (followup.get_absolute_url(), LIST):
            text = client_of(user).get(where).content.decode()
            shown = {verb for verb in ANSWERS if f'formaction="{address(verb)}"' in text}
            assert shown == offered - {"reopen"}, f"{name} at {where}: it is open"
            assert ('name="pick"' in text) == bool(offered)


def test_each_verb_asks_for_a_permission_that_exists(people: People) -> None:
    assert {action.slug for action in ACTIONS} == set(ANSWERS)
    for action in BY_SLUG.values():
        assert people.manager.has_perm(action.permission)
        assert callable(getattr(FollowUp, action.name))


def test_only_posting_acts(manager: Client, people: People) -> None:
    for name, user in people:
        for verb in ANSWERS:
            assert client_of(user).get(address(verb)).status_code == 405, name
    assert manager.post(address("destroy"), {"pick": "FU-1"}).status_code == 404


def test_a_form_from_elsewhere_is_refused(people: People) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.manager)
    [followup] = late(1)
    assert ask(client, "start", followup, confirmed="1").status_code == 403
    assert status(followup) == ["open"]


def test_nobody_learns_of_what_they_may_not_see(people: People) -> None:
    """Whoever may act sees everything today; were it not so, what is unseen could not be acted upon."""
    world = make_world(people)
    hidden = [f for f in FollowUp.objects.all() if INSIDE_MARK in f.title]
    assert hidden and world
    for name, user in people:
        if name in ("secretary", "manager", "publisher"):
            continue
        for query in ({"pick": [f.reference for f in hidden]}, {"all": "1", "query": "show=all"}):
            answer = client_of(user).post(address("start"), query, follow=True)
            assert INSIDE_MARK not in answer.content.decode().lower()


# All that match --------------------------------------------------------------------------------------------------


def all_of(client: Client, verb: str, query: str, **more: str) -> Any:
    return client.post(address(verb), {"all": "1", "query": query, "next": f"{LIST}?{query}", **more})


def test_all_that_match_whatever_page_they_are_on(manager: Client) -> None:
    rows, other = late(30), makers.make_followup()
    page = all_of(manager, "start", "due=overdue")
    assert len(page.context["plan"].will) == 30
    assert confirm(manager, page).headers["Location"] == f"{LIST}?due=overdue"
    assert set(status(*rows)) == {"in_progress"}
    assert status(other) == ["open"]
    assert FollowUpEvent.objects.count() == 30


def test_ticks_do_not_count_when_all_are_meant(manager: Client) -> None:
    rows, other = late(3), makers.make_followup()
    page = all_of(manager, "start", "due=overdue", pick=other.reference)
    assert [row.followup for row in page.context["plan"].will] == rows


def test_the_set_is_found_again_and_shown_again_when_it_changed(manager: Client, people: People) -> None:
    rows = late(3)
    page = all_of(manager, "cancel", "due=overdue")
    rows[0].complete(by=people.secretary)
    new = late(1)[0]
    page = confirm(manager, page, reason="Not needed.")
    assert page.status_code == 200
    assert status(*rows, new) == ["done", "open", "open", "open"]
    plan, text = page.context["plan"], page.content.decode()
    assert (plan.gone, [bool(row.meanwhile) for row in plan.will]) == (1, [False, False, True])
    assert "changed since you opened" in text
    assert "Not needed." in text
    assert confirm(manager, page, reason="Not needed.").status_code == 302
    assert status(*rows, new) == ["done", "cancelled", "cancelled", "cancelled"]


@pytest.mark.parametrize("query", ["due=someday", "theme=none-such", "colour=red", "due=overdue&colour=red", "q=%00"])
def test_a_question_that_is_not_understood_acts_on_nothing(manager: Client, query: str) -> None:
    rows = late(2)
    answer = all_of(manager, "start", query)
    assert (answer.status_code, set(status(*rows))) == (302, {"open"})
    assert "is not valid" in told(manager)


def test_too_many_at_once_are_refused(manager: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk_actions, "MOST", 3)
    rows = late(4)
    assert all_of(manager, "start", "due=overdue").status_code == 302
    assert "Filter the list" in told(manager)
    assert "Filter the list to 3 or fewer" in manager.get(f"{LIST}?due=overdue").content.decode()
    assert ask(manager, "start", *rows).status_code == 302
    assert set(status(*rows)) == {"open"}
    assert ask(manager, "start", *rows[:3]).status_code == 200


@pytest.mark.parametrize("pick", [[], [""], ["FU-1999-001"], ["\x00"], ["x" * 9000], ["' or 1=1"], ["🙂"]])
def test_nothing_ticked_is_told(manager: Client, pick: list[str]) -> None:
    late(1)
    answer = manager.post(address("complete"), {"pick": pick})
    assert (answer.status_code, answer.headers["Location"]) == (302, LIST)
    assert "Select at least one follow-up" in told(manager)


# One by one ------------------------------------------------------------------------------------------------------


def test_what_cannot_be_changed_is_said_before_and_after(manager: Client, people: People) -> None:
    good, done, cancelled = late(3)
    done.complete(by=people.manager)
    cancelled.cancel(by=people.manager, reason="Strike.")
    page = ask(manager, "complete", good, done, cancelled)
    assert [row.followup for row in page.context["plan"].will] == [good]
    why = {row.followup.pk: row.why_not for row in page.context["plan"].cannot}
    assert why == {done.pk: "It is already done.", cancelled.pk: "It is cancelled. Reopen it first."}
    assert "It is already done." in page.content.decode()
    confirm(manager, page)
    assert status(good, done, cancelled) == ["done", "done", "cancelled"]
    text = told(manager)
    assert "One follow-up completed." in text
    assert "2 follow-ups were not changed." in text
    assert "It is cancelled. Reopen it first." in text


def test_one_failure_leaves_the_others_done(manager: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = late(3)
    whole = FollowUp.start

    def breaks(self: FollowUp, **kwargs: Any) -> None:
        whole(self, **kwargs)
        if self.pk == rows[1].pk:
            FollowUp._base_manager.filter(pk=self.pk).update(side="nobody's")  # refused by the database

    monkeypatch.setattr(FollowUp, "start", breaks)
    confirm(manager, ask(manager, "start", *rows))
    assert status(*rows) == ["in_progress", "open", "in_progress"]
    assert FollowUpEvent.objects.count() == 2
    assert "could not be changed" in told(manager)


def test_when_nothing_can_be_done_nothing_is_asked(manager: Client, people: People) -> None:
    [done] = late(1)
    done.complete(by=people.manager)
    page = ask(manager, "complete", done)
    assert b'name="confirmed"' not in page.content
    assert b"Nothing left to change" in page.content
    assert confirm(manager, page).status_code == 200


def test_sent_twice_is_done_once(manager: Client) -> None:
    rows = late(2)
    page = ask(manager, "move-due", *rows)
    first = confirm(manager, page, **ANSWERS["move-due"])
    told(manager)
    second = confirm(manager, page, **ANSWERS["move-due"])
    assert (first.status_code, second.status_code) == (302, 302)
    assert "carried out once" in told(manager)
    assert FollowUpEvent.objects.count() == 2


def test_the_second_of_two_managers_is_told(manager: Client, people: People) -> None:
    people.secretary.first_name = "Sam"
    people.secretary.save()
    rows = late(2)
    page = ask(manager, "move-due", *rows)
    rows[0].cancel(by=people.secretary, reason="Strike.")
    page = confirm(manager, page, **ANSWERS["move-due"])
    text = page.content.decode()
    assert page.status_code == 200
    assert "Sam has changed it; now: Cancelled." in text
    assert "Strike." in text  # what the manager typed, not the reason of the other
    assert [row.followup for row in page.context["plan"].cannot] == rows[:1]
    assert FollowUpEvent.objects.count() == 1
    confirm(manager, page, **ANSWERS["move-due"])
    assert [f.due_on for f in FollowUp.objects.order_by("pk")] == [LATE, NEW]


def test_a_change_at_the_last_moment_is_not_overwritten(people: People) -> None:
    [followup] = late(1)
    plan = bulk_actions.Plan(BY_SLUG["complete"], [FollowUp.objects.get(pk=followup.pk)])
    followup.wait(by=people.secretary, on=people.theirs, reason="Their answer.")
    [result] = bulk_actions.carry_out(plan, by=people.manager, answers={})
    assert "has changed it" in result.failure
    assert status(followup) == ["waiting"]


# Where one comes back to -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "away",
    ["https://example.org/", "//example.org/", "javascript:alert(1)", "http:///example.org", "", "\\\\example.org"],
)
def test_one_comes_back_to_this_site_only(manager: Client, away: str) -> None:
    [followup] = late(1)
    page = ask(manager, "start", followup, next=away)
    assert page.context["back"] == reverse("followups:list")
    assert confirm(manager, page, next=away).headers["Location"] == LIST


def test_its_own_page_offers_what_applies(manager: Client, people: People) -> None:
    [followup] = late(1)
    where = followup.get_absolute_url()
    page = manager.get(where).content.decode()
    assert address("complete") in page
    assert address("reopen") not in page
    asked = ask(manager, "complete", followup, next=where)
    assert confirm(manager, asked).headers["Location"] == where
    page = manager.get(where).content.decode()
    assert address("reopen") in page
    assert address("complete") not in page


def test_the_pages_are_valid(vnu: Any, manager: Client, people: People) -> None:
    rows = [*late(12), makers.make_followup(owner=people.theirs, chaser=people.secretary)]
    rows[3].complete(by=people.manager)
    pages = [ask(manager, verb, *rows) for verb in ANSWERS]
    pages.append(confirm(manager, pages[3], reason=" "))
    pages.append(all_of(manager, "wait", "due=overdue"))
    rows[0].start(by=people.secretary)
    pages.append(confirm(manager, pages[3], **ANSWERS["move-due"]))
    assert "has changed it; now" in pages[-1].content.decode()
    confirm(manager, ask(manager, "start", *rows))
    pages.append(manager.get(rows[0].get_absolute_url()))
    assert "follow-ups marked in progress" in pages[-1].content.decode()
    assert [fault for page in pages for fault in vnu.problems(page.content.decode())] == []


def test_titles_are_text(manager: Client) -> None:
    followup = makers.make_followup("<script>alert(1)</script>", due_on=LATE)
    page = ask(manager, "start", followup)
    assert b"<script>alert" not in page.content
    confirm(manager, page)
    assert "<script>alert" not in told(manager)


def test_asking_costs_the_same_for_many(manager: Client, django_assert_max_num_queries: Any) -> None:
    rows = late(40, owner=makers.make_host())
    with django_assert_max_num_queries(10):
        ask(manager, "complete", *rows)


def test_every_one_of_many_is_shown_and_told(manager: Client) -> None:
    """However long, the list of what will change is whole, and so is that of what came of it."""
    rows = late(60, owner=makers.make_host())
    asked = all_of(manager, "start", "due=overdue")
    page = asked.content.decode()
    assert all(page.count(followup.title) == 1 for followup in rows)
    assert "and 50 more" in page
    rows[7].complete(by=None)
    rows[8].complete(by=None)
    again = confirm(manager, asked)
    assert b"2 follow-ups no longer match" in again.content
    confirm(manager, again)
    text = told(manager)
    assert "58 follow-ups marked in progress." in text
    assert all((followup.reference in text) == (followup not in rows[7:9]) for followup in rows)


def test_doing_costs_each_row_the_same(manager: Client) -> None:
    def cost(number: int) -> int:
        plan = bulk_actions.Plan(BY_SLUG["complete"], late(number, owner=makers.make_host()))
        return len(count_queries(lambda: bulk_actions.carry_out(plan, by=None, answers={"result": "Sent."})))

    cost(1)
    one = cost(1)
    assert cost(12) == 12 * one
