"""A demonstration: a login for each role, in a demonstration only, and a second run that adds nothing."""

from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from engagement.core.models import Visibility
from engagement.minutes.models import Minutes
from engagement.privacy.models import Erasure
from engagement.samples import founding_data
from engagement.samples.names import REPRESENTED
from meetings.models import AgendaProposal, DocumentVersion, Meeting, Participant, Party, PublishedVersion
from organizations.models import Assessment, Organization, Representative
from tests.pages.reading import page_text
from tests.samples.rows import number_of_rows

pytestmark = pytest.mark.django_db
PASSWORD = "demonstration"
LOGINS = ["secretary", "manager", "publisher", "importer", "admin", "arm", "tinkerers"]


def make_demo() -> str:
    out = StringIO()
    call_command("make_demo", stdout=out, verbosity=0)
    return out.getvalue()


@pytest.fixture(scope="module")
def demo(module_db: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Made once for the module; what the command said."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "DEMO", True)
        patch.setattr(settings, "MEDIA_ROOT", tmp_path_factory.mktemp("demo"))
        patch.setenv("HOST", "0.0.0.0")
        patch.setenv("PORT", "8123")
        yield make_demo()


def test_it_is_refused_outside_a_demonstration(monkeypatch: pytest.MonkeyPatch, django_user_model: Any) -> None:
    monkeypatch.setattr(settings, "DEMO", False)
    with pytest.raises(CommandError, match=r"password everybody knows.*set DEMO=1"):
        make_demo()
    assert not django_user_model.objects.exists()
    assert not Organization.objects.exists()


def test_everybody_printed_can_sign_in(demo: str) -> None:
    assert "http://0.0.0.0:8123/" in demo
    for username in LOGINS:
        (line,) = [line for line in demo.splitlines() if line.split()[:1] == [username]]
        assert PASSWORD in line
        assert Client().login(username=username, password=PASSWORD)


def test_roles(demo: str, django_user_model: Any) -> None:
    users = {user.username: user for user in django_user_model.objects.all()}
    for role in ("secretary", "manager", "publisher", "importer"):
        assert [group.name for group in users[role].groups.all()] == [role]
        assert users[role].is_staff and not users[role].is_superuser
    assert users["admin"].is_superuser
    for name in ("arm", "tinkerers"):
        assert not users[name].is_staff and not users[name].groups.exists()
    represented = Representative.objects.values_list("user__username", "organization__name")
    assert set(represented) == {
        ("arm", "Alliance for Regenerative Medicine"),
        ("tinkerers", "Sample Association of Cell Tinkerers"),
    }


def test_each_sees_something_of_their_own(demo: str, django_user_model: Any) -> None:
    arm, tinkerers = (django_user_model.objects.get(username=name) for name in ("arm", "tinkerers"))
    own = Party.objects.of(tinkerers).values("meeting")
    shared = Meeting.objects.visible_to(tinkerers).filter(pk__in=own, effective_visibility=10)
    assert shared.exists()
    assert not Meeting.objects.visible_to(arm).filter(pk__in=shared).exists()
    client = Client()
    client.force_login(django_user_model.objects.get(username="publisher"))
    assert b"Ireland, lobbying returns" in client.get("/returns/").content


def test_a_second_run_adds_nothing_and_still_prints_the_logins(demo: str) -> None:
    before = number_of_rows()
    said = make_demo()
    assert number_of_rows() == before
    assert all(username in said for username in LOGINS)
    assert said.count(f" {PASSWORD}  ") == len(LOGINS)


def test_a_password_that_was_changed_is_neither_reset_nor_printed(demo: str, django_user_model: Any) -> None:
    manager = django_user_model.objects.get(username="manager")
    manager.set_password("my own")
    manager.save()
    said = make_demo()
    (line,) = [line for line in said.splitlines() if line.split()[:1] == ["manager"]]
    assert "(changed)" in line and PASSWORD not in line
    assert Client().login(username="manager", password="my own")


def test_a_second_run_leaves_alone_what_was_renamed_or_taken_away(demo: str) -> None:
    for organization in Organization.objects.exclude(acronym="ARM"):
        organization.name = f"{organization.name} and Friends"
        organization.save()
    Representative.objects.all().delete()
    before = number_of_rows()
    make_demo()
    assert number_of_rows() == before


def test_what_was_withdrawn_says_so_where_it_was_read(demo: str, client: Client) -> None:
    gone = Meeting.objects.filter(withdrawn_at__isnull=False)
    assert gone.exists()
    assert {client.get(meeting.get_absolute_url()).status_code for meeting in gone} == {410}
    assert b"A name was in it by mistake." in client.get("/withdrawn/").content


def test_one_meeting_was_corrected_once_so_that_versions_can_be_compared(demo: str) -> None:
    make_demo()
    version = PublishedVersion.objects.get(number=2)
    assert version.note == "The summary left out what was agreed last."
    assert "Alliance for Regenerative Medicine" not in str(version.meeting)
    page = Client().get(f"{version.meeting.get_absolute_url()}versions/compare/?from=1&to=2")
    assert "<ins" in page.content.decode()


def test_somebody_named_to_the_public_was_erased_once(demo: str, client: Client) -> None:
    make_demo()
    trace = Erasure.objects.get()
    erased = Participant.objects.filter(erased_on__isnull=False, effective_visibility=Visibility.PUBLIC).first()
    assert erased is not None and trace.by is not None
    page = client.get(erased.meeting.get_absolute_url()).content.decode()
    assert erased.printed in page


def test_minutes_are_agreed_and_others_wait_and_nobody_real_agreed(demo: str) -> None:
    agreed, waiting = Minutes.objects.order_by("pk")
    assert (agreed.status, waiting.status) == ("published", "sent")
    assert agreed.open_comments().count() == 0 and waiting.open_comments().count() == 1
    assert "Opening notes" in Client().get(agreed.get_absolute_url()).content.decode()
    real = founding_data.ORGANIZATIONS[founding_data.COUNTERPART]["name"]
    assert not Minutes.objects.filter(meeting__parties__organization__name=real).exists()
    make_demo()
    assert Minutes.objects.count() == 2


def test_a_paper_was_replaced_and_organizations_were_assessed(demo: str, django_user_model: Any) -> None:
    """The representative reads both files, and everyone who meets which criterion; a review is due today."""
    earlier = DocumentVersion.objects.get()
    tinkerers = Client()
    tinkerers.force_login(django_user_model.objects.get(username="tinkerers"))
    address = earlier.document.get_file_url()
    first, second = (b"".join(tinkerers.get(f"{address}{name}")) for name in ("versions/1/", ""))
    assert b"six months" in first and b"within a year" in second
    assert Client().get(address).status_code == 404
    page = Client().get(Organization.objects.get(name=REPRESENTED).get_absolute_url()).content.decode()
    assert "Transparency of funding" in page
    assert [one.organization.name for one in Assessment.objects.due_on(timezone.localdate())] == [REPRESENTED]
    assert Assessment.objects.filter(result="not_met").exclude(organization__acronym="ARM").count() == 1


def test_a_meeting_is_planned_and_its_counterpart_proposed_an_item(demo: str, django_user_model: Any) -> None:
    proposal = AgendaProposal.objects.get()
    assert proposal.meeting.takes_proposals and proposal.state == "proposed"
    tinkerers = django_user_model.objects.get(username="tinkerers")
    assert f"{proposal.title} {proposal.meeting.title} Waiting for an answer" in page_text("/", tinkerers)
    secretary = django_user_model.objects.get(username="secretary")
    assert "1 Agenda proposals to answer" in page_text("/today/", secretary)
    make_demo()
    assert AgendaProposal.objects.count() == 1
