"""503 Service Unavailable: when the database or the storage of files is away or full, say so, and lose nothing typed.

An answer that says "nothing was saved" is true: what a request has committed is noted while it runs. Where the database
can still be read, a form that was posted comes back as it was sent, with a sentence above it; else the page holds what
was sent and offers to send it again. See docs/decisions/outages.md.
"""

import logging
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.messages import get_messages
from django.db import connection
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.defaults import server_error

from .databases.serving import somebody_waits
from .outages import Outage, outage_of

logger = logging.getLogger(__name__)

_WRITES = re.compile(r"\s*(?:INSERT|UPDATE|DELETE|REPLACE|MERGE|TRUNCATE|COPY)\b", re.IGNORECASE)
_LOCKS = re.compile(r"\s+FOR (?:NO KEY )?UPDATE(?: OF [^()]*?)?(?: NOWAIT| SKIP LOCKED)?\s*$", re.IGNORECASE)
SECRET = re.compile(r"passw|secret", re.IGNORECASE)
LARGEST = 2_000_000
"""Characters of a form that are sent back to be sent again."""

Execute = Callable[[str, object, bool, dict[str, object]], object]
"""Runs one statement: SQL, parameters, whether it is for many rows, context."""
Page = TypeVar("Page", bound=HttpResponseBase)


# What was written so far ------------------------------------------------------------------------------


@dataclass
class Written:
    """Whether a request has committed anything: watches the statements of one database connection."""

    anything: bool = False
    aside: int = 0

    def __call__(self, execute: Execute, sql: str, params: object, many: bool, context: dict[str, object]) -> object:
        result = execute(sql, params, many, context)
        if not (self.anything or self.aside) and _WRITES.match(str(sql)):
            if connection.in_atomic_block:
                connection.on_commit(self.note)
            else:
                self.note()
        return result

    def note(self) -> None:
        self.anything = True


_written: ContextVar[Written | None] = ContextVar("written", default=None)


@contextmanager
def by_the_way() -> Iterator[None]:
    """Inside, writes are not the person's own work (counters, sessions), so they do not count as saved."""
    written = _written.get()
    if written is None:
        yield
        return
    written.aside += 1
    try:
        yield
    finally:
        written.aside -= 1


@contextmanager
def briefly() -> Iterator[None]:
    """Inside, nobody waits long for a lock: the write can be skipped."""
    with by_the_way():
        if not hasattr(connection, "waits") or connection.in_atomic_block:
            yield
            return
        with connection.waits(0.5):
            yield


# The form once more -----------------------------------------------------------------------------------


@dataclass
class Refusal:
    """Why nothing posted is accepted, told once in the first form that was filled in."""

    outage: Outage
    data: QueryDict
    error: Exception
    told: bool = False

    def tell(self, form: object = None) -> str:
        """In words of its own, where a form has them."""
        self.told = True
        usual = _("Nothing was saved: %(why)s. Your text is still here. Try again in a moment.")
        if self.outage is Outage.STORAGE:
            usual = _("Documents cannot be kept at the moment. Your text is still here. Choose the file again later.")
        return str(getattr(form, "refused", usual)) % {"why": self.outage.why}

    def __call__(self, execute: Execute, sql: str, params: object, many: bool, context: dict[str, object]) -> object:
        """Nothing is written either, and no row is locked: it would only have to wait again."""
        if _WRITES.match(str(sql)):
            raise self.error
        return execute(_LOCKS.sub("", sql) if isinstance(sql, str) else sql, params, many, context)


_refusal: ContextVar[Refusal | None] = ContextVar("refusal", default=None)


def refusal() -> Refusal | None:
    """Why this pass over a form may only show it."""
    return _refusal.get()


_checked_by_django = BaseForm.full_clean


def _full_clean(form: BaseForm) -> None:
    """As in Django; a form that was posted says why it cannot be saved. Django has no other place for every form."""
    _checked_by_django(form)
    refused = _refusal.get()
    if refused and not refused.told and form.is_bound and form.data is refused.data:
        form.add_error(None, refused.tell(form))


def let_forms_refuse() -> None:
    BaseForm.full_clean = _full_clean  # type: ignore[method-assign, assignment]


