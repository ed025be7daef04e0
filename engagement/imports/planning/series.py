"""Series detection: a host and one counterpart that met repeatedly, each with no one else at the table."""

from collections import Counter

from django.utils.translation import gettext as _

from engagement.imports.planning.existing import ExistingOrganizations, ExistingSeries
from engagement.imports.planning.plan import Plan, PlannedMeeting, PlannedSeries
from meetings.models import Meeting, Party

TITLE_LENGTH = 200
USUAL = 3
"""From so many meetings on a series is proposed."""


def plan_series(plan: Plan, existing: ExistingOrganizations, least: int) -> None:
    """Put the planned meetings of each pair into its series, numbered by date; meetings held get a number.

    A series that is there goes on. A new one is made from so many meetings on, where the layout asks for series at all.
    """
    pairs = [(meeting, pair) for meeting in plan.meetings if (pair := _pair(meeting))]
    often = Counter(pair for _meeting, pair in pairs)
    series = ExistingSeries.load()
    names = {f"#{pk}": name for pk, name in existing.names.items()}
    names |= {planned.key: str(planned.values["name"]) for planned in plan.organizations}
    hosts = {f"#{pk}" for pk in existing.hosts} | {o.key for o in plan.organizations if o.values.get("is_host")}
    following: dict[str, int] = {}
    made: dict[tuple[str, str], PlannedSeries] = {}
    possible: set[tuple[str, str]] = set()
    for meeting, pair in pairs:
        key = _recorded(pair, series)
        if not key and often[pair] >= USUAL and pair[0] in hosts:
            possible.add(pair)
        if not key and least and often[pair] >= least and pair[0] in hosts:
            if pair not in made:
                made[pair] = _new(pair, names, series.titles, meeting.rows[0])
            key = made[pair].key
        if not key:
            continue
        meeting.series = key
        if meeting.values["status"] == Meeting.Status.HELD:
            start = series.next_ordinal[int(key[1:])] if key.startswith("#") else 1
            meeting.ordinal = following.get(key, start)
            following[key] = meeting.ordinal + 1
            if key.startswith("#") and meeting.values["starts_on"] < str(series.latest_day.get(int(key[1:]), "")):
                _tell_out_of_order(plan, meeting)
    plan.series = list(made.values())
    plan.possible_series = len(possible - made.keys())


def _tell_out_of_order(plan: Plan, meeting: PlannedMeeting) -> None:
    sentence = _("It gets number %(number)d of its series, although a later meeting has a lower number.")
    for row in plan.rows:
        if row.number in meeting.rows:
            row.add("out_of_order", sentence % {"number": meeting.ordinal})


def _pair(meeting: PlannedMeeting) -> tuple[str, str] | None:
    hosts = [party.organization for party in meeting.parties if party.side == Party.Side.HOST]
    others = [party.organization for party in meeting.parties if party.side != Party.Side.HOST]
    return (hosts[0], others[0]) if len(hosts) == len(others) == 1 else None


def _recorded(pair: tuple[str, str], series: ExistingSeries) -> str:
    if not all(key.startswith("#") for key in pair):
        return ""
    found = series.by_pair.get((int(pair[0][1:]), int(pair[1][1:])))
    return f"#{found}" if found else ""


def _new(pair: tuple[str, str], names: dict[str, str], titles: set[str], row: int) -> PlannedSeries:
    base = f"{names[pair[0]]} – {names[pair[1]]}"[: TITLE_LENGTH - 6].strip()
    number, title = 1, base
    while title in titles:
        number += 1
        title = f"{base} ({number})"
    titles.add(title)
    return PlannedSeries(f"+series:{pair[0]}|{pair[1]}", title, *pair, row)
