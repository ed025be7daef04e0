"""Subprocess with bounded memory and time that typesets minutes: never in the process of the site."""

import json
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .pdf_and_docx import REFUSED

AT_ONCE, WAIT, LONGEST = 2, 10, 40
"""So many at once in each process of the site; seconds to wait for a turn, and for the file."""
_ROOT = Path(__file__).resolve().parents[3]
_turns = BoundedSemaphore(AT_ONCE)


class NotMade(ValidationError):
    """The file could not be made; says why."""


def made(kind: str, **asked: object) -> bytes:
    """The file; ``NotMade`` where it takes too long, or the body's template cannot be used."""
    if not _turns.acquire(timeout=WAIT):
        raise NotMade(_("Too many files are being made. Try again in a moment."), code="busy")
    try:
        return _made(json.dumps({"kind": kind, **asked}).encode())
    finally:
        _turns.release()


def _made(question: bytes) -> bytes:
    command = [sys.executable, "-m", "engagement.minutes.printing.pdf_and_docx"]
    try:
        done = subprocess.run(command, cwd=_ROOT, input=question, capture_output=True, timeout=LONGEST, check=False)
    except subprocess.TimeoutExpired as error:
        raise NotMade(_too_large(), code="large") from error
    if done.returncode == REFUSED:
        raise _refused(json.loads(done.stderr.decode().splitlines()[-1]))
    if done.returncode < 0:  # ended by the system, for want of memory or time
        raise NotMade(_too_large(), code="large")
    if done.returncode:
        raise RuntimeError(done.stderr.decode(errors="replace")[-2000:])
    return done.stdout


def _too_large() -> str:
    return _("The file took too long to make. Leave parts out, or use the JSON data.")


def _refused(why: dict[str, str]) -> NotMade:
    sentences = {
        "opens": _("The template cannot be opened as a DOCX file."),
        "unknown": _("The template has unknown placeholders: %(told)s."),
        "fills": _("The template cannot be filled in: %(told)s."),
    }
    return NotMade(sentences[why["code"]], code=why["code"], params={"told": why["told"]})
