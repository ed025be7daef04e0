"""Page cache of visitors: invalidated by every write, kept while nothing on a page changes."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any
from unittest.mock import patch

import pytest
from django.contrib import messages
from django.contrib.auth.models import Group
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.cache import caches
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.utils import timezone

from engagement.core import page_cache
from engagement.core.bulk import BulkWriter
from engagement.core.change_signals import notify
from engagement.core.models import Stamp
from engagement.core.page_cache import PageCacheMiddleware, register
from meetings.models import Document
from organizations.merging.actions import merge_organizations
from organizations.merging.undo import undo_merge
from organizations.models import Organization, Post
from tests import makers as make
from tests.makers import INTERNAL, PUBLIC
from tests.people import People, client_of, make_people
from tests.queries import count_queries

Names = dict[str, Any]
TODAY = dt.date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _nothing_kept(db: None) -> Iterator[None]:
    caches["pages"].clear()
    yield
    caches["pages"].clear()


@pytest.fixture(scope="module")
def module_names(module_people: People) -> Names:
    """A public meeting on whose page there is something of every kind, and records beside it."""
    people = module_people
    host = make.make_host("Our body")
    them = make.make_organization("Their association", acronym="TA", lead=people.publisher)
    series = make.make_series("The series", host=host)
    topic, theme, other_theme = make.make_topic("The topic"), make.make_theme("Of the topic"), make.make_theme("Own")
    topic.themes.add(theme)
    before = make.make_public("Before", host=host, counterparts=[them], series=series, starts_on=dt.date(2024, 5, 8))
    meeting = make.make_public(
        "The meeting", host=host, counterparts=[them], series=series, starts_on=dt.date(2025, 5, 8), summary="In short"
    )
    after = make.make_public("After", host=host, counterparts=[them], series=series, starts_on=dt.date(2026, 5, 8))
    elsewhere = make.make_public("Elsewhere", starts_on=dt.date(2023, 1, 2))
    said_before = make.make_discussion(elsewhere, topic=topic)
    party = meeting.parties.get(organization=them)
    participant = make.make_participant(party, "Ada", visibility=PUBLIC)
    discussion = make.make_discussion(meeting, topic=topic, said="So it was said")
    marked = make.make_discussion(meeting, "With a theme")
    marked.themes.add(other_theme)
    mentioned, reference = make.make_organization("Spoken of"), make.make_reference("The law")
    discussion.mentions.add(mentioned)
    discussion.references.add(reference)
    owner = make.make_organization("The promiser")
    make.make_party(meeting, people.ours)
    meeting.refresh_from_db()
    meeting.prepared_by, meeting.prepared_at = people.manager, timezone.now()
    meeting.save()
    Post.objects.create(person=make.make_person("The head"), organization=them, function="Head")
    return {
        **{"host": host, "them": them, "series": series, "topic": topic, "theme": theme, "other_theme": other_theme},
        **{"before": before, "meeting": meeting, "after": after, "elsewhere": elsewhere, "said_before": said_before},
        **{"party": party, "participant": participant, "discussion": discussion, "marked": marked},
        **{"mentioned": mentioned, "reference": reference, "owner": owner, "manager": people.manager, "people": people},
        "position": make.make_position(discussion, them, statement="Their position"),
        "outcome": make.make_outcome(meeting, "What came of it", by=host, to=make.make_organization("The addressee")),
        "number": make.make_identifier(them, "1234567-12"),
        "document": make.make_document(meeting, "The agenda"),
        "followup": make.make_followup(
            "The promise", meeting=meeting, owner=owner, chaser=people.manager, visibility=PUBLIC, due_on=TODAY
        ),
    }


@pytest.fixture
def names(module_names: Names, db: None) -> Names:
    return deepcopy(module_names)


def saved(name: str, /, **fields: Any) -> Callable[[Names], object]:
    def change(names: Names) -> None:
        record = names[name]
        record.refresh_from_db()
        for field, value in fields.items():
            setattr(record, field, value)
        record.save()

    return change


def _merged(of: Names) -> Any:
    of["manager"].is_superuser = True
    of["manager"].save()
    return merge_organizations(make.make_organization("Kept"), [of["them"]], by=of["manager"])


def _undone(of: Names) -> None:
    merge = _merged(of)
    pages_of(of)
    undo_merge(merge, by=of["manager"])
    saved("position", statement="Otherwise")(of)  # else the pages say the same again


def _in_bulk(of: Names) -> None:
    of["meeting"].refresh_from_db()
    writer = BulkWriter()
    writer.write([Document(meeting=of["meeting"], title="In bulk", kind="agenda", url="https://example.org/bulk")])


def _renumbered(of: Names) -> None:
    """Written past Django's signals."""
    Organization._base_manager.filter(pk=of["them"].pk).update(acronym="RENAMED")
    of["them"].refresh_search()


