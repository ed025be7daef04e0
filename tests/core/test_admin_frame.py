"""Every kind of page in the admin has one breadcrumb, one heading, and a title that says the same."""

import html
import re

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from engagement.accounts.models import User
from engagement.admin_front import DESCRIBED
from engagement.reminders.models import KeptMail
from meetings.models import Meeting
from tests import makers as make
from tests.core.posting import opened, send

pytestmark = pytest.mark.django_db

KINDS = {
    "app": "/admin/meetings/",
    "list": "/admin/meetings/meeting/",
    "list without filters": "/admin/topics/theme/",
    "add": "/admin/meetings/meeting/add/",
    "change": "/admin/meetings/meeting/{meeting}/change/",
    "history": "/admin/meetings/meeting/{meeting}/history/",
    "question": "/admin/meetings/meeting/{meeting}/verb/cancel/",
    "delete": "/admin/auth/group/{group}/delete/",
    "user": "/admin/accounts/user/{user}/change/",
    "delete a user": "/admin/accounts/user/{user}/delete/",
    "password of another": "/admin/accounts/user/{user}/password/",
    "own password": "/admin/password_change/",
    "log of exports": "/admin/accounts/exportlog/",
    "log of reminders": "/admin/reminders/digest/",
    "kept e-mail": "/admin/reminders/keptmail/{mail}/change/",
}


@pytest.fixture(scope="module")
def places(module_db: None) -> dict[str, int]:
    boss = User.objects.create_superuser("boss", password="x")
    group = Group.objects.create(name="Group")
    return {
        "meeting": make.make_meeting("A meeting").pk,
        "group": group.pk,
        "user": make.make_user("ann").pk,
        "boss": boss.pk,
        "mail": KeptMail.objects.create(to="ann@example.org", subject="1 overdue", html="<p>Hello").pk,
    }


def text(found: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", found)).split())


def check(page: str, *, has_way: bool = True) -> list[str]:
    """The words of its breadcrumb."""
    ways = re.findall(r'<nav (?:class="breadcrumbs" )?aria-label="Breadcrumbs">(.*?)</nav>', page, re.DOTALL)
    assert len(ways) == page.count('breadcrumbs"') == has_way
    [heading], [title] = (
        re.findall(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL),
        re.findall(r"<title>(.*?)</title>", page, re.DOTALL),
    )
    assert text(heading) in text(title)
    return [text(one) for one in re.findall(r"<li.*?</li>", ways[0], re.DOTALL)] if ways else []


def test_the_front_page_groups_what_there_is_by_task(places: dict[str, int], client: Client) -> None:
    """Nothing is lost, and an app without a group would stand below."""
    client.force_login(User.objects.get(pk=places["boss"]))
    page = client.get("/admin/").text
    groups = [text(one) for one in re.findall(r"<h3>(.*?)</h3>", page, re.DOTALL)]
    assert groups == ["Meetings and follow-ups", "Organizations and people", "Topics", "Returns", "Accounts and logs"]
    described = {model._meta.object_name for model in admin.site._registry}
    assert set(DESCRIBED) <= described
    lists = {reverse(f"admin:{m._meta.app_label}_{m._meta.model_name}_changelist") for m in admin.site._registry}
    assert len(lists) > 8
    assert {address for address in lists if f'href="{address}"' not in page} == set()


@pytest.mark.parametrize("kind", KINDS)
def test_one_breadcrumb_one_heading_one_title(kind: str, places: dict[str, int]) -> None:
    client = Client()
    client.force_login(User.objects.get(pk=places["boss"]))
    answer = client.get(KINDS[kind].format(**places))
    assert answer.status_code == 200
    way = check(answer.content.decode())
    assert way[0] == "Administration"
    assert len(way) > 1 and len(set(way)) == len(way)
    if kind == "history":
        assert way[1:] == ["Meetings", str(Meeting.objects.get()), "History"]
    if kind == "question":
        assert way[1] == "Meetings"


def test_the_front_page_leads_nowhere_up_and_several_are_deleted_in_the_same_frame(places: dict[str, int]) -> None:
    client = Client()
    client.force_login(User.objects.get(pk=places["boss"]))
    check(client.get("/admin/").content.decode(), has_way=False)
    some = {"action": "delete_selected", "_selected_action": [places["group"]]}
    assert check(client.post("/admin/auth/group/", some).content.decode())[-2:] == ["Groups", "Delete"]


def test_site_and_admin_have_one_header(places: dict[str, int]) -> None:
    """The same ways, in the same order, and the same menu of the person."""
    client = Client()
    client.force_login(User.objects.get(pk=places["boss"]))

    def header(address: str) -> tuple[list[str], str]:
        page = client.get(address).content.decode()
        found = re.findall(r'<header class="site-header">(.*?)</header>', page, re.DOTALL)[0]
        nav = re.findall(r'<nav class="site-nav".*?</nav>', found, re.DOTALL)[0]
        account = found[found.index('<div class="account">') :]
        ways = re.findall(r'href="([^"]+)"', nav + account)
        return [way for way in ways if not way.startswith("/view-as/")], text(nav)

    first = header("/meetings/")
    assert "/admin/" in first[0] and len(first[0]) > 10
    for address in ("/admin/", "/admin/meetings/", "/admin/meetings/meeting/", "/admin/meetings/meeting/add/"):
        assert header(address) == first, address


def test_the_front_page_begins_with_work_and_tells_only_what_there_is(places: dict[str, int]) -> None:
    client = Client()
    client.force_login(User.objects.get(pk=places["boss"]))
    page = client.get("/admin/").content.decode()
    assert "No meeting has to be written up or published now." in page and "Last edited by you" not in page
    meeting = Meeting.objects.get()
    Meeting.objects.filter(pk=meeting.pk).update(publication_due_on="2025-05-22")
    form = opened(client, f"/admin/meetings/meeting/{meeting.pk}/change/")
    send(client, f"/admin/meetings/meeting/{meeting.pk}/change/", form, purpose="Written down")
    page = client.get("/admin/").content.decode()
    work, records = page.index('aria-label="Due for publication"'), page.index("All records")
    assert work < records and "Last edited by you" in page
