"""Validation of uploaded papers: how large, of which kind, and whether the content is what the name says.

Signatures are few and are compared here. What Office writes is opened: the archive says which kind of document it is,
whether it carries macros, and whether it would unpack into far more than it is.
"""

import re
import zipfile
import zlib
from collections.abc import Callable
from pathlib import PurePath
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.text import slugify
from django.utils.translation import gettext as _

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
MOST_TIMES, MOST_PARTS = 100, 5_000
"""An Office file unpacks into so many times its size at most, and so many parts."""
_MARKUP = re.compile(rb"\s*(\xef\xbb\xbf)?\s*<(!doctype|html|svg|script|\?xml|\?php)", re.IGNORECASE)


def check_upload(file: Any) -> None:
    """Raises ValidationError, with a sentence that says what may be added."""
    kind = extension_of(file.name)
    if kind not in settings.DOCUMENT_KINDS or kind not in CONTENT:
        kinds = ", ".join(sorted(settings.DOCUMENT_KINDS))
        raise ValidationError(_("Files of this kind are not kept here. Add one of: %s.") % kinds, code="kind")
    if file.size > settings.DOCUMENT_MAX_MB * 1024 * 1024:
        words = {"size": filesizeformat(file.size), "most": settings.DOCUMENT_MAX_MB}
        raise ValidationError(
            _("This file has %(size)s. The largest that is kept is %(most)s MB.") % words, code="size"
        )
    if not file.size:
        raise ValidationError(_("This file is empty."), code="empty")
    file.seek(0)
    why_not = CONTENT[kind](file, kind)
    file.seek(0)
    if why_not:
        raise ValidationError(why_not, code="content")


def extension_of(name: str) -> str:
    return PurePath(name).suffix.removeprefix(".").lower()


def safe_name(name: str) -> str:
    """A file's name in letters that every system can keep: ``minutes-of-8-may.pdf``."""
    return f"{slugify(PurePath(name).stem)[:80] or 'document'}.{slugify(extension_of(name))[:10] or 'bin'}"


def _other(kind: str) -> str:
    return _("This is no %s file, whatever its name says.") % kind.upper()


def _signed(*signatures: bytes, within: int = 0) -> Callable[[IO[bytes], str], str]:
    def check(file: IO[bytes], kind: str) -> str:
        start = file.read(max(within, 16))
        found = any(sign in start if within else start.startswith(sign) for sign in signatures)
        return "" if found else _other(kind)

    return check


def _text(file: IO[bytes], kind: str) -> str:
    """Text of any encoding; no markup, which a browser may be talked into showing."""
    start = file.read(64 * 1024)
    is_wide = start.startswith((b"\xff\xfe", b"\xfe\xff"))
    return _other(kind) if _MARKUP.match(start) or (b"\0" in start and not is_wide) else ""


def _office(file: IO[bytes], kind: str) -> str:
    try:
        with zipfile.ZipFile(file) as parts:
            return _unsafe(parts.infolist()) or ("" if _is_kind(parts, kind) else _other(kind))
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, ValueError, OSError, EOFError, zlib.error):
        return _other(kind)


def _unsafe(parts: list[zipfile.ZipInfo]) -> str:
    unpacked, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > max(packed * MOST_TIMES, 1024 * 1024):
        return _("This file unpacks into far more than it is, as no document of Office does.")
    names = [part.filename.lower() for part in parts]
    if any(name.endswith(("vbaproject.bin", "vbadata.xml")) or name.startswith("basic/") for name in names):
        return _("This file contains macros. Save it without them.")
    return ""


def _is_kind(parts: zipfile.ZipFile, kind: str) -> bool:
    if kind in ODF:
        return parts.read("mimetype")[:100].decode("ascii", "replace").strip() == ODF[kind]
    content_types = parts.read("[Content_Types].xml")
    return OOXML[kind].encode() in content_types and b"macroEnabled" not in content_types


CONTENT: dict[str, Callable[[IO[bytes], str], str]] = {
    "pdf": _signed(b"%PDF-", within=1024),
    "png": _signed(b"\x89PNG\r\n\x1a\n"),
    "jpg": _signed(b"\xff\xd8\xff"),
    "jpeg": _signed(b"\xff\xd8\xff"),
    "txt": _text,
    "csv": _text,
    **dict.fromkeys([*OOXML, *ODF], _office),
}
"""By extension: the sentence that says why the content is not of that kind, or nothing."""
