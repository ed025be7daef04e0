"""Every form that is posted, as the pages of a small world have it: for the secretariat and for representatives."""

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.tokens import default_token_generator
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, get_resolver, resolve, reverse
from django.urls.resolvers import URLPattern, URLResolver
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from engagement.accounts.models import SavedView
from engagement.followups.actions import ACTIONS
from engagement.followups.models import ReportLink
from engagement.imports.models import Layout
from engagement.minutes.models import Minutes, MinutesLink
from engagement.minutes.verbs import VERBS
from meetings.models import AgendaProposal, Document, Meeting, ProposedChange
from organizations.models import Organization
from tests import makers as make
from tests.addresses import (
    PASSWORD,
    admin_addresses,
    chief,
    make_site,
    merge_addresses,
    own_addresses,
    return_addresses,
)
from tests.core.posting import opened
from tests.forms import Data, Form, forms_of
from tests.imports.files import committed, previewed
from tests.imports.invitations.files import OUTLOOK, file_of, ics
from tests.people import People
from tests.thorough import some

SIGN_IN, MEETINGS = "/accounts/login/", "/admin/meetings/meeting/"


@dataclass
class Source:
    """A page with forms: what is asked for, and what is sent to get there."""

    address: str
    data: Data | None = None

    def forms(self, client: Client) -> list[Form]:
        response: Any = client.get(self.address) if self.data is None else client.post(self.address, self.data)
        if response.status_code != 200:
            return []
        return [form for form in forms_of(response.content.decode(), self.address) if "logout" not in form.action]


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


@contextmanager
def undone(client: Client) -> Iterator[None]:
    """Nothing of it remains, and whoever was signed in still is."""
    cookies = client.cookies.output().replace("Set-Cookie: ", "")
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    client.cookies.load(cookies)