WAYS: dict[str, Callable[[Names], object]] = {
    "saved": saved("meeting", summary="Otherwise"),
    "renamed elsewhere": saved("them", name="Renamed", acronym="RN"),
    "new": lambda of: make.make_party(of["meeting"], make.make_organization("New")),
    "removed": lambda of: of["marked"].delete(),
    "removed together": lambda of: of["discussion"].positions.all().delete(),
    "no longer selected": lambda of: of["discussion"].mentions.clear(),
    "selected from the other side": lambda of: make.make_theme("New").topics.add(of["topic"]),
    "hidden": saved("discussion", visibility=INTERNAL),
    "moved by a verb": lambda of: of["followup"].complete(by=of["manager"], result="Done"),
    "an earlier meeting hidden": lambda of: of["elsewhere"].withdraw(by=None, reason="By mistake"),
    "merged": _merged,
    "a merge undone": _undone,
    "in bulk": _in_bulk,
    "past the signals": _renumbered,
    "inside": saved("meeting", internal_notes="Between us"),
    "a person renamed": lambda of: _with_name(of["manager"]),
    "the lead loses the role": lambda of: of["them"].lead.groups.clear(),
    "the role of the lead sees less": lambda of: Group.objects.get(name="publisher").permissions.clear(),
    "a number taken out": lambda of: of["number"].delete(),
}


def _with_name(user: Any) -> None:
    user.last_name = "Renamed"
    user.save()


VISITORS, SECRETARIAT = ("meeting", "followup"), ("meeting", "them", "mentioned")


def pages_of(names: Names) -> dict[tuple[str, str], bytes]:
    """What visitors and the secretariat read on the pages that are kept, without what belongs to one session."""
    visitor, secretary = Client(), Client()
    secretary.force_login(names["people"].secretary)
    return {
        (who, name): client.get(names[name].get_absolute_url()).content.split(b"<main")[-1].split(b"</main>")[0]
        for who, client, kept in (("visitor", visitor, VISITORS), ("secretary", secretary, SECRETARIAT))
        for name in kept
    }


def made_anew(names: Names) -> dict[tuple[str, str], bytes]:
    caches["pages"].clear()
    return pages_of(names)


def page(address: str, **headers: Any) -> str:
    response = Client().get(address, **headers)
    assert response.status_code == 200
    return response.content.decode()


def is_kept(address: str) -> bool:
    """Whether a page takes one query, which asks whether it is still true."""
    return len(count_queries(lambda: Client().get(address))) == 1


@pytest.fixture(scope="module")
def before(module_names: Names) -> dict[tuple[str, str], bytes]:
    return made_anew(module_names)


@pytest.mark.parametrize("way", WAYS)
def test_whatever_is_written_is_seen(names: Names, before: dict[tuple[str, str], bytes], way: str) -> None:
    assert pages_of(names) == before
    names["followup"].refresh_from_db()
    WAYS[way](names)
    now = pages_of(names)
    assert now == made_anew(names)
    assert now != before


def test_everything_a_page_reads_belongs_to_the_register(names: Names) -> None:
    """A page that comes to read something else fails here: nobody would make it anew when that is written."""
    read = set()
    for sql in count_queries(lambda: made_anew(names)):
        read |= set(re.findall(r'(?:FROM|JOIN) "(\w+)"', sql))
    known = {model._meta.db_table for model in register()}
    assert read - known == OF_A_REQUEST
    assert {"meetings_meeting", "organizations_organization", "topics_topic_themes", "accounts_user"} <= read & known


OF_A_REQUEST = {
    "core_stamp",
    "django_session",
    "auth_permission",
    "django_content_type",
}


def test_each_part_of_the_register_puts_a_stamp(db: None) -> None:
    for model in register():
        before = Stamp.objects.state()
        notify(model, [1])
        assert Stamp.objects.state() != before, model


