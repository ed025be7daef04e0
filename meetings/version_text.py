"""Text rendering of a kept version: sections of lines, as a page shows them and a comparison puts them side by side."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from django.template.defaultfilters import filesizeformat
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .date_text import days_of, hours_of
from .models import Discussion, Document, Meeting, Outcome, Participant, Party, Position
from .models.participants import printed
from .public_content import LINK, PART, Content
from .templatetags.meetings_display import place
from .version_redaction import WITHHELD

Values = dict[str, str]


@dataclass(frozen=True)
class Line:
    """One thing that was said; ``key`` is the same for the same thing in another version."""

    key: str
    label: str
    text: str


@dataclass(frozen=True)
class Section:
    key: str
    title: str
    lines: list[Line]


def sections(content: Content) -> list[Section]:
    """The sections of a version, without empty ones."""
    found = [
        Section("meeting", _("About this meeting"), list(_meeting(content))),
        Section("parties", _("Participants"), [_party(party) for party in _list(content, "parties")]),
        *(_discussion(item) for item in _list(content, "discussions")),
        Section("outcomes", _("Outcomes of the meeting"), [_outcome(one) for one in _list(content, "outcomes")]),
        Section("documents", _("Documents"), [_document(paper) for paper in _list(content, "documents")]),
        Section("followups", _("Follow-ups"), [_followup(one) for one in _list(content, "followups")]),
    ]
    kept = [Section(one.key, one.title, [line for line in one.lines if line.text]) for one in found]
    return [section for section in kept if section.lines]


def _list(content: Content, name: str) -> list[Content]:
    return cast(list[Content], content.get(name) or [])


def _text(content: Content, name: str) -> str:
    return str(content.get(name) or "")


def _key(piece: Content) -> str:
    label, key = cast(list[object], piece.get(PART) or piece.get(LINK))
    return f"{label}-{key}"


def _gone(piece: Content, label: str) -> Line | None:
    """That a part is left out, in its place."""
    return Line(_key(piece), label, _("No longer public.")) if piece.get(WITHHELD) else None


def _name(piece: object) -> str:
    """The name of a record that is named."""
    if not isinstance(piece, dict):
        return ""
    if piece.get(WITHHELD):
        return _("an organization that is no longer public")
    return str(piece.get("name") or piece.get("title") or "")


def _names(content: Content, name: str) -> str:
    return ", ".join(_name(one) for one in _list(content, name) if not one.get(WITHHELD))


def _day(content: Content, name: str) -> dt.date | None:
    text = _text(content, name)
    return dt.date.fromisoformat(text) if text else None


def _hour(content: Content, name: str) -> dt.time | None:
    text = _text(content, name)
    return dt.time.fromisoformat(text) if text else None


def _as_meeting(content: Content) -> Meeting:
    """A meeting that is stored nowhere, for the words of its choices and its date."""
    words = ("kind", "status", "date_precision", "time_zone", "attendance_mode", "venue", "city", "country")
    more = ("requested_by", "summary_source", "contact_form")
    return Meeting(
        **{name: _text(content, name) for name in (*words, *more) if content.get(name)},
        **{name: _day(content, name) for name in ("starts_on", "ends_on")},
        **{name: _hour(content, name) for name in ("start_time", "end_time")},
    )


def _meeting(content: Content) -> Iterator[Line]:
    meeting = _as_meeting(content)
    when = ", ".join(part for part in (days_of(meeting), hours_of(meeting)) if part)
    number = _(", number %(number)s") % {"number": content["ordinal"]} if content.get("ordinal") else ""
    source = meeting.get_summary_source_display() if content.get("summary") else ""
    yield Line("title", _("Title"), _text(content, "title"))
    yield Line("series", _("Series"), _name(content.get("series")) + number)
    yield Line("when", _("Date"), when)
    yield Line("where", _("Place"), place(meeting))
    yield Line("status", _("Status"), str(meeting.get_status_display()))
    yield Line("reason", _("Reason"), _text(content, "reason"))
    form = "" if meeting.contact_form == Meeting.Form.MEETING else meeting.get_contact_form_display().lower()
    yield Line("kind", _("Kind"), ", ".join(filter(None, [str(meeting.get_kind_display()), form])))
    requested = meeting.get_requested_by_display() if content.get("requested_by") else ""
    yield Line("requested_by", _("Requested by"), str(requested))
    yield Line("purpose", _("Purpose"), _text(content, "purpose"))
    yield Line("summary", _("Summary"), _text(content, "summary"))
    parts = (str(source), _text(content, "source_note"), _text(content, "source_url"))
    yield Line("source", _("Source"), ". ".join(part.rstrip(".") for part in parts if part))


def _people(number: object) -> str:
    told = ngettext("%(number)s person", "%(number)s people", number) if isinstance(number, int) else ""
    return told % {"number": number} if number else ""


def _party(party: Content) -> Line:
    if gone := _gone(party, _("Party")):
        return gone
    side = Party(side=_text(party, "side"))
    facts = [
        _people(party.get("headcount")),
        *(_person(person) for person in _list(party, "participants")),
        _("register number %(number)s") % {"number": party["register_number"]} if party.get("register_number") else "",
        _("on behalf of %(clients)s") % {"clients": party["on_behalf_of"]} if party.get("on_behalf_of") else "",
    ]
    told = "; ".join(fact for fact in facts if fact) or _("no participants to show")
    return Line(_key(party), str(side.get_side_display()), f"{_name(party['organization'])}: {told}")


def _person(person: Content) -> str:
    if person.get(WITHHELD):
        return _("a name that is no longer public")
    shown = Participant(part=_text(person, "part"), attendance=_text(person, "attendance"))
    part = "" if shown.part == Participant.Part.PARTICIPANT else f" ({shown.get_part_display().lower()})"
    came = "" if shown.attendance == Participant.Attendance.ATTENDED else f" ({shown.get_attendance_display().lower()})"
    return f"{printed(_text(person, 'name'), _text(person, 'function'))}{part}{came}"


def _discussion(item: Content) -> Section:
    if gone := _gone(item, _("Topic")):
        return Section(gone.key, _("A topic that is no longer public"), [gone])
    heading = _text(item, "title") or _name(item.get("topic"))
    topic = item.get("topic")
    themes = _names(item, "themes") or ", ".join(
        str(name) for name in (topic.get("themes") or [] if isinstance(topic, dict) else [])
    )
    kind = str(Discussion(kind=_text(item, "kind")).get_kind_display())
    facts = [
        Line("heading", _("Topic"), f"{item['number']} {heading}"),
        Line("kind", _("Kind"), "" if item["kind"] == Discussion.Kind.DISCUSSION else kind),
        Line("themes", _("Themes"), themes),
        Line("deferred", _("Status"), _("Deferred to the next meeting") if item.get("is_deferred") else ""),
        Line("said", _("What was said"), _text(item, "said")),
        *(_position(one) for one in _list(item, "positions")),
        *(_outcome(one) for one in _list(item, "outcomes")),
        Line("mentions", _("Mentioned"), _names(item, "mentions")),
        Line("references", _("Refers to"), _names(item, "references")),
    ]
    return Section(_key(item), f"{item['number']} {heading}", facts)


def _position(position: Content) -> Line:
    if gone := _gone(position, _("Position")):
        return gone
    who = _("Both sides") if position.get("is_joint") else _short(position.get("organization"))
    stance = Position(stance=_text(position, "stance")).get_stance_display()
    return Line(_key(position), f"{who}: {stance}", _text(position, "statement"))


def _short(organization: object) -> str:
    acronym = organization.get("acronym") if isinstance(organization, dict) else ""
    return str(acronym or _name(organization))


def _outcome(outcome: Content) -> Line:
    if gone := _gone(outcome, _("Outcome")):
        return gone
    kind = str(Outcome(kind=_text(outcome, "kind")).get_kind_display())
    by, to = _short(outcome.get("by")), _short(outcome.get("to"))
    if by and to:
        kind = _("%(kind)s, %(by)s to %(to)s") % {"kind": kind, "by": by, "to": to}
    elif by or to:
        kind = f"{kind}, {by}" if by else _("%(kind)s, to %(to)s") % {"kind": kind, "to": to}
    return Line(_key(outcome), kind, _text(outcome, "text"))


def _on(words: str, piece: Content, name: str) -> str:
    """A verb with its day, as in “updated 8 May 2025”."""
    day = _day(piece, name)
    return words % {"day": date_format(day, "j F Y")} if day else ""


def _document(paper: Content) -> Line:
    if gone := _gone(paper, _("Document")):
        return gone
    shown = Document(kind=_text(paper, "kind"), direction=_text(paper, "direction"))
    facts = [
        *(_text(paper, name) for name in ("title", "number", "language", "url")),
        _on(_("dated %(day)s"), paper, "dated_on"),
        _on(f"{str(shown.get_direction_display()).lower()} %(day)s", paper, "exchanged_on") if shown.direction else "",
        _on(_("first published %(day)s"), paper, "first_published_on"),
        _on(_("updated %(day)s"), paper, "updated_on"),
        str(filesizeformat(_text(paper, "size"))) if paper.get("size") else "",
        f"SHA-256 {paper['sha256']}" if paper.get("sha256") else "",
    ]
    return Line(_key(paper), str(shown.get_kind_display()), ", ".join(fact for fact in facts if fact))


def _followup(promise: Content) -> Line:
    if gone := _gone(promise, _("Follow-up")):
        return gone
    who = _("Both sides") if promise.get("is_joint") else _short(promise.get("promised_by"))
    words = ". ".join(text.rstrip(".") for text in (_text(promise, "title"), _text(promise, "details")) if text)
    if due := _day(promise, "due_on"):
        words = _("%(promise)s. Due on %(day)s") % {"promise": words, "day": date_format(due, "j F Y")}
    return Line(_key(promise), capfirst(who), f"{promise['reference']}: {words}")
