"""Names stand where people look for them: on both databases alike, in every list, and after every way of writing."""

import re
from typing import Any

import pytest
from django.contrib import admin
from django.db import connection, models
from django.db.models import F
from django.db.models.expressions import OrderBy
from django.db.models.fields.related import ForeignKey
from django.test import Client

from engagement.core.bulk import BulkWriter
from engagement.core.folding import sort_key
from engagement.core.models.sort_keys import SortKeyField, fill_sort_keys, ordering_field, sort_key_fields
from engagement.followups.lists import FollowUpList
from engagement.followups.models import FollowUp
from engagement.topics.lists import TopicList
from engagement.topics.models import Theme, Topic
from meetings.lists import MeetingList, SeriesList
from meetings.models import Meeting
from organizations.lists import OrganizationList
from organizations.models import Organization
from tests import makers as make
from tests.addresses import chief
from tests.core.test_house_rules import our_models
from tests.house import ROOT
from tests.lists.lists import LISTS, ask, listing
from tests.people import People

pytestmark = pytest.mark.both_databases

IN_ORDER = [
    "1. Verein", "007 Agents", "21st Century Fund", "Ålesund", "Éclair", "ECO", "eco a", "écologie", "Economy",
    "E.F.A.", "EFB", "European Union", "Group 2", "group 9", "Group 10", "Group 10 b", "Group 100", "Groups",
    "Łódź", "L'Oréal", "“Quoted”", "The Lancet", "Ярмарка", "Zeta", "Ζήτα κ",
]  # fmt: skip
RAW = {"name", "title", "acronym", "reference"}
NOT_BY_NAME = {
    "organizations.Criterion": "in the order in which the body published them",
    "auth.Group": "roles, which are named here",
    "followups.ReportLink": "by when they were made; a list of them cannot be put in the order of names",
    "accounts.User": "by the name they sign in with, which is of letters and digits",
}


def test_keys_compare_as_people_read() -> None:
    assert sorted(IN_ORDER, key=sort_key) == IN_ORDER
    assert sort_key("Éclair  (Association)") == sort_key("eclair association")
    assert sort_key("Group 9") < sort_key("Group 0010") < sort_key("Group " + "9" * 30) < sort_key("Group 1" + "0" * 30)
    assert sort_key("Zürich’s") == sort_key("zurichs")
    assert sort_key("") == "" and sort_key("!!!") == "!!!" and sort_key("\0") == ""
    assert all(sort_key(name).isascii() for name in (*IN_ORDER, "東京都", "🙂 smile"))
    assert len(sort_key("東" * 250)) <= 300


@pytest.fixture(scope="module")
def module_named(module_people: People) -> None:
    """Records of every noun with these names, recorded backwards."""
    host = make.make_host("Host")
    for name in IN_ORDER[::-1]:
        make.make_organization(name)
        make.make_topic(name)
        make.make_series(name, host=host)
        make.make_meeting(name)
        make.make_followup(name, owner=host)


@pytest.fixture
def named(module_named: None, people: People) -> People:
    return people


def shown(page: Any, user: Any, query: str) -> list[str]:
    rows = listing(page, user, query).page.object_list
    names = [getattr(row, "title", "") or row.name for row in rows]
    return [name for name in names if name in IN_ORDER]


@pytest.mark.parametrize(
    ("page", "order"),
    [
        (OrganizationList, "name"),
        (TopicList, "title"),
        (SeriesList, "title"),
        (MeetingList, "title"),
        (FollowUpList, "title"),
    ],
)
def test_lists_are_in_the_order_of_names(named: People, page: Any, order: str) -> None:
    assert shown(page, named.manager, f"sort={order}&size=50") == IN_ORDER
    assert shown(page, named.manager, f"sort=-{order}&size=50") == IN_ORDER[::-1]
    for typed, first in (
        ("eco", "ECO"),
        ("É", "Éclair"),
        ("group 10", "Group 10"),
        ("zzz", "1. Verein"),
        ("l", "Łódź"),
    ):
        assert shown(page, named.manager, f"sort={order}&size=50&at={typed}")[0] == first, typed
    assert shown(page, named.manager, f"sort=-{order}&size=50&at=eco")[0] == "Economy"


def test_names_come_in_the_same_order_wherever_they_are_chosen(named: People) -> None:
    for rows in (Organization.objects.all(), Organization.objects.lookup(""), Topic.objects.all()):
        assert [str(one) for one in rows if str(one) in IN_ORDER] == IN_ORDER
    client = Client()
    client.force_login(chief(named))
    for model, column in (("organizations/organization", 1), ("topics/topic", 1), ("meetings/series", 1)):
        page = client.get(f"/admin/{model}/?o=-{column}").content.decode()
        found = re.findall(r'class="field-(?:name|title)[^"]*"><a [^>]*>([^<]*)</a>', page)
        names = [name for name in map(_unescaped, found) if name in IN_ORDER]
        assert names == IN_ORDER[::-1], model


