"""Validation of uploaded papers: size, kind, and whether the content matches the name.

Signatures are few and are compared here. What Office writes is opened: the archive says which kind of document it is,
whether it carries macros, and whether it would unpack into far more than it is; only then is it read to its end.
"""

import hashlib
import re
import zipfile
from collections.abc import Callable
from pathlib import PurePath
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.text import slugify
from django.utils.translation import gettext as _

from engagement.core.archives import Protected, opened, read_part, read_through
from engagement.core.folding import fold

from . import pdf_actions

OOXML = {
    "docx": "wordprocessingml.document.main+xml",
    "xlsx": "spreadsheetml.sheet.main+xml",
    "pptx": "presentationml.presentation.main+xml",
}
ODF = {
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
}
MOST_TIMES, MOST_PARTS, MOST_UNPACKED = 100, 5_000, 512 * 1024 * 1024
"""An Office file unpacks into so many times its size at most, so many parts, and so many bytes."""
ALWAYS_FINE, PART_ALWAYS_FINE = 1024 * 1024, 8 * 1024 * 1024
"""Bytes that a file, and one part of it, may unpack into however small it is: an empty picture packs to nothing."""
LARGEST_TYPE = 1024 * 1024
"""Bytes of the part that says which kind of document it is."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP = re.compile(rb"\s*(\xef\xbb\xbf)?\s*<(!doctype|html|svg|script|\?xml|\?php)", re.IGNORECASE)


def checksum(file: Any) -> str:
    """The SHA-256 of an uploaded file, which is at its beginning afterwards."""
    file.seek(0)
    found = hashlib.file_digest(file.file, "sha256").hexdigest()
    file.seek(0)
    return found


def check_upload(file: Any) -> None:
    """Raises ValidationError, with a sentence that names the accepted files."""
    kind = extension_of(file.name)
    if kind not in settings.DOCUMENT_KINDS or kind not in CONTENT:
        kinds = ", ".join(sorted(settings.DOCUMENT_KINDS))
        raise ValidationError(_("Files of this type cannot be added. Add one of: %s.") % kinds, code="kind")
    if file.size > settings.DOCUMENT_MAX_MB * 1024 * 1024:
        words = {"size": filesizeformat(file.size), "most": settings.DOCUMENT_MAX_MB}
        raise ValidationError(_("This file has %(size)s. At most %(most)s MB can be kept.") % words, code="size")
    if not file.size:
        raise ValidationError(_("This file is empty. Choose another one."), code="empty")
    file.seek(0)
    why_not = CONTENT[kind](file, kind)
    file.seek(0)
    if why_not:
        raise ValidationError(why_not, code="content")


def extension_of(name: str) -> str:
    return PurePath(name).suffix.removeprefix(".").lower()


def safe_name(name: str) -> str:
    """A file's name in letters that every system can keep: ``minutes-of-8-may.pdf``."""
    return f"{slugify(fold(PurePath(name).stem))[:80] or 'document'}.{slugify(extension_of(name))[:10] or 'bin'}"


def _other(kind: str) -> str:
    return _("This is not a %s file, although its name says so.") % kind.upper()


def _signed(*signatures: bytes, within: int = 0) -> Callable[[IO[bytes], str], str]:
    def check(file: IO[bytes], kind: str) -> str:
        start = file.read(max(within, 16))
        found = any(sign in start if within else start.startswith(sign) for sign in signatures)
        return "" if found else _other(kind)

    return check


_is_pdf = _signed(b"%PDF-", within=1024)


def _pdf(file: IO[bytes], kind: str) -> str:
    if why_not := _is_pdf(file, kind):
        return why_not
    file.seek(0)
    return pdf_actions.why_not(file.read())


def _text(file: IO[bytes], kind: str) -> str:
    """Text of any encoding; no markup, which a browser may be talked into showing."""
    start = file.read(64 * 1024)
    is_wide = start.startswith((b"\xff\xfe", b"\xfe\xff"))
    return _other(kind) if _MARKUP.match(start) or (b"\0" in start and not is_wide) else ""


def _office(file: IO[bytes], kind: str) -> str:
    """Whatever a damaged archive makes of the library that reads it is an answer, never an error of ours."""
    start = file.read(len(_OLE))
    if not start.startswith(b"PK"):
        return _locked(kind) if start == _OLE else _other(kind)
    try:
        with opened(file) as parts:
            if why_not := _unsafe(parts.infolist()) or ("" if _is_kind(parts, kind) else _other(kind)):
                return why_not
            read_through(parts)
    except Protected:
        return _locked(kind)
    except KeyError:
        return _other(kind)
    except Exception:
        return _("This file is damaged or cut off. Open it, save it again as %s and add that one.") % kind.upper()
    return ""


def _locked(kind: str) -> str:
    """Office keeps what has a password, and what it wrote before 2007, in a container of another kind."""
    text = _(
        "This file is protected by a password, or was made by an old version of Office. "
        "Save it as %s without a password."
    )
    return text % kind.upper()


def _unsafe(parts: list[zipfile.ZipInfo]) -> str:
    unpacked, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    is_much = unpacked > min(max(packed * MOST_TIMES, ALWAYS_FINE), MOST_UNPACKED)
    if is_much or len(parts) > MOST_PARTS or any(_is_bomb(part) for part in parts):
        return _("This file is far larger when unpacked than any Office document. Save it again and add that one.")
    names = [part.filename.lower() for part in parts]
    if any(name.endswith(("vbaproject.bin", "vbadata.xml")) or name.startswith("basic/") for name in names):
        return _("This file contains macros. Save it without them.")
    return ""


def _is_bomb(part: zipfile.ZipInfo) -> bool:
    return part.file_size > max(part.compress_size * MOST_TIMES, PART_ALWAYS_FINE)


def _is_kind(parts: zipfile.ZipFile, kind: str) -> bool:
    if kind in ODF:
        return read_part(parts, "mimetype", LARGEST_TYPE)[:100].decode("ascii", "replace").strip() == ODF[kind]
    content_types = read_part(parts, "[Content_Types].xml", LARGEST_TYPE)
    return OOXML[kind].encode() in content_types and b"macroEnabled" not in content_types


CONTENT: dict[str, Callable[[IO[bytes], str], str]] = {
    "pdf": _pdf,
    "png": _signed(b"\x89PNG\r\n\x1a\n"),
    "jpg": _signed(b"\xff\xd8\xff"),
    "jpeg": _signed(b"\xff\xd8\xff"),
    "txt": _text,
    "csv": _text,
    **dict.fromkeys([*OOXML, *ODF], _office),
}
"""By extension: the sentence that says why the content is not of that kind, or nothing."""
