"""Log of exports: the exports of signed-in people are noted, those of the public are not."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from engagement.accounts.models import ExportLog
from tests import makers as make
from tests.exports.reading import fetch
from tests.people import People, client_of


@pytest.mark.parametrize("extension", ["csv", "xlsx", "ics", "json", "atom"])
def test_who_took_what(people: People, extension: str) -> None:
    make.make_public("One")
    make.make_held("Two")
    fetch(client_of(people.secretary), f"/meetings.{extension}?status=held&sort=title&page=7")
    fetch(client_of(people.representative), f"/meetings.{extension}")
    mine, theirs = ExportLog.objects.order_by("pk")
    assert (mine.user, mine.what, mine.format, mine.rows) == (people.secretary, "meetings", extension, 2)
    assert mine.query == "status=held&sort=title"
    assert (theirs.user, theirs.rows, theirs.query) == (people.representative, 1, "")


def test_nothing_is_noted_of_visitors_questions_refused_and_heads(people: People) -> None:
    make.make_public()
    fetch(Client(), "/meetings.csv")
    secretary = client_of(people.secretary)
    assert secretary.get("/meetings.csv?nonsense=1").status_code == 400
    assert secretary.head("/meetings.csv").status_code == 200
    assert not ExportLog.objects.exists()


def test_the_log_is_never_changed(people: People) -> None:
    line = ExportLog.objects.create(user=people.manager, what="meetings", format="csv", rows=1)
    line.rows = 2
    with pytest.raises(ValidationError):
        line.save()
    with pytest.raises(ValidationError):
        line.delete()


LOG = "/admin/accounts/exportlog/"


def test_managers_read_the_log(people: People, vnu: Any) -> None:
    fetch(client_of(people.secretary), "/follow-ups.csv?due=overdue&q=%22%3E%3Cb%3E")
    fetch(client_of(people.representative), "/meetings.json")
    page = client_of(people.manager).get(LOG).content.decode()
    assert 'href="/follow-ups/?due=overdue&amp;q=%22%3E%3Cb%3E"' in page
    assert all(word in page for word in ("secretary", "representative", "Everything", "csv", "json"))
    assert vnu.problems(page) == []
    for query, expected in {"what=meetings": 1, "format=csv": 1, f"user__id__exact={people.manager.pk}": 0}.items():
        answer = client_of(people.manager).get(f"{LOG}?{query}")
        assert answer.context["cl"].result_count == expected, query
    assert client_of(people.manager).get(f"{LOG}?q=overdue").context["cl"].result_count == 1


def test_nobody_else_reads_it(people: People) -> None:
    for name, user in people:
        expected = 200 if name == "manager" else 403 if user.is_staff else 302
        assert client_of(user).get(LOG).status_code == expected, name


def test_nobody_writes_it(people: People) -> None:
    fetch(client_of(people.secretary), "/meetings.csv")
    line = ExportLog.objects.get()
    people.secretary.is_superuser = True
    people.secretary.save()
    for user in (people.manager, people.secretary):
        client = client_of(user)
        assert client.get(f"{LOG}{line.pk}/change/").status_code == 200
        for address in (f"{LOG}add/", f"{LOG}{line.pk}/change/", f"{LOG}{line.pk}/delete/"):
            assert client.post(address, {"rows": "0"}).status_code == 403, address
        client.post(LOG, {"action": "delete_selected", "_selected_action": [line.pk], "post": "yes"})
    assert list(ExportLog.objects.values_list("pk", "rows")) == [(line.pk, 0)]


def test_a_long_log_costs_no_more(people: People, flat_queries: Any) -> None:
    def grow(number: int) -> None:
        for _n in range(number):
            ExportLog.objects.create(user=make.make_user(), what="meetings", format="csv", rows=1)

    client = client_of(people.manager)
    flat_queries(grow, lambda: client.get(LOG), ceiling=14)


def test_an_export_that_is_not_finished_says_so(people: People) -> None:
    for number in range(30):
        make.make_public(f"Meeting {number}")
    pieces = iter(client_of(people.secretary).get("/meetings.csv").streaming_content)
    assert "Meeting" in next(pieces).decode()
    line = ExportLog.objects.get()
    assert line.rows is None  # it is noted before anything leaves
    assert "not finished" in client_of(people.manager).get(LOG).content.decode()
    assert list(pieces)
    line.note_rows(7)
    assert ExportLog.objects.get().rows == 30


def test_the_first_rows_leave_while_the_others_are_read(people: People) -> None:
    for number in range(60):
        make.make_public(f"Meeting {number}")
    secretary = client_of(people.secretary)
    pieces = [piece.decode() for piece in secretary.get("/meetings.csv").streaming_content]
    first, *others = (piece.count("\r\n") for piece in pieces)
    assert (first, sum(others)) == (1 + 25, 2 * 60 - 25)  # the names of the columns; a line for each party
