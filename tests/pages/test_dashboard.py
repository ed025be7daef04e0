"""The dashboard: every figure is what one counts by hand over random records, and every number that of its list."""

import datetime as dt
import random
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client, RequestFactory
from django.utils import timezone

from engagement.core.charts import BarChart
from engagement.dashboard import Dashboard, Figure
from engagement.dashboard_form import DashboardForm
from engagement.followups.lists import FollowUpList
from engagement.followups.models import FollowUp
from engagement.topics.models import Theme
from meetings.lists import MeetingList
from meetings.models import Meeting, Position, Series
from organizations.lists import OrganizationList
from organizations.models import Organization
from tests import makers as make
from tests.lists.lists import ask, keys
from tests.people import People

PAGES = {page().path: page for page in (FollowUpList, MeetingList, OrganizationList)}
KINDS = ["company", "patient", "regulator", "academia"]


def today() -> dt.date:
    return timezone.localdate()


def ago(days: int) -> dt.date:
    return today() - dt.timedelta(days=days)


@pytest.fixture(scope="module")
def world(module_people: People) -> People:
    """Organizations with members, series and themes; what was discussed, held and promised in two years, at random."""
    chance, people = random.Random(12), module_people
    host = make.make_host("Agency")
    unions = [make.make_organization(f"Union {n}", kind=chance.choice(KINDS)) for n in range(2)]
    partners = unions + [
        make.make_organization(f"Partner {n}", kind=chance.choice(KINDS), parent=chance.choice([*unions, None]))
        for n in range(8)
    ]
    roots = [make.make_theme(f"Theme {n}") for n in range(2)]
    themes = roots + [make.make_theme(f"Sub-theme {n}", parent=chance.choice(roots)) for n in range(3)]
    topics = [make.make_topic(f"Topic {n}") for n in range(6)]
    serieses = [make.make_series(f"Series {n}", host=host, cadence_months=n * 4 or None) for n in range(3)]
    for series in serieses:
        series.counterparts.set(chance.sample(partners, 3))
    talks = [talk for n in range(24) for talk in _meeting(chance, n, host, partners, serieses, themes, topics)]
    alone = make.make_held("Alone", host=host, counterparts=partners[:1], starts_on=ago(100), series=serieses[1])
    alone_talk = make.make_discussion(alone, topic=make.make_topic("Heard once"))
    alone_talk.themes.set(roots)
    make.make_position(alone_talk, partners[0])
    for n in range(90):
        _promise(chance, n, chance.choice([None, *talks]), host, partners, people)
    for days in (0, 1, 30, 31, 90, 91, 365, 366):  # the first and last day of each age
        due = {"due_on": ago(days), "original_due_on": ago(days), "reference": f"FR-{days} days"}
        where = {"owner": host, "side": "ours", "chaser": people.secretary}
        FollowUp._base_manager.bulk_create([FollowUp(title=f"{days} days", **due, **where)])
    return people


def _meeting(
    chance: random.Random, n: int, host: Any, partners: list[Any], serieses: list[Any], themes: list[Any],
    topics: list[Any],
) -> Iterator[Any]:  # fmt: skip
    guests = chance.sample(partners[:-1], chance.choice([1, 1, 2]))
    made = make.make_held if n % 6 else make.make_meeting
    meeting = made(
        f"Meeting {n}", host=host, counterparts=guests, starts_on=ago(chance.randrange(700)),
        kind=chance.choice(["bilateral", "ad_hoc"]), series=chance.choice([None, *serieses]),
    )  # fmt: skip
    for _number in range(2):
        talk = make.make_discussion(meeting, topic=chance.choice(topics))
        talk.themes.set(chance.sample(themes, chance.choice([0, 1, 2])))
        for guest in chance.sample([host, *guests], 2):
            make.make_position(talk, guest)
        if chance.random() < 0.2:
            make.make_position(talk)
        yield talk


def _promise(chance: random.Random, n: int, talk: Any, host: Any, partners: list[Any], people: People) -> None:
    due = chance.choice([None, *[ago(chance.randrange(-60, 500)) for _number in range(5)]])
    first = due and due - dt.timedelta(days=chance.choice([0, 0, 14, 60]))
    status = chance.choice(["open", "in_progress", "done", "done", "cancelled"])
    closed = timezone.now() - dt.timedelta(days=chance.randrange(500)) if status in ("done", "cancelled") else None
    owner, assignee = (
        chance.choice([host, host, host, *partners, None]),
        chance.choice([None, people.secretary, people.manager]),
    )
    times = int(first != due) * chance.choice([1, 2])
    fields: dict[str, Any] = {"due_on": due, "original_due_on": first, "times_postponed": times}
    fields |= {"closed_at": closed, "status": status, "assignee": assignee}
    side = "joint" if owner is None else "ours" if owner == host else "theirs"
    where = {"discussion": talk, "meeting": talk and talk.meeting, "owner": owner, "side": side, "is_joint": not owner}
    fields |= {"chaser": people.secretary, "visibility": 0, "effective_visibility": 0, "reference": f"FR-{n}"}
    FollowUp._base_manager.bulk_create([FollowUp(title=f"Promise {n}", **where, **fields)])


