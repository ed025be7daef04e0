"""Pages kept for visitors: true whatever is written, kept while nothing on them is."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any
from unittest.mock import patch

import pytest
from django.contrib import messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.cache import caches
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.utils import timezone

from engagement.core import cached, stamps
from engagement.core.cached import PagesForVisitors
from engagement.core.models import Stamp
from engagement.core.showing import Shown, noting
from engagement.core.written import gathered
from engagement.followups.models import FollowUp
from meetings.models import Discussion, Meeting, Party
from organizations.merging.actions import merge_organizations
from organizations.merging.undo import undo_merge
from organizations.models import Organization
from tests import makers as make
from tests.makers import INTERNAL, PUBLIC, SHARED
from tests.people import People, make_people
from tests.queries import count_queries

Names = dict[str, Any]
TODAY = dt.date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _nothing_kept(db: None) -> Iterator[None]:
    caches["pages"].clear()
    yield
    caches["pages"].clear()


@pytest.fixture
def names(people: People) -> Names:
    """A public meeting on whose page there is something of every kind, and records beside it."""
    host, them = make.make_host("Our body"), make.make_organization("Their association", acronym="TA")
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
    return {
        **{"host": host, "them": them, "series": series, "topic": topic, "theme": theme, "other_theme": other_theme},
        **{"before": before, "meeting": meeting, "after": after, "elsewhere": elsewhere, "said_before": said_before},
        **{"party": party, "participant": participant, "discussion": discussion, "marked": marked},
        **{"mentioned": mentioned, "reference": reference, "owner": owner, "manager": people.manager, "people": people},
        "position": make.make_position(discussion, them, statement="Their position"),
        "outcome": make.make_outcome(meeting, "What came of it", by=host, to=make.make_organization("The addressee")),
        "document": make.make_document(meeting, "The agenda"),
        "followup": make.make_followup(
            "The promise", meeting=meeting, owner=owner, chaser=people.manager, visibility=PUBLIC, due_on=TODAY
        ),
    }


def saved(name: str, /, **fields: Any) -> Callable[[Names], object]:
    def change(names: Names) -> None:
        record = names[name]
        record.refresh_from_db()
        for field, value in fields.items():
            setattr(record, field, value)
        record.save()

    return change


CHANGES: dict[str, Callable[[Names], object]] = {
    "meeting": saved("meeting", summary="Otherwise"),
    "series": saved("series", title="Renamed"),
    "host": saved("host", name="Renamed"),
    "party's organization": saved("them", acronym="RENAMED"),
    "party": saved("party", headcount=17),
    "new party": lambda of: make.make_party(of["meeting"], make.make_organization("New")),
    "party gone": lambda of: of["party"].delete(),
    "participant": saved("participant", name="Grace"),
    "participant gone": lambda of: of["participant"].delete(),
    "discussion": saved("discussion", said="Otherwise"),
    "narrower discussion": saved("discussion", visibility=INTERNAL),
    "new discussion": lambda of: make.make_discussion(of["meeting"], "New"),
    "discussion gone": lambda of: of["marked"].delete(),
    "topic": saved("topic", title="Renamed"),
    "themes of the topic": lambda of: of["topic"].themes.clear(),
    "the topic of a theme": lambda of: make.make_theme("New").topics.add(of["topic"]),
    "theme of the topic": saved("theme", name="Renamed"),
    "theme": saved("other_theme", name="Renamed"),
    "themes of a discussion": lambda of: of["marked"].themes.clear(),
    "mentioned": saved("mentioned", name="Renamed"),
    "reference": saved("reference", identifier="32001L0083"),
    "references": lambda of: of["discussion"].references.clear(),
    "position": saved("position", statement="Otherwise"),
    "position gone": lambda of: of["position"].delete(),
    "outcome": saved("outcome", text="Otherwise"),
    "outcome's addressee": lambda of: _renamed(of["outcome"].to),
    "document": saved("document", title="Otherwise"),
    "document gone": lambda of: of["document"].delete(),
    "follow-up": saved("followup", title="Otherwise"),
    "follow-up done": lambda of: of["followup"].complete(by=of["manager"], result="Done"),
    "follow-up's owner": saved("owner", name="Renamed"),
    "follow-up narrower": saved("followup", visibility=INTERNAL),
    "follow-up gone to another meeting": saved("followup", meeting=None),
    "meeting before": saved("before", starts_on=dt.date(2024, 5, 9)),
    "meeting after, elsewhere": saved("after", series=None, ordinal=None),
    "discussed at an earlier meeting": lambda of: of["said_before"].delete(),
    "discussed elsewhere": saved("said_before", topic=None, title="Something else"),
    "earlier meeting hidden": lambda of: of["elsewhere"].withdraw(by=None, reason="By mistake"),
    "earlier meeting moved": saved("elsewhere", starts_on=dt.date(2025, 12, 1)),
    "another earlier meeting": lambda of: make.make_discussion(
        make.make_public(starts_on=dt.date(2022, 1, 2)), topic=of["topic"]
    ),
    "merged": lambda of: merge_organizations(_chief(of), [of["them"]], by=of["manager"]),
    "merged, only spoken of": lambda of: merge_organizations(_chief(of), [of["mentioned"]], by=of["manager"]),
    "merged, and undone": lambda of: _undone(of),
}


def _renamed(organization: Organization) -> None:
    organization.name = "Renamed"
    organization.save()


def _undone(of: Names) -> None:
    """The page says the same again; so something else is changed as well."""
    merge = merge_organizations(_chief(of), [of["mentioned"]], by=of["manager"])
    Client().get(of["meeting"].get_absolute_url())
    saved("position", statement="Otherwise")(of)
    undo_merge(merge, by=of["manager"])


def _chief(of: Names) -> Organization:
    of["manager"].is_superuser = True
    of["manager"].save()
    return make.make_organization("Kept")


def page(address: str, **headers: Any) -> str:
    response = Client().get(address, **headers)
    assert response.status_code == 200
    return response.content.decode()


def is_kept(address: str) -> bool:
    """Whether a page takes one query, which asks whether it is still true."""
    return len(count_queries(lambda: Client().get(address))) == 1


@pytest.mark.parametrize("what", CHANGES)
def test_whatever_is_written_is_seen(names: Names, what: str) -> None:
    address = names["meeting"].get_absolute_url()
    before = page(address)
    assert is_kept(address) and page(address) == before
    CHANGES[what](names)
    now = page(address)
    caches["pages"].clear()
    assert now == page(address)
    assert now != before
    assert is_kept(address)


OF_A_PROMISE: dict[str, Callable[[Names], object]] = {
    "itself": saved("followup", details="Otherwise"),
    "its owner": saved("owner", name="Renamed"),
    "its owner merged": lambda of: merge_organizations(_chief(of), [of["owner"]], by=of["manager"]),
    "on whom it waits": saved("them", name="Renamed"),
    "on whom it waits merged": lambda of: merge_organizations(_chief(of), [of["them"]], by=of["manager"]),
    "its meeting": saved("meeting", title="Renamed"),
    "its meeting moved": saved("meeting", starts_on=dt.date(2025, 5, 9)),
    "its topic": saved("topic", title="Renamed"),
    "its discussion": saved("discussion", topic=None, title="Otherwise"),
    "done": lambda of: _waiting(of).complete(by=of["manager"], result="Done"),
    "moved": lambda of: _waiting(of).move_due(by=of["manager"], to=dt.date(2061, 1, 1), reason="Later"),
    "no longer public": lambda of: of["meeting"].withdraw(by=None, reason="By mistake"),
    "discussed inside": saved("discussion", visibility=INTERNAL),
}


def _waiting(of: Names) -> FollowUp:
    promise: FollowUp = FollowUp.objects.get(pk=of["followup"].pk)
    return promise


@pytest.mark.parametrize("what", OF_A_PROMISE)
def test_whatever_is_written_is_seen_of_a_promise(names: Names, what: str) -> None:
    saved("followup", discussion=names["discussion"])(names)
    _waiting(names).wait(by=names["manager"], on=names["them"], reason="Theirs to do")
    address = names["followup"].get_absolute_url()
    before = page(address)
    assert is_kept(address)
    names["meeting"].refresh_from_db()
    OF_A_PROMISE[what](names)
    now = Client().get(address)
    caches["pages"].clear()
    anew = Client().get(address)
    assert (now.status_code, now.content) == (anew.status_code, anew.content)
    assert now.content.decode() != before


INSIDE: dict[str, Callable[[Names], object]] = {
    **CHANGES,
    "internal notes": saved("meeting", internal_notes="Between us"),
    "notes on a discussion": saved("discussion", internal_notes="Between us"),
    "who prepared it": lambda of: _with_name(of["meeting"].prepared_by),
    "a representative": lambda of: make.make_representative(of["them"]),
    "a representative's name": lambda of: _with_name(of["people"].representative),
    "a representative gone": lambda of: of["people"].representative.representations.all().delete(),
}
LEVEL_ONLY = {"earlier meeting hidden"}  # changes nothing for who sees everything


def _with_name(user: Any) -> None:
    user.last_name = "Renamed"
    user.save()


def shared_with_ours(names: Names) -> None:
    """So that the page names those who may act for the organizations that took part."""
    meeting = names["meeting"]
    meeting.refresh_from_db()
    make.make_party(meeting, names["people"].ours)
    meeting.refresh_from_db()
    meeting.prepared_by, meeting.prepared_at, meeting.visibility = names["manager"], timezone.now(), SHARED
    meeting.save()


def main_part(client: Client, address: str) -> str:
    return client.get(address).content.decode().split("<main", 1)[1].split("</main>")[0]


@pytest.mark.parametrize("what", INSIDE)
def test_the_secretariat_too_sees_whatever_is_written(names: Names, what: str) -> None:
    shared_with_ours(names)
    address, client = names["meeting"].get_absolute_url(), Client()
    client.force_login(names["people"].secretary)
    before = main_part(client, address)
    assert is_kept_for(client, address) and main_part(client, address) == before
    INSIDE[what](names)
    now = main_part(client, address)
    caches["pages"].clear()
    assert now == main_part(client, address)
    assert (now != before) == (what not in LEVEL_ONLY)
    assert is_kept_for(client, address)


def is_kept_for(client: Client, address: str) -> bool:
    """Whether a page takes the session, the person, and whether it is still true."""
    return len(count_queries(lambda: client.get(address))) == 3


def test_a_kept_body_names_nobody_else(names: Names) -> None:
    """What is kept of one colleague's page says nothing of that colleague; who may do more is shown more."""
    shared_with_ours(names)
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