def test_signing_in_writes_nothing_of_the_register(people: People) -> None:
    before = Stamp.objects.state()
    Client().force_login(people.secretary)
    assert Stamp.objects.state() == before


def test_what_is_written_inside_changes_nothing_for_visitors(names: Names) -> None:
    """Neither a byte of a page nor its tag, though it is made anew."""
    first = Client().get(names["meeting"].get_absolute_url())
    saved("meeting", internal_notes="Between us")(names)
    make.make_meeting("Hidden", counterparts=[names["them"]])
    make.make_followup(
        "Hidden", meeting=names["meeting"], owner=names["owner"], visibility=INTERNAL, chaser=names["manager"]
    )
    again = Client().get(names["meeting"].get_absolute_url())
    assert (again.content, again.headers) == (first.content, first.headers)
    assert is_kept(names["meeting"].get_absolute_url())
    known = {"if-none-match": first["ETag"]}
    saved("discussion", internal_notes="Between us")(names)
    assert Client().get(names["meeting"].get_absolute_url(), headers=known).status_code == 304


def test_pages_are_kept(names: Names) -> None:
    """For visitors, and for the secretariat; nobody else meets them."""
    pages_of(names)
    assert all(is_kept(names[name].get_absolute_url()) for name in VISITORS)
    client, address = Client(), names["them"].get_absolute_url()
    client.force_login(names["people"].secretary)
    assert all(is_kept_for(client, names[name].get_absolute_url()) for name in SECRETARIAT)
    assert "The head" in main_part(client, address)
    for user in (names["people"].representative, names["people"].stranger):
        client.force_login(user)
        assert "The head" not in main_part(client, address) and not is_kept_for(client, address)
    assert "The head" not in main_part(Client(), address) and not is_kept(address)


def main_part(client: Client, address: str) -> str:
    return client.get(address).content.decode().split("<main", 1)[1].split("</main>")[0]


def is_kept_for(client: Client, address: str) -> bool:
    """Whether a page takes the session, the person, and whether it is still true."""
    return len(count_queries(lambda: client.get(address))) == 3


def test_a_kept_body_names_nobody_else(names: Names) -> None:
    """What is kept of one colleague's page says nothing of that colleague; who may do more is shown more."""
    meeting, people = names["meeting"], names["people"]
    meeting.prepared_by = meeting.prepared_at = None
    meeting.internal_notes = "Between us"
    meeting.save()
    readers = {name: getattr(people, name) for name in ("secretary", "manager", "publisher", "representative")}
    change = f"/admin/meetings/meeting/{meeting.pk}/change/"
    for user in readers.values():
        user.last_name = f"Known-as-{user.username}"
        user.save()
    for name, user in [*readers.items(), *readers.items()]:
        client = Client()
        client.force_login(user)
        text = client.get(meeting.get_absolute_url()).content.decode().replace(people.representative.last_name, "", 1)
        assert [other for other in readers if f"Known-as-{other}" in text] in ([name], [])
        assert ("Between us" in text) == (name != "representative")
        assert (change in text) == user.has_perm("meetings.change_meeting")


def test_a_page_is_made_for_each_day(names: Names) -> None:
    address = names["meeting"].get_absolute_url()
    page(address)
    midnight = timezone.make_aware(dt.datetime.combine(timezone.localdate() + dt.timedelta(days=1), dt.time.min))
    assert is_kept(address)
    with patch("django.utils.timezone.now", return_value=midnight + dt.timedelta(seconds=1)):
        assert not is_kept(address)


def test_a_page_ends_with_what_it_says_of_now(people: People) -> None:
    """“Agenda” until the meeting is over."""
    soon = timezone.localtime() + dt.timedelta(minutes=1)
    meeting = make.make_meeting(
        starts_on=soon.date(),
        start_time=dt.time.min,
        end_time=soon.time().replace(microsecond=0),
        host=make.make_host(),
        counterparts=[make.make_organization()],
        visibility=PUBLIC,
    )
    meeting.confirm(by=None)
    meeting.publish(by=None)
    meeting.refresh_from_db()
    address = meeting.get_absolute_url()
    assert "Agenda" in page(address) and is_kept(address)
    with patch("django.utils.timezone.now", return_value=meeting.ends_at + dt.timedelta(seconds=1)):
        assert "Topics discussed" in page(address)


