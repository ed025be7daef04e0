"""Front pages of those who signed in: every number is that of its list, and nobody sees more than is theirs."""

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.core.cache import caches
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from engagement import desks
from engagement.core.lists import counts
from engagement.desks import (
    SHOWN,
    Desk,
    own_organization,
    questions_about_followups,
    questions_about_meetings,
    questions_about_silence,
)
from engagement.followups.lists import FollowUpList
from engagement.followups.models import FollowUp
from engagement.minutes.models import How, Minutes
from meetings.dossiers.topic import TALK, placed, voices_of, words_of
from meetings.intervals import Intervals
from meetings.models import AgendaProposal, Discussion, Meeting, Series
from organizations.models import Organization
from tests import makers as make
from tests.lists.lists import ask, keys
from tests.makers import INTERNAL, PUBLIC, SHARED
from tests.people import People


def desk_of(user: Any, query: str = "") -> Desk:
    request = RequestFactory().get("/", QUERY_STRING=query)
    request.user = user
    return Desk(request)


def page_of(user: Any, address: str = "/") -> str:
    client = Client()
    client.force_login(user)
    return client.get(address).content.decode()


@pytest.fixture(scope="module")
def module_work(module_people: People) -> None:
    """One of everything that waits for somebody, and beside each something that does not."""
    people = module_people
    today, host = timezone.localdate(), make.make_host("Agency")
    soon, later = today + dt.timedelta(days=3), today + dt.timedelta(days=40)
    for name, day, status in (
        ("Soon", soon, "confirmed"),
        ("Called off", soon, "cancelled"),
        ("Later", later, "confirmed"),
    ):
        reason = {"cancellation_reason": "Strike"} if status == "cancelled" else {}
        make.make_meeting(name, host=host, counterparts=[people.ours], starts_on=day, status=status, **reason)
    AgendaProposal.objects.create(meeting=Meeting.objects.get(title="Soon"), organization=people.ours, title="Fees")
    empty = make.make_held("Empty", host=host, counterparts=[people.ours], starts_on=today - dt.timedelta(days=20))
    make.make_held("Empty for long", host=host, counterparts=[people.ours], starts_on=today - dt.timedelta(days=91))
    full = make.make_held("Full", host=host, counterparts=[people.ours], starts_on=today - dt.timedelta(days=20))
    make.make_discussion(full)
    full.publication_due_on = today - dt.timedelta(days=1)
    full.save()
    assert empty.publication_due_on is None
    owed = {"chaser": people.secretary, "visibility": INTERNAL, "meeting": full}
    for name, owner, due in (
        ("Ours late", host, make.LONG_AGO),
        ("Theirs late", people.ours, make.LONG_AGO),
        ("Theirs soon", people.ours, soon),
        ("Theirs later", people.ours, later),
    ):
        promise = make.make_followup(name, owner=owner, due_on=due, **owed)
        if name.startswith("Theirs"):
            make.make_report(promise, **({} if name == "Theirs later" else {"kind": "progress", "state": "noted"}))
    make.make_followup("Joint late", is_joint=True, due_on=make.LONG_AGO, meeting=full, visibility=INTERNAL)
    with time_machine.travel(today - dt.timedelta(days=50)):
        waits = make.make_followup("Waits", owner=people.ours, **owed)
        waits.wait(by=people.manager, on=people.ours, reason="A letter.")
    with time_machine.travel(today - dt.timedelta(days=20)):
        lately = make.make_followup("Waits since lately", owner=people.ours, **owed)
        lately.wait(by=people.manager, on=people.ours, reason="A letter.")
    _make_silence(host, today)
    _make_minutes(people)


@pytest.fixture
def work(module_work: None, people: People) -> People:
    return people


