"""Template filters of meetings, their parties and their positions."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from django import template
from django.conf.locale import LANG_INFO
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from engagement.core.partial_dates import PartialDate
from engagement.core.templatetags.display import level_badge, ordinal_words
from engagement.core.text_blocks import as_html
from meetings.date_text import dates_of, days_of, hours_of, is_several_days
from meetings.dossiers.charts import TONES as STANCE_TONES
from meetings.dossiers.series import Gap
from meetings.models import AgendaProposal, Discussion, Meeting, Participant, Party, Position, Series
from meetings.statement_text import outcome_text, stated
from organizations.models import Organization

register = template.Library()

TONES = {
    Meeting.Status.HELD: "good",
    Meeting.Status.CONFIRMED: "info",
    Meeting.Status.POSTPONED: "outline",
    Meeting.Status.CANCELLED: "late",
}
LONG = 1800
"""Letters of a discussion; two positions side by side with more may fill a sheet."""
SIDES = [Party.Side.HOST, Party.Side.COUNTERPART, Party.Side.OBSERVER]


PROPOSAL_TONES = {AgendaProposal.State.PROPOSED: "soon", AgendaProposal.State.DECLINED: "outline"}


@register.filter
def proposal_tone(proposal: AgendaProposal) -> str:
    """The colour of a proposal's state; the word stands in it."""
    return PROPOSAL_TONES.get(AgendaProposal.State(proposal.state), "good")


@register.filter
def met_word(meeting: Meeting) -> str:
    """The word between host and counterpart."""
    if meeting.status == Meeting.Status.HELD:
        return _("met with")
    if meeting.status in (Meeting.Status.CANCELLED, Meeting.Status.POSTPONED):
        return _("was to meet")
    return _("will meet")


@register.filter
def status_tone(meeting: Meeting) -> str:
    """The colour that goes with the status; the word stands in it."""
    return TONES.get(Meeting.Status(meeting.status), "plain")


@register.filter
def partial(day: dt.date, precision: str) -> str:
    """A date as short as it is known."""
    return PartialDate(day, precision).short


register.filter("dates", dates_of)
register.filter("days", days_of)
register.filter("hours", hours_of)
register.filter(is_several_days)


@register.filter
def place(meeting: Meeting) -> str:
    """Venue, city, country, and how people attended."""
    country: Any = meeting.country
    parts = [meeting.venue, meeting.city, country.name if country else ""]
    where = ", ".join(part for part in parts if part)
    if not meeting.attendance_mode:
        return where
    how = meeting.get_attendance_mode_display()
    return f"{where}, {how.lower()}" if where else str(how)


@register.filter
def narrower(part: Any, meeting: Meeting) -> SafeString | str:
    """The audience of a part, when fewer see it than see the meeting."""
    level = part.effective_visibility
    return "" if level >= meeting.effective_visibility else format_html(" {}", level_badge(level))


@register.filter
def is_long(discussion: Discussion) -> bool:
    """Whether its texts may not fit on a printed sheet: it then breaks instead of leaving the sheet before it empty."""
    return len(discussion.said) + sum(len(position.statement) for position in discussion.positions.all()) > LONG


@register.simple_tag
def position_text(position: Position, meeting: Meeting) -> SafeString:
    """The stance and its statement as HTML, no word said twice."""
    told = stated(position)
    runs_on = " position__stance--runs-on" if told.runs_on else ""
    stance = format_html('<span class="position__stance{}">{}</span> ', runs_on, told.stance)
    return as_html(told.text, stance, narrower(position, meeting))


@register.filter
def sides(meeting: Meeting) -> dict[str, list[Party]]:
    """The parties by side: host, counterpart, observer; the leading one first."""
    parties = sorted(meeting.parties.all(), key=lambda party: (not party.is_lead, party.order, party.pk))
    return {side.value: [party for party in parties if party.side == side] for side in SIDES}


@register.filter
def all_parties(meeting: Meeting) -> list[Party]:
    """The host first, then the counterparts, then observers."""
    by_side = sides(meeting)
    return [party for side in SIDES for party in by_side[side.value]]


@register.filter
def short_meeting(meeting: Meeting) -> str:
    """With whom it was, where there is no room for its title: an acronym if there is one."""
    acronym, name = (getattr(meeting, f"counterpart_{field}", None) for field in ("acronym", "name"))
    return acronym or name or meeting.title


@register.filter
def title_beside(meeting: Meeting, organization: Organization) -> SafeString:
    """The title beside the date on an organization's page: its number in a series, without the series' name."""
    title = meeting.title.removeprefix(f"{organization.name}, ")
    if title == meeting.title:
        return _beside_date(meeting, title)
    kind = meeting.get_kind_display()
    if meeting.ordinal and title.casefold().startswith(str(kind).casefold()):
        title = f"{ordinal_words(meeting.ordinal)} {title}"
    return _beside_date(meeting, capfirst(title))


@register.filter
def title_beside_date(meeting: Meeting) -> SafeString:
    """The title beside a date: a month at its end is for screen readers alone."""
    return _beside_date(meeting, meeting.title)


@register.filter
def counterparts_beside_title(meeting: Meeting) -> str:
    """The short names of those the host met whom its title does not name."""
    met = [party.organization for party in sides(meeting)[Party.Side.COUNTERPART.value]]
    return ", ".join(one.short_name for one in met if one.name not in meeting.title)


