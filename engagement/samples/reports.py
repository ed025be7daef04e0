"""Reports of a few sample organizations on their promises, each through a link given to somebody there."""

import datetime as dt
from collections.abc import Iterator

from engagement.core.types import Actor
from engagement.followups.models import FollowUp, FollowUpEvent, Report, ReportLink
from meetings.models.times import default_time_zone, moment
from organizations.models.signed_links import DAYS

from . import names

FEW = 40
"""So many open promises of others are looked at; of those that follow nothing is reported."""
KINDS = (Report.State.PENDING, Report.State.NOTED, Report.State.RETURNED)
EVERY = 5
"""Of so many in a row one is reported in each of these ways, the others not at all."""


def reports_on(
    followup: FollowUp, place: int, born: dt.date, today: dt.date, by: Actor
) -> Iterator[ReportLink | Report | FollowUpEvent]:
    """The link, the report and its event; of a promise that stands at this place among those that may have one."""
    if place >= FEW or place % EVERY >= len(KINDS) or followup.owner is None:
        return
    state = KINDS[place % EVERY]
    day = max(today - dt.timedelta(days=3 + place % 7), born)
    at = moment(day, dt.time(10, place), default_time_zone())
    first, last = names.FIRST_NAMES[place % len(names.FIRST_NAMES)], names.LAST_NAMES[place % len(names.LAST_NAMES)]
    link = ReportLink(followup=followup, name=f"{first} {last}", organization=followup.owner, made_at=at, made_by=by)
    link.expires_on, link.times_opened, link.last_opened_on = day + dt.timedelta(days=DAYS), 1, day
    link.digest = f"sample {place}"  # which is the digest of nothing, so no address leads here
    yield link
    report = Report(followup=followup, link=link, organization=followup.owner, reported_at=at, state=state)
    report.kind = Report.Kind.PROGRESS if state == Report.State.NOTED else Report.Kind.DONE
    report.comment = names.REPORTS[place % len(names.REPORTS)]
    report.evidence = f"https://sample-{place}.example/what-we-did" if place % 2 else ""
    if state == Report.State.RETURNED:
        report.reason, report.decided_at, report.decided_by = names.RETURN_REASON, at + dt.timedelta(hours=5), by
    yield report
    yield _event(followup, at, comment=report.told)
    if report.decided_at:
        yield _event(followup, report.decided_at, by=by, reason=report.reason, comment="Report returned.")


def _event(followup: FollowUp, at: dt.datetime, *, by: Actor = None, reason: str = "", comment: str) -> FollowUpEvent:
    """It stands as it stood."""
    event = FollowUpEvent(followup=followup, at=at, by=by, reason=reason, comment=comment)
    event.from_status = event.to_status = followup.status
    event.from_due_on = event.to_due_on = followup.due_on
    return event
