"""Every address of the site, opened by everybody: the right status, and no word that is not theirs."""

import datetime as dt
import inspect
from collections.abc import Iterator
from textwrap import dedent
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.template import base
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from engagement.core.models import Record
from engagement.followups.models import FollowUp, ReportLink
from engagement.imports.models import Layout
from engagement.minutes.models import Minutes, MinutesSending
from engagement.topics.models import Topic
from meetings.models import DocumentVersion, ProposedChange
from tests import makers as make
from tests.people import People, client_of
from tests.thorough import ALL, shared_out, today
from tests.world import ALL_MARKS, INSIDE_MARK, OURS_MARK, PUBLIC_MARK, SEEN_BY, THEIRS_MARK, World

STAFF = {"secretary", "manager", "publisher"}

# Addresses that lead to no record: who gets which status. Records are in ``World.addresses``.
EVERYBODY = dict.fromkeys(SEEN_BY, 200)
SECRETARIAT = {**dict.fromkeys(SEEN_BY, 404), **dict.fromkeys(STAFF, 200), "visitor": 302}
NOBODY = {**dict.fromkeys(SEEN_BY, 404), "visitor": 302}  # who may import is none of these
PLAIN: dict[str, dict[str, int]] = {
    "/": EVERYBODY,
    "/meetings/": EVERYBODY,
    "/organizations/": EVERYBODY,
    "/series/": EVERYBODY,
    "/topics/": EVERYBODY,
    "/follow-ups/": EVERYBODY,
    "/search/": EVERYBODY,
    "/search/suggestions/": EVERYBODY,
    "/healthz": EVERYBODY,
    "/accessibility/": EVERYBODY,
    "/about/": EVERYBODY,
    "/withdrawn/": EVERYBODY,
    "/overview/": EVERYBODY,
    "/positions/": EVERYBODY,
    "/today/": SECRETARIAT,
    "/publication/": SECRETARIAT,
    "/dashboard/": SECRETARIAT,
    "/robots.txt": EVERYBODY,
    "/.well-known/security.txt": dict.fromkeys(SEEN_BY, 404),  # no contact is set
    "/accounts/login/": EVERYBODY,
    "/accounts/logout/": dict.fromkeys(SEEN_BY, 405),
    "/accounts/password/": {**EVERYBODY, "visitor": 302},
    "/accounts/password/link/": EVERYBODY,
    "/accounts/views/": {**EVERYBODY, "visitor": 302},
    "/accounts/views/add/": {**dict.fromkeys(SEEN_BY, 404), "visitor": 302},  # of which list, it does not say
    "/accounts/calendar/": {**EVERYBODY, "visitor": 302},
    "/accounts/reminders/": {**dict.fromkeys(SEEN_BY, 404), **dict.fromkeys(STAFF, 200), "visitor": 302},
    **dict.fromkeys(["/imports/", "/imports/upload/", "/imports/invitation/", "/imports/layouts/"], NOBODY),
}
# Pages for those who may merge; whoever may not does not learn that they are there.
MERGERS = {**dict.fromkeys(SEEN_BY, 404), "secretary": 200, "visitor": 302}
PLAIN |= {
    "/organizations/duplicates/": MERGERS,
    "/organizations/duplicates/merges/": MERGERS,
    "/organizations/duplicates/merge/": {**MERGERS, "secretary": 302},  # of which, it does not say
    "/organizations/duplicates/not-the-same/": dict.fromkeys(SEEN_BY, 405),
    "/organizations/duplicates/ticked/": dict.fromkeys(SEEN_BY, 405),
}
PUBLISHERS = {**dict.fromkeys(SEEN_BY, 404), "publisher": 200, "visitor": 302}
PLAIN |= {"/returns/": PUBLISHERS}
PLAIN |= {"/people/erase/": {**dict.fromkeys(SEEN_BY, 404), "manager": 200, "visitor": 302}}
RECORD_ROUTES = {
    "people/<int:pk>/held.<str:extension>",  # in tests/privacy/test_own_data.py
    "people/<int:pk>/erase/",  # in tests/privacy/test_pages.py
    *("returns/<slug:code>/", "returns/sent/<int:pk>/", "returns/sent/<int:pk>/file/"),  # in tests/returns
    "organizations/duplicates/merges/<int:pk>/",
    "meetings/<slug:slug>/",
    "meetings/<slug:slug>/brief/",
    *(f"meetings/<slug:slug>/versions/{page}" for page in ("", "compare/", "<int:number>/", "<int:number>.json")),
    *(f"meetings/<slug:slug>/minutes/{page}" for page in ("", "compare/", "<int:number>/")),
    *("meetings/<slug:slug>/minutes/<int:number>.<str:extension>", "series/<slug:slug>/minutes.<str:extension>"),
    # These in tests/minutes.
    *(f"meetings/<slug:slug>/minutes/{verb}/" for verb in ("begin", "answer", "send", "links", "act/<slug:verb>")),
    "meetings/<slug:slug>/minutes/comments/<int:pk>/resolve/",
    "meetings/<slug:slug>/minutes/links/<int:pk>/revoke/",
    *("minutes/<str:token>/", "minutes/<str:token>/minutes.<str:extension>"),
    "meetings/<slug:slug>/propose/",  # these two in tests/meetings/test_agenda_proposals.py
    "meetings/<slug:slug>/proposals/<int:pk>/",
    "meetings/<slug:slug>/publication/",  # in tests/meetings/test_preflight.py
    "meetings/<slug:slug>/publication/changes/<int:pk>/files/<int:number>/",  # in tests/meetings/test_four_eyes.py
    "meetings/<slug:slug>/publication/remind/",  # in tests/reminders/test_publishing.py
    "meetings/<slug:slug>/publication/changes/<int:pk>/",  # in tests/meetings/test_four_eyes.py
    "meetings/<slug:slug>/send-agenda/",  # in tests/meetings/test_agenda_mail.py
    *("view-as/visitor/", "view-as/visitor/<path:path>"),  # these in tests/pages/test_view_as.py
    *("view-as/organizations/<slug:slug>/", "view-as/organizations/<slug:slug>/<path:path>"),
    *("view-as/side-by-side/", "view-as/side-by-side/<path:path>"),
    "meetings/<slug:slug>/documents/<int:pk>/",
    "meetings/<slug:slug>/documents/",  # these in tests/meetings/test_document_versions.py
    "meetings/<slug:slug>/documents/request/",
    "meetings/<slug:slug>/documents/<int:pk>/versions/<int:number>/",
    "meetings/<slug:slug>/documents/<int:pk>/versions/<int:number>/erase/",
    "series/<slug:slug>/",
    "series/<slug:slug>/book/",
    "themes/<slug:slug>/",
    "references/<slug:slug>/",
    "organizations/<slug:slug>/",
    "topics/<slug:slug>/",
    "topics/<slug:slug>/positions/",
    *(
        f"{folder}/<slug:slug>/activity/{page}"
        for folder in ("organizations", "topics", "series")
        for page in ("", "seen/", "link/")
    ),
    "organizations/<slug:slug>/positions/",
    "follow-ups/<slug:reference>/",
    "follow-ups/act/<slug:verb>/",
    "series/<slug:slug>/plan/",
    "follow-ups/<slug:reference>/links/",
    "follow-ups/<slug:reference>/links/<int:pk>/revoke/",
    "respond/<str:token>/",
    "follow-ups/<slug:reference>/report/",
    "follow-ups/<slug:reference>/reports/<int:pk>/file/",
    "follow-ups/<slug:reference>/reports/<int:pk>/withdraw/",
    "follow-ups/<slug:reference>/reports/<int:pk>/confirm/",
    "follow-ups/<slug:reference>/reports/<int:pk>/return/",
    "accounts/password/<str:uidb64>/<str:token>/",  # in tests/accounts/test_password_links.py
    "accounts/views/<int:pk>/",
    "accounts/views/<int:pk>/delete/",
    "accounts/views/<int:pk>/default/",
    "accounts/views/<int:pk>/copy/",
}

