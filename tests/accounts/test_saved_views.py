"""Saved views: kept for oneself, shared with a role, one of them the first thing one sees."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.test import Client

from engagement.accounts.forms import SavedViewForm
from engagement.accounts.models import DefaultView, SavedView
from tests.makers import make_user
from tests.people import People
from tests.queries import count_queries

LIST, MINE, ADD = "/follow-ups/", "/accounts/views/", "/accounts/views/add/"
LATE = "due=overdue&side=ours"


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def add(user: Any, name: str = "Late, by us", query: str = LATE, **more: Any) -> Any:
    fields = {"list": "followups:list", "query": query, "name": name, **more}
    return client_of(user).post(ADD, fields)


def make(user: Any, name: str = "Late, by us", query: str = LATE, **fields: Any) -> SavedView:
    return SavedView.objects.create(owner=user, list_name="followups:list", name=name, query=query, **fields)


def role(name: str) -> Group:
    return Group.objects.get(name=name)


def names_on_the_list(user: Any) -> list[str]:
    page = client_of(user).get(f"{LIST}?show=all").content.decode()
    return [view.name for view in SavedView.objects.order_by("pk") if view.name in page]


def test_a_filter_is_kept_under_a_name(people: People) -> None:
    for user in (people.manager, people.representative):
        page = client_of(user).get(ADD, {"list": "followups:list", "query": LATE})
        assert (page.status_code, 'value="due=overdue&amp;side=ours"' in page.content.decode()) == (200, True)
        answer = add(user)
        assert (answer.status_code, answer.headers["Location"]) == (302, f"{LIST}?{LATE}")
        view = SavedView.objects.get(owner=user)
        assert (view.list_name, view.name, view.query, view.role) == ("followups:list", "Late, by us", LATE, None)
    page = client_of(people.manager).get(f"{LIST}?side=ours&due=overdue").content.decode()
    assert f'href="{LIST}?due=overdue&amp;side=ours" aria-current="true"' in page


def test_the_page_is_no_part_of_it_and_nothing_asked_is_the_usual_order(people: People) -> None:
    add(people.manager, "One", f"{LATE}&page=3")
    add(people.manager, "Two", "page=3")
    assert [view.query for view in SavedView.objects.order_by("pk")] == [LATE, "sort=due"]


@pytest.mark.parametrize("name", ["", "  ", "x" * 61])
def test_it_needs_a_name(people: People, name: str) -> None:
    answer = add(people.manager, name)
    assert (answer.status_code, SavedView.objects.count()) == (200, 0)
    assert "There is a problem" in answer.content.decode()


def test_a_name_stands_for_one_view_of_a_list(people: People) -> None:
    add(people.manager)
    assert add(people.manager).status_code == 302  # sent twice, kept once
    assert add(people.manager, "LATE,  by us", "show=all").status_code == 200
    assert add(people.secretary, "Late, by us", "show=all").status_code == 302
    assert add(people.manager, "Late, by us", "q=x", list="meetings:list").status_code == 302
    assert SavedView.objects.count() == 3


@pytest.mark.parametrize("name", ["", "home", "admin:index", "followups:detail", "https://example.org/"])
def test_only_lists_have_views(people: People, name: str) -> None:
    assert add(people.manager, list=name).status_code == 404
    assert client_of(people.manager).get(ADD, {"list": name}).status_code == 404


@pytest.mark.parametrize(
    "query", ["%", "\x00", "a=%FF", "&&&", "=", "x" * 9000, "q=%00&q=🙂", "\ud800".encode("utf-8", "replace").decode()]
)
def test_whatever_the_question_is_nothing_breaks(people: People, query: str) -> None:
    assert add(people.manager, query=query).status_code == 302
    view = SavedView.objects.get()
    answer = client_of(people.manager).get(f"{LIST}?{view.query}", follow=True)
    assert answer.status_code == 200
    assert client_of(people.manager).get(MINE).status_code == 200


# Sharing -----------------------------------------------------------------------------------------------------------


def test_who_sees_what_is_shared_with_a_role(people: People) -> None:
    add(people.manager, role=role("manager").pk)
    other = type(people.manager).objects.create_user("other", is_staff=True)
    other.groups.add(role("manager"))
    outsider = people.representative
    outsider.groups.add(role("manager"))  # a role without being staff opens nothing
    for user, sees in ((people.manager, 1), (other, 1), (people.secretary, 0), (outsider, 0), (people.visitor, 0)):
        assert SavedView.objects.visible_to(user).count() == sees
    assert names_on_the_list(other) == ["Late, by us"]
    assert names_on_the_list(people.secretary) == names_on_the_list(outsider) == []
    page = client_of(other).get(MINE).content.decode()
    assert "Shared by" in page
    assert "Edit or delete" not in page


def test_staff_share_with_any_role_or_one_person_and_nobody_else_does(people: People) -> None:
    assert add(people.manager, "A", role=role("secretary").pk).status_code == 302
    assert add(people.manager, "B", person=people.publisher.pk).status_code == 302
    seen = {user.username: SavedView.objects.visible_to(user).count() for user in (people.secretary, people.publisher)}
    assert seen == {"secretary": 1, "publisher": 1}
    assert SavedView.objects.visible_to(people.representative).count() == 0
    assert "Shared by manager with you" in client_of(people.publisher).get(MINE).content.decode()
    both = add(people.manager, "C", role=role("secretary").pk, person=people.publisher.pk)
    assert "not with both" in both.content.decode()
    for person in (people.representative, people.manager):
        assert add(people.manager, "C", person=person.pk).status_code == 200, "nobody of ours, or oneself"
    SavedView.objects.all().delete()
    people.representative.groups.add(role("manager"))
    add(people.representative, role=role("manager").pk)
    add(people.representative, "Mine", person=people.manager.pk)
    assert not SavedView.objects.exclude(role=None, person=None).exists()
    wrong = [
        {"owner": people.representative, "role": role("manager")},
        {"owner": people.representative, "person": people.manager},
        {"owner": people.manager, "person": people.representative},
        {"owner": people.manager, "person": people.manager},
        {"owner": people.manager, "person": people.secretary, "role": role("manager")},
    ]
    for fields in wrong:
        with pytest.raises(ValidationError):
            SavedView(list_name="followups:list", name="x", **fields).full_clean()
    assert 'name="role"' in client_of(people.manager).get(ADD, {"list": "followups:list"}).content.decode()
    assert 'name="role"' not in client_of(people.stranger).get(ADD, {"list": "followups:list"}).content.decode()


@pytest.mark.both_databases
def test_copies_made_at_one_moment_have_different_names(race: Callable[..., list[str]]) -> None:
    """Each looks for a free name before the others have taken theirs."""
    owner, reader = make_user("sharer", is_staff=True), make_user("copier", is_staff=True)
    view = make(owner, person=reader)
    said = race(
        f"""
        from django.test import Client
        from engagement.accounts.models import User
        client = Client(raise_request_exception=False)
        client.force_login(User.objects.get(pk={reader.pk}))
        print(*(client.post("/accounts/views/{view.pk}/copy/").status_code for _time in range(3)))
        """,
        processes=4,
    )
    assert said == ["302 302 302"] * 4
    names = set(SavedView.objects.filter(owner=reader).values_list("name", flat=True))
    assert names == {"Late, by us", *(f"Late, by us ({number})" for number in range(2, 13))}


def test_a_name_taken_since_the_form_looked_is_said_beside_it(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    make(people.manager)
    other = make(people.manager, "Another", query="side=theirs")
    monkeypatch.setattr(SavedViewForm, "clean_name", lambda form: form.cleaned_data["name"])
    monkeypatch.setattr(SavedView, "validate_constraints", lambda view, exclude=None: None)
    client = client_of(people.manager)
    for answer in (add(people.manager, query="side=both"), client.post(f"{MINE}{other.pk}/", {"name": "Late, by us"})):
        assert answer.status_code == 200
        assert "You already have a view with this name for this list." in answer.content.decode()
    assert SavedView.objects.count() == 2


def test_who_sees_a_view_may_copy_it_and_theirs_stays(people: People) -> None:
    view = make(people.manager, person=people.publisher)
    make(people.publisher, "LATE, by us", "show=all")
    client = client_of(people.publisher)
    assert "Copy to change it" in client.get(MINE).content.decode()
    answer = client.post(f"{MINE}{view.pk}/copy/")
    copy = SavedView.objects.exclude(pk=view.pk).get(query=LATE)
    assert answer.headers["Location"] == f"{MINE}{copy.pk}/"
    assert (copy.owner, copy.name, copy.person, copy.role) == (people.publisher, "Late, by us (2)", None, None)
    assert client.post(f"{MINE}{copy.pk}/", {"name": "Mine now"}).status_code == 302
    view.refresh_from_db()
    assert (view.name, view.person) == ("Late, by us", people.publisher)
    for user in (people.secretary, people.representative):
        assert client_of(user).post(f"{MINE}{view.pk}/copy/").status_code == 404
    assert client.get(f"{MINE}{view.pk}/copy/").status_code == 405
    people.publisher.is_staff = False
    people.publisher.save()
    assert not SavedView.objects.visible_to(people.publisher).filter(pk=view.pk).exists()
    people.publisher.delete()
    view.refresh_from_db()
    assert view.person is None


def test_a_shared_view_opens_nothing_to_anybody(people: People) -> None:
    """It is a question; the answer is each reader's own."""
    view = make(people.manager, query="visibility=0&show=all")
    answer = client_of(people.representative).get(f"{LIST}?{view.query}")
    assert answer.status_code == 200
    assert list(answer.context["result"].page.object_list) == []