QUERIES = ["", "theme=theme-1", "series=series-1", "theme=sub-theme-0&series=series-2", "from={0}&to={1}"]


@pytest.fixture(params=QUERIES)
def board(world: People, request: pytest.FixtureRequest) -> Dashboard:
    return board_of(world.manager, request.param.format(ago(650), ago(90)))


def board_of(user: Any, query: str = "") -> Dashboard:
    form = DashboardForm(QueryDict(query))
    assert form.is_valid(), form.errors
    request = RequestFactory().get("/dashboard/", QUERY_STRING=query)
    request.user = user
    return Dashboard(request, form.asked)


def promises(board: Dashboard) -> list[FollowUp]:
    """Those of the theme and series, as one would pick them out by hand."""
    theme, series = board.asked.theme, board.asked.series
    rows = FollowUp.objects.select_related("owner", "assignee", "meeting").prefetch_related(
        "discussion__themes__lineage"
    )
    return [
        row
        for row in rows
        if (series is None or (row.meeting and row.meeting.series_id == series.pk))
        and (theme is None or (row.discussion and is_on(row.discussion, theme)))
    ]


def is_on(talk: Any, theme: Theme) -> bool:
    return any(theme in one.lineage.all() for one in talk.themes.all())


def meetings(board: Dashboard) -> list[Meeting]:
    theme, series, asked = board.asked.theme, board.asked.series, board.asked
    rows = Meeting.objects.filter(status="held").prefetch_related(
        "parties__organization", "discussions__themes__lineage", "discussions__positions__organization"
    )
    return [
        row
        for row in rows
        if asked.first <= row.starts_on <= asked.last
        and (series is None or row.series_id == series.pk)
        and (theme is None or any(is_on(talk, theme) for talk in row.discussions.all()))
    ]


def told(figures: list[Figure]) -> dict[str, int]:
    return {str(figure.label): figure.number for figure in figures}


def figures(board: Dashboard) -> list[Figure]:
    months = [figure for month in board.months for figure in (month.due, month.kept)]
    return [
        *months, *board.now, board.kept_figure, board.on_time, board.postponed.figure, *board.ages, *board.owners,
        *board.assignees, *board.chasers, *board.overdue_by_side,
        board.held, *board.kinds, *board.themes, *board.counterparts, *board.silence,
    ]  # fmt: skip


def test_every_number_is_that_of_the_list_it_leads_to(world: People, board: Dashboard) -> None:
    checked = 0
    for figure in figures(board):
        if figure.url:
            path, _mark, query = figure.url.partition("?")
            rows = ask(PAGES[path], world.manager, query)
            assert not rows.warnings and len(keys(rows)) == figure.number, figure
            checked += 1
    assert checked > 25


def test_what_was_promised_and_kept(board: Dashboard) -> None:
    end = min(board.asked.last, ago(1))
    due = [one for one in promises(board) if one.due_on and one.status != "cancelled" and one.due_on <= end]
    first = board.months[0].first
    assert len(board.months) <= 12 and board.is_cut is (first > board.asked.first)
    due = [one for one in due if one.due_on >= first]
    for month in board.months:
        of_month = [one for one in due if (one.due_on.year, one.due_on.month) == (month.first.year, month.first.month)]
        kept = [one for one in of_month if one.status == "done"]
        assert (month.due.number, month.kept.number) == (len(of_month), len(kept)), month.first
    assert board.kept == (sum(one.status == "done" for one in due), len(due))
    assert [bar.part for bar in board.chart.bars] == ([month.kept.number for month in board.months] if due else [])


