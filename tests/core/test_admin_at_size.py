"""Lists and forms of the admin ask the database nothing that grows with the register."""

import re
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin import filters
from django.contrib.auth.models import Group, Permission
from django.db.models import Model
from django.test import Client, RequestFactory

from engagement.core.admin import changelist
from engagement.core.admin.changelist import BoundedAdmin
from engagement.core.models.sort_keys import ordering_field
from engagement.followups.models import FollowUp
from meetings.models import Meeting
from organizations.models import Organization
from tests import makers as make
from tests.addresses import chief
from tests.people import People
from tests.queries import count_queries

REGISTERED = sorted(admin.site._registry, key=lambda model: model._meta.label)
LARGE = [FollowUp, Meeting]
ASK_ALL_ROWS = (filters.AllValuesFieldListFilter, filters.RelatedOnlyFieldListFilter, filters.RelatedFieldListFilter)
FEW_TO_CHOOSE = {"topics.Topic.themes", "topics.Theme.depth", "accounts.User.groups"}  # the vocabulary, the roles


def address_of(model: type[Model], page: str = "changelist") -> str:
    return f"/admin/{model._meta.app_label}/{model._meta.model_name}/" + ("" if page == "changelist" else page)


@pytest.fixture
def client(people: People) -> Client:
    client = Client()
    client.force_login(chief(people))
    return client


@pytest.mark.parametrize("model", REGISTERED, ids=lambda model: model._meta.label)
def test_no_list_counts_without_end(client: Client, model: type[Model]) -> None:
    make.make_followup(meeting=make.make_public())
    client.get(address_of(model))
    asked = count_queries(lambda: client.get(address_of(model)))
    counts = [sql for sql in asked if "COUNT(" in sql.upper()]
    assert counts and all(re.search(r"LIMIT 1000\d\)", sql) for sql in counts), counts
    grown = [sql for sql in asked if re.search(r"\b(DISTINCT|GROUP BY|MIN\(|MAX\()", sql)]
    assert not [sql for sql in grown if '"topics_theme"' not in sql]  # the vocabulary is small
    found = client.get(f"{address_of(model)}?_facets=True")
    assert found.status_code in (200, 302)
    assert len(count_queries(lambda: client.get(f"{address_of(model)}?_facets=True"))) <= len(asked) + 1


@pytest.mark.parametrize("model", REGISTERED, ids=lambda model: model._meta.label)
def test_no_list_looks_for_its_choices_among_all_rows(people: People, model: type[Model]) -> None:
    model_admin: Any = admin.site._registry[model]
    assert isinstance(model_admin, BoundedAdmin)
    assert model_admin.date_hierarchy is None
    request = RequestFactory().get("/")
    request.user = chief(people)
    for one in model_admin.list_filter:
        if isinstance(one, str) and f"{model._meta.label}.{one}" not in FEW_TO_CHOOSE:
            field: Any = model._meta.get_field(one)
            made = filters.FieldListFilter.create(field, request, {}, model, model_admin, one)
            assert not isinstance(made, ASK_ALL_ROWS), one
        elif isinstance(one, tuple):
            assert not issubclass(one[1], ASK_ALL_ROWS)


@pytest.mark.parametrize("model", LARGE)
def test_every_order_offered_for_a_long_list_has_an_index(model: type[Model]) -> None:
    model_admin = admin.site._registry[model]
    first = {index.fields[0].lstrip("-") for index in model._meta.indexes}
    first |= {field.name for field in model._meta.concrete_fields if field.unique or field.db_index}
    assert model_admin.sortable_by
    for name in model_admin.sortable_by:
        order = getattr(getattr(model_admin, name, None), "admin_order_field", name)
        assert ordering_field(model, order) in first, name


def test_an_order_that_is_not_offered_is_not_taken(client: Client) -> None:
    make.make_followup("A")
    place = admin.site._registry[FollowUp].list_display.index("holder")
    for order in (str(place), f"-{place}", "99", "-", "x.2"):
        (sql,) = [
            sql
            for sql in count_queries(lambda order=order: client.get(f"{address_of(FollowUp)}?o={order}"))
            if 'FROM "followups_followup"' in sql and "ORDER BY" in sql
        ]
        assert "organizations_organization" not in sql.split("ORDER BY")[1]


