"""rebuild_index and check_index."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from engagement.search.engine import find
from engagement.search.models import Entry, Word
from engagement.search.parser import parse
from engagement.search.spelling import alike
from meetings.models import Meeting
from tests import makers as make
from tests.people import People
from tests.search.drift import drift

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def said(command: str, *options: str) -> str:
    out = StringIO()
    call_command(command, *options, stdout=out, stderr=StringIO())
    return out.getvalue()


@pytest.fixture
def meeting(people: People) -> Meeting:
    meeting = make.make_public("Zebrafish", internal_notes="Note")
    make.make_discussion(meeting, "Axolotl")
    return meeting


def test_an_index_that_is_true(meeting: Meeting) -> None:
    assert said("check_index") == "Every entry is correct.\n"
    assert said("rebuild_index") == "0 entries written.\n"


def test_what_is_missing_left_over_or_different_is_listed_and_put_right(people: People, meeting: Meeting) -> None:
    Entry.objects.filter(kind="discussion").delete()
    Entry.objects.filter(kind="meeting", is_inside=False).update(level=0)
    Entry.objects.create(kind="topic", source=99_999, heading="Ghost", stature=1, words="[]" if _sqlite() else "")
    out = StringIO()
    with pytest.raises(CommandError, match="3 entries"):
        call_command("check_index", stdout=out, stderr=StringIO())
    lines = out.getvalue().splitlines()
    assert sum(line.endswith("missing") for line in lines) == 1
    assert f"meeting {meeting.pk}: level" in lines
    assert "topic 99999: left over" in lines
    assert len(drift()) == 3  # listing changed nothing
    assert "3 entries corrected." in said("check_index", "--repair")
    assert drift() == []
    assert [hit.kind for hit in find(people.visitor, parse("axolotl")).hits] == ["discussion"]


def _sqlite() -> bool:
    return connection.vendor == "sqlite"


def test_the_whole_index_is_written_anew(people: People, meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where it takes several portions."""
    monkeypatch.setattr("engagement.search.rebuild.PORTION", 2)
    before = Entry.objects.count()
    Entry.objects.all().delete()
    assert said("rebuild_index") == f"{before} entries written.\n"
    assert drift() == []
    assert find(people.visitor, parse("zebrafish")).hits


def test_another_analysis_is_drift(meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engagement.search.indexing.ANALYSIS", "another")
    assert len(drift()) == Entry.objects.count()
    said("rebuild_index")
    assert drift() == []


@pytest.mark.parametrize(
    ("typed", "meant"), [("vacine", "vaccine"), ("vaccinne", "vaccine"), ("avccine", "vaccine"), ("vaccnie", "vaccine")]
)
def test_words_are_known_once_they_are_saved(
    people: People, django_capture_on_commit_callbacks: object, typed: str, meant: str
) -> None:
    Word.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        make.make_topic("Vaccine supply")
    assert meant in alike(typed)
    assert alike("xylophone") == []


def test_words_of_what_was_not_saved_are_not_known(people: People) -> None:
    Word.objects.all().delete()
    make.make_topic("Unheardofword supply")
    assert alike("unheardofwort") == []