@register.filter
def title_in_series(meeting: Meeting) -> SafeString:
    """The number in the series, with the title where that says more than parties, kind and date."""
    number = ordinal_words(meeting.ordinal).capitalize() if meeting.ordinal else ""
    if not number:
        return title_beside_date(meeting)
    left = meeting.title
    date = meeting.date.month if meeting.date is not None and meeting.date.has_month else ""
    for told in (*(party.organization.name for party in meeting.parties.all()), date, meeting.get_kind_display()):
        left = re.sub(re.escape(str(told)), "", left, flags=re.IGNORECASE) if told else left
    if re.fullmatch(r"(and|\W)*", left):
        return format_html('{} <span class="visually-hidden">({})</span>', _("%s meeting") % number, meeting.title)
    return format_html("{}: {}", number, title_beside_date(meeting))


@register.filter
def counterpart_names(series: Series) -> str:
    """The names of the counterparts, as ``counterparts`` says them of a meeting with all of them."""
    return ", ".join(one.short_name for one in series.counterparts.all())


@register.filter
def language_name(code: str) -> str:
    """French for fr; a code that Django does not know stays as it was entered."""
    return str(_(LANG_INFO.get(code.lower(), {}).get("name", code)))


@register.filter
def title_with_dates(meeting: Meeting) -> str:
    """The title and the days, without repeating a month that the title names."""
    month = f", {meeting.date.month}" if meeting.date is not None and meeting.date.has_month else ""
    return f"{meeting.title.removesuffix(month)}, {dates_of(meeting)}"


def _beside_date(meeting: Meeting, title: str) -> SafeString:
    date = meeting.date
    month = date.month if date is not None and date.has_month else ""
    if not month or not title.endswith(f", {month}"):
        return format_html("{}", title)
    # Without the comma: what is hidden so is read with a space before it.
    return format_html('{} <span class="visually-hidden">{}</span>', title.removesuffix(f", {month}"), month)


@register.filter
def counterparts(meeting: Meeting) -> str:
    """The short names of those the host met."""
    return ", ".join(party.organization.short_name for party in sides(meeting)[Party.Side.COUNTERPART.value])


@register.simple_tag
def delegation(meeting: Meeting, party: Party) -> list[Participant]:
    """The people of a party whose names this reader may see."""
    return [person for person in meeting.participants.all() if person.party_id == party.pk]


@register.filter
def tells_who_came(meeting: Meeting) -> bool:
    """Whether there is anything to read on who came for any party: names, a number, an entry in a register."""
    parties = meeting.parties.all()
    return bool(meeting.participants.all()) or any(
        party.headcount or party.register_number or party.on_behalf_of for party in parties
    )


@dataclass
class Holder:
    """One party, or both sides, with the positions it took on a discussion."""

    organization: Organization | None
    is_joint: bool
    positions: list[Position]


@register.filter
def holders(discussion: Discussion) -> list[Holder]:
    """The positions on a discussion by who holds them, in the order they were taken."""
    found: dict[int | None, Holder] = {}
    for position in discussion.positions.all():
        new = Holder(position.organization, position.is_joint, [])
        found.setdefault(position.organization_id, new).positions.append(position)
    return list(found.values())


@register.filter
def holders_by_side(discussion: Discussion, meeting: Meeting) -> dict[str, object]:
    """The positions in two columns, the host before its counterparts; below them those of neither side or of both.

    Where one side alone took a position there is no second column to keep free.
    """
    side_of = {party.organization_id: party.side for party in meeting.parties.all()}
    by_side: dict[str, list[Holder]] = {Party.Side.HOST: [], Party.Side.COUNTERPART: []}
    across: list[Holder] = []
    for holder in holders(discussion):
        side = side_of.get(holder.organization.pk, "") if holder.organization else ""
        by_side.get(side, across).append(holder)
    return {"columns": [column for column in by_side.values() if column], "across": across}


@register.filter
def stance_tone(position: Position) -> str:
    """The colour of a stance, as in the pictures of how positions changed; its word stands in it."""
    return STANCE_TONES[Position.Stance(position.stance)]


register.filter(stated)
register.filter(outcome_text)


@register.filter
def outcomes_of(meeting: Meeting, discussion: Discussion | None = None) -> list[Any]:
    """The outcomes of one discussion."""
    number = discussion.pk if discussion else None
    return [outcome for outcome in meeting.outcomes.all() if outcome.discussion_id == number]


@register.filter
def takeaways(meeting: Meeting) -> list[Any]:
    return [outcome for outcome in outcomes_of(meeting) if outcome.kind == outcome.Kind.TAKEAWAY]


@register.filter
def other_outcomes(meeting: Meeting) -> list[Any]:
    """The outcomes of the meeting as a whole, besides its key takeaways."""
    return [outcome for outcome in outcomes_of(meeting) if outcome.kind != outcome.Kind.TAKEAWAY]


@register.filter
def is_gap(entry: Meeting | Gap) -> bool:
    """Whether an entry of a series stands for numbers with nothing to show."""
    return isinstance(entry, Gap)


@register.filter
def numbers_missing(gap: Gap) -> str:
    """Third; third to fifth."""
    first = ordinal_words(gap.first).capitalize()
    if gap.first == gap.last:
        return first
    return _("%(first)s to %(last)s") % {"first": first, "last": ordinal_words(gap.last)}
