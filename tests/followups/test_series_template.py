"""A series plans its next meeting after a template: one of its own meetings, with agenda, themes, people and place."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from meetings.models import Meeting, Participant, Series
from tests import makers as make
from tests.core.posting import opened as opened_form
from tests.core.posting import problems, send
from tests.followups.test_next_meeting import opened, planned, sent
from tests.people import People

SERIES = "/admin/meetings/series/{}/change/"


@pytest.fixture
def series(people: People) -> Series:
    """Of its two meetings the earlier one is the template; the later one was another kind of meeting, elsewhere."""
    arm = make.make_organization("Alliance for Regenerative Medicine", acronym="ARM", lead=people.secretary)
    series = make.make_series("EMA and ARM", host=make.make_host("European Medicines Agency"), cadence_months=6)
    days = [timezone.localdate() - dt.timedelta(days=days) for days in (200, 30)]
    facts = {"series": series, "host": series.host, "counterparts": [arm]}
    usual = make.make_held(starts_on=days[0], city="Amsterdam", country="NL", start_time=dt.time(10), **facts)
    make.make_held(starts_on=days[1], city="Geneva", country="CH", kind="platform", **facts)
    fees = make.make_discussion(usual, topic=make.make_topic("Fees"))
    fees.themes.add(make.make_theme("Money"))
    make.make_discussion(usual, "Any other business", visibility=0)
    make.make_discussion(usual, "What was promised", kind="previous_actions")
    ours, theirs = usual.parties.order_by("order", "pk")
    ada = make.make_person("Ada Chair")
    Participant.objects.create(party=ours, person=ada, name="Ada Chair", part="chair", attendance="attended")
    Participant.objects.create(party=theirs, name="Ben Head", function="Head", part="head", visibility=10)
    series.template = usual
    series.save()
    return series


@pytest.fixture
def secretary(people: People, client: Client) -> Client:
    client.force_login(people.secretary)
    return client


def test_the_next_meeting_is_planned_after_it(series: Series, secretary: Client) -> None:
    form = opened(secretary, series)
    assert (form["city"], form["kind"], form["start_time"]) == (["Amsterdam"], ["bilateral"], ["10:00"])
    third = planned(sent(secretary, series, form))
    talks = {talk.heading: talk for talk in third.discussions.all()}
    assert [heading.split(",")[0] for heading in talks] == [
        "Minutes of the second meeting",
        "Fees",
        "Any other business",
    ]
    assert talks["Fees"].themes.get().name == "Money"
    assert talks["Any other business"].visibility == 0
    invited = third.participants.order_by("party__order", "order")
    assert list(invited.values_list("name", "function", "part", "attendance", "visibility")) == [
        ("Ada Chair", "", "chair", "invited", 0),
        ("Ben Head", "Head", "head", "invited", 10),
    ]


def test_whoever_is_gone_and_whoever_stays_away_is_not_invited(series: Series, secretary: Client) -> None:
    person = Participant.objects.get(name="Ada Chair").person
    assert person is not None
    person.archive(by=None, reason="Left")
    third = planned(sent(secretary, series, opened(secretary, series), parties=[]))
    assert not third.participants.exists()


def test_without_a_template_the_last_meeting_is_followed(series: Series, secretary: Client) -> None:
    series.template = None
    series.save()
    form = opened(secretary, series)
    assert (form["city"], form["kind"]) == (["Geneva"], ["platform"])
    assert not planned(sent(secretary, series, form)).participants.exists()


def test_a_meeting_that_left_the_series_is_no_template(series: Series, secretary: Client) -> None:
    Meeting.objects.filter(pk=series.template_id).update(series=make.make_series("Another"))
    assert opened(secretary, series)["city"] == ["Geneva"]


def test_a_template_is_one_of_its_own_meetings(series: Series, secretary: Client) -> None:
    series.template = make.make_held("Elsewhere")
    with pytest.raises(ValidationError) as told:
        series.full_clean()
    assert list(told.value.message_dict) == ["template"]
    form = opened_form(secretary, SERIES.format(series.pk))
    answer = send(secretary, SERIES.format(series.pk), {**form, "template": series.template.reference})
    assert any("Choose a meeting of this series." in text for _where, text in problems(answer))


def test_a_series_without_meetings_is_not_asked_for_one(people: People, secretary: Client) -> None:
    empty = make.make_series("Empty")
    assert "id_template" not in secretary.get(SERIES.format(empty.pk)).content.decode()
