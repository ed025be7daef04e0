"""What a page costs does not grow with how much there is: no more queries for 200 rows than for 2.

A list of few rows may take one more, which looks for rows without a value after those that have one, as orders are
walked; a long one stops before.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import admin
from django.core.cache import caches
from django.db import connection
from django.db.models import Model, Q
from django.test import Client

from engagement.core.models.visibility import leveled_models, relevel
from engagement.followups.models import FollowUp, FollowUpEvent
from engagement.topics.models import Reference, Theme, Topic
from meetings.models import Discussion, Document, Meeting, Outcome, Participant, Party, Position, Series
from organizations.models import Identifier, Organization, OtherName, Person, Post
from tests import makers as make
from tests.makers import PUBLIC
from tests.people import People
from tests.queries import FEW, MANY, count_queries, shape
from tests.thorough import today

PAGE, HOME, LIST, ADMIN_LIST, ADMIN_FORM = 23, 24, 11, 9, 24


class Heap:
    """One meeting, organization, topic, series and follow-up, on which ever more is heaped."""

    def __init__(self, people: People) -> None:
        self.people, self.size = people, 0
        self.host = make.make_host("Heap host")
        self.series = make.make_series("Heap series", host=self.host)
        self.topic = make.make_topic("Heap topic")
        self.theme = make.make_theme("Heap theme")
        self.topic.themes.add(self.theme)
        self.meeting = make.make_public(
            "Heap meeting", host=self.host, counterparts=[people.ours], series=self.series, prepared_by=people.secretary
        )
        self.discussion = make.make_discussion(self.meeting, topic=self.topic)
        self.reference = make.make_reference("Heap reference")
        self.discussion.references.add(self.reference)
        self.followup = make.make_followup(
            "Heap promise", meeting=self.meeting, discussion=self.discussion, owner=self.host, visibility=PUBLIC
        )

    def grow(self, to: int) -> None:
        numbers = range(self.size, to)
        self.size = to
        names = [f"heap {n:03d}" for n in numbers]
        orgs = many(Organization, names, lambda n: {"name": n, "slug": slug(n), "kind": "company", "parent": self.host})
        many(Identifier, orgs, lambda o: {"organization": o, "value": f"1234{o.pk:05d}-12"})
        many(OtherName, names, lambda n: {"organization": self.people.ours, "name": n})
        persons = many(Person, names, lambda n: {"name": n})
        many(Post, persons, lambda p: {"person": p, "organization": self.people.ours, "function": "Head"})
        themes = many(Theme, names, lambda n: {"name": n, "slug": slug(n), "parent": self.theme, "depth": 2})
        topics = many(Topic, names, lambda n: {"title": n, "slug": slug(n)})
        references = many(Reference, names, lambda n: {"title": n, "slug": slug(n)})
        serieses = many(Series, names, lambda n: {"title": n, "slug": slug(n), "host": self.host})
        Topic.themes.through.objects.bulk_create(
            [Topic.themes.through(topic=t, theme=h) for t, h in zip(topics, themes, strict=True)]
        )
        self._on_the_meeting(orgs, persons, topics, themes, references)
        self._more_meetings(names, orgs, serieses)
        self._followups(names, orgs)
        for model in leveled_models():
            relevel(model, Q())
        with connection.cursor() as cursor:  # as a living database does by itself; without it plans are guesses
            cursor.execute("ANALYZE")

    def _on_the_meeting(self, orgs: Any, persons: Any, topics: Any, themes: Any, references: Any) -> None:
        here = {"meeting": self.meeting}
        parties = many(Party, orgs, lambda o: {**here, "organization": o, "order": o.pk})
        pairs = list(zip(parties, persons, strict=True))
        many(Participant, pairs, lambda p: {**here, "party": p[0], "person": p[1], "name": "A", "visibility": 20})
        talks = many(Discussion, topics, lambda t: {**here, "topic": t, "order": t.pk})
        rows = list(zip(talks, orgs, strict=True))
        many(
            Position,
            rows,
            lambda r: {**here, "discussion": r[0], "organization": r[1], "stance": "informs", "statement": "x"},
        )
        many(
            Outcome,
            rows,
            lambda r: {**here, "discussion": r[0], "by": r[1], "to": r[1], "kind": "request", "text": "x"},
        )
        many(Outcome, orgs, lambda o: {**here, "by": o, "kind": "takeaway", "text": "x"})
        many(Document, orgs, lambda o: {**here, "kind": "agenda", "title": "x", "url": "https://example.org/"})
        for field, others in (("themes", themes), ("references", references), ("mentions", orgs)):
            through: Any = getattr(Discussion, field).through
            name = {"themes": "theme", "references": "reference", "mentions": "organization"}[field]
            through.objects.bulk_create(
                [through(discussion=d, **{name: o}) for d, o in zip(talks, others, strict=True)]
            )
        refers: Any = Discussion.references.through
        refers.objects.bulk_create([refers(discussion=talk, reference=self.reference) for talk in talks])
        spoken_of: Any = Discussion.mentions.through
        spoken_of.objects.bulk_create([spoken_of(discussion=talk, organization=self.people.theirs) for talk in talks])

    def _more_meetings(self, names: Any, orgs: Any, serieses: Any) -> None:
        def fields(row: tuple[str, Any]) -> dict[str, Any]:
            day = dt.datetime(2024, 1, 1, 12, tzinfo=dt.UTC) + dt.timedelta(days=int(row[0][-3:]))
            stamps = {
                "starts_on": day.date(),
                "starts_at": day,
                "ends_at": day,
                "published_at": day,
                "published_on": day.date(),
            }
            reference = f"HP-{row[0][-3:]}"
            return {
                **stamps,
                "title": row[0],
                "slug": slug(row[0]),
                "reference": reference,
                "status": "held",
                "visibility": PUBLIC,
            }

        meetings = many(Meeting, list(zip(names, serieses, strict=True)), fields)
        for meeting in meetings[: len(meetings) // 2]:
            meeting.series = self.series
        Meeting._base_manager.bulk_update(meetings, ["series"])
        many(Party, meetings, lambda m: {"meeting": m, "organization": self.host, "side": "host"})
        many(Party, meetings, lambda m: {"meeting": m, "organization": self.people.ours})
        talks = many(Discussion, meetings, lambda m: {"meeting": m, "topic": self.topic, "order": 1})
        whose = self.people.ours
        many(
            Position,
            talks,
            lambda d: {
                "meeting": d.meeting,
                "discussion": d,
                "organization": whose,
                "stance": "requests",
                "statement": "x",
            },
        )

    def _followups(self, names: Any, orgs: Any) -> None:
        common = {"chaser": self.people.secretary, "visibility": PUBLIC, "side": "theirs", "meeting": self.meeting}
        due = {"due_on": make.LONG_AGO, "original_due_on": make.LONG_AGO, "discussion": self.discussion}
        rows = list(zip(names, orgs, strict=True))
        made = many(
            FollowUp, rows, lambda r: {**common, **due, "title": r[0], "reference": f"HF-{r[0][-3:]}", "owner": r[1]}
        )
        many(
            FollowUp,
            made,
            lambda f: {
                **common,
                "title": "own",
                "reference": f"HO-{f.pk}",
                "owner": self.people.ours,
                "assignee": self.people.manager,
            },
        )
        moves = {"followup": self.followup, "from_status": "open", "to_status": "open", "by": self.people.manager}
        many(FollowUpEvent, rows, lambda r: moves)


def slug(name: str) -> str:
    return name.replace(" ", "-")


def many(model: type[Model], rows: Any, fields: Callable[[Any], dict[str, Any]]) -> list[Any]:
    return model._base_manager.bulk_create([model(**fields(row)) for row in rows])


def site_addresses(heap: Heap) -> dict[str, int]:
    records = [heap.meeting, heap.series, heap.topic, heap.theme, heap.host, heap.people.ours, heap.followup]
    records += [heap.reference, heap.people.theirs]
    pages = {record.get_absolute_url(): PAGE for record in records}
    pages[f"{heap.series.get_absolute_url()}book/"] = PAGE
    pages |= {f"{record.get_absolute_url()}positions/": PAGE for record in (heap.topic, heap.people.ours)}
    lists = dict.fromkeys(["/meetings/", "/organizations/", "/topics/", "/series/", "/follow-ups/"], LIST)
    return {**pages, **lists, "/": HOME, "/overview/": 10}


def admin_addresses(heap: Heap) -> dict[str, int]:
    found: dict[str, int] = {"/admin/": HOME}
    for model, model_admin in admin.site._registry.items():
        base = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        found[base] = ADMIN_LIST
        ours = model.__module__.startswith(("engagement", "meetings", "organizations"))
        if ours and not getattr(model_admin, "is_read_only", False):
            found[f"{base}add/"] = ADMIN_FORM
    for record in (heap.meeting, heap.people.ours, heap.followup, heap.topic, heap.series):
        base = f"/admin/{record._meta.app_label}/{record._meta.model_name}/{record.pk}"
        found |= {f"{base}/change/": ADMIN_FORM, f"{base}/history/": ADMIN_FORM}
    return found


def remember(client: Client, addresses: dict[str, int]) -> None:
    """What is asked once in the life of a process, such as content types, costs nothing afterwards."""
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200, f"{address}: {response.status_code}"


def costs(client: Client, addresses: dict[str, int]) -> dict[str, list[str]]:
    found = {}
    for address in addresses:
        caches["pages"].clear()  # what making a page costs
        found[address] = [shape(sql) for sql in count_queries(lambda address=address: client.get(address))]
    return found


def assert_flat(client: Client, addresses: dict[str, int], heap: Heap) -> None:
    heap.grow(FEW)
    remember(client, addresses)
    few = costs(client, addresses)
    heap.grow(MANY)
    many_ = costs(client, addresses)
    wrong = [
        f"{address}: {len(few[address])} queries with {FEW} rows, "
        f"{len(many_[address])} with {MANY}, at most {ceiling}\n   "
        + "\n   ".join(sql[:160] for sql in many_[address] if many_[address].count(sql) > few[address].count(sql))[
            :2000
        ]
        for address, ceiling in addresses.items()
        if len(many_[address]) > len(few[address]) or max(len(many_[address]), len(few[address])) > ceiling
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("who", today(["manager", "visitor", "representative"], parts=3))
@pytest.mark.slow("every page, with few rows and with many")
def test_pages_cost_the_same(people: People, who: str) -> None:
    heap = Heap(people)
    client = Client()
    if who != "visitor":
        client.force_login(getattr(people, who))
    of_staff = {"/today/?mine=1": HOME + 1, "/dashboard/": HOME} if who == "manager" else {}
    assert_flat(client, {**site_addresses(heap), **of_staff}, heap)


@pytest.mark.slow("every other page, with few rows and with many")
def test_the_admin_costs_the_same(people: People, admin_client: Client) -> None:
    heap = Heap(people)
    assert_flat(admin_client, dict(today(list(admin_addresses(heap).items()), parts=2)), heap)