@pytest.mark.parametrize("whose", ["host", "them"])
def test_what_is_next_is_no_longer_next_once_it_is_over(names: Names, whose: str) -> None:
    client, address = Client(), names[whose].get_absolute_url()
    client.force_login(names["people"].secretary)
    soon = timezone.localtime() + dt.timedelta(minutes=1)
    fields = {"starts_on": soon.date(), "start_time": dt.time.min, "end_time": soon.time().replace(microsecond=0)}
    meeting = make.make_meeting("Today", counterparts=[names["them"]], host=names["host"], **fields)
    meeting.confirm(by=None)
    meeting.refresh_from_db()
    for now, is_next in ((soon, True), (meeting.ends_at + dt.timedelta(seconds=1), False)):
        with patch("django.utils.timezone.now", return_value=now - dt.timedelta(minutes=is_next)):
            next_card = main_part(client, address).split('id="next"')[1].split("</section>")[0]
            assert ("Today" in next_card) == is_next
            assert is_kept_for(client, address)


def test_who_signed_in_meets_nothing_kept(names: Names, people: People) -> None:
    address = names["meeting"].get_absolute_url()
    page(address)
    client = Client()
    client.force_login(people.stranger)
    assert str(people.stranger) in client.get(address).content.decode()
    assert len(count_queries(lambda: client.get(address))) > 5
    assert str(people.stranger) not in page(address)


def test_who_is_told_something_meets_nothing_kept(names: Names) -> None:
    """Nor is what they were told kept for others."""
    address = names["meeting"].get_absolute_url()
    request = RequestFactory().get("/")
    told, answer = CookieStorage(request), HttpResponse()
    told.add(messages.INFO, "Does not affect others")
    told.update(answer)
    client = Client()
    for first in (True, False):
        client.cookies["messages"] = answer.cookies["messages"].value
        assert "Does not affect others" in client.get(address).content.decode(), first
        assert "Does not affect others" not in page(address) and is_kept(address)


def test_what_sets_a_cookie_is_for_one_alone() -> None:
    answer = HttpResponse("As ever")
    assert page_cache._is_same_for_all(answer)
    answer.set_cookie("csrftoken", "of one")
    assert not page_cache._is_same_for_all(answer)


def test_what_is_not_public_is_not_kept(names: Names, people: People) -> None:
    address = names["meeting"].get_absolute_url()
    page(address)
    names["meeting"].refresh_from_db()
    names["meeting"].withdraw(by=people.publisher, reason="By mistake")
    for _time in range(2):
        assert Client().get(address).status_code == 410


def test_browsers_ask_again_for_what_is_gone_or_moved(people: People) -> None:
    """Told nothing, they keep a 410 and a 301 for good: then a meeting that is public again, or has its former title
    again, could not be read by whoever had looked before."""
    meeting = make.make_public("As it was called")
    address = meeting.get_absolute_url()
    meeting.withdraw(by=people.publisher, reason="Inside reason")
    renamed = make.make_public("Called so at first")
    former = renamed.get_absolute_url()
    renamed.title = "Called otherwise"
    renamed.save()
    for client in (Client(), client_of(people.representative)):
        for asked, status in ((address, 410), (former, 301), ("/meetings", 301), ("/nothing-here/", 404)):
            answer = client.get(asked)
            assert answer.status_code == status, asked
            assert "no-cache" in answer["Cache-Control"], asked


def test_a_browser_is_told_that_nothing_changed(names: Names) -> None:
    address = names["meeting"].get_absolute_url()
    first = Client().get(address)
    for made in (first, Client().get(address)):
        assert made["ETag"] == first["ETag"] and made["Cache-Control"] == "no-cache"
        assert {"Cookie", "Accept-Encoding"} <= {word.strip() for word in made["Vary"].split(",")}
        assert made["X-Frame-Options"] == "DENY" and "Content-Security-Policy" in made
    known = Client().get(address, headers={"if-none-match": first["ETag"]})
    assert known.status_code == 304 and not known.content
    saved("meeting", summary="Otherwise")(names)
    assert Client().get(address, headers={"if-none-match": first["ETag"]}).status_code == 200


