"""The founding example: the facts as listed, nothing else, and a second run that touches nothing."""

import datetime as dt
import html
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from engagement.core.models import Visibility
from engagement.followups.models import FollowUp, FollowUpEvent
from engagement.topics.models import Reference, Theme
from meetings.models import Discussion, Document, Meeting, Outcome, Participant, Party, Position, Series
from organizations.models import Identifier, Organization
from tests.people import People
from tests.samples.rows import every_row, number_of_rows


def load(**options: Any) -> str:
    out = StringIO()
    call_command("load_founding_example", stdout=out, **options)
    return out.getvalue()


@pytest.fixture(scope="module")
def module_meeting(module_people: People) -> None:
    Organization.objects.update(kind=Organization.Kind.OTHER)  # those of the test's own people, so that they are whole
    load()


@pytest.fixture
def meeting(module_meeting: None, db: None) -> Meeting:
    return Meeting.objects.get()


def test_the_meeting(meeting: Meeting) -> None:
    assert meeting.starts_on == dt.date(2025, 5, 8)
    assert meeting.starts_at == dt.datetime(2025, 5, 7, 22, tzinfo=dt.UTC)
    assert meeting.ends_at == dt.datetime(2025, 5, 8, 22, tzinfo=dt.UTC)
    assert (meeting.time_zone, meeting.city, meeting.country.code) == ("Europe/Amsterdam", "Amsterdam", "NL")
    assert (meeting.kind, meeting.status, meeting.ordinal) == ("bilateral", "held", 2)
    assert meeting.visibility == meeting.effective_visibility == Visibility.PUBLIC
    assert meeting.publication_due_on == dt.date(2025, 5, 22)
    assert meeting.summary_source == "press"
    assert "marketaccesstoday.com" in meeting.source_url
    for words in ("(ATMPs)", "unified regulatory environment", "global challenges", "Shared vision", "nobody promised"):
        assert words in meeting.summary
    assert "help of AI" in meeting.source_note and "reviewed by an editor" in meeting.source_note
    assert "cell and gene therapies" in meeting.purpose
    assert meeting.reference == "BM-2025-001"


def test_the_series_begins_with_the_second(meeting: Meeting) -> None:
    series = Series.objects.get()
    assert series == meeting.series
    assert (series.title, series.first_ordinal) == ("EMA and ARM bilateral meetings", 2)
    assert series.host.acronym == "EMA"
    assert [organization.acronym for organization in series.counterparts.all()] == ["ARM"]


def test_the_organizations(meeting: Meeting) -> None:
    found = {
        o.acronym: (o.name, o.kind, str(o.country.code or ""), o.is_host)
        for o in Organization.objects.exclude(pk__in=_test_ones())
    }
    assert found == {
        "EMA": ("European Medicines Agency", "regulator", "NL", True),
        "ARM": ("Alliance for Regenerative Medicine", "industry_association", "", False),
        "FDA": ("US Food and Drug Administration", "regulator", "US", False),
    }
    parties = Party.objects.values_list("organization__acronym", "side", "register_number", "headcount")
    assert list(parties) == [("EMA", "host", "", None), ("ARM", "counterpart", "", None)]


def _test_ones() -> Any:
    return Organization.objects.filter(representatives__isnull=False).values("pk")


ATMP, JOINT = "Advanced therapy medicinal products (ATMP)", None
TABLE = [
    (
        "Strategic priorities and pipeline",
        {ATMP, "Strategic dialogue"},
        [("ARM", "informs"), ("ARM", "requests"), ("EMA", "welcomes")],
        ("invitation", "EMA", "ARM"),
    ),
    (
        "EU-US regulatory convergence",
        {"International cooperation", ATMP},
        [(JOINT, "supports"), ("EMA", "commits")],
        ("conclusion", None, None),
    ),
    (
        "Patient-centred approaches and patient experience data",
        {"Patient engagement", "Patient experience data"},
        [("EMA", "requests")],
        ("invitation", "EMA", "ARM"),
    ),
    (
        "ATMP expertise and specialized expert groups under the revised EU pharmaceutical legislation",
        {"Governance and expertise", ATMP},
        [(JOINT, "acknowledges"), ("EMA", "informs")],
        ("conclusion", None, None),
    ),
    (
        "Gene editing technologies",
        {ATMP, "Gene editing"},
        [("EMA", "acknowledges")],
        ("invitation", None, None),
    ),
]