# The first thing one sees ------------------------------------------------------------------------------------------


def test_the_list_opens_with_the_default_and_the_address_says_so(people: People) -> None:
    client = client_of(people.manager)
    assert client.get(LIST).status_code == 200
    add(people.manager, is_default="on")
    answer = client.get(LIST)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{LIST}?{LATE}")
    assert client.get(f"{LIST}?{LATE}").status_code == 200
    assert client.get(f"{LIST}?show=all").status_code == 200
    assert Client().get(LIST).status_code == client_of(people.secretary).get(LIST).status_code == 200
    assert client.get("/meetings/").status_code == 200


def test_all_filters_can_still_be_taken_away(people: People) -> None:
    add(people.manager, "Words", "q=words", list="meetings:list", is_default="on")
    client = client_of(people.manager)
    assert client.get("/meetings/").headers["Location"] == "/meetings/?q=words"
    links = client.get("/meetings/?q=words").context["result"].links
    for url in (links.clear, links.chips[0].remove_url):
        answer = client.get(url)
        assert (answer.status_code, answer.context["result"].links.chips) == (200, []), url


def test_one_default_for_each_list(people: People) -> None:
    client, first, second = client_of(people.manager), make(people.manager, "A"), make(people.manager, "B", "show=all")
    shared = make(people.secretary, "C", "side=theirs", role=role("manager"))
    for view in (first, second, shared):
        assert client.post(f"{MINE}{view.pk}/default/", {"on": "1"}).status_code == 302
        assert client.get(LIST).headers["Location"] == f"{LIST}?{view.query}"
    assert DefaultView.objects.filter(user=people.manager).count() == 1
    assert client_of(people.secretary).get(LIST).status_code == 200  # their own choice, not the manager's
    client.post(f"{MINE}{shared.pk}/default/", {"on": "0"})
    assert client.get(LIST).status_code == 200


