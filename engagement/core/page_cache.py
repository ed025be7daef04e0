"""Page cache of records, with ETags: whole pages for visitors, bodies for the secretariat, until anything is written.

Several processes may each keep pages of their own, so none trusts its own memory: with a page goes the number for the
state of the register (``models/stamps.py``), and one small query asks whether it is still that. Representatives never
meet a kept page: what they see depends on who they are. See docs/decisions/page-cache.md.
"""

import datetime as dt
import gzip
import hashlib
import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, wraps
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.cache import caches
from django.core.cache.backends.db import BaseDatabaseCache
from django.db import connection, transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.regex_helper import _lazy_re_compile
from django.utils.safestring import mark_safe
from django.utils.translation import get_language_from_request

from engagement.core.types import Reader

from .branding.current import branding
from .change_signals import subscribe
from .models import AppendOnly, Record, Stamp, sees_all
from .unavailable import briefly

logger = logging.getLogger(__name__)

View = Callable[..., HttpResponseBase]
accepts_gzip = _lazy_re_compile(r"\bgzip\b")


def register() -> list[type[Model]]:
    """The models that pages are made from: records, their many-to-many tables, append-only rows, users and roles."""
    shown: tuple[type[Model], ...] = (Record, AppendOnly, get_user_model(), apps.get_model("auth.Group"))
    owners: list[tuple[type[Model], Any]] = [(one, one._meta.auto_created or one) for one in apps.get_models(True)]
    return [model for model, owner in owners if issubclass(owner, shown)]


def connect() -> None:
    """Put a stamp whenever something in the register is written."""
    subscribe(register(), lambda _changes: Stamp.objects.put())


@dataclass(slots=True)
class Validity:
    """The state of the register that a page shows, and the moment until which it holds anyway."""

    state: int
    until: dt.datetime

    @classmethod
    def of_now(cls) -> "Validity":
        """For the rest of the day, as long as nothing is written."""
        tomorrow = timezone.localdate() + dt.timedelta(days=1)
        return cls(Stamp.objects.state(), timezone.make_aware(dt.datetime.combine(tomorrow, dt.time.min)))

    @property
    def lasts(self) -> float:
        return (self.until - timezone.now()).total_seconds()

    def is_true(self) -> bool:
        return self.lasts > 0 and Stamp.objects.state() == self.state


_page: ContextVar[Validity | None] = ContextVar("page", default=None)


@contextmanager
def _reading() -> Iterator[Validity]:
    """Inside, a page is read at one moment. It speaks of days ("3 days late"), so none outlasts its day."""
    with _one_moment():
        page = Validity.of_now()
        token = _page.set(page)
        try:
            yield page
        finally:
            _page.reset(token)


def holds_until(moment: dt.datetime) -> None:
    """The page that is being made is out of date after this moment."""
    if (page := _page.get()) is not None:
        page.until = min(page.until, moment)


@dataclass(frozen=True, slots=True)
class CachedPage:
    """A page, packed, and its headers."""

    validity: Validity
    body: bytes
    headers: list[tuple[str, str]]

    def response(self, request: HttpRequest) -> HttpResponse:
        packed = bool(accepts_gzip.search(request.META.get("HTTP_ACCEPT_ENCODING", "")))
        response = HttpResponse(self.body if packed else gzip.decompress(self.body), headers=dict(self.headers))
        if packed:
            response.headers["Content-Encoding"] = "gzip"
        response.headers["Content-Length"] = str(len(response.content))
        return response


