"""What signed-in people take out is noted; what the public takes is not."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from engagement.accounts.models import ExportLog
from tests import makers as make
from tests.exports.reading import client_of, fetch
from tests.people import People


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
