"""Two sides of a promise: a representative reports, the secretariat confirms or asks back; nothing closes before."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from engagement.followups.lists import FollowUpList
from engagement.followups.models import FollowUp, FollowUpEvent, Report
from engagement.followups.next_step import NextStep
from tests import makers as make
from tests.lists.lists import ask, keys
from tests.people import People

TODAY = dt.date(2026, 3, 9)


@pytest.fixture
def promise(people: People) -> FollowUp:
    """Of the representative's organization, at a meeting with the host, and chased by the secretary."""
    meeting = make.make_held(counterparts=[people.ours, people.theirs], visibility=10)
    return make.make_followup(
        "Send examples", meeting=meeting, owner=people.ours, chaser=people.secretary, visibility=10
    )


def reported(promise: FollowUp, people: People, **said: Any) -> Report:
    return promise.report(**{"kind": "done", "by": people.representative, "comment": "Twelve cases.", **said})


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page_of(user: Any, promise: FollowUp) -> str:
    return client_of(user).get(promise.get_absolute_url()).content.decode()


def post(user: Any, address: str, **data: str) -> Any:
    return client_of(user).post(address, {"_once": "a" * 16, **data}, follow=True)


def test_what_is_reported_stays_open_until_one_of_us_confirms_it(promise: FollowUp, people: People) -> None:
    report = reported(promise, people, evidence="https://example.org/cases")
    promise.refresh_from_db()
    assert (promise.status, promise.closed_at, promise.result) == ("open", None, "")
    assert (report.state, report.organization, report.reported_by) == ("pending", people.ours, people.representative)
    event = promise.events.get()
    assert (event.from_status, event.to_status, event.by) == ("open", "open", people.representative)
    assert event.comment == "Reported as done. Twelve cases."
    promise.confirm_report(report, by=people.secretary)
    report.refresh_from_db()
    assert (report.state, report.decided_by, report.decided_at is None) == ("confirmed", people.secretary, False)
    assert (promise.status, promise.closed_by) == ("done", people.secretary)
    assert promise.result == f"Reported by {people.ours.short_name}: Twelve cases."
    assert promise.evidence == "https://example.org/cases"
    assert promise.events.count() == 2
    promise.confirm_report(report, by=people.manager)  # twice is once
    assert (promise.events.count(), promise.closed_by) == (2, people.secretary)


def test_it_was_done_the_day_it_was_reported(promise: FollowUp, people: People) -> None:
    with time_machine.travel(dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)):
        report = reported(promise, people)
    with time_machine.travel(dt.datetime(2026, 3, 9, 12, tzinfo=dt.UTC)):
        promise.confirm_report(report, by=people.secretary)
    assert promise.closed_at is not None and timezone.localdate(promise.closed_at) == dt.date(2026, 3, 2)
    assert timezone.localdate(Report.objects.get().decided_at) == TODAY
    promise.reopen(by=people.manager, reason="Not quite.")
    again = reported(promise, people)
    promise.confirm_report(again, by=people.secretary, on=dt.date(2026, 2, 27))
    assert timezone.localdate(promise.closed_at) == dt.date(2026, 2, 27)


def test_a_returned_report_says_what_is_missing_and_another_may_follow(promise: FollowUp, people: People) -> None:
    report = reported(promise, people)
    with pytest.raises(ValidationError, match="what is missing"):
        promise.return_report(report, by=people.secretary, reason=" ")
    promise.return_report(report, by=people.secretary, reason="Two of them are missing.")
    promise.return_report(report, by=people.manager, reason="Again.")
    report.refresh_from_db()
    assert (report.state, report.reason, report.decided_by) == (
        "returned",
        "Two of them are missing.",
        people.secretary,
    )
    assert promise.status == "open" and promise.events.count() == 2
    with pytest.raises(ValidationError, match="is no longer waiting"):
        promise.confirm_report(report, by=people.manager)
    assert FollowUp.objects.get(pk=promise.pk).status == "open"
    assert "Two of them are missing." in page_of(people.representative, promise)
    assert reported(promise, people, comment="Now all.").is_pending


