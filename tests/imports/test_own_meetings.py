"""Our own list of meetings comes back in each form: here all is recorded, elsewhere a reference is one meeting."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from engagement.imports import actions
from engagement.imports.forms import UploadForm
from engagement.imports.models import Import, Layout
from meetings.models import Meeting, Party
from organizations.models import Organization
from tests.exports.reading import fetch
from tests.makers import make_host, make_identifier, make_meeting, make_organization
from tests.people import client_of
from tests.thorough import drawn

FORMS = ["csv", "xlsx", "json"]
WORDS = st.text("aé—,;|=\"' \nЖ", min_size=1, max_size=12).filter(lambda text: any(map(str.isalnum, text)))
MEETINGS = st.lists(
    st.fixed_dictionaries(
        {
            "title": WORDS.map(lambda text: " ".join(text.split())),
            "purpose": st.just("") | WORDS,
            "starts_on": st.none() | st.dates(dt.date(2022, 1, 1), dt.date(2022, 3, 1)),
            "hours": st.sampled_from([(None, None), (dt.time(9, 30), None), (dt.time(9, 30), dt.time(11))]),
            "city": st.sampled_from(["", "Ghent"]),
            "parties": st.lists(st.integers(0, 4), min_size=0, max_size=4, unique=True),
            "host": st.booleans(),
        }
    ),
    min_size=1,
    max_size=5,
)


def guessed(content: bytes, name: str, by: Any) -> Import:
    form = UploadForm({}, {"file": SimpleUploadedFile(name, content)}, layouts=[])
    assert form.is_valid(), form.errors
    record = form.take_in(by)
    actions.preview(record, by=by)
    return record


def registered(meetings: list[dict[str, Any]]) -> None:
    hosts = [make_host("Our Agency"), make_host("Our Committee")]
    others = [make_organization(f"Party {at}, Ltd; of {at}") for at in range(5)]
    make_identifier(others[0], "244710319190-73")
    for facts in meetings:
        start, end = facts["hours"] if facts["starts_on"] else (None, None)
        meeting = make_meeting(
            facts["title"],
            purpose=facts["purpose"],
            starts_on=facts["starts_on"],
            start_time=start,
            end_time=end,
            city=facts["city"],
            country="BE" if facts["city"] else "",
        )
        for host in hosts if facts["host"] else hosts[:1]:
            Party.objects.create(meeting=meeting, organization=host, side=Party.Side.HOST)
        for at in facts["parties"]:
            Party.objects.create(meeting=meeting, organization=others[at])


def test_all_of_it_is_already_here(importer: Any) -> None:
    client = client_of(importer)

    @settings(
        max_examples=drawn(6),
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
    )
    @given(MEETINGS)
    def check(meetings: list[dict[str, Any]]) -> None:
        with transaction.atomic():
            registered(meetings)
            for extension in FORMS:
                record = guessed(fetch(client, f"/meetings.{extension}"), f"ours.{extension}", importer)
                assert set(record.rows.values_list("outcome", flat=True)) == {"same"}
                assert record.counts["meetings"] == record.counts["organizations"] == 0
            transaction.set_rollback(True)

    check()


def of_all() -> list[Any]:
    return [
        [
            *(meeting.title, meeting.purpose, meeting.starts_on, meeting.date_precision, meeting.ends_on),
            *(meeting.start_time, meeting.end_time, meeting.time_zone, meeting.city, str(meeting.country)),
            *(meeting.attendance_mode, meeting.kind),
            sorted((one.side, one.organization.name, one.register_number) for one in meeting.parties.all()),
        ]
        for meeting in Meeting.objects.order_by("title").prefetch_related("parties__organization")
    ]


@pytest.mark.parametrize("extension", FORMS)
def test_elsewhere_each_reference_is_one_meeting_with_its_sides(importer: Any, extension: str) -> None:
    registered(
        [
            {"title": "A", "purpose": "x", "starts_on": dt.date(2022, 1, 1), "city": "Ghent", "host": True}
            | {"hours": (dt.time(9, 30), dt.time(11)), "parties": [0, 1, 2]},
            {"title": "B", "purpose": "", "starts_on": dt.date(2022, 1, 1), "city": "", "host": False}
            | {"hours": (None, None), "parties": [3]},
        ]
    )
    Meeting.objects.filter(title="B").update(date_precision="month")
    before, content = of_all(), fetch(client_of(importer), f"/meetings.{extension}")
    for meeting in Meeting.objects.all():
        meeting.delete()
    record = guessed(content, f"theirs.{extension}", importer)
    assert set(record.rows.values_list("outcome", flat=True)) == {"new"}
    assert (record.counts["meetings"], record.counts["organizations"]) == (2, 0)
    actions.commit(record, by=importer)
    assert of_all() == before


def test_our_own_addresses_are_nobody_s_website(importer: Any) -> None:
    registered([{"title": "A", "purpose": "", "starts_on": dt.date(2022, 1, 1), "city": "", "host": False}
                | {"hours": (None, None), "parties": [0]}])  # fmt: skip
    content = fetch(client_of(importer), "/meetings.csv")
    Meeting.objects.get().delete()
    Organization.objects.filter(name__startswith="Party").delete()
    record = guessed(content, "theirs.csv", importer)
    actions.commit(record, by=importer)
    assert not Organization.objects.exclude(website="").exists()
    assert Meeting.objects.get().source_url == ""


def test_the_layout_goes_through_the_form_as_ours(client: Client, importer: Any) -> None:
    make_meeting("A", host=make_host("Our Agency"), counterparts=[make_organization("Party")])
    content = fetch(client_of(importer), "/meetings.csv")
    client.post("/imports/upload/", {"file": SimpleUploadedFile("ours.csv", content)})
    batch = Import.objects.get()
    text = client.get(f"/imports/{batch.pk}/columns/").content.decode()
    assert 'name="own" value="1"' in text and "Still missing" not in text
    assert Layout.objects.get(pk=batch.layout_id).spec["own"] is True