def test_the_discussions(meeting: Meeting) -> None:
    found = []
    for discussion in meeting.discussions.all():
        positions = discussion.positions.values_list("organization__acronym", "stance")
        (outcome,) = discussion.outcomes.values_list("kind", "by__acronym", "to__acronym")
        themes = {theme.name for theme in discussion.themes.all()}
        assert themes == {theme.name for theme in discussion.topic.themes.all()}
        found.append((discussion.heading, themes, list(positions), outcome))
    assert found == TABLE
    assert [discussion.label for discussion in meeting.discussions.all()] == ["1", "2", "3", "4", "5"]
    assert Theme.objects.count() == 7
    assert all(position.is_joint == (position.organization is None) for position in Position.objects.all())


@pytest.mark.parametrize(
    ("stance", "number", "words"),
    [
        ("informs", 1, ["priorities", "Europe", "regenerative innovation"]),
        ("requests", 1, ["dynamic", "supportive", "competitive"]),
        ("supports", 2, ["Convergence", "sooner", "terminology", "shared review", "timelines"]),
        ("commits", 2, ["mutual recognition agreements", "US FDA"]),
        ("requests", 3, ["patient-centred approaches", "patient experience data", "regulatory processes"]),
        ("acknowledges", 4, ["Expertise in ATMPs", "revised legislation"]),
        ("informs", 4, ["specialized expert groups", "resources", "oversight"]),
        ("acknowledges", 5, ["ARM", "gene editing technologies"]),
    ],
)
def test_what_was_said(meeting: Meeting, stance: str, number: int, words: list[str]) -> None:
    statement = Position.objects.get(stance=stance, discussion__order=number).statement
    assert [word for word in words if word not in statement] == []


def test_takeaways_and_agreement_of_the_whole(meeting: Meeting) -> None:
    whole = list(meeting.outcomes.filter(discussion=None))
    assert [outcome.kind for outcome in whole] == ["takeaway"] * 4 + ["agreement"]
    for outcome, word in zip(whole, ["approval", "US", "treatment", "terminology", "Both organ"], strict=True):
        assert word in outcome.text
        assert outcome.by is outcome.to is None


def test_references_and_who_is_mentioned(meeting: Meeting) -> None:
    found = {(r.kind, r.title, r.discussions.get().order) for r in Reference.objects.all()}
    assert found == {
        ("agreement", "EU-US mutual recognition agreements", 2),
        ("legislation", "Revision of the EU pharmaceutical legislation", 4),
        ("expert_group", "Specialized expert groups of the EMA", 4),
    }
    mentioned = Discussion.objects.exclude(mentions=None).values_list("order", "mentions__acronym")
    assert list(mentioned) == [(2, "FDA")]


def test_the_promises(meeting: Meeting, people: People) -> None:
    found = FollowUp.objects.order_by("pk").values_list(
        "owner__acronym",
        "is_joint",
        "side",
        "discussion__order",
        "outcome__kind",
        "due_on",
        "original_due_on",
        "chaser",
    )
    secretary = people.secretary.pk
    assert list(found) == [
        ("ARM", False, "theirs", 3, "invitation", None, None, secretary),
        (None, True, "joint", 5, "invitation", None, None, None),
        (None, True, "joint", None, "agreement", None, None, None),
    ]
    assert set(FollowUp.objects.values_list("status", "effective_visibility")) == {("open", Visibility.PUBLIC)}
    assert not FollowUpEvent.objects.exists()


def test_what_is_not_known_stays_empty(meeting: Meeting) -> None:
    for name in ("attendance_mode", "venue", "requested_by", "internal_notes", "withdrawal_reason"):
        assert getattr(meeting, name) == ""
    for name in ("start_time", "end_time", "ends_on"):
        assert getattr(meeting, name) is None
    for model in (Participant, Document, Identifier):
        assert not model.objects.exists()
    assert not Organization.objects.exclude(website="", description="").exists()


def test_anybody_may_read_all_of_it(meeting: Meeting, people: People) -> None:
    for model in (Meeting, Discussion, Position, Outcome, FollowUp):
        assert list(model.objects.visible_to(people.visitor)) == list(model.objects.all())


def test_every_row_passes_its_own_validation(meeting: Meeting) -> None:
    for row in every_row():
        row.full_clean()
    meeting.check_whole()


