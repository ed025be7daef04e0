"""Nobody meets a word in minutes that is not theirs: pages, comparisons, comments, data, links, and PDFs as a whole."""

import io
import subprocess
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.test import Client

from engagement.minutes.models import How, Minutes, MinutesLink
from meetings.models import Meeting, Position
from tests import makers as make
from tests.minutes.making import day, send, shared
from tests.people import People, client_of
from tests.test_walker import assert_no_leak, main_of, readers
from tests.world import ALL_MARKS, INSIDE_MARK, OURS_MARK, PUBLIC_MARK, SEEN_BY, THEIRS_MARK, World

STAFF = ("secretary", "manager", "publisher")
SIDES = {OURS_MARK: "ours", THEIRS_MARK: "theirs"}


@pytest.fixture
def walked(world: World, people: People) -> dict[str, Minutes]:
    """Minutes of a meeting at each level: an internal version, one that was sent, comments, one for the public."""
    found = {}
    for mark in (PUBLIC_MARK, OURS_MARK, THEIRS_MARK):
        meeting = Meeting.objects.get(title__startswith=f"{mark} meeting")
        minutes = Minutes.objects.begin(meeting, by=people.secretary)
        minutes.add_version(by=people.secretary, audience=make.INTERNAL)
        send(minutes, people)
        organization = meeting.parties.get(side="counterpart").organization
        user = people.representative if mark == OURS_MARK else people.stranger
        inside = mark if mark in SIDES else INSIDE_MARK
        comment = minutes.comment(1, organization, f"{inside} comment", by=user)
        comment.resolve(by=people.secretary, is_accepted=False, word=f"{inside} answer")
        if mark == PUBLIC_MARK:
            minutes.agree(1, organization, how=How.TOLD, by=people.secretary, word=f"{INSIDE_MARK} word")
            minutes.finalize(by=people.secretary)
            minutes.publish(by=people.publisher)
        found[mark] = minutes
    return found


def told_by(response: Any, folder: Path) -> str:
    """Whatever a file says: its text, what is attached, its metadata."""
    file = folder / "walked.pdf"
    file.write_bytes(response.content)
    said = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, text=True, check=True).stdout
    with pikepdf.open(io.BytesIO(response.content)) as pdf:
        said += "".join(bytes(pdf.attachments[name].get_file().read_bytes()).decode() for name in pdf.attachments)
        with pdf.open_metadata() as about:
            return (said + str(about) + str(pdf.docinfo)).lower()


@pytest.mark.slow("every page of minutes, opened by everybody")
def test_pages_and_data(walked: dict[str, Minutes], people: People) -> None:
    for name, user in readers(people):
        client = client_of(user)
        for mark, minutes in walked.items():
            address = minutes.get_absolute_url()
            read = mark in SEEN_BY[name]
            response = client.get(address)
            assert response.status_code == (200 if read else 404), f"{name} at {address}"
            numbers = range(1, 4)
            for page in ("", "compare/", *(f"{n}/" for n in numbers), *(f"{n}.json" for n in numbers)):
                assert_no_leak(name, address + page, client.get(address + page))
            about = minutes.meeting.get_absolute_url()
            assert_no_leak(name, about, client.get(about))
            if read:
                assert f"{mark} position" in main_of(response)
            if name not in STAFF:
                assert client.get(f"{address}2/").status_code == 404, "the internal version"


@pytest.mark.slow("files of minutes, for everybody")
def test_files(walked: dict[str, Minutes], people: People, tmp_path: Path) -> None:
    for name, user in people:
        if name in ("secretary", "publisher"):
            continue  # they read what the manager reads
        client = client_of(user)
        for mark, minutes in walked.items():
            number = 3 if mark == PUBLIC_MARK else 1
            response = client.get(f"{minutes.get_absolute_url()}{number}.pdf")
            assert response.status_code == (200 if mark in SEEN_BY[name] else 404)
            if response.status_code == 200:
                told = told_by(response, tmp_path)
                assert mark in told and not [one for one in ALL_MARKS - SEEN_BY[name] if one in told], name
                allowed = {mark, PUBLIC_MARK} if name not in STAFF else ALL_MARKS
                assert not [one for one in ALL_MARKS - allowed if one in told], "of one audience, whoever asks"


def test_links_open_one_version_to_everybody(walked: dict[str, Minutes], people: People) -> None:
    minutes = walked[OURS_MARK]
    _link, token = MinutesLink.objects.make(
        minutes, by=people.secretary, organization=people.ours, name="Ada", expires_on=day(3)
    )
    for name, user in people:
        text = main_of(client_of(user).get(f"/minutes/{token}/"))
        assert f"{OURS_MARK} position" in text and f"{OURS_MARK} comment" in text
        assert not [mark for mark in ALL_MARKS - {OURS_MARK, PUBLIC_MARK} if mark in text], name


def test_what_is_hidden_after_publication_is_read_no_more(walked: dict[str, Minutes], people: People) -> None:
    minutes = walked[PUBLIC_MARK]
    position = Position.objects.get(meeting=minutes.meeting, statement=f"{PUBLIC_MARK} position")
    address = f"{minutes.get_absolute_url()}3.json"
    assert f"{PUBLIC_MARK} position" in Client().get(address).content.decode()
    position.visibility = make.INTERNAL
    position.save()
    assert f"{PUBLIC_MARK} position" not in Client().get(address).content.decode()
    assert f"{PUBLIC_MARK} position" in str(shared(minutes).content), "the version stays as it was"