def test_everything_a_page_reads_is_stamped(names: Names) -> None:
    """A model that the page comes to show must say what it is to a page."""
    with noting() as shown:
        for name in ("meeting", "followup"):
            Client().get(f"{names[name].get_absolute_url()}?not=kept")
    assert {type(record) for record in shown.records} > {Meeting, Party, Discussion, FollowUp, Organization}
    assert {type(record) for record in shown.records} | set(shown.keys) <= set(stamps._rules)


@pytest.mark.parametrize("unrelated", ["meeting", "promise", "organization", "topic", "reference"])
def test_what_is_written_elsewhere_leaves_a_page_kept(names: Names, unrelated: str) -> None:
    address = names["meeting"].get_absolute_url()
    page(address)
    if unrelated == "meeting":
        other = make.make_public("Quite another", summary="One")
        other.summary = "Two"
        other.save()
        make.make_discussion(other, topic=make.make_topic())
    elif unrelated == "promise":
        make.make_followup(meeting=make.make_public(), visibility=PUBLIC)
    elif unrelated == "organization":
        make.make_organization()
    elif unrelated == "topic":
        make.make_topic().themes.add(names["theme"])
    else:
        make.make_reference()
    assert is_kept(address)


def test_a_page_is_made_for_each_day(names: Names) -> None:
    address = names["meeting"].get_absolute_url()
    page(address)
    shown = Shown()
    midnight = timezone.make_aware(dt.datetime.combine(timezone.localdate() + dt.timedelta(days=1), dt.time.min))
    assert shown.until == midnight
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