def test_other_pages_say_too_that_nothing_changed(names: Names) -> None:
    first = Client().get("/meetings/")
    assert Client().get("/meetings/", headers={"if-none-match": first["ETag"]}).status_code == 304
    assert not Client().get("/accounts/login/").has_header("ETag")  # each has a token of its own
    assert not Client().head("/meetings.csv").has_header("ETag")  # that of nothing would stand for any file


def test_a_kept_page_travels_packed_where_that_is_understood(names: Names) -> None:
    import gzip

    address = names["meeting"].get_absolute_url()
    plain = Client().get(address).content
    packed = Client().get(address, headers={"accept-encoding": "br, gzip"})
    assert packed["Content-Encoding"] == "gzip" and len(packed.content) < len(plain) / 2
    assert gzip.decompress(packed.content) == plain == Client().get(address).content


def test_a_head_and_a_question_are_not_mixed_up(names: Names) -> None:
    address = names["meeting"].get_absolute_url()
    assert Client().head(address).status_code == 200
    assert len(page(address)) > 1000
    assert not is_kept(f"{address}?page=2")
    assert not is_kept(f"{address}?page=2")


@pytest.mark.both_databases
def test_a_stamp_takes_older_ones_away_now_and_then(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where something is saved outside of a transaction."""
    states = set()
    for clean_every in (10**9, 10**9, 1, 1):
        monkeypatch.setattr("engagement.core.models.expiring.CLEAN_EVERY", clean_every)
        Stamp.objects.put()
        states.add(Stamp.objects.state())
    assert Stamp.objects.count() == 1 and len(states) == 4


def test_what_was_taken_back_leaves_no_stamp(names: Names) -> None:
    from django.db import transaction

    address = names["meeting"].get_absolute_url()
    page(address)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        saved("meeting", summary="Otherwise")(names)
        raise ZeroDivisionError
    assert is_kept(address)


RACE = """
from django.conf import settings
from django.test import Client
from meetings.models import Meeting
files = "django.contrib.staticfiles.storage.StaticFilesStorage"
settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": files}}
import re
client, seen = Client(HTTP_HOST="localhost"), []
for time in range(40):
    if NUMBER < 2:
        meeting = Meeting.objects.get(pk=%(pk)s)
        with meeting.locked():
            meeting.purpose = str(int(meeting.purpose) + 1)
            meeting.save()
    else:
        known = int(Meeting.objects.values_list("purpose", flat=True).get(pk=%(pk)s))
        text = client.get("%(address)s").content.decode()
        shown = int(re.search(r"Purpose:</strong> (\\d+)", text)[1])
        assert shown >= known, (shown, known)
        seen.append(shown)
print(len(set(seen)))
"""


def test_no_process_shows_what_another_made_untrue(race: Callable[..., list[str]]) -> None:
    meeting = make.make_public(purpose="1000")
    said = race(RACE % {"pk": meeting.pk, "address": meeting.get_absolute_url()}, processes=4, timeout=120)
    meeting.refresh_from_db()
    assert meeting.purpose == "1080"
    assert max(int(number) for number in said[2:]) > 1  # the readers saw it change


@pytest.mark.parametrize(("who", "renders"), [("visitor", "render"), ("secretary", "render_to_string")])
def test_what_is_committed_while_a_page_is_made_is_not_missed(
    race: Callable[..., list[str]], who: str, renders: str
) -> None:
    """Somebody saves after the page was read and before it was put away."""
    address, client = make.make_public(purpose="1000").get_absolute_url(), Client()
    if who == "secretary":
        client.force_login(make_people().secretary)
    other = """
    from meetings.models import Meeting
    meeting = Meeting.objects.get()
    meeting.purpose = "1001"
    meeting.save()
    """
    rendered = getattr(page_cache, renders)

    def slow(*args: Any) -> Any:
        text = rendered(*args)
        race(other, processes=1)
        return text

    with patch.object(page_cache, renders, slow):
        assert "1000" in main_part(client, address)
    assert "1001" in main_part(client, address)


def test_nothing_is_kept_while_somebody_works_on_the_templates(names: Names) -> None:
    address = names["meeting"].get_absolute_url()
    with override_settings(DEBUG=True):
        assert not is_kept(address)
        assert not is_kept(address)


def test_the_middleware_stands_before_the_session() -> None:
    from django.conf import settings

    names = [name.rsplit(".", 1)[1] for name in settings.MIDDLEWARE]
    assert names.index(PageCacheMiddleware.__name__) < names.index("IdleSessionMiddleware")