def test_what_was_reported_by_mistake_is_withdrawn(promise: FollowUp, people: People) -> None:
    """By whoever acts for the organization, until it is confirmed; nobody else, and it stays on record."""
    report = reported(promise, people)
    address = f"{promise.get_absolute_url()}reports/{report.pk}/withdraw/"
    assert address in page_of(people.representative, promise) and address not in page_of(people.secretary, promise)
    for user, code in ((people.secretary, 403), (people.stranger, 403)):
        assert post(user, address).status_code == code
    with pytest.raises(ValidationError, match="no longer report"):
        promise.withdraw_report(report, by=people.stranger)
    assert "Report withdrawn. You can report again" in post(people.representative, address).content.decode()
    assert "Report withdrawn. You can report again" not in post(people.representative, address).content.decode(), (
        "the same form is sent once"
    )
    report.refresh_from_db()
    assert (report.state, report.decided_by) == ("withdrawn", people.representative)
    assert [event.comment for event in promise.events.order_by("pk")][-1] == "Report withdrawn."
    promise.withdraw_report(report, by=people.representative)
    assert promise.events.count() == 2
    assert "Withdrawn on" in page_of(people.secretary, promise) and address not in page_of(
        people.representative, promise
    )
    with pytest.raises(ValidationError, match="is no longer waiting"):
        promise.confirm_report(report, by=people.secretary)
    again = reported(promise, people, comment="Now.")
    promise.confirm_report(again, by=people.secretary)
    with pytest.raises(ValidationError, match="is no longer waiting"):
        promise.withdraw_report(again, by=people.representative)


def test_one_report_waits_at_a_time_and_the_same_twice_is_once(promise: FollowUp, people: People) -> None:
    first = reported(promise, people)
    assert reported(promise, people) == first and promise.events.count() == 1
    with pytest.raises(ValidationError, match="is being checked"):
        reported(promise, people, comment="Something else.")
    assert reported(promise, people, kind="progress", comment="More.").state == "noted"
    with pytest.raises(ValidationError, match="Write what was done so far"):
        reported(promise, people, kind="progress", comment=" ")
    assert Report.objects.count() == promise.events.count() == 2


def test_closing_it_otherwise_decides_what_was_reported(promise: FollowUp, people: People) -> None:
    first = reported(promise, people)
    promise.complete(by=people.manager, result="Seen on their page.")
    first.refresh_from_db()
    assert (first.state, first.decided_by, promise.result) == ("confirmed", people.manager, "Seen on their page.")
    with pytest.raises(ValidationError, match="cannot be reported on"):
        reported(promise, people)
    promise.reopen(by=people.manager, reason="Not quite.")
    second = reported(promise, people)
    promise.cancel(by=people.manager, reason="An internal matter.")
    second.refresh_from_db()
    assert (second.state, second.reason) == ("returned", "This follow-up was cancelled.")


def test_only_those_who_promised_report_and_only_now(promise: FollowUp, people: People) -> None:
    host = promise.meeting.parties.get(side="host").organization
    ours = make.make_followup(meeting=promise.meeting, owner=host, visibility=10)
    hidden = make.make_followup(meeting=promise.meeting, owner=people.ours, chaser=people.secretary, visibility=0)
    watcher = make.make_user("watcher")
    make.make_representative(make.make_party(promise.meeting, side="observer").organization, watcher)
    both = make.make_followup(meeting=promise.meeting, is_joint=True, chaser=people.secretary, visibility=10)
    for one, who in (
        (promise, people.stranger),
        (promise, people.secretary),
        (ours, people.representative),
        (hidden, people.representative),
        (both, watcher),
    ):
        with pytest.raises(ValidationError, match="no longer report"):
            one.report("done", by=who)
    assert both.report("done", by=people.stranger).organization == people.theirs
    for change, back in (
        (lambda: people.ours.representatives.update(ends_on=make.LONG_AGO), {"ends_on": None}),
        (lambda: type(people.representative).objects.filter(pk=people.representative.pk).update(is_active=False), {}),
    ):
        change()
        with pytest.raises(ValidationError, match="no longer report"):
            reported(promise, people)
        if back:
            people.ours.representatives.update(**back)
    assert not promise.reports.exists()


