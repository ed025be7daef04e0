"""View as: a page rendered for a reader who is nobody (impersonation without a person), in a read-only transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from importlib import import_module

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.session import SessionStorage
from django.core.exceptions import PermissionDenied
from django.db import Error
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.response import SimpleTemplateResponse
from django.urls import Resolver404, ResolverMatch, get_script_prefix, resolve, set_script_prefix
from django.utils.translation import gettext as _

from engagement.accounts.models import User
from engagement.core.databases.read_only import read_only
from engagement.core.types import Reader
from organizations.models import Organization


@dataclass(frozen=True, slots=True)
class Audience:
    """Who reads: a visitor, anyone who acts for one organization, or a colleague."""

    organization: Organization | None = None
    staff: User | None = None

    def __str__(self) -> str:
        if self.staff is not None:
            return _("Secretariat")
        if self.organization is None:
            return _("Visitor")
        return _("Representative of %(name)s") % {"name": self.organization.name}

    @property
    def prefix(self) -> str:
        """Where the site as they read it begins, without a slash at the end."""
        if self.staff is not None:
            return ""
        return "/view-as/visitor" if self.organization is None else f"/view-as/organizations/{self.organization.slug}"

    @property
    def reader(self) -> Reader:
        """Somebody who reads as they do. Of an organization it is nobody: no account, role or views."""
        if self.staff is not None or self.organization is None:
            return self.staff or AnonymousUser()
        nobody = User(pk=0, username=str(self))
        nobody.stands_for = frozenset([self.organization.pk])
        return nobody


@dataclass(frozen=True, slots=True)
class ViewedAs:
    """What the bar above such a page says: who reads, and which page."""

    audience: Audience
    path: str


def page_at(path: str) -> ResolverMatch | None:
    """What stands at an address, if it is a page: files leave the site, and calendars are somebody's own."""
    try:
        match = resolve(path)
    except Resolver404:
        return None
    is_page = not {"extension", "token", "path"} & match.kwargs.keys()
    return match if is_page else None


def read_as(request: HttpRequest, audience: Audience, path: str) -> HttpResponseBase:
    """The page at ``path`` as this audience gets it; its links stay within their view. Nothing can be written."""
    match = page_at(path)
    inner = _asked_by(request, audience, path)
    with _links_within(audience.prefix):
        try:
            inner.resolver_match = match
            if match is None:
                raise Http404
            with read_only():
                return _made(match.func(inner, *match.args, **match.kwargs))
        except Http404:
            return render(inner, "404.html", status=404)
        except (PermissionDenied, Error):  # the database was asked to write
            return refusal(inner)


def refusal(request: HttpRequest) -> HttpResponse:
    return render(request, "view_as/refused.html", status=403)


def _made(response: HttpResponseBase) -> HttpResponseBase:
    return response.render() if isinstance(response, SimpleTemplateResponse) else response


def _asked_by(request: HttpRequest, audience: Audience, path: str) -> HttpRequest:
    """The same question, asked by somebody who has no session and was told nothing."""
    inner = copy(request)
    inner.user = audience.reader
    inner.session = import_module(settings.SESSION_ENGINE).SessionStore()
    inner._messages = SessionStorage(inner)  # type: ignore[attr-defined]
    inner.path_info, inner.path = path, f"{get_script_prefix()[:-1]}{audience.prefix}{path}"
    if audience.staff is None:
        inner.viewed_as = ViewedAs(audience, path)  # type: ignore[attr-defined]
    return inner


@contextmanager
def _links_within(prefix: str) -> Iterator[None]:
    """Inside, whatever the site links to is linked to below this prefix."""
    before = get_script_prefix()
    set_script_prefix(f"{before}{prefix[1:]}/" if prefix else before)
    try:
        yield
    finally:
        set_script_prefix(before)
