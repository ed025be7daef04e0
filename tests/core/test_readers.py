"""Every text box says who reads it; and what is said is true: an internal note never leaves the secretariat."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.apps import apps
from django.contrib import admin
from django.test import Client, RequestFactory
from django.urls import get_resolver

from engagement.core.lookups.fields import BaseLookupField
from engagement.core.readers import ONLY_SECRETARIAT, WHOEVER_SEES_NAME, is_text_box, read_by
from meetings.models import Meeting
from tests import makers
from tests.people import People

OWN = ("engagement.", "meetings.", "organizations.")
SAYS = ("Not visible outside the secretariat", "Visible to", "everyone who")
NO_WORDS = {"SignInForm.username", "NewUserForm.username", "UserCreationForm.username"}
NO_WORDS |= {"AskForLinkForm.email"}  # nobody but the mail server
NO_WORDS |= {"ListForm.names"}  # of organizations, one a line
NOT_WRITTEN = {"Erasure", "User", "Group", "ExportLog", "ViewAsLog", "Report", "ReportLink", "Digest", "KeptMail"}
NOT_WRITTEN |= {"PublishingReminder"}


def own_forms() -> Iterator[tuple[str, Any]]:
    """The forms of the site, and the questions of the admin's verbs; all are imported with the addresses."""
    assert get_resolver().url_patterns
    waiting: list[Any] = [forms.Form, forms.ModelForm]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind.__module__.startswith(OWN) and kind.__qualname__ == kind.__name__:
            yield kind.__name__, kind.declared_fields  # type: ignore[attr-defined]