def test_whose_move_it_is(promise: FollowUp, people: People) -> None:
    def step(user: Any) -> NextStep:
        rows = FollowUp.objects.visible_to(user).with_last_move(user).with_report(user)
        return NextStep(rows.get(pk=promise.pk), user)

    name = people.ours.short_name
    assert (step(people.secretary).who, step(people.representative).who) == (name, name)
    with time_machine.travel(dt.datetime(2026, 3, 9, 12, tzinfo=dt.UTC)):
        reported(promise, people)
    staff, theirs = step(people.secretary), step(people.representative)
    assert (staff.who, staff.through) == ("Us", str(people.secretary))
    assert staff.status_words == f"to confirm since 9 Mar 2026, promised by {name}"
    assert (theirs.who, theirs.through) == ("The secretariat", "")
    assert theirs.status_words.startswith("to check what was reported on 9 Mar 2026")
    assert step(people.stranger).who == name, "nobody else is told"


def test_a_returned_report_hands_it_back(promise: FollowUp, people: People, vnu: Any) -> None:
    def step(user: Any) -> NextStep:
        rows = FollowUp.objects.visible_to(user).with_last_move(user).with_report(user)
        return NextStep(rows.get(pk=promise.pk), user)

    name = people.ours.short_name
    with time_machine.travel(dt.datetime(2026, 3, 9, 12, tzinfo=dt.UTC)):
        promise.return_report(reported(promise, people), by=people.secretary, reason="Which ones?")
    for user in (people.secretary, people.representative):
        assert (step(user).who, step(user).status_words) == (name, "Report returned on 9 Mar 2026")
    assert "returned" not in step(people.stranger).status_words, "nobody else is told"
    page, front = page_of(people.representative, promise), client_of(people.representative).get("/").content.decode()
    vnu(page)
    assert page.count("Which ones?") == 1 and page.index("Which ones?") < page.index("The promise")
    assert "Which ones?" in front and "report returned on 9 Mar 2026" in front
    assert "Which ones?" not in client_of(people.stranger).get("/").content.decode()
    with time_machine.travel(dt.datetime(2026, 3, 12, 12, tzinfo=dt.UTC)):
        promise.start(by=people.secretary)
    assert step(people.secretary).status_words == "In progress since 12 Mar 2026"
    reported(promise, people)
    assert "returned" not in step(people.representative).status_words
    assert "The promise" in page_of(people.representative, promise)


def test_the_list_of_what_is_to_be_confirmed(promise: FollowUp, people: People) -> None:
    other = make.make_followup(meeting=promise.meeting, owner=people.ours, chaser=people.secretary, visibility=10)
    reported(promise, people)
    reported(other, people, kind="progress")
    assert keys(ask(FollowUpList, people.secretary, "reported=1")) == [promise.pk]
    assert set(keys(ask(FollowUpList, people.representative, "reported=1"))) == {promise.pk, other.pk}
    assert "reported" not in ask(FollowUpList, people.representative, "").filterset.filters
    promise.return_report(promise.reports.get(), by=people.secretary, reason="Which ones?")
    assert keys(ask(FollowUpList, people.secretary, "reported=1")) == []


def test_a_representative_reports_on_the_page(promise: FollowUp, people: People) -> None:
    address = f"{promise.get_absolute_url()}report/"
    page = page_of(people.representative, promise)
    assert "Report as done" in page and f'action="{address}"' in page
    assert "Report as done" not in page_of(people.secretary, promise)
    html = post(
        people.representative, address, kind="done", comment="<b>All</b>", evidence="example.org/x"
    ).content.decode()
    assert "Reported as done. The follow-up closes when" in html and "Reported, being checked" in html
    assert "&lt;b&gt;All&lt;/b&gt;" in html and "<b>All</b>" not in html
    assert promise.reports.get().evidence == "https://example.org/x"
    assert "Report as done" not in html and "Report progress" in html
    front = client_of(people.representative).get("/").content.decode()
    assert "Reported, being checked" in front
    assert "Reported" not in page_of(people.stranger, promise)


