"""Data export of one person, as one file."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from engagement.accounts.models import ExportLog
from organizations.models import Post
from tests import makers as make
from tests.people import People
from tests.privacy.everywhere import BEFORE, EMAIL, NAME

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(people: People) -> Any:
    person = make.make_person(BEFORE, email=EMAIL)
    person.name = NAME
    person.save()
    arm = make.make_organization("Alliance", acronym="ARM")
    Post.objects.create(person=person, organization=arm, function="Head of unit")
    meeting = make.make_held("Cells and genes", counterparts=[arm])
    make.make_participant(meeting.parties.get(organization=arm), person=person)
    make.make_discussion(meeting, "Cells", internal_notes=f"Ask {NAME} again.")
    user = make.make_user("zoe", email=EMAIL, password="secret")
    make.make_representative(arm, user)
    ExportLog.objects.create(user=user, what="meetings", format="csv", query="status=held")
    return person


def check(text: str) -> None:
    for words in (
        NAME,
        BEFORE,
        EMAIL,
        "Head of unit",
        "Cells and genes",
        f"Ask {NAME} again.",
        "status=held",
        "Alliance",
    ):
        assert words in text, words
    assert "pbkdf2" not in text and "md5$" not in text, "no password"


def test_it_has_all_of_it_as_json_and_as_text(person: Any, capsys: Any, tmp_path: Path) -> None:
    call_command("personal_data", str(person.pk))
    printed = capsys.readouterr().out
    check(printed)
    held = json.loads(printed)["held"]
    assert len(held["People, history"]) == 2
    assert held["Posts"][0]["function"] == "Head of unit"
    path = tmp_path / "zoe.txt"
    call_command("personal_data", NAME, "--text", "--output", str(path))
    check(path.read_text())
    assert path.stat().st_mode & 0o077 == 0, "for nobody else on the machine"


def test_nobody_and_several_are_told_apart(person: Any) -> None:
    with pytest.raises(CommandError, match="No data is held"):
        call_command("personal_data", "Nobody Here")
    with pytest.raises(CommandError, match="no person 999"):
        call_command("personal_data", "999")
    make.make_person(NAME)
    with pytest.raises(CommandError, match="Several people"):
        call_command("personal_data", NAME)


@pytest.mark.parametrize("extension", ["json", "txt"])
def test_a_manager_downloads_it_and_that_is_logged(client: Client, people: People, person: Any, extension: str) -> None:
    address = reverse("privacy:held", args=[person.pk, extension])
    assert client.get(address).status_code == 302
    client.force_login(people.secretary)
    assert client.get(address).status_code == 404
    client.force_login(people.manager)
    response = client.get(address)
    check(response.content.decode())
    assert "attachment" in response["Content-Disposition"] and "no-store" in response["Cache-Control"]
    assert ExportLog.objects.filter(user=people.manager, query=f"person={person.pk}").exists()
    assert client.get(address.replace(extension, "exe")).status_code == 404
    page = client.get(reverse("admin:organizations_person_change", args=[person.pk])).content.decode()
    assert address in page
