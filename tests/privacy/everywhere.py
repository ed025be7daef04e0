"""One person who stands wherever a name can stand, and a search of the whole database for her."""

import datetime as dt
import gzip
import hashlib
import io
import pickle
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import pikepdf
from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone
from docx import Document as Template

from engagement.accounts.models import ExportLog, SavedView, ViewAsLog
from engagement.core.page_cache import CachedPage
from engagement.imports.models import Import, ImportRow, Layout
from engagement.minutes.models import How, Minutes, MinutesLink, MinutesTexts
from engagement.reminders.models import KeptMail
from engagement.returns.models import Return, ReturnForm
from engagement.returns.shipped import load as load_forms
from meetings.models import AgendaSending, Document, Meeting, Participant, ProposedChange
from meetings.models.correction_notes import correcting
from organizations.models import Merge, Organization, Person, Post
from tests import makers as make
from tests.makers import PUBLIC
from tests.people import People

NAME, BEFORE, EMAIL = "Zoë Quärtzfeld", "Zoe Quärtzfeld-Roy", "zoe.quartzfeld@example.org"
TRACE = "rtzfeld"
"""Stands in every way of writing the name: with its accents, without them, as JSON, in an address."""
STAND_IN = "Head of unit, ARM"


@dataclass
class Everywhere:
    person: Person
    meeting: Meeting
    participant: Participant
    other: Participant
    """Printed at another meeting, without a record of the person."""
    organization: Organization
    document: Document


def make_everywhere(people: People) -> Everywhere:
    person = make.make_person(BEFORE, email=EMAIL, contact_permission="given", permission_on=make.LONG_AGO)
    person.name = NAME
    person.save()
    arm = make.make_organization("Alliance for Regenerative Medicine", acronym="ARM")
    Post.objects.create(person=person, organization=arm, function="Head of unit", rank="senior")
    meeting = make.make_held(f"Talk with {NAME}", counterparts=[arm], visibility=PUBLIC, purpose="To talk.")
    party = meeting.parties.get(organization=arm)
    participant = Participant.objects.create(party=party, person=person, visibility=PUBLIC, part="head")
    talk = make.make_discussion(
        meeting, "Cells", said=f"Ms {NAME.upper()} said: not yet.", internal_notes=f"Ask {NAME}"
    )
    make.make_position(talk, arm, statement=f"As {NAME} put it.")
    meeting.refresh_from_db()
    meeting.publish(by=people.publisher)
    with correcting(f"The title named {NAME}."):
        meeting.title = f"Talk with ARM and {NAME}"
        meeting.save()
    document = make.make_document(
        meeting, f"Letter of {NAME}", url="", visibility=PUBLIC, kind="minutes",
        file=SimpleUploadedFile("letter-of-quartzfeld-zoe.txt", b"Dear all,\nyours sincerely"),
    )  # fmt: skip
    elsewhere = make.make_held(counterparts=[arm])
    other = make.make_participant(elsewhere.parties.get(organization=arm), f"{NAME}", function="Head of unit")
    followup = make.make_followup(
        f"Answer {NAME}", owner=arm, details=f"{NAME} asked.", meeting=meeting, chaser=people.manager
    )
    followup.cancel(by=people.manager, reason=f"{NAME} took it back.")
    make.make_report_link(
        make.make_followup(owner=arm, meeting=meeting, visibility=PUBLIC, chaser=people.manager),
        name=NAME,
        by=people.manager,
    )
    _minutes(people, meeting, arm)
    _logs(people, person, meeting)
    _imports(people)
    _return(people)
    return Everywhere(person, meeting, participant, other, arm, document)


def _logs(people: People, person: Person, meeting: Meeting) -> None:
    query = "q=Zo%C3%AB+Qu%C3%A4rtzfeld&status=held"
    ExportLog.objects.create(user=people.manager, what="meetings", format="csv", query=query)
    SavedView.objects.create(owner=people.manager, list_name="meetings", name=f"Of {NAME}", query=query)
    ViewAsLog.objects.create(user=people.manager, audience="Visitor", path=f"/search/?{query}")
    KeptMail.objects.create(to=f"{NAME} <{EMAIL}>", subject=f"Agenda for {NAME}", headers=f"To: {EMAIL}", text=NAME)
    AgendaSending.objects.create(meeting=meeting, by=people.manager, recipients=f"{NAME} <{EMAIL}>\nOther <o@e.org>")
    kind = ContentType.objects.get_for_model(Person)
    told = {"user": people.manager, "content_type": kind, "object_id": person.pk, "object_repr": NAME}
    LogEntry.objects.create(**told, action_flag=CHANGE, change_message=f'[{{"changed": {{"name": "{NAME}"}}}}]')
    form = {"parties-1-participants-0-name": [NAME], "title": ["Talk"]}
    differences = [{"label": "Name", "before": "", "after": NAME}]
    facts = {"form": form, "base": form, "form_version": meeting.version, "differences": differences}
    ProposedChange.objects.create(meeting=meeting, proposed_by=people.secretary, **facts)
    gone = make.make_organization("Alliance of old")
    Merge.objects.create(kept=gone, others=[], steps=[{"did": "changed", "before": NAME, "after": ""}])
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store["told"] = f"The person “{NAME}” was changed."
    store.save()