def test_staff_confirm_or_ask_back_on_the_page(promise: FollowUp, people: People) -> None:
    report = reported(promise, people)
    page = page_of(people.secretary, promise)
    assert "Reported, to confirm" in page and "on " in page
    assert page.index("Reported, to confirm") < page.index("The promise")
    confirm, back = (f"{promise.get_absolute_url()}reports/{report.pk}/{verb}/" for verb in ("confirm", "return"))
    assert confirm in page and back in page
    assert confirm not in page_of(people.publisher, promise)
    for user, status in ((people.publisher, 403), (people.representative, 403), (people.stranger, 403)):
        assert client_of(user).post(confirm).status_code == status
    assert "What is missing: Enter what is missing." in post(people.secretary, back, reason="").content.decode()
    assert "Report returned." in post(people.secretary, back, reason="Which?", _once="b" * 16).content.decode()
    again = reported(promise, people)
    confirm = confirm.replace(f"/{report.pk}/", f"/{again.pk}/")
    assert (
        "Report confirmed. The follow-up is done." in post(people.secretary, confirm, _once="c" * 16).content.decode()
    )
    assert FollowUp.objects.get().status == "done" and FollowUpEvent.objects.count() == 4


def test_the_pages_are_valid(promise: FollowUp, people: People, vnu: Any) -> None:
    """Of whoever reports: the boxes on the front page, the form with a mistake, and what was reported before."""
    make.make_followup(meeting=promise.meeting, owner=people.ours, chaser=people.secretary, visibility=10)
    vnu(client_of(people.representative).get("/").content.decode())
    address = promise.get_absolute_url()
    vnu(post(people.representative, f"{address}report/", kind="done", evidence="javascript:alert(1)").content.decode())
    promise.return_report(reported(promise, people), by=people.secretary, reason="Which?")
    reported(promise, people, evidence="https://example.org/?a=1&b=2")
    for user in (people.representative, people.secretary):
        vnu(page_of(user, promise))


HOSTILE = [
    "javascript:alert(1)",
    "JAVASCRIPT:alert(1)",
    "data:text/html,<script>1</script>",
    "ftp://example.org/x",
    "https:// x",
]


@pytest.mark.parametrize("evidence", HOSTILE)
def test_evidence_that_is_no_web_address_is_refused(promise: FollowUp, people: People, evidence: str) -> None:
    with pytest.raises(ValidationError, match="valid URL"):
        reported(promise, people, evidence=evidence)
    address = f"{promise.get_absolute_url()}report/"
    html = post(people.representative, address, kind="done", comment="Kept words", evidence=evidence).content.decode()
    assert "There is a problem" in html and "Kept words" in html and 'href="javascript' not in html.lower()
    assert not promise.reports.exists() and not promise.events.exists()


def test_a_form_that_comes_late_says_so(promise: FollowUp, people: People, vnu: Any) -> None:
    """The promise was closed, or the representative removed or deactivated, while the page was open."""
    address, said = f"{promise.get_absolute_url()}report/", {"kind": "done", "comment": "Typed for an hour"}
    client = client_of(people.representative)
    promise.complete(by=people.manager)
    late = client.post(address, said).content.decode()
    assert "There is nothing left to report" in late and "Typed for an hour" in late
    promise.reopen(by=people.manager, reason="Not quite.")
    people.ours.representatives.update(ends_on=make.LONG_AGO)
    assert client.post(address, said).status_code == 404, "what was shared with the organization is seen no more"
    people.ours.representatives.update(ends_on=None)
    type(people.representative).objects.filter(pk=people.representative.pk).update(is_active=False)
    out = client.post(address, said)
    assert out.status_code == 403 and "Nothing was sent." in out.content.decode()
    vnu(out.content.decode())
    assert "Typed for an hour" in out.content.decode() and f"/accounts/login/?next={address}" in out.content.decode()
    assert client.post(address, {"kind": "done"}).url.startswith("/accounts/login/")  # type: ignore[attr-defined]
    assert not promise.reports.exists()


def test_a_day_that_cannot_be_and_a_clock_set_back(promise: FollowUp, people: People) -> None:
    report = reported(promise, people)
    confirm = f"{promise.get_absolute_url()}reports/{report.pk}/confirm/"
    for day in (timezone.localdate() + dt.timedelta(days=1), make.LONG_AGO - dt.timedelta(days=1)):
        html = post(people.secretary, confirm, on=str(day)).content.decode()
        assert "There is a problem" in html and Report.objects.get().is_pending
    with time_machine.travel(timezone.now() - dt.timedelta(days=5)):
        promise.confirm_report(report, by=people.secretary)
    assert promise.closed_at is not None and promise.closed_at < report.reported_at
    assert promise.events.count() == 2 and promise.status == "done"