def _make_minutes(people: People) -> None:
    """With a comment that waits, with few days left, and agreed; and an assessment to be reviewed."""
    recorded = {"counterparts": [people.ours], "visibility": SHARED}
    for name, ahead in (("Commented", 14), ("Ending", 3), ("Agreed", 14)):
        meeting = make.make_held(name, starts_on=make.LONG_AGO, **recorded)
        make.make_discussion(meeting)
        minutes = Minutes.objects.begin(Meeting.objects.get(pk=meeting.pk), by=people.secretary)
        until = timezone.localdate() + dt.timedelta(days=ahead)
        minutes.send(1, by=people.secretary, deadline_on=until, is_silence_agreement=False, recipients="")
        if name == "Commented":
            minutes.comment(1, people.ours, "Not all.", by=people.representative)
        if name == "Agreed":
            minutes.agree(1, people.ours, how=How.SIGNED_IN, by=people.representative)
    make.make_assessment(people.theirs, assessed_on=make.LONG_AGO, next_review_on=timezone.localdate())


def _make_silence(host: Any, today: dt.date) -> None:
    """Series met too long ago, in time and never; and whom they are with."""
    for name, months, day in (
        ("Too late", 6, today - dt.timedelta(days=200)),
        ("In time", 6, today - dt.timedelta(days=100)),
        ("As needed", None, today - dt.timedelta(days=900)),
        ("Not begun", 12, None),
    ):
        partner = make.make_organization(f"{name} partner")
        series = make.make_series(name, host=host, cadence_months=months)
        series.counterparts.add(partner)
        if day:
            written = make.make_held(f"{name} met", host=host, counterparts=[partner], starts_on=day, series=series)
            make.make_discussion(written)


def called(row: Any) -> str:
    return getattr(row, "title", "") or row.name


EXPECTED = {
    "to confirm": ["Theirs later"],
    "meetings in 7 days": ["Soon"],
    "agenda proposals": ["Soon"],
    "to write up": ["Empty"],
    "due for publication": ["Full"],
    "ready to publish": [],
    "changes to accept": [],
    "ours, overdue": ["Ours late"],
    "theirs, overdue": ["Theirs late"],
    "both sides’, overdue": ["Joint late"],
    "due in 7 days": ["Theirs soon"],
    "waiting over 30 days": ["Waits"],
    "series to convene": ["Not begun", "Too late"],
    "organizations to meet": ["Not begun partner", "Too late partner"],
    "minutes with comments": ["Commented"],
    "minutes due": ["Ending"],
    "minutes to make final": ["Agreed"],
    "eligibility to review": ["Society of Strangers"],
    "mine, open": ["Ours late", "Theirs late", "Theirs soon", "Theirs later"],
}


def test_what_is_published_late_is_told(work: People) -> None:
    day = timezone.localdate() - dt.timedelta(days=1)
    late = f'<span class="late">to be public by {day.day} {day:%b %Y}, overdue</span>'
    assert page_of(work.secretary).count(late) == 1
    Meeting.objects.filter(title="Full").update(publication_due_on=timezone.localdate())
    page = page_of(work.secretary)
    assert "to be public by" in page and f"{timezone.localdate().year}, overdue" not in page


@pytest.mark.both_databases
def test_what_waits_for_the_secretariat(work: People) -> None:
    found = {str(card.asked.short): [called(row) for row in card.rows] for card in desk_of(work.secretary).cards}
    assert found == {name: titles[:SHOWN] for name, titles in EXPECTED.items()}
    html = page_of(work.secretary)
    assert all(title in html for titles in EXPECTED.values() for title in titles[:SHOWN])
    assert "Called off" not in html and "Later" not in html.replace("Theirs later", "")