def _minutes(people: People, meeting: Meeting, arm: Organization) -> None:
    """Versions for each audience, what was said of them and by whom, and to whom they went."""
    meeting = Meeting.objects.get(pk=meeting.pk)
    texts = MinutesTexts(opening_notes=f"Taken by {NAME}.", footer=f"{NAME}, secretary")
    texts.docx_template.save(f"template-of-{NAME}.docx", ContentFile(_docx()), save=False)
    texts.save()
    minutes = Minutes.objects.begin(meeting, by=people.secretary)
    minutes.add_version(by=people.secretary, audience=make.INTERNAL, reason=f"{NAME} asked.")
    announced = {"deadline_on": timezone.localdate(), "is_silence_agreement": False}
    minutes.send(1, by=people.secretary, recipients=f"{NAME} <{EMAIL}>", **announced)
    given = {"organization": arm, "name": NAME, "expires_on": timezone.localdate()}
    link, _token = MinutesLink.objects.make(minutes, by=people.secretary, **given)
    comment = minutes.comment(1, arm, f"{NAME} did not say that.", link=link)
    comment.resolve(by=people.secretary, is_accepted=False, word=f"{NAME} did.")
    minutes.agree(1, arm, how=How.TOLD, by=people.secretary, word=f"{NAME} telephoned.")
    minutes.finalize(by=people.secretary)
    minutes.publish(by=people.publisher)


def _docx() -> bytes:
    paper, file = Template(), io.BytesIO()
    paper.add_paragraph("{{ title }}")
    for line in ("{%p for part in parts %}", "{%p for row in part.rows %}", "{{ row.text }}", "{%p endfor %}"):
        paper.add_paragraph(line)
    paper.add_paragraph("{%p endfor %}")
    paper.save(file)
    return file.getvalue()


def _imports(people: People) -> None:
    layout = Layout.objects.create(name="Own", noun="meetings", spec={})
    content = f"Date;Minister\n2025-05-08;{NAME}\n".encode()
    batch = Import(layout=layout, spec={}, file_name=f"meetings of {NAME}.csv", size=len(content), headers=["Minister"])
    batch.sha256, batch.uploaded_by = hashlib.sha256(content).hexdigest(), people.secretary
    batch.state, batch.committed_at = Import.State.COMMITTED, timezone.now()
    batch.file.save(f"meetings-of-{NAME}.csv", ContentFile(content), save=False)
    batch.save()
    cells = {"Date": "2025-05-08", "Minister": f"Dr {NAME}"}
    plan = {"parties": [{"people": [NAME]}]}
    ImportRow.objects.create(batch=batch, number=2, cells=cells, outcome="new", plan=plan)


def _return(people: People) -> None:
    load_forms()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("meetings.csv", f"Date,Person\r\n2025-05-08,{NAME}\r\n")
    form, host = ReturnForm.objects.order_by("pk")[0], make.make_host()
    for content in (packed.getvalue(), f"Date,Person\r\n2025-05-08,{NAME}\r\n".encode()):
        Return(
            form=form, host=host, starts_on=dt.date(2025, 4, 1), ends_on=dt.date(2025, 6, 30), number=1,
            title="Meetings", file_name="meetings.csv", content=content, size=len(content),
            sha256=hashlib.sha256(content).hexdigest(), meeting_count=1, row_count=1, missing_count=0, is_nil=False,
            entries={f"{NAME}, Head": {"id": "x", "digest": "y"}}, changes={}, made_at=timezone.now(),
            made_by=people.publisher,
        ).save()  # fmt: skip


def columns_naming(trace: str = TRACE) -> list[str]:
    """Every column of every table of the database in which it stands, each with how many rows."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            for column in connection.introspection.get_table_description(cursor, table):
                number = sum(trace in text.lower() for text in _texts(cursor, table, column.name))
                found += [f"{table}.{column.name}: {number}"] if number else []
    return found


def _texts(cursor: Any, table: str, column: str) -> Iterator[str]:
    quoted = [connection.ops.quote_name(name) for name in (column, table)]
    cursor.execute(f"SELECT {quoted[0]} FROM {quoted[1]}")
    for (value,) in cursor.fetchall():
        if isinstance(value, bytes | memoryview):
            yield from texts_of_bytes(bytes(value))
        elif value is not None:
            yield str(value)


def texts_of_bytes(content: bytes) -> Iterator[str]:
    """Of archives their parts, of PDF what stands in them, packed or not, as an independent reader unpacks it."""
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for name in packed.namelist():
                yield name
                yield from texts_of_bytes(packed.read(name))
    if content[:5] == b"%PDF-":
        yield from _texts_of_pdf(content)
    yield content.decode("latin-1")
    yield content.decode("utf-8", "ignore")


def _texts_of_pdf(content: bytes) -> Iterator[str]:
    said = subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True).stdout
    yield said.decode()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        yield str(pdf.docinfo)
        with pdf.open_metadata() as about:
            yield str(about)
        for name in pdf.attachments:
            yield from texts_of_bytes(bytes(pdf.attachments[name].get_file().read_bytes()))


def kept_pages(trace: str = TRACE) -> int:
    """How many of the pages that this process keeps have it: they are kept packed."""
    found = 0
    for packed in caches["pages"]._cache.values():
        page = pickle.loads(packed)
        body = page.body if isinstance(page, CachedPage) else page[1]
        found += trace in gzip.decompress(body).decode().lower()
    return found


def files_naming(folder: Path, trace: str = TRACE) -> list[str]:
    """Files whose path or content has it."""
    found = []
    for path in sorted(folder.rglob("*")):
        inside = any(trace in text.lower() for text in texts_of_bytes(path.read_bytes())) if path.is_file() else False
        if inside or trace in path.name.lower():
            found.append(str(path.relative_to(folder)))
    return found
