"""Session store and middleware: Django's sessions in the database, which end after a time without use.

When a session was last used is not written on every request: the day and hour it ends are moved on every few minutes,
by a statement of its own that cannot bring back a session somebody has just ended. Reading needs no writing: where the
database cannot be written, people who are signed in read on.
"""

import datetime as dt
import logging
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import Error
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_cache_control

from engagement.core.models import sees_all
from engagement.core.types import Reader
from engagement.core.unavailable import briefly, by_the_way

logger = logging.getLogger(__name__)

MOVED_ON_EVERY = 300
"""Seconds at most; a short session is moved on more often."""


def idle_seconds(user: Reader) -> int:
    """How long a session lasts without use: briefly for whoever sees everything."""
    return settings.SESSION_IDLE_SECONDS if user.is_staff or sees_all(user) else settings.SESSION_COOKIE_AGE


class SessionStore(db.SessionStore):
    """``move_on(seconds)`` says that the session was used just now and ends so much later."""

    idle: int | None = None
    _ends: dt.datetime | None = None

    def _get_session_from_db(self) -> object:
        row = super()._get_session_from_db()  # type: ignore[misc]
        self._ends = row.expire_date if row else None
        return row

    def create_model_instance(self, data: dict[str, object]) -> Any:
        row = super().create_model_instance(data)
        if self.idle is not None:
            row.expire_date = timezone.now() + dt.timedelta(seconds=self.idle)
        self._ends = row.expire_date
        return row

    def save(self, must_create: bool = False) -> None:
        with by_the_way():
            super().save(must_create)

    def move_on(self, seconds: int) -> None:
        self.idle, now = seconds, timezone.now()
        left = (self._ends - now).total_seconds() if self._ends else 0
        if not seconds - min(MOVED_ON_EVERY, seconds / 10) <= left <= seconds:
            self._ends = now + dt.timedelta(seconds=seconds)
            with briefly():
                self.model.objects.filter(session_key=self.session_key).update(expire_date=self._ends)


class IdleSessionMiddleware(SessionMiddleware):
    """Ends sessions that nobody uses, and has no page of a session kept on the way to its reader."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        self._move_on(request, response)
        try:
            response = super().process_response(request, response)
        except Error as error:
            if request.session.session_key != request.COOKIES.get(settings.SESSION_COOKIE_NAME):
                raise  # somebody signs in: without a session that would be a lie
            logger.warning("The session was not saved: %s", error)
        is_of_a_session = settings.SESSION_COOKIE_NAME in {*request.COOKIES, *response.cookies}
        told = response.get("Cache-Control", "")
        if is_of_a_session and not any(word in told for word in ("no-store", "public")):
            patch_cache_control(response, private=True, no_cache=True)
        return response

    def _move_on(self, request: HttpRequest, response: HttpResponseBase) -> None:
        session: Any = request.session
        if not session.accessed or response.status_code >= 500:
            return
        try:
            if SESSION_KEY in session:
                session.move_on(idle_seconds(request.user))
        except Error as error:
            logger.warning("When the session ends was not written: %s", error)


def begin(sender: type[Model], request: HttpRequest, user: Reader, **signal: object) -> None:
    """A session that begins ends in time, even if it is never used again."""
    session: Any = request.session
    session.idle = idle_seconds(user)