@pytest.mark.parametrize("query", ["", "mine=1"])
def test_every_number_is_that_of_the_list_it_leads_to(work: People, query: str) -> None:
    make.make_followup("Nobody's", owner=make.make_host(), due_on=make.LONG_AGO)
    for organization in (work.ours, Organization.objects.get(name="Too late partner")):
        organization.lead = work.secretary
        organization.save()
    numbers = {}
    for card in desk_of(work.secretary, query).cards:
        page = card.asked.page
        assert card.url.startswith(page().path)
        rows = ask(page, work.secretary, card.url.partition("?")[2])
        assert not rows.warnings and rows.filterset.is_valid(), card.url
        assert card.number == len(keys(rows)), card.url
        assert set(row.pk for row in card.rows) <= set(keys(rows))
        numbers[str(card.asked.short)] = card.number
    assert (
        [numbers[name] for name in ("ours, overdue", "series to convene", "due for publication")] == [1, 1, 1]
        if query
        else [2, 2, 1]
    )


def numbers_of(user: Any, query: str) -> dict[str, int]:
    return {str(card.asked.short): card.number for card in desk_of(user, query).cards}


@pytest.mark.parametrize("query", ["", "mine=1"])
def test_statements_that_are_kept_say_what_new_ones_would(work: People, query: str) -> None:
    """Another organization that one leads, another interval of series, another day: each has a statement of its own."""
    seen = []
    for change in (
        lambda: None,
        lambda: Organization.objects.filter(name="Too late partner").update(lead=work.publisher),
        lambda: Series.objects.filter(title="In time").update(cadence_months=2),
    ):
        change()
        caches["pages"].clear()  # which nobody told of what was written here
        kept, before = numbers_of(work.publisher, query), dict(counts._written)
        counts._written.clear()
        caches["pages"].clear()
        assert kept == numbers_of(work.publisher, query)
        counts._written.update(before)
        seen.append(kept["series to convene"])
    with time_machine.travel(timezone.now() + dt.timedelta(days=30)):
        assert numbers_of(work.publisher, query)["meetings in 7 days"] == 0
    assert seen == ([0, 1, 1] if query else [2, 2, 3])


@pytest.mark.parametrize("query", ["", "mine=1"])
def test_a_statement_that_is_kept_has_nothing_of_the_hour_and_nothing_that_was_read(work: People, query: str) -> None:
    written = []
    for hour in (0, 9, 23):
        at = timezone.localtime().replace(hour=hour, minute=30)
        with time_machine.travel(at, tick=False):
            request = RequestFactory().get("/", QUERY_STRING=query)
            request.user = work.secretary
            Intervals.of(request)
            questions = [*questions_about_meetings(timezone.localdate()), *questions_about_silence()]
            with CaptureQueriesContext(connection) as asked:
                statement = desks._written(request, [*questions, *questions_about_followups()], bool(query))
            written.append((statement.batch._parts, statement.urls))
    assert written[0] == written[1] == written[2]
    assert all('"lead_id"' in one["sql"] for one in asked.captured_queries) and bool(query) == bool(asked)


def test_what_is_overdue_adds_up(work: People) -> None:
    """Each side's number, on the morning page as above the list."""
    late = {str(card.asked.short): card.number for card in desk_of(work.secretary).tiles if "overdue" in card.url}
    found = ask(FollowUpList, work.secretary, "due=overdue")
    assert sum(late.values()) - late["series to convene"] == len(keys(found)) == 3
    page = page_of(work.secretary, "/follow-ups/?due=overdue")
    told = re.findall(r'stat__number">(\d+)</span> (overdue|ours|theirs|both sides’)</a>', page)
    assert told == [("3", "overdue"), ("1", "ours"), ("1", "theirs"), ("1", "both sides’")]


def test_only_mine_leaves_out_what_others_do(work: People) -> None:
    cards = desk_of(work.publisher, "mine=1").cards
    assert {card.number for card in cards} == {0}
    page = page_of(work.publisher, "/today/?mine=1")
    assert "Ours late" not in page and "Too late" not in page and 'href="/today/"' in page
    assert 'href="/today/?mine=1"' in page_of(work.publisher, "/today/")