def test_who_signed_in_meets_nothing_kept(names: Names, people: People) -> None:
    address = names["meeting"].get_absolute_url()
    page(address)
    client = Client()
    client.force_login(people.representative)
    assert str(people.representative) in client.get(address).content.decode()
    assert len(count_queries(lambda: client.get(address))) > 5
    assert str(people.representative) not in page(address)


def test_who_is_told_something_meets_nothing_kept(names: Names) -> None:
    """Nor is what they were told kept for others."""
    address = names["meeting"].get_absolute_url()
    request = RequestFactory().get("/")
    told, answer = CookieStorage(request), HttpResponse()
    told.add(messages.INFO, "For you alone")
    told.update(answer)
    client = Client()
    for first in (True, False):
        client.cookies["messages"] = answer.cookies["messages"].value
        assert "For you alone" in client.get(address).content.decode(), first
        assert "For you alone" not in page(address) and is_kept(address)


def test_what_sets_a_cookie_is_for_one_alone() -> None:
    answer = HttpResponse("As ever")
    assert cached._is_same_for_all(answer)
    answer.set_cookie("csrftoken", "of one")
    assert not cached._is_same_for_all(answer)


def test_what_is_not_public_is_not_kept(names: Names, people: People) -> None:
    address = names["meeting"].get_absolute_url()
    page(address)
    names["meeting"].refresh_from_db()
    names["meeting"].withdraw(by=people.publisher, reason="By mistake")
    for _time in range(2):
        assert Client().get(address).status_code == 404


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