def test_nobody_knows_since_when_it_is_public(meeting: Meeting, client: Client) -> None:
    assert meeting.published_at is not None and meeting.public_since is None
    page = client.get(meeting.get_absolute_url()).content.decode()
    assert '<span class="badge badge--info">Public</span>' in page
    assert "Public since" not in page
    assert meeting.source_note in html.unescape(page)
    assert date_format(timezone.localdate()) not in page


def test_one_invitation_is_told_in_full_once(meeting: Meeting) -> None:
    item = meeting.discussions.get(order=3)
    told = [item.positions.get().statement, item.outcomes.get().text]
    assert ["patient experience data" in text for text in told] == [True, False]
    assert item.outcomes.get().followups.count() == FollowUp.objects.filter(discussion=item).count() == 1
    assert not FollowUp.objects.filter(discussion__order=1).exists()


def test_who_logged_it_did_not_publish_it(meeting: Meeting, people: People) -> None:
    assert (meeting.prepared_by, meeting.published_by) == (people.secretary, people.publisher)
    assert {row.history_user for row in Meeting.history.filter(status="held", published_by=None)} == {people.secretary}
    assert Meeting.history.latest().history_user == people.publisher
    assert {row.history_user for row in Position.history.all()} == {people.secretary}


def test_a_second_run_changes_nothing_and_makes_no_history(meeting: Meeting) -> None:
    before, version = number_of_rows(), meeting.version
    said = load()
    assert number_of_rows() == before
    assert Meeting.objects.get().version == version
    assert "BM-2025-001" in said and "nothing changed" in said
    assert "edited" not in said


@pytest.mark.parametrize("what", ["title", "day", "part", "promise"])
def test_what_somebody_edited_is_kept(meeting: Meeting, people: People, what: str) -> None:
    if what == "title":
        meeting.title = "Another title"
        meeting.save()
    elif what == "day":
        meeting.starts_on = dt.date(2025, 5, 9)
        meeting.save()
    elif what == "part":
        Outcome.objects.first().delete()
    else:
        FollowUp.objects.first().start(by=people.manager)
    before, version = number_of_rows(), Meeting.objects.get().version
    said = load()
    assert "It was edited since; the edits were kept." in said
    assert number_of_rows() == before
    assert Meeting.objects.get().version == version


def test_a_meeting_logged_by_hand_is_recognized(people: People) -> None:
    ema = Organization.objects.create(name="European Medicines Agency", kind="regulator", is_host=True)
    arm = Organization.objects.create(name="Alliance for Regenerative Medicine, Inc.", kind="industry_association")
    meeting = Meeting.objects.create(title="By hand", starts_on=dt.date(2025, 5, 8))
    Party.objects.create(meeting=meeting, organization=ema, side="host")
    Party.objects.create(meeting=meeting, organization=arm)
    before = number_of_rows()
    assert "already there" in load()
    assert number_of_rows() == before


def test_organizations_and_themes_recorded_already_are_used(people: People) -> None:
    ema = Organization.objects.create(name="European Medicines Agency", kind="other", is_host=True, description="Ours")
    theme = Theme.objects.create(name="Gene editing", description="Ours")
    load()
    ema.refresh_from_db()
    assert (ema.kind, ema.description) == ("other", "Ours")
    assert Party.objects.get(side="host").organization == ema
    assert Theme.objects.get(name="Gene editing") == theme


def test_a_body_recorded_without_being_a_host_stops_it(people: People) -> None:
    Organization.objects.create(name="European Medicines Agency", kind="regulator")
    before = number_of_rows()
    with pytest.raises(CommandError, match="tick “Host”"):
        load()
    assert number_of_rows() == before


def test_the_same_person_cannot_log_and_publish_it(people: People) -> None:
    before = number_of_rows()
    with pytest.raises(CommandError, match="Ask a colleague"):
        load(by="manager", publisher="manager")
    assert number_of_rows() == before


@pytest.mark.parametrize(
    ("missing", "options", "said"),
    [
        ("secretary", {}, "no active user with the role “secretary”.*createsuperuser.*--by"),
        ("publisher", {}, "no active user with the role “publisher”.*--publisher"),
        ("", {"by": "nobody"}, "no active user “nobody”.*--by"),
    ],
)
def test_without_a_colleague_it_says_how_to_make_one(
    people: People, missing: str, options: dict[str, str], said: str
) -> None:
    if missing:
        user = getattr(people, missing)
        user.is_active = False
        user.save()
    with pytest.raises(CommandError, match=said):
        load(**options)
    assert not Meeting.objects.exists()