# The same rows in other forms, walked as everybody in tests/exports.
EXPORT_ROUTES = {
    "meetings.<str:extension>",
    "series.<str:extension>",
    "organizations.<str:extension>",
    "topics.<str:extension>",
    "follow-ups.<str:extension>",
    "positions.<str:extension>",
    "topics/<slug:slug>/positions.<str:extension>",
    "organizations/<slug:slug>/positions.<str:extension>",
    "calendar/<str:token>/meetings.ics",
    *(f"{folder}/<slug:slug>/activity.atom" for folder in ("organizations", "topics", "series")),
    *(f"calendar/<str:token>/{folder}/<slug:slug>.atom" for folder in ("organizations", "topics", "series")),
    "calendar/<str:token>/follow-ups.ics",
    "accounts/calendar/<int:pk>/revoke/",
}

# Files that were brought in, walked as everybody in tests/imports.
IMPORT_ROUTES = {
    "imports/invitation/<int:pk>/",
    "imports/layouts/<slug:slug>/",
    "imports/<int:pk>/",
    "imports/<int:pk>/columns/",
    "imports/<int:pk>/decide/",
    "imports/<int:pk>/delete/",
    "imports/layouts/<slug:slug>/delete/",
    "imports/<int:pk>/lists/",
    "imports/<int:pk>/look/",
    "imports/<int:pk>/period/",
    "imports/<int:pk>/rows/<int:number>/",
    "imports/<int:pk>/commit/",
    "imports/<int:pk>/undo/",
    "imports/<int:pk>/questions.<str:extension>",
}