def test_a_planned_meeting_tells_what_its_counterparts_still_owe(work: People) -> None:
    soon = Meeting.objects.get(title="Soon")
    make.make_followup("Theirs, done", owner=work.ours, chaser=work.secretary).complete(by=work.manager)
    number, url = desk_of(work.secretary).promises[soon.pk]
    assert number == len(keys(ask(FollowUpList, work.secretary, url.partition("?")[2]))) == 5
    page = page_of(work.secretary)
    assert (
        f'<a href="{url}">5 open promises of theirs</a>' in page and f'href="{soon.get_absolute_url()}brief/"' in page
    )


def test_what_one_may_complete_is_completed_in_place(work: People) -> None:
    """The secretary those in her hands; whoever only publishes none."""
    promise = FollowUp.objects.get(title="Theirs late")
    button = f'form="complete" name="pick" value="{promise.reference}"'
    assert button in page_of(work.secretary) and button not in page_of(work.publisher)
    client = Client()
    client.force_login(work.secretary)
    asked = client.post("/follow-ups/act/complete/", {"pick": promise.reference, "next": "/today/?mine=1"})
    assert asked.status_code == 200 and "Complete one follow-up" in asked.content.decode()


def test_each_role_begins_with_its_own_work(work: People) -> None:
    first = {
        name: next(str(card.asked.short) for card in desk_of(getattr(work, name)).cards)
        for name in ("secretary", "manager", "publisher")
    }
    assert first == {"secretary": "ours, overdue", "manager": "ours, overdue", "publisher": "due for publication"}
    for name, before, after in (
        ("manager", "Ours, overdue", "Meetings in the next 7 days"),
        ("secretary", "Meetings in the next 7 days", "Ours, overdue"),
        ("publisher", "Due for publication", "Meetings in the next 7 days"),
    ):
        page = page_of(getattr(work, name))
        assert page.index(f'aria-label="{before}"') < page.index(f'aria-label="{after}"'), name


@pytest.mark.parametrize(("hour", "greeting"), [(6, "Good morning"), (13, "Good afternoon"), (19, "Good evening")])
def test_the_page_greets_at_the_hour_of_the_host(people: People, hour: int, greeting: str) -> None:
    people.manager.first_name = "Mia"
    people.manager.save()
    now = timezone.localtime().replace(hour=hour)
    with time_machine.travel(now, tick=False):
        page = page_of(people.manager)
        assert f"{greeting}, Mia" in page and f"{now:%A} {now.day} {now:%B %Y}" in page


def test_the_address_of_today_is_the_secretariats(people: People) -> None:
    status = {}
    for name, user in people:
        client = Client()
        if name != "visitor":
            client.force_login(user)
        status[name] = client.get("/today/").status_code
    assert status == {**dict.fromkeys(["secretary", "manager", "publisher"], 200),
                      **dict.fromkeys(["representative", "stranger"], 404), "visitor": 302}  # fmt: skip


