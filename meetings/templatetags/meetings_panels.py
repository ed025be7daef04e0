"""Inclusion tags of meetings: one object in, one partial out, for this reader's eyes."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.template.context import RequestContext

from engagement.core.models import Visibility, sees_all
from engagement.core.partial_dates import Precision
from engagement.core.views import Counted, page_of
from engagement.topics.models import Reference, Theme, Topic
from meetings.date_text import date_sent_before
from meetings.discussion_labels import Label, Labels, labels_of
from meetings.dossiers import queries
from meetings.dossiers.charts import line_of, strip_chart
from meetings.dossiers.latest_positions import Standing
from meetings.dossiers.organization import OrganizationRecord, record_of
from meetings.dossiers.reference import ReferenceDossier
from meetings.dossiers.series import SeriesDossier, whats_next
from meetings.dossiers.theme import ThemeDossier
from meetings.dossiers.topic import TopicDossier
from meetings.models import AgendaProposal, Document, DocumentVersion, Meeting, Party, PublishedVersion, Regime
from meetings.models.agenda_proposals import own_parties
from meetings.models.deadlines import deadlines_of
from organizations.models import Assessment, Organization

register = template.Library()

SHOWN_AT_MOST = 30
NEXT_AT_MOST = 3
PROPOSALS_SHOWN = 5


def _reader(context: RequestContext) -> Any:
    return context["request"].user


def _timeline(context: RequestContext, dossier: TopicDossier | ReferenceDossier) -> dict[str, object]:
    """One page of the discussions that a dossier tells."""
    page = page_of(context["request"], dossier.timeline(), size=20, count=len(dossier.talks))
    return {"dossier": dossier, "page_obj": page, "request": context["request"], "user": _reader(context)}


@register.simple_tag(takes_context=True)
def topic_dossier(context: RequestContext, topic: Topic) -> TopicDossier:
    """The positions on a topic, how they moved, and the requests without an answer."""
    return TopicDossier(topic, _reader(context))


@register.inclusion_tag("meetings/_topic_timeline.html", takes_context=True)
def topic_timeline(context: RequestContext, dossier: TopicDossier) -> dict[str, object]:
    """The statements of each party on a topic, meeting by meeting."""
    return _timeline(context, dossier)


@register.inclusion_tag("meetings/_topic_strip.html")
def topic_strip(dossier: TopicDossier) -> dict[str, Any]:
    """How the positions of each party changed, as a picture and a table."""
    return {"strip": strip_chart(dossier)}


@register.inclusion_tag("meetings/_series_line.html")
def series_line(dossier: SeriesDossier) -> dict[str, Any]:
    """The meetings of a series on a line, with gaps and the next, as a picture and a table."""
    return {"line": line_of(dossier)}


@register.simple_tag(takes_context=True)
def theme_dossier(context: RequestContext, theme: Theme, below: list[Theme]) -> ThemeDossier:
    """Topics, meetings and organizations of a theme and of the narrower ones."""
    return ThemeDossier(theme, below, _reader(context))


@register.inclusion_tag("meetings/_theme_topics.html", takes_context=True)
def theme_topics(context: RequestContext, dossier: ThemeDossier) -> dict[str, object]:
    """The topics of a theme, with how often each was discussed."""
    page = page_of(context["request"], dossier.topics(), size=30)
    return {"page_obj": page, "request": context["request"], "user": _reader(context)}


@register.inclusion_tag("meetings/_whats_next.html", takes_context=True)
def organization_next(context: RequestContext, organization: Organization) -> dict[str, object]:
    """The next meetings with an organization, and those its series make one expect."""
    entries = whats_next(organization, _reader(context), NEXT_AT_MOST + 1)
    is_cut = len(entries) > NEXT_AT_MOST
    return {"entries": entries[:NEXT_AT_MOST], "is_cut": is_cut, "organization": organization}


@register.simple_tag
def labels_at(meetings: Meeting | Iterable[Meeting]) -> dict[int, Labels]:
    """Themes, organizations spoken of and references of each discussion at one meeting or several."""
    meetings = [meetings] if isinstance(meetings, Meeting) else meetings
    return labels_of(talk for meeting in meetings for talk in meeting.discussions.all())


@register.filter
def references(labels: dict[int, Labels]) -> list[Label]:
    """The references of all of these discussions, each named once."""
    return list(dict.fromkeys(reference for each in labels.values() for reference in each.references))


@register.simple_tag(takes_context=True)
def organization_record(context: RequestContext, organization: Organization) -> OrganizationRecord:
    """How often an organization was met, since when, when last, and how often each year."""
    return record_of(organization, _reader(context))


@register.inclusion_tag("meetings/_organization_meetings.html", takes_context=True)
def organization_meetings(context: RequestContext, organization: Organization, number: Counted) -> dict[str, object]:
    """The meetings with an organization, which were counted already."""
    asked = queries.meetings_with if number.is_more else queries.few_meetings_with
    page = page_of(context["request"], asked(organization, _reader(context)), size=20, count=number)
    shown = {"page_obj": page, "organization": organization}
    return {**shown, "request": context["request"], "user": _reader(context)}


@register.inclusion_tag("meetings/_organization_mentions.html", takes_context=True)
def organization_mentions(context: RequestContext, organization: Organization) -> dict[str, object]:
    """The discussions in which others mentioned an organization."""
    talks = list(queries.mentions_of(organization, _reader(context))[: SHOWN_AT_MOST + 1])
    return {"talks": talks[:SHOWN_AT_MOST], "is_cut": len(talks) > SHOWN_AT_MOST, "most": SHOWN_AT_MOST}


@register.simple_tag(takes_context=True)
def reference_dossier(context: RequestContext, reference: Reference) -> ReferenceDossier:
    """Who spoke of a law, an agreement, a guideline: when, and on which side."""
    return ReferenceDossier(reference, _reader(context))


@register.inclusion_tag("meetings/_reference_timeline.html", takes_context=True)
def reference_timeline(context: RequestContext, dossier: ReferenceDossier) -> dict[str, object]:
    """The discussions that mention a reference, meeting by meeting."""
    return _timeline(context, dossier)


@register.inclusion_tag("meetings/_organization_positions.html", takes_context=True)
def organization_positions(context: RequestContext, organization: Organization) -> dict[str, object]:
    """The latest positions of an organization on each topic: since when, and the answer."""
    return {"organization": organization, "standing": Standing(organization, _reader(context))}


@register.simple_tag(takes_context=True)
def around_in_series(context: RequestContext, meeting: Meeting) -> dict[str, object]:
    """The meetings before and after this one in its series."""
    before, after = queries.neighbours(meeting, _reader(context))
    is_first = not before and meeting.series and meeting.ordinal == meeting.series.first_ordinal
    return {"previous": before, "next": after, "is_first_known": is_first}


@register.inclusion_tag("meetings/_agenda_proposals.html", takes_context=True)
def agenda_proposals(context: RequestContext, meeting: Meeting) -> dict[str, object]:
    """The agenda proposals of counterparts: all for the secretariat, their own for representatives."""
    user = _reader(context)
    if not user.is_authenticated:
        return {}
    found = list(AgendaProposal.objects.visible_to(user).filter(meeting=meeting).for_reading(user))
    is_staff = sees_all(user)
    may_propose = not is_staff and meeting.takes_proposals and bool(own_parties(meeting, user))
    may_answer = is_staff and user.has_perm("meetings.change_meeting")
    shown = {"proposals": found, "is_staff": is_staff, "may_propose": may_propose, "may_answer": may_answer}
    return {**shown, "meeting": meeting}


@register.inclusion_tag("meetings/_own_proposals.html", takes_context=True)
def own_proposals(context: RequestContext) -> dict[str, object]:
    """The latest agenda proposals of one's own organizations, and the answers to them."""
    user = _reader(context)
    rows = AgendaProposal.objects.visible_to(user).for_reading(user).select_related("meeting")
    return {"proposals": list(rows.order_by("-at", "-pk")[:PROPOSALS_SHOWN])}