def test_what_was_done_on_time_and_postponed(board: Dashboard) -> None:
    first, last = board.asked.first, board.asked.last
    done = [one for one in promises(board) if one.status == "done" and one.due_on]
    done = [one for one in done if first <= timezone.localdate(one.closed_at) <= last]
    on_time = [one for one in done if timezone.localdate(one.closed_at) <= one.due_on]
    assert (board.on_time.number, board.done) == (len(on_time), len(done)) and not board.is_of_latest
    assert board.on_time_percent == (100 * len(on_time) // len(done) if done else None)
    due = [one for one in promises(board) if one.due_on and first <= one.due_on <= last and one.status != "cancelled"]
    days = [one.days_slipped for one in due if one.times_postponed]
    found = board.postponed
    assert (found.of, found.figure.number, found.longest) == (len(due), len(days), max(days, default=0))
    assert found.average == (round(sum(days) / len(days)) if days else 0)


def test_what_is_open_and_overdue(board: Dashboard) -> None:
    is_open = [one for one in promises(board) if not one.is_closed]
    late = [one for one in is_open if one.is_overdue]
    assert [figure.number for figure in board.now] == [len(is_open), len(late)]
    ages = Counter("none" if one.due_on is None else age_of(one.days_late) for one in is_open)
    assert [figure.number for figure in board.ages] == [ages[name] for name in ("ahead", 30, 90, 365, "more", "none")]
    by_owner = Counter(above.name for one in late if one.owner for above in one.owner.lineage.all())
    by_owner |= Counter("Both sides" for one in late if not one.owner)
    assert sorted(told(board.owners).values()) == sorted(by_owner.values(), reverse=True)[: len(board.owners)][::-1]
    assert told(board.owners).items() <= by_owner.items()
    assert told(board.assignees) == Counter(str(one.assignee or "Nobody yet") for one in late if one.side != "theirs")
    assert all("unassigned=1" in figure.url for figure in board.assignees if figure.label == "Nobody yet")
    assert told(board.chasers) == Counter(str(one.chaser) for one in late if one.side == "theirs")
    by_side = [figure.number for figure in board.overdue_by_side]
    assert by_side == [sum(one.side == side for one in late) for side in ("ours", "theirs", "joint")]
    assert sum(by_side) == sum(told(board.assignees).values()) + sum(told(board.chasers).values()) == len(late)


def age_of(days: int) -> Any:
    return "ahead" if not days else next((most for most in (30, 90, 365) if days <= most), "more")


def test_whom_we_met(board: Dashboard) -> None:
    met = meetings(board)
    kinds = dict(Organization.Kind.choices)
    assert board.held.number == len(met)
    assert told(board.kinds) == Counter(one.get_kind_display() for one in met)
    level = board.asked.theme
    themes = Counter(
        theme.name
        for one in met
        for theme in {
            above for talk in one.discussions.all() for own in talk.themes.all() for above in own.lineage.all()
        }
        if (theme.parent_id == level.pk if level else theme.depth == 1)
    )
    assert told(board.themes) == themes
    guests = [{p.organization.kind for p in one.parties.all() if p.side == "counterpart"} for one in met]
    assert told(board.counterparts) == Counter(str(kinds[kind]) for kinds_there in guests for kind in kinds_there)


def test_whom_we_did_not_meet(world: People) -> None:
    """Of all organizations: silence is as of today, whatever the period."""
    board, silent, never, named = board_of(world.manager), 0, 0, set()
    for one in Organization.objects.filter(is_host=False):
        met = [m.starts_on for m in Meeting.objects.filter(status="held", parties__organization=one)]
        intervals = [s.cadence_months for s in Series.objects.filter(counterparts=one) if s.cadence_months]
        is_never = not met and (Series.objects.filter(counterparts=one).exists() or one.parties.exists())
        is_silent = bool(intervals) and not (met and within(max(met), min(intervals)))
        silent, never = silent + is_silent, never + is_never
        named |= {one.name} if is_silent or is_never else set()
    assert [figure.number for figure in board.silence] == [silent, never] and silent
    assert {one.name for one in board.silent} == named


def within(day: dt.date, months: int) -> bool:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return (year, month + 1, day.day) >= (today().year, today().month, today().day)


def test_whom_we_heard(board: Dashboard) -> None:
    theme, kinds = board.asked.theme, dict(Organization.Kind.choices)
    heard: dict[str, Counter[str]] = {}
    for meeting in meetings(board):
        guests = {p.organization_id for p in meeting.parties.all() if p.side == "counterpart"}
        for talk in meeting.discussions.all():
            for position in talk.positions.all() if theme is None or is_on(talk, theme) else ():
                if position.organization_id in guests:
                    heard.setdefault(talk.topic.title, Counter())[str(kinds[position.organization.kind])] += 1
    in_all = sum(heard.values(), Counter())
    assert {one.kind: one.number for one in board.shares} == in_all
    assert all(one.percent == round(100 * one.number / in_all.total()) for one in board.shares)
    of_topics = {one.topic.title: {share.kind: share.number for share in one.shares} for one in board.heard}
    assert of_topics == heard
    alone = {title for title, numbers in heard.items() if len(numbers) == 1 and numbers.total() > 1}
    assert {one.topic.title for one in board.one_sided} == alone and board.number_one_sided == len(alone)


def test_what_was_written_once_is_asked_anew(world: People, db: None) -> None:
    """Queries are kept for a person and a day, what they found is not."""
    before = board_of(world.manager)
    some = [before.now, before.ages, before.owners, before.assignees]
    assert all(sum(told(figures).values()) for figures in some)
    FollowUp.objects.is_open().delete()
    after = board_of(world.manager)
    none = [*after.now, *after.ages, *after.owners, *after.assignees]
    assert not any(figure.number for figure in none)


def test_of_very_many_meetings_the_latest_are_told_apart(world: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """The list would have more, so that nothing leads to it; how many there are in all is said."""
    whole = board_of(world.manager)
    assert not whole.is_of_latest_meetings
    monkeypatch.setattr("engagement.dashboard.MEETINGS", 4)
    monkeypatch.setattr("engagement.core.lists.counts._written", {})  # queries with the usual number
    board = board_of(world.manager)
    assert board.held.number == whole.held.number > 4 and board.is_of_latest_meetings
    assert sum(told(board.kinds).values()) == board.looked_into == 4
    latest = sorted(meetings(board), key=lambda one: (one.starts_at, one.pk))[-4:]
    assert told(board.kinds) == Counter(one.get_kind_display() for one in latest)
    assert not any(figure.url for figure in [*board.kinds, *board.themes, *board.counterparts])
    assert "Only the latest 4 meetings are counted here." in page(world.manager)


def test_the_world_has_something_of_everything(world: People) -> None:
    board = board_of(world.manager)
    assert all(figure.number for figure in [*board.now, board.on_time, board.held, board.postponed.figure])
    assert len(board.owners) > 5 and len(board.assignees) == 3 and board.chasers and len(board.themes) == 2
    assert Position.objects.filter(is_joint=True).exists() and board.heard and board.chart.rows


# The page ------------------------------------------------------------------------------------------------------


def page(user: Any, query: str = "") -> str:
    client = Client()
    client.force_login(user)
    answer = client.get(f"/dashboard/?{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_tells_what_was_counted(world: People) -> None:
    html, board = page(world.manager), board_of(world.manager)
    for figure in figures(board):
        if figure.url and figure.number:
            assert f'href="{figure.url.replace("&", "&amp;")}"' in html, figure
    assert "Show as table" in html and board.one_sided[0].topic.title in html


@pytest.mark.parametrize(
    ("query", "field", "sentence"),
    [
        ("from=yesterday", "from", "Enter a date, such as 2026-01-31."),
        ("to=0026-01-01", "to", "Enter a year between 1900 and"),
        ("from=2026-05-01&to=2026-04-01", "to", "This day is before the first one. Choose a later day."),
        ("theme=nonsense", "theme", "There is no such theme. Choose one from the list."),
        ("series=%00", "series", "There is no such series. Choose one from the list."),
    ],
)
def test_what_is_not_understood_is_told_beside_its_field(world: People, query: str, field: str, sentence: str) -> None:
    html = page(world.manager, query)
    assert sentence in html.partition(f'id="id_{field}_error"')[2].partition("</div>")[0]
    assert "Nothing is counted yet: one of the filters is not valid." in html and "Promised and kept" not in html


def test_only_the_end_of_a_period_asks_for_the_year_up_to_it(world: People) -> None:
    asked = board_of(world.manager, "to=2026-02-28").asked
    assert (asked.first, asked.last) == (dt.date(2025, 3, 1), dt.date(2026, 2, 28))
    assert board_of(world.manager).asked.last == today()


def test_nothing_recorded_is_said(people: People) -> None:
    html = page(people.manager, "from=1900-01-01&to=1900-01-02")
    for sentence in ("Nothing was due in this period.", "No meeting was held in this period.", "Nothing is overdue."):
        assert sentence in html


def test_a_part_is_as_high_as_its_share() -> None:
    bars = BarChart([("a", 4), ("b", 8), ("c", 0)], parts=(1, 8, 0)).bars
    assert [bar.part_height for bar in bars] == [12, 100, 0] and bars[1].part_y == bars[1].y
    assert [bar.short for bar in BarChart([("a", 999), ("b", 8_312)]).bars] == ["999", "8k"]