# Files of the branding, walked in tests/core/test_branding.py.
BRANDING_ROUTES = {
    "branding/<slug:version>/colours.css",
    "branding/<slug:version>/icon.svg",
    "branding/<slug:version>/logo.<slug:extension>",
}


CALLS = "if callable(current):"
"""Where Django, looking up ``{{ page.filters.more }}``, calls whatever can be called."""


@pytest.fixture(autouse=True)
def no_class_is_called(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No template reads through a class: it would be called, fail in silence, and what stands behind it never shows."""
    called: set[str] = set()

    def note(path: str, value: Any) -> None:
        if isinstance(value, type) and not getattr(value, "do_not_call_in_templates", False):
            called.add(f"{path}: {value.__module__}.{value.__qualname__}")

    before, callable_, after = dedent(inspect.getsource(base.Variable._resolve_lookup)).partition(CALLS)
    indent = before.rpartition("\n")[2]
    names = vars(base) | {"note": note}
    exec(f"{before}note(self.var, current)\n{indent}{callable_}{after}", names)
    monkeypatch.setattr(base.Variable, "_resolve_lookup", names["_resolve_lookup"])
    yield
    assert not called


def routes(resolver: Any = None, prefix: str = "") -> Iterator[str]:
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, route)
        elif isinstance(pattern, URLPattern):
            yield route


def text_of(response: Any) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return body.decode("utf-8", "replace") + str(dict(response.headers))


def main_of(response: Any) -> str:
    """The page without its frame, which greets whoever signed in by name and organization."""
    return text_of(response).lower().partition("<main")[2].partition("</main>")[0]


def assert_no_leak(name: str, address: str, response: Any) -> None:
    text = text_of(response).lower()
    asked = address.lower()
    leaked = [mark for mark in ALL_MARKS - SEEN_BY[name] if mark in text.replace(asked, "")]
    assert not leaked, f"{name} met {leaked} at {address} ({response.status_code})"


def readers(people: People) -> list[tuple[str, Any]]:
    """Everybody; of the secretariat, whose members read the same, one, and tomorrow another."""
    everybody = list(people)
    return [*today(everybody[:3], parts=3), *everybody[3:]]


def test_every_route_is_walked() -> None:
    """A new address belongs into this file before it goes out."""
    known = {address.lstrip("/") for address in PLAIN} | RECORD_ROUTES | EXPORT_ROUTES | IMPORT_ROUTES | BRANDING_ROUTES
    site = {route for route in routes() if not route.startswith("admin/")}
    assert site == known


@pytest.mark.both_databases
def test_plain_pages(world: World, people: People) -> None:
    for name, user in people:
        client = client_of(user)
        for address, expected in shared_out(list(PLAIN.items())):
            response = client.get(address)
            assert response.status_code == expected[name], f"{name} at {address}"
            assert_no_leak(name, address, response)


@pytest.mark.both_databases
@pytest.mark.slow("every list, asked by everybody")
def test_records(world: World, people: People) -> None:
    """Whoever may know of a record reads its page, everybody else gets what an address that never was gets."""
    for name, user in readers(people):
        client = client_of(user)
        for address, mark in shared_out(sorted(world.addresses)):
            response = client.get(address, follow=True)
            assert response.status_code == (200 if mark in SEEN_BY[name] else 404), f"{name} at {address}"
            assert_no_leak(name, address, response)
            if mark in SEEN_BY[name]:
                assert mark in text_of(response).lower(), f"{name} reads nothing at {address}"
                assert "Europe/" not in text_of(response), f"the key of a time zone, and not its name, at {address}"


@pytest.mark.both_databases
def test_books_and_themes(world: World, people: People) -> None:
    """A book is open to whoever may know of its series; a theme to everybody, with what each may see below it."""
    theme = make.make_theme("Walked theme")
    for topic in Topic.objects.all():
        topic.themes.add(theme)
    series = {address: mark for address, mark in world.addresses if address.startswith("/series/")}
    assert len(series) >= 4
    for name, user in readers(people):
        client = client_of(user)
        response = client.get(theme.get_absolute_url())
        assert response.status_code == 200
        assert_no_leak(name, theme.get_absolute_url(), response)
        assert all(mark in text_of(response).lower() for mark in SEEN_BY[name])
        for address, mark in series.items():
            response = client.get(f"{address}book/")
            assert response.status_code == (200 if mark in SEEN_BY[name] else 404), f"{name} at {address}book/"
            assert_no_leak(name, f"{address}book/", response)


@pytest.mark.both_databases
def test_activity_is_for_the_secretariat_and_of_own_organizations(world: World, people: People) -> None:
    own = {"representative": people.ours, "stranger": people.theirs}
    folders = ("/topics/", "/organizations/", "/series/")
    records = [address for address, _mark in world.addresses if address.startswith(folders)]
    assert len(records) >= 16
    records = shared_out(sorted({*records, *(one.get_absolute_url() for one in own.values())}))
    for name, user in people:
        client = client_of(user)
        mine = own[name].get_absolute_url() if name in own else ""
        for address in records:
            response = client.get(f"{address}activity/")
            expected = 302 if name == "visitor" else 200 if name in STAFF or address == mine else 404
            assert response.status_code == expected, f"{name} at {address}activity/"
            feed = client.get(f"{address}activity.atom")
            assert feed.status_code == expected, f"{name} at {address}activity.atom"
            assert_no_leak(name, f"{address}activity.atom", feed)
            for verb in ("seen", "link"):
                assert client.get(f"{address}activity/{verb}/").status_code in (302, 405)
            assert_no_leak(name, f"{address}activity/", response)
            assert address != mine or "1 position added" in text_of(response)


@pytest.mark.both_databases
def test_ledgers_tell_the_positions_of_what_one_may_know(world: World, people: People) -> None:
    records = [
        (address, mark) for address, mark in world.addresses if address.startswith(("/topics/", "/organizations/"))
    ]
    assert len(records) >= 12
    records = shared_out(sorted(records))
    marks = {mark for address, mark in records if address.startswith("/topics/")}
    told: dict[str, str] = dict.fromkeys(SEEN_BY, "")
    for name, user in readers(people):
        client = client_of(user)
        for address, mark in records:
            for form in ("positions/", "positions.csv", "positions.json"):
                response = client.get(address + form, follow=True)
                assert response.status_code == (200 if mark in SEEN_BY[name] else 404), f"{name} at {address}{form}"
                assert_no_leak(name, address + form, response)
                told[name] += text_of(response) if response.status_code == 200 else ""
    for name, _user in readers(people):
        assert all(f"{mark} position" in told[name].lower() for mark in SEEN_BY[name] & marks)


def test_briefs_are_for_the_secretariat(world: World, people: People) -> None:
    meetings = [address for address, _mark in world.addresses if address.startswith("/meetings/")]
    assert len(meetings) >= 3
    for name, user in people:
        client = client_of(user)
        for address in meetings:
            response = client.get(f"{address}brief/", follow=True)
            assert response.status_code == (200 if name in STAFF else 404), f"{name} at {address}brief/"
            assert_no_leak(name, f"{address}brief/", response)


@pytest.mark.both_databases
def test_versions_are_open_where_the_meeting_is_public(world: World, people: People) -> None:
    """Each of them to everybody; of any other meeting there is nothing, whoever may know of it."""
    meetings = [(address, mark) for address, mark in world.addresses if address.startswith("/meetings/")]
    assert len(meetings) >= 3
    for name, user in readers(people):
        client = client_of(user)
        for address, mark in shared_out(sorted(meetings)):
            for page in ("", "1/", "1.json", "2/", "2.json", "compare/"):
                response = client.get(f"{address}versions/{page}", follow=True)
                assert response.status_code == (200 if mark == PUBLIC_MARK else 404), f"{name} at {address}{page}"
                assert_no_leak(name, f"{address}versions/{page}", response)


def test_plans_are_for_those_who_may_add_meetings(world: World, people: People) -> None:
    serieses = [address for address, _mark in world.addresses if address.startswith("/series/")]
    assert len(serieses) >= 4
    for name, user in people:
        client = client_of(user)
        for address in serieses:
            response = client.get(f"{address}plan/", follow=True)
            expected = 200 if name in ("secretary", "visitor") else 404  # a visitor is asked to sign in
            assert response.status_code == expected, f"{name} at {address}plan/"
            assert_no_leak(name, f"{address}plan/", response)


@pytest.mark.both_databases
def test_links_to_report_open_one_promise_to_everybody(world: World, people: People) -> None:
    """As good for whoever signed in as for whoever did not; what ended, or never was, says nothing of any promise."""
    promise = FollowUp.objects.get(title=f"{OURS_MARK} promise")
    until = timezone.localdate() + dt.timedelta(days=3)
    made = {}
    for state, day in (("good", until), ("revoked", until), ("expired", until)):
        link, token = ReportLink.objects.make(
            promise, by=people.secretary, name=f"{OURS_MARK} holder", organization=people.ours, expires_on=day
        )
        made[state] = (link, link.path_of(token))
    made["revoked"][0].revoke(by=people.secretary)
    ReportLink.objects.filter(pk=made["expired"][0].pk).update(expires_on=make.LONG_AGO)
    gone = [(made["revoked"][1], 410), (made["expired"][1], 410), (f"{made['good'][1][:-3]}aa/", 404)]
    for name, user in people:
        client = client_of(user)
        text = main_of(client.get(made["good"][1]))
        assert f"{OURS_MARK} promise" in text
        assert not [mark for mark in ALL_MARKS - {OURS_MARK} if mark in text], name
        assert not [word for word in ("details", "meeting,", "reason") if f"{OURS_MARK} {word}" in text], name
        for address, status in gone:
            response = client.get(address)
            assert response.status_code == status, f"{name} at {address}"
            assert not [mark for mark in ALL_MARKS if mark in main_of(response)], name
        for address in ("links/", f"links/{made['revoked'][0].pk}/revoke/"):
            assert client.get(promise.get_absolute_url() + address).status_code == 405
            response = client.post(promise.get_absolute_url() + address)
            told = {"visitor": 404, "representative": 403, "stranger": 404, "publisher": 403}
            assert response.status_code in {told.get(name, 200), told.get(name, 302)}, f"{name} at {address}"
            assert_no_leak(name, address, response)


@pytest.mark.both_databases
def test_reports_are_for_those_who_promised_and_for_the_secretariat(world: World, people: People) -> None:
    """The form to report, and confirming or returning: each for its own, and no word of a report for anybody else."""
    promises = [(address, mark) for address, mark in world.addresses if address.startswith("/follow-ups/")]
    for address, mark in shared_out(sorted(promises)):
        promise = FollowUp.objects.get(reference=address.split("/")[2])
        report = make.make_report(promise, comment=f"{mark} words")
        for name, user in people:
            client, is_own = client_of(user), (name, mark) in (("representative", OURS_MARK), ("stranger", THEIRS_MARK))
            response = client.get(f"{address}report/")
            seen = 200 if is_own else 403 if mark in SEEN_BY[name] else 404
            assert response.status_code == (302 if name == "visitor" else seen), f"{name} at {address}report/"
            assert_no_leak(name, address, response)
            assert client.get(f"{address}reports/{report.pk}/file/").status_code == 404, "it came without one"
            for verb in ("confirm", "return"):
                assert client.get(f"{address}reports/{report.pk}/{verb}/").status_code == 405
            page = client.get(address)
            assert_no_leak(name, address, page)
            assert ("words" in text_of(page)) == (name in STAFF or is_own), f"{name} at {address}"
            response = client.post(f"{address}reports/{report.pk}/return/", {"reason": ""})
            told = 200 if name in ("secretary", "manager") else 403
            told = told if mark in SEEN_BY[name] else 404
            assert response.status_code == (302 if name == "visitor" else told), f"{name} returns {address}"
            assert_no_leak(name, address, response)


def test_a_former_address_says_nothing_to_those_who_may_not_know(world: World, people: People) -> None:
    moved = [(address, mark) for address, mark in world.addresses if address.endswith("-meeting/")]
    assert len(moved) >= 3
    for address, mark in moved:
        for name, user in people:
            response = client_of(user).get(address)
            if mark in SEEN_BY[name]:
                assert response.status_code in (200, 301), f"{name} at {address}"
            else:
                assert (response.status_code, "Location" in response.headers) == (404, False)


@pytest.mark.slow("every list, asked by everybody")
def test_lists_of_filters_show_no_more(world: World, people: People) -> None:
    """Whatever is asked of a list, it only narrows what the reader sees."""
    queries = (
        "?q=mark",
        f"?q={INSIDE_MARK}",
        "?page=1",
        "?page=999",
        "?page=x",
        "?status=held",
        "?due=overdue",
        "?when=this_year",
        "?from=2020-01-01&sort=-last",
        "?opened=this_year&show=all&sort=meeting",
        "?more=1",
        "?theme_find=mark&topic_find=mark&series_find=mark&organization_find=mark",
    )
    readers = [(name, user) for name, user in people if ALL or name not in ("secretary", "publisher")]
    for first, (name, user) in enumerate(readers):  # these two read what the manager reads
        client = client_of(user)
        for turn, address in enumerate(("/meetings/", "/organizations/", "/topics/", "/series/", "/follow-ups/")):
            for query in today(queries, parts=6, turn=first + turn):
                response = client.get(address + query)
                assert response.status_code in (200, 404), f"{address}{query}"
                assert_no_leak(name, query.removeprefix("?q="), response)


def admin_addresses(world: World) -> list[str]:
    found = ["/admin/", "/admin/password_change/", "/admin/jsi18n/"]
    for model, model_admin in admin.site._registry.items():
        base = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        record = model._default_manager.order_by("-pk").first()
        found += [base, f"{base}add/"]
        if hasattr(model_admin, "lookup_view"):
            found.append(f"{base}lookup/?q=mark")
        if record is not None:
            found += [f"{base}{record.pk}/change/", f"{base}{record.pk}/history/", f"{base}{record.pk}/delete/"]
            found += [f"{base}{record.pk}/verb/{verb.name}/" for verb in getattr(model_admin, "verbs", ())]
    return found


@pytest.mark.slow("every page of the admin")
def test_the_admin_is_closed_to_everybody_else(world: World, people: People) -> None:
    addresses = admin_addresses(world)
    assert len(addresses) > 60
    for name, user in people:
        if name in STAFF:
            continue
        client = client_of(user)
        for address in addresses:
            response = client.get(address)
            assert response.status_code in (302, 403, 404), f"{name} at {address}"
            assert_no_leak(name, address, response)


@pytest.mark.both_databases
@pytest.mark.slow("every page of the admin")
def test_staff_get_what_their_role_allows_in_the_admin(world: World, people: People) -> None:
    """No page of the admin breaks for anybody who may come in, and each role adds only what it may."""
    addresses = admin_addresses(world)
    for name, user in people:
        if name not in STAFF:
            continue
        client = client_of(user)
        for address in shared_out(addresses):
            response = client.get(address)
            assert response.status_code in (200, 403), f"{name} at {address}: {response.status_code}"
        may_add = {a for a in addresses if a.endswith("/meeting/add/") and client.get(a).status_code == 200}
        assert bool(may_add) == (name == "secretary")


def test_every_noun_has_its_admin() -> None:
    """Parts are edited with their whole, layouts where files are imported, what waits for a publisher is decided on the
    page of its meeting, earlier files where all that is held is shown, minutes on theirs; the rest has its own form."""
    missing = [
        model
        for model in apps.get_models()
        if issubclass(model, Record) and not model.root_field and model not in admin.site._registry
    ]
    assert missing == [DocumentVersion, ProposedChange, Minutes, MinutesSending, Layout]


def test_the_marks_are_there(world: World, people: People) -> None:
    """The walk proves something: staff do meet every mark."""
    client = client_of(people.secretary)
    text = "".join(text_of(client.get(address)).lower() for address in ("/meetings/", "/follow-ups/", "/topics/"))
    assert {mark for mark in ALL_MARKS if mark in text} == ALL_MARKS
    assert PUBLIC_MARK in text_of(Client().get("/meetings/")).lower()