class Posted:
    """A site with something to be answered on each page, and who may answer it."""

    def __init__(self, people: People) -> None:
        self.people, self.world = people, make_site(people)
        self.chief = chief(people)
        self.staff, self.outside = signed_in(self.chief), signed_in(people.representative)
        self._make_promises()
        self._make_agenda()
        self._make_waiting()
        self._make_minutes()
        self._propose_a_change()
        self.imports = self._make_imports()
        shared = {"person": self.chief, "list_name": "followups:list", "name": "Shared"}
        SavedView.objects.create(owner=people.manager, **shared)

    def _make_promises(self) -> None:
        """One of the representative's, reported as done; one that is not; and links to report on it."""
        owed = {"owner": self.people.ours, "chaser": self.chief, "visibility": make.SHARED}
        table = make.make_held("Table", counterparts=[self.people.ours], visibility=make.SHARED)
        self.reported = make.make_followup("Reported", meeting=table, **owed)
        make.make_report(self.reported, by=self.people.representative)
        self.owed = make.make_followup("Owed", meeting=table, **owed)
        until = timezone.localdate() + dt.timedelta(days=14)
        who = {"by": self.chief, "name": "Ada Outside", "organization": self.people.ours, "expires_on": until}
        link, token = ReportLink.objects.make(self.owed, **who)
        self.link = link.path_of(token)

    def _make_agenda(self) -> None:
        """A meeting to come, and an item proposed for it."""
        soon = timezone.localdate() + dt.timedelta(days=30)
        parties = {"host": make.make_host("Agency"), "counterparts": [self.people.ours]}
        self.coming = make.make_meeting("Next", starts_on=soon, visibility=make.SHARED, **parties)
        item = {"organization": self.people.ours, "title": "Fees", "by": self.people.representative}
        self.proposal = AgendaProposal.objects.create(meeting=self.coming, **item)

    def _make_waiting(self) -> None:
        """A meeting that a colleague prepares for publication."""
        self.waiting = make.make_held("To publish", visibility=make.PUBLIC, prepared_by=self.people.manager)

    def _make_minutes(self) -> None:
        """With the counterpart, a comment on them, a link to more; and a meeting that has none yet."""
        self.silent = make.make_held("No minutes yet", counterparts=[self.people.ours], visibility=make.SHARED)
        self.minutes = Minutes.objects.begin(self.reported.meeting, by=self.chief)
        until = timezone.localdate() + dt.timedelta(days=14)
        self.minutes.send(1, by=self.chief, deadline_on=until, is_silence_agreement=False, recipients="")
        self.minutes.comment(1, self.people.ours, "Not all.", by=self.people.representative)
        who = {"by": self.chief, "name": "Ada Outside", "organization": self.people.ours, "expires_on": until}
        link, token = MinutesLink.objects.make(self.minutes, **who)
        self.minutes_link = link.path_of(token)

    def _pages_of_minutes(self) -> list[str]:
        address = self.minutes.get_absolute_url()
        pages = ("", "send/", "links/", *(f"act/{verb.slug}/" for verb in VERBS))
        return [f"{self.silent.get_absolute_url()}minutes/begin/", *(f"{address}{page}" for page in pages)]

    def _pages_of_erasing(self) -> list[str]:
        """A name, a person, and the earlier file of a document."""
        first, second = (ContentFile(b"%PDF-1.7\n" + word, name="a.pdf") for word in (b"first", b"second"))
        given = {"url": "", "accessibility": Document.Accessibility.ACCESSIBLE}
        paper = make.make_document(self.reported.meeting, file=first, **given)
        paper.file = second
        paper.save()
        person = make.make_person("Ada Byron")
        pages = (f"{paper.get_file_url()}versions/1/erase/", "/people/erase/", f"/people/{person.pk}/erase/")
        return list(pages)

    def _propose_a_change(self) -> None:
        """Of a published meeting, by somebody who may not publish."""
        self.published = make.make_public("Leaflets", prepared_by=self.people.secretary)
        address = f"/admin/meetings/meeting/{self.published.pk}/change/"
        self.chief.is_superuser = False
        self.chief.save()
        self.staff.post(address, {**opened(self.staff, address), "title": "Leaflets for all", "_save": "1"})
        chief(self.people)
        assert ProposedChange.objects.exists()

    def _make_imports(self) -> list[str]:
        """One of everything that a file is asked about, one that was carried out, an invitation; their addresses."""
        lines = ["Cabinet A,2022-05-01,Twin,,Talk,", "Cabinet A,soon,Kay,,x,", "B,2022-01-27,Kay,,Talk,"]
        asked = previewed([*lines, f"Cabinet A,2022-01-27,{'Long ' * 60},,Talk,", "Cabinet A,Jan,Zeta,,T,"], self.chief)
        yearless = previewed(["Cabinet D,Jan,Zeta,,T,"], self.chief)
        done = committed(["Cabinet C,2022-06-01,Lou,,Talk,"], self.chief)
        invitation: Any = self.staff.post("/imports/invitation/", {"file": file_of(ics(OUTLOOK))})
        unused = Layout.objects.create(name="Unused", noun="meetings", spec={})
        rows = [f"rows/{number}/" for number in range(1, 5)]
        pages = [f"{asked.pk}/{page}" for page in ("", *rows, "commit/", "columns/", "lists/", "delete/")]
        pages += ["upload/", "invitation/", f"{yearless.pk}/", f"{done.pk}/undo/"]
        pages += [f"layouts/{asked.layout.slug}/", f"layouts/{unused.slug}/delete/"]
        return [invitation["Location"], *(f"/imports/{page}" for page in pages)]

    # What is asked for ------------------------------------------------------------------------------------

    def of_staff(self, parts: int = 1) -> list[Form]:
        """All of the site, and of the pages of the admin one in so many."""
        admin = some(admin_addresses(self.world), turn=0, parts=parts)
        return _each_form_once(self.staff, [*map(Source, admin), *self._pages_of_the_site()])

    def of_the_site(self) -> list[Form]:
        """Without the admin."""
        return _each_form_once(self.staff, self._pages_of_the_site())

    def _pages_of_the_site(self) -> list[Source]:
        followup, meeting = self.world.records["followup"], self.world.records["meeting"]
        records = [followup, meeting, self.reported, self.owed]
        told = [meeting.series, self.world.records["host"], meeting.discussions.first().topic]
        agenda = self.coming.get_absolute_url()
        pages = [
            *own_addresses(self.chief),
            *merge_addresses(self.chief),
            *return_addresses(self.world, self.chief),
            *(record.get_absolute_url() for record in records),
            *(f"{record.get_absolute_url()}activity/" for record in told),
            *(f"{agenda}{page}" for page in ("send-agenda/", f"proposals/{self.proposal.pk}/")),
            f"{meeting.series.get_absolute_url()}plan/",
            *(f"{one.get_absolute_url()}publication/" for one in (self.published, self.waiting)),
            *self.imports,
            *self._pages_of_minutes(),
            *self._pages_of_erasing(),
        ]
        return [*map(Source, [*pages, PASSWORD, SIGN_IN, "/follow-ups/", "/today/"]), *self._pages_that_ask()]

    def _pages_that_ask(self) -> Iterator[Source]:
        """Which are the answer to ticked rows."""
        ticked = {"pick": [self.owed.reference], "list": ["1"]}
        yield from (Source(f"/follow-ups/act/{action.slug}/", ticked) for action in ACTIONS)
        last = Organization.objects.latest("pk")
        for list_, record in ((MEETINGS, self.published), ("/admin/organizations/organization/", last)):
            yield Source(list_, {"action": ["delete_selected"], "_selected_action": [str(record.pk)]})
        every = [str(key) for key in Meeting.objects.values_list("pk", flat=True)]
        yield Source(MEETINGS, {"action": ["confirm"], "_selected_action": every})

    def of_outsiders(self) -> list[Form]:
        pages = [f"{self.coming.get_absolute_url()}propose/", f"{self.owed.get_absolute_url()}report/", self.link]
        pages += [self.minutes.get_absolute_url(), self.minutes_link, self.reported.get_absolute_url()]
        pages += [*own_addresses(self.people.representative), PASSWORD]
        pages.append(f"{self.people.ours.get_absolute_url()}activity/")
        pages += [reverse("accounts:ask_for_link"), self._page_to_choose_a_password()]
        return _each_form_once(self.outside, [*map(Source, pages)])

    def _page_to_choose_a_password(self) -> str:
        """Where the link of an e-mail leads, once it was opened."""
        user = self.people.stranger
        key = urlsafe_base64_encode(force_bytes(user.pk))
        answer: Any = self.outside.get(
            reverse("accounts:choose_password", args=[key, default_token_generator.make_token(user)])
        )
        return str(answer["Location"])


def _each_form_once(client: Client, found: list[Source]) -> list[Form]:
    each = [form for source in found for form in source.forms(client)]
    return list({(route_of(form.action), tuple(form.kinds)[:6]): form for form in each}.values())


# Routes -----------------------------------------------------------------------------------------------------


def route_of(address: str) -> str:
    """The pattern that an address matches, without what stands for a record."""
    try:
        return resolve(address.partition("?")[0]).route
    except Resolver404:
        return address


def routes() -> Iterator[str]:
    """Every pattern of the site, the admin aside."""

    def walk(patterns: list[Any], before: str = "") -> Iterator[str]:
        for one in patterns:
            route = before + str(one.pattern)
            if isinstance(one, URLPattern):
                yield route
            elif isinstance(one, URLResolver) and not route.startswith("admin/"):
                yield from walk(one.url_patterns, route)

    yield from dict.fromkeys(walk(get_resolver().url_patterns))


def posted_routes(client: Client) -> set[str]:
    """Those that do not refuse every POST."""
    found = set()
    for route in routes():
        address = re.sub(r"<(\w+):\w+>", lambda kind: "1" if kind[1] == "int" else "never-was", route)
        if "logout" not in route and client.post(f"/{address}").status_code != 405:
            found.add(route)
    return found