@pytest.mark.parametrize("asked", ["9" * 30, "-1", "x", "\x00", "٣"])
def test_a_choice_that_is_not_offered_is_not_taken(client: Client, asked: str) -> None:
    make.make_series("The series")
    assert "The series" in client.get("/admin/meetings/series/", {"host": asked}).content.decode()
    assert client.get("/admin/accounts/exportlog/", {"what": asked}).status_code == 200


def test_a_long_list_says_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engagement.core.views.MOST", 60)
    for number in range(62):
        make.make_topic(f"Topic {number}")
    text = client.get("/admin/topics/topic/").content.decode()
    assert "60+ topics" in text and "Select all 60" not in text
    assert client.get("/admin/topics/topic/?p=2").status_code == 200
    assert client.get("/admin/topics/topic/?p=3").status_code == 302  # as for any page that is not there


def test_too_many_are_not_acted_on_at_once(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engagement.core.views.MOST", 3)
    meeting = make.make_public()
    made = [make.make_followup(meeting=meeting) for _ in range(5)]
    data = {"action": "start", "select_across": "1", "_selected_action": [made[0].pk], "_confirmed": "1", "index": "0"}
    answer = client.post(address_of(FollowUp), data, follow=True)
    assert "Too many records" in answer.content.decode()
    assert not FollowUp.objects.exclude(status="open").exists()
    client.post(address_of(FollowUp), {**data, "select_across": "0"})
    assert FollowUp.objects.exclude(status="open").count() == 1


def test_deleting_what_very_much_refers_to_is_refused_at_once(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changelist, "FEW", 4)
    host = make.make_host()
    for _ in range(5):
        make.make_followup(owner=host)
    address = address_of(Organization, f"{host.pk}/delete/")
    asked = count_queries(lambda: client.get(address))
    text = client.get(address).content.decode()
    assert "More than 4 follow-ups" in text and 'value="Yes' not in text
    assert not [sql for sql in asked if 'FROM "followups_followup"' in sql and "LIMIT" not in sql]
    client.post(address, {"post": "yes"})
    assert Organization.objects.filter(pk=host.pk).exists()


def test_what_stands_in_the_way_is_told_once_each_and_the_way_back_needs_no_script(client: Client) -> None:
    host = make.make_host()
    for _ in range(12):
        make.make_meeting(host=host)
    address = address_of(Organization, f"{host.pk}/delete/")
    text = " ".join(client.get(address).content.decode().split())
    assert f"The organization “{host}” cannot be deleted" in text and "You can archive it instead" in text
    assert text.count(f"Party: {host}") == 1 and f"Party: {host} (12)" in text
    assert f'href="{address_of(Organization, f"{host.pk}/change/")}">Go back' in text and 'href="#"' not in text


def test_what_only_joins_two_records_is_not_told_as_deleted(client: Client) -> None:
    role = Group.objects.create(name="Guests")
    role.permissions.add(*Permission.objects.all()[:3])
    text = client.get(address_of(Group, f"{role.pk}/delete/")).content.decode()
    assert "Delete the group “Guests”?" in text and "Groups: 1" in text and "relationship" not in text.lower()


def test_what_little_refers_to_is_deleted_as_ever(client: Client) -> None:
    alone = make.make_organization("Alone")
    client.post(address_of(Organization, f"{alone.pk}/delete/"), {"post": "yes"})
    assert not Organization.objects.filter(pk=alone.pk).exists()


def test_a_page_far_back_is_the_same_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(120):
        make.make_topic(f"Topic {number:03d}")
    near = client.get("/admin/topics/topic/?p=3").context["cl"].result_list
    monkeypatch.setattr("engagement.core.views.FAR_BACK", 10)
    far = client.get("/admin/topics/topic/?p=3").context["cl"].result_list
    assert [topic.title for topic in far] == [topic.title for topic in near] == [f"Topic {n}" for n in range(100, 120)]


def test_no_script_is_sent_that_makes_addresses_out_of_titles(client: Client) -> None:
    for address in (address_of(Meeting), address_of(Meeting, "add/"), address_of(FollowUp), "/admin/accounts/user/"):
        text = client.get(address).content.decode()
        assert "xregexp" not in text and "urlify" not in text and "jquery" in text
    assert not [one for one in admin.site._registry.values() if one.prepopulated_fields]
