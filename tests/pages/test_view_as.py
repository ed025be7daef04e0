"""View as: pages as somebody else reads them, the same as theirs, for the secretariat only, read-only."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import Error
from django.test import Client

from engagement.accounts.models import ViewAsLog
from engagement.core.databases.read_only import read_only
from engagement.topics.models import Theme
from meetings.models import Meeting
from organizations.models import Organization
from tests import makers as make
from tests.people import People, client_of
from tests.test_walker import main_of, text_of
from tests.world import INSIDE_MARK, OURS_MARK, PUBLIC_MARK, THEIRS_MARK, World

VISITOR = "/view-as/visitor"


def one_of_each(world: World) -> list[str]:
    """The first address of each noun and mark."""
    found = {(address.split("/")[1], mark): address for address, mark in reversed(world.addresses)}
    return [*found.values(), "/", "/meetings/", "/follow-ups/", "/organizations/", "/about/", "/search/?q=meeting"]


def meeting_of(mark: str) -> str:
    return Meeting.objects.filter(summary__startswith=mark).order_by("pk").last().get_absolute_url()


def read(client: Client, address: str, prefix: str = "") -> tuple[int, str]:
    response = client.get(prefix + address)
    main = main_of(response).replace(prefix, "") if prefix else main_of(response)
    return response.status_code, re.sub(r'value="[\w-]{16,}"', "", main)  # tokens are drawn for each form


@pytest.mark.parametrize("name", ["visitor", "representative"])
def test_a_page_is_the_one_that_they_get(world: World, people: People, name: str) -> None:
    staff, other = client_of(people.secretary), client_of(getattr(people, name))
    prefix = VISITOR if name == "visitor" else f"/view-as/organizations/{people.ours.slug}"
    for address in one_of_each(world):
        assert read(staff, address, prefix) == read(other, address), address
    assert read(staff, "/today/", prefix)[0] == other.get("/today/").status_code


def test_its_links_stay_within_the_view_and_the_bar_leads_out(world: World, people: People) -> None:
    address = meeting_of(PUBLIC_MARK)
    page = text_of(client_of(people.secretary).get(VISITOR + address))
    main = page.partition("<main")[2].partition("</main>")[0]
    outside = [link for link in re.findall(r'href="(/[^"]*)"', main) if not link.startswith(VISITOR)]
    assert not outside
    assert f'href="{address}"' in page
    assert f'href="/view-as/side-by-side{address}"' in page


def test_who_looks_stays_signed_in_as_themselves(world: World, people: People) -> None:
    client = client_of(people.secretary)
    client.get(f"{VISITOR}/")
    assert client.get("/today/").status_code == 200


def test_nothing_can_be_done_there(world: World, people: People) -> None:
    client = client_of(people.manager)
    followup = world.records["followup"]
    answer = client.post(f"{VISITOR}/follow-ups/act/complete/", {"selected": followup.pk})
    assert answer.status_code == 403
    assert "Nothing can be changed" in text_of(answer)
    followup.refresh_from_db()
    assert followup.status == "open"


def test_a_view_that_writes_is_refused(world: World, people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engagement.views.about", lambda user: Theme.objects.create(name="Written by reading"))
    assert client_of(people.secretary).get(f"{VISITOR}/about/").status_code == 403
    assert not Theme.objects.filter(name="Written by reading").exists()


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_only_read_refuses_to_be_written_and_only_there() -> None:
    for model in (Theme, Group):  # which is saved without a savepoint of its own
        with pytest.raises(Error, match=r"read-?only"), read_only():
            model._default_manager.create(name="No")
    assert [Theme.objects.create(name="Yes").name] == list(Theme.objects.values_list("name", flat=True))


def test_files_are_no_pages(world: World, people: People) -> None:
    client = client_of(people.secretary)
    for address in ("/meetings.csv", "/organizations.json", "/view-as/visitor/meetings/"):
        assert client.get(VISITOR + address).status_code == 404, address


@pytest.mark.parametrize("path", ["visitor/", "visitor/meetings/", "organizations/{}/", "side-by-side/meetings/"])
def test_it_is_for_the_secretariat_only(world: World, people: People, path: str) -> None:
    address = f"/view-as/{path.format(people.ours.slug)}"
    assert client_of(people.visitor).get(address).status_code == 302
    assert client_of(people.representative).get(address).status_code == 404
    assert client_of(people.manager).get(address).status_code == 200


def test_each_page_is_logged(world: World, people: People) -> None:
    client = client_of(people.secretary)
    client.get(f"{VISITOR}/meetings/?status=held")
    client.get(f"/view-as/organizations/{people.ours.slug}/")
    line, first = ViewAsLog.objects.all()
    assert (first.user, first.audience, first.path) == (
        people.secretary,
        "Visitor",
        "/view-as/visitor/meetings/?status=held",
    )
    assert line.audience == f"Representative of {people.ours.name}"
    assert client.get(VISITOR + "/meetings/").status_code == 200
    assert ViewAsLog.objects.count() == 3


def test_an_organization_that_was_renamed_is_found(people: People, db: None) -> None:
    before = people.ours.slug
    ours = Organization.objects.get(pk=people.ours.pk)
    ours.name = "Another Name"
    ours.save()
    answer = client_of(people.secretary).get(f"/view-as/organizations/{before}/meetings/")
    assert (answer.status_code, answer["Location"]) == (301, f"/view-as/organizations/{ours.slug}/meetings/")


def compared(people: People, address: str) -> Any:
    answer = client_of(people.secretary).get(f"/view-as/side-by-side{address}")
    assert answer.status_code == 200
    return answer.context["comparison"]


def words(blocks: Any) -> str:
    return " ".join(block.text for block in blocks)


def test_side_by_side_says_exactly_what_each_gains(world: World, people: People) -> None:
    meeting = meeting_of(PUBLIC_MARK)
    visitor, representative, secretariat = compared(people, f"{meeting}?organization={people.ours.slug}").columns
    assert not visitor.gains
    assert INSIDE_MARK in words(secretariat.gains)
    assert not representative.gains  # who was not there
    assert f"{PUBLIC_MARK} summary" not in words(secretariat.gains)  # what everybody reads nobody gains


def test_side_by_side_names_the_readers_of_each_part_once(world: World, people: People) -> None:
    """For a narrow screen, where they stand one under the other: together everyone, nobody twice."""
    comparison = compared(people, f"{meeting_of(PUBLIC_MARK)}?organization={people.ours.slug}")
    everyone = [str(column.audience) for column in comparison.columns]
    marks = set()
    for cells in comparison.table:
        named = [name for cell in cells if cell.readers for name in cell.readers.split(", ")]
        assert sorted(named) == sorted(everyone)
        marks.update((cell.mark, cell.readers) for cell in cells if cell.mark and cell.readers)
    assert ("internal", "Secretariat") in marks


def test_side_by_side_of_what_visitors_do_not_get(world: World, people: People) -> None:
    shared = meeting_of(OURS_MARK)
    visitor, representative, _secretariat = compared(people, shared).columns
    assert (visitor.is_shown, representative.is_shown) == (False, True)
    assert OURS_MARK in words(representative.gains)
    assert str(representative.audience) == f"Representative of {people.ours.name}"


def test_side_by_side_for_another_organization(world: World, people: People) -> None:
    theirs = meeting_of(THEIRS_MARK)
    columns = compared(people, f"{theirs}?organization={people.ours.slug}").columns
    assert [column.is_shown for column in columns] == [False, False, True]
    answer = client_of(people.secretary).get(f"/view-as/side-by-side{theirs}?organization=nobody")
    assert answer.status_code == 404


def test_side_by_side_of_a_former_address(world: World, people: People) -> None:
    former = next(a for a, mark in world.addresses if a.startswith("/meetings/") and a != meeting_of(mark))
    answer = client_of(people.secretary).get(f"/view-as/side-by-side{former}")
    assert (answer.status_code, answer["Location"]) == (302, f"/view-as/side-by-side{meeting_of(PUBLIC_MARK)}")


def test_the_page_of_a_record_offers_its_readers(db: None, people: People) -> None:
    meeting = make.make_held("Shared", host=make.make_host("Body"), counterparts=[people.ours], visibility=make.SHARED)
    page = text_of(client_of(people.secretary).get(meeting.get_absolute_url()))
    assert f"/view-as/organizations/{people.ours.slug}{meeting.get_absolute_url()}" in page
    assert f"/view-as/side-by-side{meeting.get_absolute_url()}" in page
    assert "view-as" not in text_of(client_of(people.representative).get(meeting.get_absolute_url()))