def cache_for_visitors(view: View) -> View:
    """Decorator of a record's page that is kept for visitors. Its content and its state are read at one moment."""

    @wraps(view)
    def cached(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not getattr(request, "may_be_kept", False):
            return view(request, *args, **kwargs)
        with _reading() as page:
            response = view(request, *args, **kwargs)
        if response.status_code == 200:
            response.validity = page  # type: ignore[attr-defined]
        return response

    return cached


class PageCacheMiddleware:
    """Middleware: answers visitors from kept pages, and tells their browsers when a page has not changed (304)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not _is_visitor(request):
            return self.get_response(request)
        address = _address(request) if _may_be_kept(request) else ""
        if address:
            cached: CachedPage | None = cache_get(address)
            if cached is not None and cached.validity.is_true():
                return _unless_known(request, cached.response(request))
        request.may_be_kept = bool(address)  # type: ignore[attr-defined]
        response = self.get_response(request)
        # Browsers keep what is gone or moved (410, 301) for good unless told otherwise, and either may come back.
        response.setdefault("Cache-Control", "no-cache")
        if not isinstance(response, HttpResponse) or not _is_same_for_all(response):
            return response
        response["ETag"] = f'"{hashlib.blake2b(response.content, digest_size=12).hexdigest()}"'
        validity: Validity | None = getattr(response, "validity", None)
        if validity:
            patch_vary_headers(response, ["Cookie", "Accept-Encoding"])
            headers = [(name, value) for name, value in response.items() if name.lower() != "content-length"]
            page = CachedPage(validity, gzip.compress(response.content, 6, mtime=0), headers)
            cache_set(address, page, validity)
        return _unless_known(request, response)


BETWEEN = "\x00"


def render_cached(
    request: HttpRequest, template: str, make: Callable[[], dict[str, object] | HttpResponse]
) -> HttpResponse:
    """The page of a record, whose title, breadcrumbs and content are kept for the secretariat, who read all the same.

    ``make`` gives what the template shows, or another answer. The template extends ``frame`` and shows nothing of the
    reader but what follows from their permissions.
    """
    if not sees_all(request.user) or not _may_be_kept(request):
        context = make()
        return context if isinstance(context, HttpResponse) else render(request, template, context)
    address = f"{_address(request)}{_permissions(request.user)}"
    cached: tuple[Validity, bytes] | None = cache_get(address)
    if cached is not None and cached[0].is_true():
        parts = gzip.decompress(cached[1]).decode()
    else:
        with _reading() as page:
            context = make()
            if isinstance(context, HttpResponse):
                return context
            parts = render_to_string(template, {**context, "frame": "_parts.html", "BETWEEN": BETWEEN}, request)
        cache_set(address, (page, gzip.compress(parts.encode(), 1, mtime=0)), page)
    title, sheet, breadcrumbs, content = map(mark_safe, parts.split(BETWEEN))
    return render(
        request, "_whole.html", {"title": title, "sheet": sheet, "breadcrumbs": breadcrumbs, "content": content}
    )


def cache_get(address: str) -> Any:
    """The page kept at an address, or None. A store that is away, full or read-only stops no page."""
    try:
        with _without_waiting():
            return caches["pages"].get(address)
    except Exception as error:
        logger.warning("Pages that are kept cannot be read: %s", error)
        return None


def _without_waiting() -> AbstractContextManager[None]:
    """A store in the database has to be written now and then, even by readers."""
    return briefly() if isinstance(caches["pages"], BaseDatabaseCache) else nullcontext()


def cache_set(address: str, page: object, validity: Validity) -> None:
    try:
        with _without_waiting():
            caches["pages"].set(address, page, timeout=validity.lasts)
    except Exception as error:
        logger.warning("A page was not kept: %s", error)


def _permissions(user: Reader) -> str:
    if user.is_superuser:
        return "all"
    return hashlib.blake2b(" ".join(sorted(user.get_all_permissions())).encode(), digest_size=12).hexdigest()


def _is_visitor(request: HttpRequest) -> bool:
    """Whether whoever asks has not signed in, was told nothing, and wants to read a whole page."""
    if request.method not in ("GET", "HEAD") or "HTTP_HX_REQUEST" in request.META:
        return False
    return settings.SESSION_COOKIE_NAME not in request.COOKIES and "messages" not in request.COOKIES


def _may_be_kept(request: HttpRequest) -> bool:
    """Not what somebody asks in particular, nor anything while somebody works on the templates."""
    return not request.META.get("QUERY_STRING") and not settings.DEBUG


def _address(request: HttpRequest) -> str:
    where = request.scheme, request.get_host(), request.path_info, get_language_from_request(request), _edition()
    return hashlib.blake2b("\n".join(map(str, where)).encode(), digest_size=20).hexdigest()


@cache
def _edition() -> str:
    """Another one whenever the site itself changed: its code, its templates, its names and looks."""
    files = [path for folder in ("engagement", "meetings", "organizations", "templates", "static")
             for path in sorted(Path(settings.BASE_DIR, folder).rglob("*")) if path.suffix != ".pyc"]  # fmt: skip
    dates = [(str(path), path.stat().st_mtime_ns) for path in files if path.is_file()]
    words = (
        settings.SITE_NAME,
        settings.BODY_NAME,
        settings.DEMO,
        settings.TIME_ZONE,
        settings.STATIC_URL,
        branding().version,
    )
    return hashlib.blake2b(repr((dates, words)).encode(), digest_size=12).hexdigest()


def _is_same_for_all(response: HttpResponse) -> bool:
    """Whether the next visitor would be answered the same, as long as nothing is written. Headers alone say nothing."""
    told = response.get("Cache-Control", "")
    private = response.cookies or "no-store" in told or "private" in told or response.has_header("ETag")
    return response.status_code == 200 and bool(response.content) and not private


def _unless_known(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    """That nothing changed, where the browser has the page already."""
    return get_conditional_response(request, etag=response["ETag"], response=response) or response


@contextmanager
def _one_moment() -> Iterator[None]:
    """Inside, the database is read as it was at one moment, whoever writes meanwhile; nobody waits.

    Inside a transaction of somebody else there is nothing to begin; no view of a visitor is in one.
    """
    if connection.in_atomic_block:
        yield
        return
    mode = getattr(connection, "transaction_mode", None)
    try:
        if connection.vendor == "sqlite":
            connection.transaction_mode = "DEFERRED"  # type: ignore[attr-defined]
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    finally:
        if connection.vendor == "sqlite":
            connection.transaction_mode = mode  # type: ignore[attr-defined]
