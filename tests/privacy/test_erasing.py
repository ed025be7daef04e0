"""Erasure of a person: the name is nowhere any more, and every page that named her still reads well."""

import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import caches
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import connection
from django.test import Client

from engagement.minutes.models import Minutes, MinutesLink
from engagement.privacy.erasing import Target, erase
from engagement.privacy.models import Erasure
from engagement.privacy.spellings import Spellings
from engagement.returns.models import Return
from engagement.search.models import Entry, Word
from meetings.models import Meeting, Participant, PublishedVersion
from meetings.public_content import published_form, sha256_of
from organizations.models import Person
from tests import makers as make
from tests.people import People
from tests.privacy.everywhere import (
    NAME,
    STAND_IN,
    TRACE,
    Everywhere,
    columns_naming,
    files_naming,
    kept_pages,
    make_everywhere,
    texts_of_bytes,
)

pytestmark = pytest.mark.usefixtures("versions_stay_true")


@pytest.fixture
def media(tmp_path: Path, settings: Any) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()
    return tmp_path / "media"


@pytest.fixture
def everywhere(transactional_db: None, people: People, media: Path) -> Everywhere:
    return make_everywhere(people)


@pytest.mark.both_databases
def test_the_name_is_nowhere_and_the_pages_read_well(
    everywhere: Everywhere, people: People, media: Path, client: Client, tmp_path: Path
) -> None:
    before = columns_naming()
    assert len(before) > 30, "it stood in many places"
    assert files_naming(media)
    client.get(everywhere.meeting.get_absolute_url())
    sealed = {version.pk: version.sha256 for version in PublishedVersion.objects.all()}
    number = PublishedVersion.objects.count()

    trace = erase(Target(everywhere.person), by=people.manager, reason="She asked for it.")

    assert columns_naming() == []
    assert files_naming(media) == []
    assert trace.stand_in == STAND_IN
    assert trace.places > 30
    _pages_read_well(everywhere, people, client)
    _is_sealed_again(sealed, number)
    call_command("backup", str(tmp_path / "kept.zip"), verbosity=0)
    assert files_naming(tmp_path / "kept.zip" if (tmp_path / "kept.zip").is_dir() else tmp_path) == []
    if connection.vendor == "sqlite":
        folder = Path(str(connection.settings_dict["NAME"])).parent
        database = [path for path in folder.glob(f"{Path(str(connection.settings_dict['NAME'])).name}*")]
        assert [path.name for path in database if TRACE.encode() in path.read_bytes()] == []


def _pages_read_well(everywhere: Everywhere, people: People, client: Client) -> None:
    meeting = Meeting.objects.get(pk=everywhere.meeting.pk)
    assert meeting.title == f"Talk with ARM and {STAND_IN}"
    addresses = ["", "versions/", "versions/1/", "versions/2/", "versions/2.json", "versions/compare/", "brief/"]
    for who in (None, people.manager):
        if who:
            client.force_login(who)
        for address in addresses:
            answer = client.get(f"{meeting.get_absolute_url()}{address}", follow=True)
            text = answer.content.decode()
            assert TRACE not in text.lower(), address
            if answer.status_code == 200:
                assert "Head of unit" in text, (address, who)
    for address in (
        "/meetings.csv",
        "/meetings.json",
        "/meetings.xlsx",
        "/activity/",
        "/follow-ups.csv",
        "/search/?q=head+unit",
    ):
        content = b"".join(client.get(address, follow=True))  # type: ignore[arg-type]
        assert not any(TRACE in text.lower() for text in texts_of_bytes(content)), address
    seen = Participant.objects.visible_to(AnonymousUser()).get(pk=everywhere.participant.pk)
    assert (seen.name, seen.printed, seen.printed_name) == ("", "Head of unit", STAND_IN)
    assert str(Person.objects.get(pk=everywhere.person.pk)) == f"Erased person {everywhere.person.pk}"


def _is_sealed_again(sealed: dict[int, str], number: int) -> None:
    versions = list(PublishedVersion.objects.all())
    assert len(versions) == number, "nothing was corrected, so there is no new version"
    for version in versions:
        assert version.sha256 == sealed[version.pk], "what was published can still be proved"
        assert version.erased_sha256 == sha256_of(published_form(version.content)) != version.sha256
    for sent in Return.objects.all():
        assert sent.erased_sha256 == hashlib.sha256(bytes(sent.content)).hexdigest() != sent.sha256
        assert sent.size == len(bytes(sent.content))
        assert any("Head of unit ARM" in text for text in texts_of_bytes(bytes(sent.content)))


