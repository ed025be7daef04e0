"""Kept files in which a name may stand: the source files of imports go, papers are found and named."""

import io
import re
import zipfile
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePath

from django.db import transaction
from django.db.models import Model
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext as _

from engagement.followups.models import Report
from engagement.imports.models import Import, ImportRow
from meetings.models import Document

from .pdf_texts import is_pdf, shows_words, texts_of_pdf
from .spellings import Spellings

MOST_BYTES = 50_000_000
PICTURES = (b"\x89PNG", b"\xff\xd8\xff")
_TAG = re.compile(r"<[^>]*>")
_PARAGRAPH = re.compile(r"</(?:w:p|text:p|a:p|si|row|c|p)>")


def texts_of(name: str, content: bytes) -> Iterator[str]:
    """The texts of a file: of an office document or an archive those of its parts, else it is read as text."""
    if is_pdf(content):
        yield from texts_of_pdf(content)
        return
    if content[:2] == b"PK" and zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for part in packed.infolist():
                yield part.filename
                if part.file_size <= MOST_BYTES:
                    yield from texts_of(part.filename, packed.read(part))
        return
    for coding in ("utf-8", "utf-16-le", "latin-1"):
        text = content.decode(coding, "ignore")
        yield _TAG.sub("", _PARAGRAPH.sub("\n", text)) if name.endswith((".xml", ".html")) else text


def content_of(file: FieldFile) -> bytes:
    """The content of a file, up to a limit; nothing of a file that is away."""
    try:
        with file.open("rb") as opened:
            content: bytes = opened.read(MOST_BYTES)
            return content
    except OSError:
        return b""


def names_in(file: FieldFile, spellings: Spellings) -> bool:
    """Whether a kept file names this person, as far as it can be read; one that is away does not."""
    return _names(file, content_of(file), spellings)


def _names(file: FieldFile, content: bytes, spellings: Spellings) -> bool:
    return any(spellings.spans(text) for text in texts_of(PurePath(file.name or "").name, content))


def renamed(file: FieldFile, spellings: Spellings) -> str:
    """Keep a file whose name has the person's in it under another one; that of before goes. Gives the new path."""
    before, storage = str(file.name), file.storage
    folder, _slash, own = before.rpartition("/")
    wanted = f"{spellings.replaced(folder, 'name')}/{spellings.replaced(own, 'name')}".lstrip("/")
    try:
        with storage.open(before) as opened:
            after: str = storage.save(wanted, opened)
    except OSError:  # away: the row says where it was
        return wanted
    transaction.on_commit(lambda: storage.delete(before), robust=True)
    return after


@dataclass(frozen=True)
class Paper:
    """A file of somebody else's: a document with its earlier versions, or evidence that came with a report."""

    record: Document | Report
    names: bool
    """Whether the name can be read in it; else nothing can, as in a picture or a scan."""

    @property
    def about(self) -> Model:
        """The record that a file belongs to, on whose page it is."""
        return self.record.meeting if isinstance(self.record, Document) else self.record.followup


def papers_of(spellings: Spellings, meetings: Collection[int]) -> list[Paper]:
    """Papers of these meetings that name the person, or in which nothing can be read. They are not changed."""
    documents = (
        Document._base_manager.filter(meeting__in=meetings).select_related("meeting").prefetch_related("versions")
    )
    reports = Report._base_manager.filter(followup__meeting__in=meetings).select_related("followup")
    files: list[tuple[Document | Report, list[FieldFile]]]
    files = [(one, [one.file, *(old.file for old in one.versions.all())]) for one in documents.order_by("pk")]
    files += [(one, [one.file]) for one in reports.order_by("pk")]
    return [found for record, some in files if (found := _paper(record, list(filter(None, some)), spellings))]


def _paper(record: Document | Report, files: list[FieldFile], spellings: Spellings) -> Paper | None:
    is_silent = False
    for file in files:
        content = content_of(file)
        if _names(file, content, spellings):
            return Paper(record, names=True)
        is_silent = is_silent or not _can_be_read(content)
    return Paper(record, names=False) if is_silent else None


def _can_be_read(content: bytes) -> bool:
    return not content.startswith(PICTURES) and (not is_pdf(content) or shows_words(content))


def remove_source_files(spellings: Spellings, imports: Iterable[int]) -> int:
    """The files that these imports were read from; and those of others in which the name stands. How many go.

    What was taken from them stays in the records. An import that nobody took yet can be brought in again without it.
    """
    wanted, number = set(imports), 0
    for batch in Import._base_manager.exclude(file="").order_by("pk"):
        if batch.pk in wanted or names_in(batch.file, spellings):
            _remove(batch)
            number += 1
    return number


def _remove(batch: Import) -> None:
    name, storage = str(batch.file.name), batch.file.storage
    changes = {"file": "", "problem": _("The file was removed because it contained the name of an erased person.")}
    if not (batch.can_be_undone or batch.undone_at):
        changes |= {"state": Import.State.REFUSED, "digest": ""}
        ImportRow._base_manager.filter(batch=batch.pk).delete()
    Import._base_manager.filter(pk=batch.pk).update(**changes)
    transaction.on_commit(lambda: storage.delete(name), robust=True)