def test_what_is_written_in_bulk_makes_every_page_anew(names: Names) -> None:
    address = names["meeting"].get_absolute_url()
    page(address)
    number = Stamp.objects.count()
    with gathered() as found:
        found[Meeting].update(range(10_000, 10_000 + stamps.MOST + 1))
    assert Stamp.objects.count() == number + 1
    assert not is_kept(address)


def test_a_row_that_nobody_knows_makes_every_page_anew(names: Names) -> None:
    address = names["meeting"].get_absolute_url()
    page(address)
    with gathered() as found:
        found[Discussion].add(10_000_000)
    assert not is_kept(address)


def test_a_save_puts_its_stamps_in_three_queries(names: Names) -> None:
    with gathered() as found:
        found[Meeting].add(names["meeting"].pk)
        found[Discussion] |= {names["discussion"].pk, names["marked"].pk}
        found[Party].add(names["party"].pk)
        written = {model: set(keys) for model, keys in found.items()}
    assert len(count_queries(lambda: stamps.put_stamps(written))) <= 3


@pytest.mark.both_databases
def test_old_stamps_are_taken_away(db: None) -> None:
    Stamp.objects.put({"old"})
    Stamp.objects.update(made_on=timezone.localdate() - dt.timedelta(days=10))
    Stamp.objects.put({"new"})
    Stamp.objects.clean_up()
    assert set(Stamp.objects.values_list("name", flat=True)) == {"new"}


def test_some_saves_take_old_stamps_away(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    Stamp.objects.put({"old"})
    Stamp.objects.update(made_on=timezone.localdate() - dt.timedelta(days=10))
    monkeypatch.setattr("engagement.core.models.passing.CLEAN_EVERY", 1)
    Stamp.objects.put({"new"})
    assert set(Stamp.objects.values_list("name", flat=True)) == {"new"}


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
    rendered = getattr(cached, renders)

    def slow(*args: Any) -> Any:
        text = rendered(*args)
        race(other, processes=1)
        return text

    with patch.object(cached, renders, slow):
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
    assert names.index(PagesForVisitors.__name__) < names.index("IdleSessionMiddleware")
