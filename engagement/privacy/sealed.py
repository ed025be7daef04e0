"""Resealing: published versions and returns that lose a name are written over and get a new SHA-256.

The checksum of what was published or sent stays; beside it stands that of what is kept now, and the day.
"""

import hashlib
import io
import re
import zipfile
from collections.abc import Mapping
from typing import cast

from django.db.models import Model
from django.utils import timezone

from engagement.minutes.content import checksum, own_checksum
from engagement.minutes.models import MinutesVersion
from engagement.returns.models import Return
from meetings.models import Participant, PublishedVersion
from meetings.public_content import PART, Content, own_form, published_form, sha256_of

from .spellings import Spellings

Left = frozenset[tuple[str, int]]
"""Rows, by label and key, whose texts stay as they are."""
PERSON = Participant._meta.label_lower
FIRST_DAY = (1980, 1, 1, 0, 0, 0)


class VersionEraser:
    """Erases from published versions and minutes. ``functions`` has the printed function of each erased participant."""

    def __init__(self, spellings: Spellings, by: str, functions: Mapping[int, str], left: Left) -> None:
        self.spellings, self.by, self.functions, self.left = spellings, by, functions, left

    def published(self, version: PublishedVersion) -> bool:
        """Take the name out of one version; whether it was in it."""
        content, note = (
            self._content(version.content, version.meeting_id),
            self.spellings.replaced(version.note, self.by),
        )
        sums = sha256_of(published_form(content)), sha256_of(own_form(content))
        return self._put(version, {"content": content, "note": note}, *sums)

    def minutes(self, version: MinutesVersion) -> bool:
        content = self._content(version.content, version.minutes.meeting_id)
        reason = self.spellings.replaced(version.reason, self.by)
        return self._put(version, {"content": content, "reason": reason}, checksum(content), own_checksum(content))

    def _put(self, version: Model, values: dict[str, object], now: str, own: str) -> bool:
        if all(getattr(version, name) == value for name, value in values.items()):
            return False
        sealed = {"own_sha256": own, "erased_on": timezone.localdate(), "erased_sha256": now}
        type(version)._base_manager.filter(pk=version.pk).update(**values, **sealed)
        return True

    def _content(self, content: Content, meeting: int) -> Content:
        return cast(Content, self._without(content, ("meetings.meeting", meeting)))

    def _without(self, value: object, owner: tuple[str, int]) -> object:
        if isinstance(value, str):
            return value if owner in self.left else self.spellings.replaced(value, self.by)
        if isinstance(value, list):
            return [self._without(one, owner) for one in value]
        if not isinstance(value, dict):
            return value
        if PART in value:
            owner = (value[PART][0], value[PART][1])
        piece = {name: one if name == PART else self._without(one, owner) for name, one in value.items()}
        if owner[0] == PERSON and owner[1] in self.functions:
            piece |= {"name": "", "function": piece["function"] or self.functions[owner[1]]}
        return piece


def erase_from_return(sent: Return, spellings: Spellings, by: str) -> bool:
    """Take the name out of a sent file, cell by cell, and out of the data it was made of."""
    plain = " ".join(re.sub(r"[,;|\t\r\n\"<>&=+@-]+", " ", by).split())
    content = _bytes_without(bytes(sent.content), sent.form.encoding or "utf-8", spellings, plain)
    changed = {name: spellings.replaced_in(getattr(sent, name), plain) for name in ("title", "entries", "changes")}
    changed["file_name"] = spellings.replaced(sent.file_name, "name")
    if content == bytes(sent.content) and all(getattr(sent, name) == value for name, value in changed.items()):
        return False
    Return._base_manager.filter(pk=sent.pk).update(
        **changed,
        content=content,
        size=len(content),
        erased_on=timezone.localdate(),
        erased_sha256=hashlib.sha256(content).hexdigest(),
    )
    return True


def _bytes_without(content: bytes, encoding: str, spellings: Spellings, by: str) -> bytes:
    if not zipfile.is_zipfile(io.BytesIO(content)):
        text = content.decode(encoding, "replace")
        return spellings.replaced(text, by).encode(encoding, "replace") if spellings.spans(text) else content
    packed, found = io.BytesIO(), False
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as after:
        for part in before.namelist():
            inner = before.read(part)
            coding = "utf-8" if part.endswith((".xml", ".rels")) else encoding
            without = _bytes_without(inner, coding, spellings, by)
            found = found or without != inner
            after.writestr(zipfile.ZipInfo(part, FIRST_DAY), without)
    return packed.getvalue() if found else content