def test_a_default_that_is_no_longer_shared_no_longer_counts(people: People) -> None:
    view = make(people.secretary, role=role("manager"))
    client = client_of(people.manager)
    client.post(f"{MINE}{view.pk}/default/")
    assert client.get(LIST).status_code == 302
    view.role = None
    view.save()
    assert client.get(LIST).status_code == 200


# Changing and deleting ---------------------------------------------------------------------------------------------


def test_its_owner_renames_shares_and_deletes_it(people: People) -> None:
    view, client = make(people.manager), client_of(people.manager)
    DefaultView.choose(people.manager, view)
    page = client.get(f"{MINE}{view.pk}/")
    assert page.context["form"].initial["is_default"]
    answer = client.post(f"{MINE}{view.pk}/", {"name": "Ours", "role": role("manager").pk, "query": "show=all"})
    assert answer.status_code == 302
    view.refresh_from_db()
    assert (view.name, view.role, view.query) == ("Ours", role("manager"), LATE)
    assert not DefaultView.objects.exists()
    assert client.post(f"{MINE}{view.pk}/delete/").status_code == 302
    assert not SavedView.objects.exists()


def test_nobody_elses_can_be_touched(people: People) -> None:
    own, shared = make(people.secretary), make(people.secretary, "Shared", role=role("manager"))
    client = client_of(people.manager)
    for view in (own, shared):
        assert client.get(f"{MINE}{view.pk}/").status_code == 404
        assert client.post(f"{MINE}{view.pk}/", {"name": "Mine"}).status_code == 404
        assert client.post(f"{MINE}{view.pk}/delete/").status_code == 404
        assert client.get(f"{MINE}{view.pk}/delete/").status_code == 405
    assert client.post(f"{MINE}{own.pk}/default/").status_code == 404
    assert {view.name for view in SavedView.objects.all()} == {"Late, by us", "Shared"}


def test_visitors_have_none(people: People) -> None:
    view, visitor = make(people.manager), Client()
    for where in (MINE, ADD, f"{MINE}{view.pk}/"):
        assert visitor.get(where).headers["Location"].startswith("/accounts/login/")
    assert visitor.post(f"{MINE}{view.pk}/delete/").status_code == 302
    assert SavedView.objects.count() == 1
    assert 'aria-label="Saved views"' not in visitor.get(LIST).content.decode()


def test_listing_them_is_one_query(people: People) -> None:
    client = client_of(people.manager)

    def asked() -> list[str]:
        return [sql for sql in count_queries(lambda: client.get(LIST)) if "accounts_savedview" in sql]

    assert len(asked()) == 1
    for number in range(20):
        make(people.manager, f"View {number}")
        make(people.secretary, f"Theirs {number}", role=role("manager"))
    client.get(LIST)
    assert len(asked()) == 1
    pages = [sql for sql in count_queries(lambda: client.get(MINE)) if "accounts_savedview" in sql]
    assert len(pages) == 1


def test_the_pages_are_valid(vnu: Any, people: People) -> None:
    client, own = client_of(people.manager), make(people.manager)
    make(people.secretary, "Theirs & ours", role=role("manager"))
    DefaultView.choose(people.manager, own)
    pages = [client.get(where) for where in (MINE, f"{MINE}{own.pk}/")]
    pages += [client.get(ADD, {"list": "followups:list", "query": LATE}), add(people.manager, "")]
    pages.append(client_of(people.publisher).get(MINE))
    assert [page.status_code for page in pages] == [200] * 5
    assert [fault for page in pages for fault in vnu.problems(page.content.decode())] == []