@contextmanager
def _refusing(request: HttpRequest, outage: Outage, error: Exception) -> Iterator[None]:
    refused = Refusal(outage, request.POST, error)
    token, mode = _refusal.set(refused), getattr(connection, "transaction_mode", None)
    if mode:
        connection.transaction_mode = "DEFERRED"  # type: ignore[attr-defined]
    try:
        with connection.execute_wrapper(refused):
            yield
    finally:
        _refusal.reset(token)
        if mode:
            connection.transaction_mode = mode  # type: ignore[attr-defined]


# The answer -------------------------------------------------------------------------------------------


@dataclass
class ServiceUnavailable:
    """Middleware: answers 503 where a view failed because of the database or the storage of files."""

    get_response: Callable[[HttpRequest], HttpResponseBase]
    async_mode: bool = field(default=False, init=False)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        somebody_waits.set(True)
        if request.method in ("GET", "HEAD", "OPTIONS"):
            return self.get_response(request)
        written = request.written = Written()  # type: ignore[attr-defined]
        token = _written.set(written)
        try:
            with connection.execute_wrapper(written):
                return self.get_response(request)
        finally:
            _written.reset(token)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        outage = outage_of(error)
        if outage is None:
            return None
        return self._form_again(request, outage, error) or unavailable(request, outage, error)

    def _form_again(self, request: HttpRequest, outage: Outage, error: Exception) -> HttpResponseBase | None:
        """The same page with the form as it was sent, if it has one and can be made."""
        match = request.resolver_match
        if request.method != "POST" or not outage.may_be_read or may_be_saved(request, error) or match is None:
            return None
        _forget_messages(request)
        try:
            with _refusing(request, outage, error):
                page: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
                if hasattr(page, "render"):
                    page = page.render()
        except Exception:
            logger.debug("The form could not be shown again", exc_info=True)
            return None
        if page.status_code != 200 or not page.get("Content-Type", "").startswith("text/html"):
            return None
        page.status_code = 503
        again: HttpResponseBase = _with_headers(page, outage, error, request)
        return again


def handler500(request: HttpRequest) -> HttpResponseBase:
    """Django's handler of errors, wherever they come from: in a middleware, in a template."""
    error = sys.exc_info()[1]
    outage = outage_of(error)
    return unavailable(request, outage, error) if outage else server_error(request)


def unavailable(request: HttpRequest, outage: Outage, error: BaseException | None) -> HttpResponse:
    """The 503 page: it needs no database, and holds the posted fields, to be sent again."""
    _forget_messages(request)
    unclear = may_be_saved(request, error)
    context = {
        "SITE_NAME": settings.SITE_NAME,
        "why": outage.why,
        "can_read": outage.may_be_read,
        "posted": request.method not in ("GET", "HEAD"),
        "unclear": unclear,
        "again": request.get_full_path(),
        "fields": [] if unclear else _fields(request),
        "files_lost": bool(getattr(request, "_files", None)),
    }
    page = HttpResponse(render_to_string("503.html", context), status=503)
    _with_headers(page, outage, error, request)
    return page


def may_be_saved(request: HttpRequest, error: BaseException | None) -> bool:
    """Whether something was committed, or failed at that very step, where nobody can tell."""
    written: Written | None = getattr(request, "written", None)
    return written is not None and (written.anything or _failed_at_commit(error))


def _failed_at_commit(error: BaseException | None) -> bool:
    trace = error.__traceback__ if error else None
    while trace is not None:
        if trace.tb_frame.f_code.co_name == "_commit" and outage_of(error) is Outage.AWAY:
            return True
        trace = trace.tb_next
    return False


def _fields(request: HttpRequest) -> list[tuple[str, str]]:
    """The posted fields, unless they are secret or could not be read."""
    if request.method != "POST":
        return []
    try:
        fields = [(name, value) for name, values in request.POST.lists() for value in values]
    except Exception:
        return []
    if any(SECRET.search(name) for name, _value in fields) or sum(len(value) for _n, value in fields) > LARGEST:
        return []
    return fields


def _forget_messages(request: HttpRequest) -> None:
    """Those that say that it was saved, since it was not."""
    if hasattr(request, "_messages"):
        told: Any = get_messages(request)
        told._queued_messages.clear()


def _with_headers(page: Page, outage: Outage, error: BaseException | None, request: HttpRequest) -> Page:
    logger.error("503 for %s: %s (%s)", request.path, outage.why, error)
    page["Retry-After"] = str(outage.seconds)
    page["Cache-Control"] = "no-store"
    page._has_been_logged = True  # type: ignore[attr-defined]
    return page