@register.inclusion_tag("meetings/_deadlines.html")
def publication_deadlines(meeting: Meeting) -> dict[str, object]:
    """By when each of its rules asks for it, and by how many days it was missed."""
    deadlines = deadlines_of(meeting, Regime.objects.of(meeting))
    return {"meeting": meeting, "deadlines": deadlines, "delay": meeting.publication_delay}


@register.simple_tag
def latest_version(meeting: Meeting) -> dict[str, object]:
    """Which version of a public meeting this is, and whether it is a correction, or was published again after a
    withdrawal."""
    if meeting.effective_visibility != Visibility.PUBLIC:
        return {}
    rows = PublishedVersion.objects.filter(meeting=meeting, published_at=meeting.published_at).without_content()
    latest = list(rows.order_by("-number")[:2])
    if not latest:
        return {}
    is_corrected = len(latest) > 1
    return {"version": latest[0], "is_corrected": is_corrected, "is_again": not is_corrected and latest[0].number > 1}


@register.inclusion_tag("publication/_waiting.html")
def waiting_changes(meeting: Meeting) -> dict[str, object]:
    """The proposed changes of a published meeting."""
    rows = meeting.proposed_changes.waiting().select_related("proposed_by").defer("form", "base")  # of many pages each
    return {"meeting": meeting, "changes": list(rows) if meeting.is_published else []}