def test_requests_without_an_answer_and_positions_that_changed(people: People) -> None:
    """Of all topics; the request that was answered at the next meeting is not told, nor a change of long ago."""
    host, today = make.make_host("Agency"), timezone.localdate()
    topic, other = make.make_topic("Leaflets"), make.make_topic("Registries")
    days = [today - dt.timedelta(days=back) for back in (300, 200, 30)]
    meetings = [make.make_held(host=host, counterparts=[people.ours], starts_on=day) for day in days]
    first, second, third = meetings
    asks, supports = {"stance": "requests"}, {"stance": "supports"}
    make.make_position(make.make_discussion(first, topic=topic), people.ours, **asks)
    make.make_position(make.make_discussion(second, topic=topic), host, statement="We answer.", **supports)
    make.make_position(make.make_discussion(second, topic=other), people.ours, statement="One place, please.", **asks)
    make.make_position(make.make_discussion(third, topic=topic), people.ours, **supports)
    ask_back = make.make_held(host=host, counterparts=[people.ours], starts_on=today - dt.timedelta(days=20))
    make.make_position(make.make_discussion(ask_back, topic=make.make_topic("Fees")), host, **asks)
    desk = desk_of(people.secretary)
    assert [(topic.title, request.days) for topic, request in desk.asked_of_us] == [("Registries", 200)]
    assert [(topic.title, request.days) for topic, request in desk.asked_by_us] == [("Fees", 20)]
    assert [(topic.title, move.then, move.now) for topic, move in desk.changes] == [
        ("Leaflets", "requests", "supports")
    ]
    page = page_of(people.secretary)
    assert (
        "One place, please." in page and f'href="{other.get_absolute_url()}"' in page and "requests → supports" in page
    )
    assert desk_of(people.secretary, "mine=1").unanswered == []
    people.ours.lead = people.secretary
    people.ours.save()
    assert len(desk_of(people.secretary, "mine=1").unanswered) == 2
    assert len(desk_of(people.secretary, "mine=1").changes) == 1
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=70)):
        assert desk_of(people.secretary).changes == []


@pytest.mark.both_databases
def test_values_tell_the_same_as_records(people: People) -> None:
    """Of all that was said in some discussions, whoever reads it: what Lately looks through, and what a topic tells."""
    host, topic = make.make_host("Agency"), make.make_topic("Leaflets")
    for level in (PUBLIC, INTERNAL):
        meeting = make.make_public(host=host, counterparts=[people.ours])
        talk = make.make_discussion(meeting, topic=topic, visibility=level)
        make.make_position(talk, people.ours, stance="requests")
        make.make_position(talk, stance="supports")
        for kind, by in (("request", people.ours), ("request", None), ("decision", host)):
            make.make_outcome(meeting, discussion=talk, kind=kind, by=by)
    talks = placed(list(Discussion.objects.order_by("-pk").values(*TALK)))
    for user in (people.secretary, AnonymousUser()):
        records, values = voices_of(talks, user), words_of(talks, user)
        assert [one._replace(record=None, by=None) for one in records] == values
        assert (sum(one.is_request for one in values), len(values)) == ((4, 10) if user.pk else (2, 5))


def test_what_is_asked_for_links_to_the_tool(work: People) -> None:
    assert "/admin/meetings/meeting/add/" in page_of(work.secretary)
    assert "/admin/meetings/meeting/add/" not in page_of(work.manager)


@pytest.fixture
def ours(people: People) -> People:
    """What is shared with the representative's organization, with another one, and with nobody."""
    host, today = make.make_host("Agency"), timezone.localdate()
    for name, who, level in (
        ("Shared", people.ours, SHARED),
        ("Foreign", people.theirs, SHARED),
        ("Kept", people.ours, INTERNAL),
    ):
        planned = make.make_meeting(
            f"{name} next", host=host, counterparts=[who], starts_on=today + dt.timedelta(days=9), status="confirmed",
            visibility=level,
        )  # fmt: skip
        make.make_discussion(planned, f"{name} item", visibility=PUBLIC)
        held = make.make_held(f"{name} past", host=host, counterparts=[who], visibility=level)
        make.make_document(held, f"{name} paper", visibility=PUBLIC)
        made = {"chaser": people.secretary, "meeting": held, "visibility": level}
        make.make_followup(f"{name} owed", owner=who, due_on=make.LONG_AGO, **made)
        make.make_followup(f"{name} awaited", owner=host, **made)
        make.make_followup(f"{name} together", is_joint=True, **made)
    return people