def test_the_index_and_the_caches_lose_it(everywhere: Everywhere, people: People, client: Client) -> None:
    """The page of a visitor and that of the secretariat were kept with the name, and it could be found."""
    caches["pages"].clear()
    for _twice in range(2):
        client.get(everywhere.meeting.get_absolute_url())
        client.force_login(people.manager)
    assert kept_pages() == 2
    assert Word.objects.filter(word__contains=TRACE).exists() and Entry.objects.filter(body__icontains=TRACE).exists()
    erase(Target(everywhere.person), by=people.manager, reason="She asked for it.")
    assert kept_pages() == 0
    assert not Word.objects.filter(word__contains=TRACE).exists()
    assert not Entry.objects.filter(body__icontains=TRACE).exists()
    client.get(everywhere.meeting.get_absolute_url())
    assert kept_pages() == 0


def test_minutes_lose_it_in_every_version_and_every_file(
    everywhere: Everywhere, people: People, client: Client
) -> None:
    """Under the address of before, in which the name stood, there is nothing any more."""
    client.force_login(people.manager)
    files = ["", *(f"{number}.{kind}" for number in (1, 2, 3) for kind in ("pdf", "docx", "json"))]

    def naming() -> list[str]:
        address = Minutes.objects.get().get_absolute_url()
        told = {file: client.get(address + file) for file in files}
        assert {one.status_code for one in told.values()} == {200}
        return [
            file for file, one in told.items() if any(TRACE in text.lower() for text in texts_of_bytes(one.content))
        ]

    assert naming() == files
    minutes = Minutes.objects.get()
    sums, before = {version.pk: version.sha256 for version in minutes.versions.all()}, minutes.get_absolute_url()
    erase(Target(everywhere.person), by=people.manager, reason="She asked for it.")
    assert naming() == [] and client.get(before).status_code == 404
    minutes = Minutes.objects.get()
    for version in minutes.versions.all():
        assert version.sha256 == sums[version.pk], "what was agreed can still be proved"
        told = client.get(f"{minutes.get_absolute_url()}{version.number}.json").content
        assert version.erased_sha256 == hashlib.sha256(told).hexdigest() != version.sha256
        assert "Head of unit" in str(version.content)
    page = client.get(minutes.get_absolute_url()).content.decode()
    assert f"{STAND_IN} did not say that." in page and "A name was erased on" in page
    assert MinutesLink.objects.get().ended, "what she was given opens nothing any more"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Zoë Quärtzfeld spoke", "X spoke"),
        ("ZOE  QUARTZFELD", "X"),
        ("Quärtzfeld, Zoë (ARM)", "X (ARM)"),
        ("zoe-quartzfeld", "X"),
        ("zoe.quartzfeld@example.org", "X"),
        ("Zoë. Quärtzfeld", "Zoë. Quärtzfeld"),
        ("Zoë Quärtzfelder", "Zoë Quärtzfelder"),
        ("Zoë", "Zoë"),
        ("", ""),
    ],
)
def test_each_way_of_writing_it_is_found(text: str, expected: str) -> None:
    spellings = Spellings([NAME, "zoe.quartzfeld@example.org"])
    assert spellings.replaced(text, "X") == expected
    assert spellings.replaced_in({text: [text]}, "X") == {expected: [expected]}


def test_an_address_is_read_before_it_is_searched() -> None:
    spellings = Spellings([NAME])
    assert spellings.replaced_in_address("q=Zo%C3%AB+Qu%C3%A4rtzfeld&p=1", "Head") == "q=Head&p=1"
    assert spellings.replaced_in_address("/search/?q=Zo%C3%AB%20Qu%C3%A4rtzfeld", "Head") == "/search/?q=Head"


@pytest.mark.django_db
def test_texts_that_are_left_keep_the_name_and_all_else_loses_it(people: People, media: Path) -> None:
    person = make.make_person(NAME)
    kept = make.make_discussion(make.make_held(), "Cells", said=f"{NAME} said so.")
    lost = make.make_discussion(make.make_held(), "Genes", said=f"{NAME} said so.")
    left = frozenset({("meetings.discussion", kept.pk)})
    trace = erase(Target(person), by=people.manager, reason="Asked.", stand_in="The head", left=left)
    kept.refresh_from_db()
    lost.refresh_from_db()
    assert (kept.said, lost.said) == (f"{NAME} said so.", "The head said so.")
    assert trace.left == [["meetings.discussion", kept.pk]]