def admin_fields(request: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """What the forms of the admin ask, rows and rows within rows included."""
    waiting: list[Any] = [screen for model, screen in admin.site._registry.items() if model.__name__ not in NOT_WRITTEN]
    while waiting:
        screen = waiting.pop()
        waiting += [inline(screen.model, admin.site) for inline in screen.inlines] if screen.inlines else []
        fields: dict[str, Any] = {}
        for field in screen.model._meta.get_fields():
            if getattr(field, "editable", False) and not getattr(field, "auto_created", False):
                fields[field.name] = screen.formfield_for_dbfield(field, request)
        yield screen.model.__name__, fields


def test_every_text_box_says_who_reads_it(people: People) -> None:
    request = RequestFactory().get("/")
    request.user = people.secretary
    silent, boxes = [], 0
    for name, fields in [*own_forms(), *admin_fields(request)]:
        for key, field in fields.items():
            if field is None or isinstance(field, BaseLookupField) or not is_text_box(field):
                continue
            boxes += 1
            if not any(word in str(field.help_text) for word in SAYS):
                silent.append(f"{name}.{key}")
    assert boxes > 40
    assert sorted(set(silent) - NO_WORDS) == []


def test_what_only_the_secretariat_reads_is_said_to_be_so() -> None:
    from engagement.core.readers import readers_of

    said = {
        f"{model._meta.model_name}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.editable and str(readers_of(model, field.name)) == ONLY_SECRETARIAT and field.name.endswith("notes")
    }
    assert said == {"meeting.internal_notes", "discussion.internal_notes"}
    assert str(readers_of(Meeting, "summary")) == "Visible to everyone who can see this meeting."


def test_a_mark_beside_the_label_says_it_and_the_description_says_it_in_full(people: People, client: Client) -> None:
    client.force_login(people.secretary)
    html = client.get("/admin/meetings/meeting/add/").content.decode()
    for name, mark, readers, more in [
        ("title", "", "Visible to everyone who can see this meeting.", ""),
        ("internal_notes", "Secretariat only", str(ONLY_SECRETARIAT), ""),
        ("source_note", "", "Visible to everyone who can see this meeting.", "Shown next to the link."),
    ]:
        box = html[html.index(f'for="id_{name}"') :].split('<div class="field ')[0]
        assert re.findall('<span class="readers-mark" aria-hidden="true">(.*?)</span>', box) == [mark] * bool(mark)
        assert f'aria-describedby="id_{name}_helptext"' in box
        help_text = box[box.index(f'id="id_{name}_helptext"') :].split("</div>")[0]
        assert f'<span class="visually-hidden">{readers}</span>' in help_text
        assert more in help_text and (f'<div class="help visually-hidden" id="id_{name}_helptext"' in box) == (not more)


@pytest.mark.parametrize(
    ("address", "section", "steps"),
    [
        ("/admin/meetings/meeting/", "Meetings", ["Administration", "Meetings"]),
        ("/admin/meetings/meeting/add/", "Meetings", ["Administration", "Meetings", "Log a meeting"]),
        ("/admin/meetings/series/", "Series", ["Administration", "Meetings", "Series"]),
        ("/admin/meetings/series/add/", "Series", ["Administration", "Meetings", "Series", "Add series"]),
        ("/admin/topics/theme/", "Topics", ["Administration", "Topics", "Themes"]),
        ("/admin/organizations/organization/", "Organizations", ["Administration", "Organizations"]),
        ("/positions/", "Topics", ["Topics", "Positions"]),
    ],
)
def test_the_way_to_a_screen_says_each_step_once(
    people: People, client: Client, address: str, section: str, steps: list[str]
) -> None:
    client.force_login(people.secretary)
    html = client.get(address).content.decode()
    way = html[html.index('class="breadcrumbs"') :].split("</ol>")[0]
    assert [re.sub("<[^>]+>", "", step).strip() for step in re.findall("<li.*?</li>", way, re.S)] == steps
    current = re.findall('aria-current="(?:page|true)">(.*?)</a>', html.split('class="site-nav"')[1].split("</nav>")[0])
    assert current == [section]


def test_a_record_that_keeps_no_history_has_the_same_way_to_it(people: People, client: Client) -> None:
    client.force_login(makers.make_user("root", is_staff=True, is_superuser=True))
    html = client.get(f"/admin/accounts/user/{people.secretary.pk}/history/").content.decode()
    assert html.count('class="breadcrumbs"') == 1
    way = html[html.index('class="breadcrumbs"') :].split("</ol>")[0]
    steps = [re.sub("<[^>]+>", "", step).strip() for step in re.findall("<li.*?</li>", way, re.S)]
    assert (steps[0], steps[-2:]) == ("Administration", ["secretary", "History"])


@pytest.fixture
def told_off(people: People) -> dict[str, Meeting]:
    """A public meeting and a shared one, called off with a word for visitors and one for us."""
    found = {}
    for name, verb in (("cancelled", "cancel"), ("postponed", "postpone")):
        meeting = makers.make_meeting(
            f"Called off {name}", host=makers.make_host(), counterparts=[people.ours], visibility=makers.PUBLIC
        )
        meeting.confirm(by=None)
        meeting.publish(by=people.publisher)
        page = f"/admin/meetings/meeting/{meeting.pk}/verb/{verb}/"
        client = Client()
        client.force_login(people.publisher)
        asked = client.get(page).content.decode()
        assert asked.index("Public reason") < asked.index("Internal note")
        answer = {"_confirmed": "1", "reason": "Strike of zebras", "note": "Their quagga was rude"}
        assert client.post(page, answer).status_code == 302
        meeting.refresh_from_db()
        assert meeting.status == name
        found[name] = meeting
    return found


PATHS = ["/meetings/", "/meetings.csv", "/meetings.json", "/meetings.atom", "/meetings.ics", "/", "/search/?q=quagga"]


def test_the_reason_is_for_visitors_and_the_note_for_nobody_outside(
    people: People, told_off: dict[str, Meeting]
) -> None:
    for who in ("visitor", "representative", "secretary"):
        client = Client()
        if who != "visitor":
            client.force_login(getattr(people, who))
        own = [meeting.get_absolute_url() for meeting in told_off.values()]
        for path in [*PATHS, *own, "/meetings/?q=quagga", f"{people.ours.get_absolute_url()}"]:
            text = b"".join(client.get(path)).decode().replace("q=quagga", "").replace('value="quagga"', "")
            assert ("quagga was rude" in text) == (who == "secretary" and path in own), (who, path)
        for path in own:
            assert "Strike of zebras" in client.get(path).content.decode()
        found = client.get("/search/?q=quagga").content.decode()
        assert ("Called off" in found) == (who == "secretary")
        assert "Called off" in client.get("/search/?q=zebras").content.decode()


def test_reasons_and_notes_stay_with_the_secretariat_when_it_takes_place_after_all(
    people: People, told_off: dict[str, Meeting]
) -> None:
    told_off["postponed"].confirm(by=None)
    told_off["cancelled"].reinstate(by=None, reason="The zebras work again")
    for meeting in told_off.values():
        client = Client()
        assert "zebras" not in client.get(meeting.get_absolute_url()).text
        client.force_login(people.secretary)
        page = client.get(meeting.get_absolute_url()).text
        assert "Strike of zebras" in page
        assert "Their quagga was rude" in page


def test_every_kind_of_readers_has_a_mark_of_its_own() -> None:
    kinds = {str(readers) for model in apps.get_models() if (readers := getattr(model, "readers", ""))}
    marks = {readers: str(read_by(readers).mark) for readers in kinds}
    assert len(kinds) > 3
    assert len(set(marks.values())) == len(kinds) and [readers for readers, mark in marks.items() if not mark] == [
        str(WHOEVER_SEES_NAME)
    ]