def test_a_representative_finds_the_own_organization(ours: People) -> None:
    own = own_organization(ours.representative)
    assert own is not None and own.next_meeting is not None
    assert (own.organization, own.next_meeting.title) == (ours.ours, "Shared next")
    assert [one.title for one in own.promised] == ["Shared owed", "Shared together"]
    assert [one.title for one in own.awaited] == ["Shared awaited"]
    assert [one.title for one in own.meetings] == ["Shared past"]
    assert [one.title for one in own.papers] == ["Shared paper"]
    assert (own.number_of_meetings, own.number_late) == (1, 1)
    html = page_of(ours.representative)
    assert ours.ours.name in re.findall(r"<h1>(.*?)</h1>", html, re.S)[0]
    assert "Shared with you, not public" in html and "Shared item" in html
    assert "Foreign" not in html and "Kept" not in html


def test_minutes_wait_for_the_organizations_that_have_not_agreed(people: People) -> None:
    """Of what was sent last: on the front page of whoever acts for one of them."""
    meeting = make.make_held("Leaflets", counterparts=[people.ours, people.theirs], visibility=SHARED)
    minutes = Minutes.objects.begin(meeting, by=people.secretary)

    def waiting(user: Any) -> list[str]:
        own = own_organization(user)
        assert own is not None
        return [one.meeting.title for one in own.minutes]

    def send(number: int) -> None:
        until = timezone.localdate() + dt.timedelta(days=5)
        minutes.send(number, by=people.secretary, deadline_on=until, is_silence_agreement=False, recipients="")

    assert waiting(people.representative) == [], "not sent yet"
    send(1)
    assert waiting(people.representative) == waiting(people.stranger) == ["Leaflets"]
    assert "Minutes for our comments" in page_of(people.representative)
    minutes.agree(1, people.ours, how=How.SIGNED_IN, by=people.representative)
    assert (waiting(people.representative), waiting(people.stranger)) == ([], ["Leaflets"])
    assert "Minutes for our comments" not in page_of(people.representative)
    minutes.add_version(by=people.secretary, audience=SHARED)
    send(2)
    assert waiting(people.representative) == ["Leaflets"], "it agreed to another version"
    meeting.refresh_from_db()
    meeting.visibility = INTERNAL
    meeting.save()
    assert waiting(people.representative) == []


def test_the_lead_is_the_contact_of_those_alone_who_act_for_the_organization(ours: People) -> None:
    lead = ours.secretary
    lead.first_name, lead.last_name, lead.email = "Lea", "Leading", "lea@example.org"
    lead.save()
    ours.ours.lead = lead
    ours.ours.save()
    own_page = ours.ours.get_absolute_url()
    for address in ("/", own_page):
        page = page_of(ours.representative, address)
        assert "Lea Leading" in page and "mailto:lea@example.org" in page, address
        assert "Lea Leading" not in page_of(ours.stranger, address)
    assert "Lea Leading" not in Client().get(own_page).content.decode()
    lead.is_active = False
    lead.save()
    assert "Lea Leading" not in page_of(ours.representative) + page_of(ours.representative, own_page)


def test_each_representative_finds_another_one(ours: People) -> None:
    html = page_of(ours.stranger)
    assert "Foreign owed" in html and "Shared" not in html.replace("Shared with you", "")


def test_who_acts_for_nobody_reads_what_everybody_reads(people: People) -> None:
    people.representative.representations.all().delete()
    assert own_organization(people.representative) is None
    assert "What is expected of us" not in page_of(people.representative)


def test_the_contact_stands_in_the_footer_and_in_the_statement(db: None, settings: Any) -> None:
    settings.CONTACT, settings.PRIVACY_NOTICE = "write@example.org", "https://example.org/privacy"
    for address in ("/", "/accessibility/"):
        html = Client().get(address).content.decode()
        assert 'href="mailto:write@example.org"' in html and 'href="https://example.org/privacy"' in html
    settings.CONTACT = "https://example.org/contact"
    assert 'href="https://example.org/contact"' in Client().get("/accessibility/").content.decode()
    settings.CONTACT = settings.PRIVACY_NOTICE = ""
    assert "mailto:" not in Client().get("/").content.decode()