@pytest.mark.django_db
def test_another_person_of_the_same_name_keeps_it(people: People, media: Path) -> None:
    meeting = make.make_held()
    person, namesake = make.make_person(NAME, email="one@example.org"), make.make_person(NAME)
    party = meeting.parties.last()
    mine = make.make_participant(party, NAME, person=person, function="Chair")
    theirs = make.make_participant(party, NAME, person=namesake)
    printed = make.make_participant(party, NAME)
    talk = make.make_discussion(meeting, "Cells", said=f"{NAME} said so; write to one@example.org.")
    erase(Target(person), by=people.manager, reason="Asked.", stand_in="The chair")
    for one in (mine, theirs, printed, talk):
        one.refresh_from_db()
    assert (mine.name, theirs.name, printed.name) == ("", NAME, NAME)
    assert set(Participant.history.filter(id=mine.pk).values_list("name", "person")) == {("", None)}
    assert talk.said == f"{NAME} said so; write to The chair."


@pytest.mark.django_db
def test_somebody_without_a_record_is_erased_by_name(people: People, media: Path) -> None:
    one = make.make_participant(make.make_held().parties.last(), "Ana María Ruiz", function="Minister")
    trace = erase(Target(name="Ana Maria Ruiz"), by=people.manager, reason="Asked.")
    one.refresh_from_db()
    assert (one.name, one.printed) == ("", "Minister")
    assert trace.person is None


@pytest.mark.django_db
def test_an_account_in_use_and_work_in_hand_come_first(people: People, media: Path) -> None:
    user = make.make_user("zoe", first_name="Zoë", last_name="Quärtzfeld", email="zoe@example.org")
    person = make.make_person(NAME, email="zoe@example.org")
    target = Target(person)
    assert target.likely_accounts() == [user]
    target.accounts = [user]
    with pytest.raises(ValidationError, match="is active"):
        erase(target, by=people.manager, reason="Asked.")
    organization = make.make_organization(lead=None)
    type(organization).objects.filter(pk=organization.pk).update(lead=user)
    user.is_active = False
    user.save()
    with pytest.raises(ValidationError, match="Hand them over first"):
        erase(target, by=people.manager, reason="Asked.")
    type(organization).objects.filter(pk=organization.pk).update(lead=None)
    role = make.make_representative(organization, user)
    erase(target, by=people.manager, reason="Asked.")
    user.refresh_from_db()
    role.refresh_from_db()
    assert str(user) == f"Erased user {user.pk}"
    assert (user.username, user.email, user.has_usable_password()) == (f"erased-{user.pk}", "", False)
    assert role.ends_on is not None


@pytest.mark.django_db
def test_it_needs_the_permission_a_reason_and_no_name_in_it(people: People, media: Path) -> None:
    person = make.make_person(NAME)
    with pytest.raises(PermissionDenied):
        erase(Target(person), by=people.secretary, reason="Asked.")
    for reason in ("", f"{NAME} asked."):
        with pytest.raises(ValidationError):
            erase(Target(person), by=people.manager, reason=reason)
    person.refresh_from_db()
    assert person.name == NAME
    erase(Target(person), by=people.manager, reason="Asked.")
    with pytest.raises(ValidationError, match="was erased on"):
        erase(Target(person), by=people.manager, reason="Asked.")
    assert Erasure.objects.count() == 1


@pytest.mark.both_databases
def test_two_who_erase_at_once_erase_once(race: Any, people: People) -> None:
    person = make.make_person(NAME)
    said = race(
        f"""
        from django.core.exceptions import ValidationError
        from engagement.privacy.erasing import Target, erase
        from organizations.models import Person
        try:
            erase(Target(Person.objects.get(pk={person.pk})), by=None, reason="Asked.")
        except ValidationError as error:
            print("refused", *error.messages)
        else:
            print("erased")
        """,
        processes=2,
    )
    assert sorted(one.split()[0] for one in said) == ["erased", "refused"]
    assert Erasure.objects.count() == 1


@pytest.mark.django_db
def test_a_name_that_could_not_be_seen_is_not_counted_afterwards(people: People, media: Path) -> None:
    meeting = make.make_public()
    one = make.make_participant(
        meeting.parties.last(), NAME, visibility=make.PUBLIC, name_rule="never", function="Chair"
    )
    erase(Target(name=NAME), by=people.manager, reason="Asked.")
    assert not Participant.objects.visible_to(AnonymousUser()).filter(pk=one.pk).exists()
