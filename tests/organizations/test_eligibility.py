"""Eligibility: criteria as published, assessments with their days, who reads them, and what is due for review."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from engagement.core.models import Stamp
from meetings.models import Meeting
from organizations.models import Assessment, Organization
from tests import makers as make
from tests.core.posting import opened, problems, send, with_row
from tests.people import People

MAY_8 = dt.date(2025, 5, 8)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def words(address: str, user: Any = None) -> str:
    client = Client()
    if user is not None:
        client.force_login(user)
    return " ".join(client.get(address).content.decode().split())


@pytest.fixture
def alliance(people: People) -> Organization:
    """Assessed twice against a criterion that is public, once against one that is not."""
    ours = people.ours
    mission = make.make_criterion("Mission", is_public=True, valid_from=day("2020-01-01"))
    money = make.make_criterion("Funding", valid_to=day("2025-12-31"))
    make.make_assessment(ours, criterion=mission, assessed_on=day("2023-03-01"), result="not_met", note="inside words")
    make.make_assessment(
        ours, criterion=mission, assessed_on=day("2025-01-15"), next_review_on=day("2027-01-15"), note="inside words"
    )
    make.make_assessment(ours, criterion=money, assessed_on=day("2024-01-10"))
    return ours


def test_an_assessment_holds_until_the_next(alliance: Organization) -> None:
    def on(text: str) -> list[str]:
        return [str(one) for one in Assessment.objects.holding_on(day(text)).for_page()]

    assert on("2023-02-28") == []
    assert on("2023-03-01") == on("2023-12-31") == ["Mission: Not met"]
    assert on("2024-06-01") == ["Mission: Not met", "Funding: Met"]
    assert on("2025-05-08") == ["Mission: Met", "Funding: Met"]
    assert on("2026-01-01") == ["Mission: Met"], "the other criterion is no longer in force"


def test_it_stands_on_the_meeting_of_that_day(alliance: Organization, people: People) -> None:
    meeting = make.make_public(counterparts=[alliance, people.theirs], starts_on=MAY_8)
    public = "Eligibility on 8 May 2025"
    for user in (None, people.stranger, people.representative):
        html = words(meeting.get_absolute_url(), user)
        assert html.count(public) == 1 and "Mission: met" in html and "(assessed on 15 January 2025)" in html
        assert "Funding" not in html and "inside words" not in html and html.count("assessed on") == 1
    assert "(assessed on 10 January 2024)" in words(meeting.get_absolute_url(), people.secretary)
    earlier = make.make_public(counterparts=[alliance], starts_on=day("2023-04-01"))
    assert "(assessed on 1 March 2023)" in words(earlier.get_absolute_url())
    month = make.make_public(counterparts=[alliance], starts_on=MAY_8.replace(day=1), date_precision="month")
    assert "Eligibility" not in words(month.get_absolute_url()), "nobody knows the day"
    make.make_assessment(alliance, criterion=Assessment.objects.first().criterion, assessed_on=MAY_8, result="not_met")
    assert "(assessed on 8 May 2025)" in words(meeting.get_absolute_url()), "also a page that was kept"


def test_it_stands_on_the_record_of_the_organization(alliance: Organization, people: People) -> None:
    make.make_public(counterparts=[alliance], starts_on=MAY_8)
    for user in (None, people.representative):
        html = words(alliance.get_absolute_url(), user)
        assert "<strong>Met:</strong> Mission" in html and "assessed on 15 January 2025" in html
        for inside in ("inside words", "next review", "Funding"):
            assert inside not in html
    html = words(alliance.get_absolute_url(), people.secretary)
    assert "next review: 15 January 2027" in html and "inside words" in html


def test_the_list_finds_what_is_due_for_review(alliance: Organization, people: People) -> None:
    today = timezone.localdate()
    due, later, done = (make.make_organization(f"{name} one") for name in ("Due", "Later", "Done"))
    criterion = make.make_criterion()
    long_ago = today - dt.timedelta(days=400)
    for organization, review in ((due, today), (later, today + dt.timedelta(days=1)), (done, today)):
        make.make_assessment(organization, criterion=criterion, assessed_on=long_ago, next_review_on=review)
    make.make_assessment(done, criterion=criterion, assessed_on=today)
    html = words("/organizations/?review=1", people.secretary)
    assert "Due one" in html and "Later one" not in html and "Done one" not in html
    assert 'name="review"' not in words("/organizations/"), "the filter is the secretariat's"


def test_it_is_entered_with_the_organization(people: People) -> None:
    criterion = make.make_criterion("Mission", valid_from=day("2024-01-01"))
    client = Client()
    client.force_login(people.secretary)
    address = f"/admin/organizations/organization/{people.ours.pk}/change/"
    row = {"criterion": criterion.pk, "result": "met", "assessed_on": "2023-05-08"}
    answer = send(client, address, with_row(opened(client, address), "assessments", **row), kind="ngo")
    assert "This criterion was not in force on that day." in answer.content.decode()
    row |= {"assessed_on": "2024-05-08", "next_review_on": "2026-05-08"}
    answer = send(client, address, with_row(opened(client, address), "assessments", **row), kind="ngo")
    assert answer.status_code == 302, problems(answer)
    assert Assessment.objects.get().recorded_by == people.secretary


def test_an_organization_that_is_merged_takes_it_along(alliance: Organization, people: People) -> None:
    from organizations.merging.actions import merge_organizations

    other = make.make_organization("The same")
    same = Assessment.objects.filter(organization=alliance).first()
    make.make_assessment(other, criterion=same.criterion, assessed_on=same.assessed_on)
    make.make_assessment(other, criterion=same.criterion, assessed_on=day("2025-02-01"))
    merge_organizations(alliance, [other], by=people.secretary)
    assert Assessment.objects.filter(organization=alliance).count() == 4


def test_many_cost_as_much_as_few(people: People, flat_queries: Any) -> None:
    meeting = make.make_public(starts_on=MAY_8)
    criterion = make.make_criterion(is_public=True)

    def more(number: int) -> None:
        for _n in range(number):
            organization = make.make_organization()
            make.make_party(Meeting.objects.get(pk=meeting.pk), organization)
            make.make_assessment(organization, criterion=criterion, assessed_on=day("2025-01-01"))

    client = Client()
    client.force_login(people.manager)

    def call() -> None:
        Stamp.objects.put()  # the page is made anew
        client.get(meeting.get_absolute_url())

    flat_queries(more, call, ceiling=40, many=20)