def _unescaped(text: str) -> str:
    return text.replace("&#x27;", "'")


def test_references_count_on(people: People) -> None:
    for number in (1000, 999, 30):
        Meeting.objects.filter(pk=make.make_meeting(f"{number}").pk).update(
            reference=f"BM-2031-{number:03d}", reference_key=""
        )
    fill_sort_keys([Meeting], connection.alias)
    found = [row.reference for row in ask(MeetingList, people.manager, "sort=reference").rows]
    assert [one for one in found if "2031" in one] == ["BM-2031-030", "BM-2031-999", "BM-2031-1000"]


def test_keys_follow_every_way_of_writing(people: People) -> None:
    theme = make.make_theme("Zebra")
    theme.name = "Äpfel"
    theme.save(update_fields=["name"])
    assert Theme.objects.get(pk=theme.pk).sort_key == "apfel"
    writer = BulkWriter()
    writer.in_order = (Topic,)  # type: ignore[misc]
    writer.add([Topic(title="Ödland 9")])
    writer.close()
    assert Topic.objects.get(title="Ödland 9").sort_key == "odland 19"
    one = make.make_organization("The Association", acronym="Éa")
    assert (one.sort_key, one.short_sort_key) == ("the association", "ea")
    Organization.objects.update(sort_key="", short_sort_key="")
    fill_sort_keys([Organization], connection.alias)
    one.refresh_from_db()
    assert (one.sort_key, one.short_sort_key) == ("the association", "ea")


def test_the_database_compares_bytes(db: None) -> None:
    """Whatever the language of the server."""
    fields = [field for model in our_models() for field in sort_key_fields(model)]
    assert len(fields) > 10
    with connection.cursor() as cursor:
        for field in fields:
            columns = connection.introspection.get_table_description(cursor, field.model._meta.db_table)
            collation = next(one.collation for one in columns if one.name == field.column)
            assert collation == ("C" if connection.vendor == "postgresql" else "BINARY"), field


def test_every_sort_key_that_lists_use_has_its_index() -> None:
    for model in (Organization, Topic, Theme, Meeting, FollowUp):
        indexed = {tuple(index.fields) for index in model._meta.indexes}
        assert all((field.name, "id") in indexed for field in sort_key_fields(model)), model


def _ends(model: type[models.Model], path: str) -> tuple[type[models.Model], str]:
    """The model and field at the end of a path; a relation ends in the order of what it leads to."""
    first, _dot, rest = path.partition("__")
    field = model._meta.get_field(model._meta.pk.name if first == "pk" else first)
    if rest or (isinstance(field, ForeignKey) and not path.endswith("_id")):
        return _ends(field.related_model, rest) if rest else (model, "pk")
    return model, first


def _path(one: Any) -> str:
    one = one.expression if isinstance(one, OrderBy) else one
    return (one.name if isinstance(one, F) else str(one)).lstrip("-")


def _by_raw_name(model: type[models.Model], orders: Any) -> list[str]:
    found = []
    for one in orders:
        if isinstance(one, str | F | OrderBy):
            end, name = _ends(model, _path(one))
            if name in RAW and not isinstance(end._meta.get_field(name), SortKeyField):
                found.append(f"{end._meta.label}.{name}")
    return found


def test_no_model_list_or_form_puts_names_in_the_order_of_bytes() -> None:
    wrong = []
    for model in our_models():
        if model._meta.label not in NOT_BY_NAME:
            wrong += _by_raw_name(model, model._meta.ordering)
            if admin_of := admin.site._registry.get(model):
                wrong += _by_raw_name(model, admin_of.ordering or ())
                named = set(admin_of.list_display) & RAW & {field.name for field in model._meta.concrete_fields}
                wrong += [f"{model._meta.label}.{name}" for name in named if ordering_field(model, name) == name]
    for page in LISTS:
        for name, sort in page.sorts.items():
            raw = [_path(one) for one in (*sort.by, *sort.down) if _path(one).split("__")[-1] in RAW]
            keyset = getattr(sort.keyset, "path", "") if not hasattr(sort.keyset, "order") else sort.keyset.order.path
            wrong += [f"{page.__name__}.{name}"] if raw or keyset in RAW else []
    assert not wrong


ORDER_BY_NAME = re.compile(r"""order_by\([^()]*["']-?(?:\w+__)?(?:name|title|acronym|search_text)["']""")


def test_no_query_orders_by_a_name() -> None:
    own = [
        path
        for path in ROOT.rglob("*.py")
        if path.parts[len(ROOT.parts)] in ("engagement", "meetings", "organizations")
    ]
    assert len(own) > 200
    found = [f"{path.name}: {hit[0]}" for path in own for hit in ORDER_BY_NAME.finditer(path.read_text("utf-8"))]
    assert found == ['saved_views.py: order_by("name"'], "roles, which are Django's, have no sort key"