@register.inclusion_tag("meetings/_agenda_sent.html")
def agenda_sent(meeting: Meeting) -> dict[str, object]:
    """When the agenda was last sent, and which date was in it, if there is another now; of meetings to come."""
    last = meeting.agenda_sendings.last() if meeting.takes_proposals else None
    return {"last": last, "date_before": date_sent_before(meeting, last)}


@register.simple_tag(takes_context=True)
def earlier_by_topic(context: RequestContext, meeting: Meeting) -> dict[int, int]:
    """At how many earlier meetings each topic of this meeting was discussed."""
    return queries.earlier_by_topic(meeting, _reader(context))


@register.simple_tag(takes_context=True)
def meetings_by_organization(
    context: RequestContext, organizations: Iterable[Organization]
) -> dict[int, dict[str, Any]]:
    """How many meetings were held with each organization of a list, and when the last was."""
    return queries.meetings_by_organization(organizations, _reader(context))


@register.simple_tag(takes_context=True)
def discussions_by_topic(context: RequestContext, topics: Iterable[Topic]) -> dict[int, dict[str, Any]]:
    """How often each topic of a list was discussed, and when last."""
    return queries.discussions_by_topic(topics, _reader(context))


@register.simple_tag(takes_context=True)
def earlier_files(context: RequestContext, meeting: Meeting) -> dict[int, list[DocumentVersion]]:
    """By key of document, the earlier files that this reader reads; asks nothing where no file was ever replaced."""
    replaced = {paper.pk: paper for paper in meeting.documents.all() if paper.file_version > 1}
    found: dict[int, list[DocumentVersion]] = {}
    if replaced:
        rows = DocumentVersion.objects.visible_to(_reader(context)).filter(document__in=replaced).exclude(file="")
        for version in rows.order_by("document", "-number"):
            version.document = replaced[version.document_id]
            version.document.meeting = meeting
            found.setdefault(version.document_id, []).append(version)
    return found


@register.filter
def of_document(found: dict[int, list[DocumentVersion]], document: Document) -> list[DocumentVersion]:
    return found.get(document.pk, [])


@register.simple_tag(takes_context=True)
def eligibility_then(context: RequestContext, meeting: Meeting) -> list[tuple[Organization, list[Assessment]]]:
    """How its parties other than the host had been assessed by the day of the meeting; those that had been."""
    if meeting.starts_on is None or meeting.date_precision != Precision.DAY:
        return []
    parties = {p.organization_id: p.organization for p in meeting.parties.all() if p.side != Party.Side.HOST}
    rows = Assessment.objects.visible_to(_reader(context)).holding_on(meeting.starts_on)
    found: dict[int, list[Assessment]] = {}
    for one in rows.filter(organization__in=list(parties)).for_page():
        found.setdefault(one.organization_id, []).append(one)
    return [(organization, found[key]) for key, organization in parties.items() if key in found]
