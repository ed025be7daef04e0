"""Visibility explained: who can see a record and why, in words, for the secretariat."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Model, Prefetch, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from engagement.core.models import Visibility
from engagement.topics.models import Theme, Topic
from meetings.models import Discussion, Meeting, Outcome, Party, Series
from organizations.models import Organization, Representative

from .models import FollowUp

SHOWN_AT_MOST = 20
Organizations = QuerySet[Organization]


@dataclass
class Audience:
    """Who can see a record, why, and which organizations' representatives that lets in, by name."""

    who: str
    reasons: list[str] = field(default_factory=list)
    organizations: list[Organization] = field(default_factory=list)
    is_cut: bool = False

    def naming(self, organizations: Organizations) -> "Audience":
        """With the organizations whose representatives this is about, and those people."""
        current = Representative.objects.current().select_related("user").order_by("user__last_name", "pk")
        people = Prefetch("representatives", queryset=current)
        found = list(organizations.order_by("sort_key", "pk").prefetch_related(people)[: SHOWN_AT_MOST + 1])
        self.organizations, self.is_cut = found[:SHOWN_AT_MOST], len(found) > SHOWN_AT_MOST
        return self


def audience_of(record: Model) -> Audience:
    """The audience of an organization, topic, theme, series, meeting or follow-up."""
    answers: dict[type, Callable[[Any], Audience]] = {
        Meeting: _of_meeting,
        FollowUp: _of_followup,
        Series: _of_series,
        Topic: _of_topic,
        Theme: _of_theme,
        Organization: _of_organization,
    }
    return answers[type(record)](record)


def everybody() -> str:
    return _("Everyone.")


def secretariat_only() -> str:
    return _("The secretariat only.")


def _own_level(record: Any) -> str:
    return _("Set to “%(level)s”.") % {"level": Visibility(record.visibility).label}


def _publication(meeting: Meeting) -> str:
    if meeting.published_at is None:
        if meeting.visibility == Visibility.INTERNAL:
            return _("Not yet published.")
        return _("Not yet published. Until then only the organizations that take part can see it.")
    words = {"day": date_format(meeting.published_at, "j F Y"), "name": meeting.published_by or ""}
    if meeting.published_by:
        return _("Published on %(day)s by %(name)s.") % words
    return _("Published on %(day)s.") % words


def _of_meeting(meeting: Meeting) -> Audience:
    reasons = [_own_level(meeting), _publication(meeting)]
    if meeting.effective_visibility == Visibility.PUBLIC:
        return Audience(everybody(), reasons)
    if meeting.effective_visibility == Visibility.INTERNAL:
        return Audience(secretariat_only(), reasons)
    who = _("The secretariat, and representatives of the organizations that took part.")
    return Audience(who, reasons).naming(_parties(Q(meeting=meeting)))


def _of_followup(followup: FollowUp) -> Audience:
    reasons = [_own_level(followup), *_wholes(followup)]
    if followup.effective_visibility == Visibility.PUBLIC:
        return Audience(everybody(), reasons)
    if followup.effective_visibility == Visibility.INTERNAL:
        return Audience(secretariat_only(), reasons)
    who = _("The secretariat, and representatives of the organization that promised it and of those at its meeting.")
    seated = Party.objects.filter(meeting=followup.meeting_id, meeting__isnull=False)
    let_in = Q(pk=followup.owner_id) | Q(pk__in=seated.values("organization"))
    return Audience(who, reasons).naming(Organization.objects.filter(let_in, is_host=False))


def _wholes(followup: FollowUp) -> Iterable[str]:
    """The records that this one belongs to; nobody sees it who does not see each of them."""
    if followup.meeting is None:
        yield _("It has no meeting, so it can be shared but not public.")
        return
    meeting = followup.meeting
    level = Visibility(meeting.effective_visibility).label
    yield _("Its meeting is “%(level)s”. A follow-up is never more visible than its meeting.") % {"level": level}
    if meeting.published_at is None:
        yield _("The meeting is not published.")
    else:
        yield _("The meeting was published on %(day)s.") % {"day": date_format(meeting.published_at, "j F Y")}
    for name, part in ((_("discussion"), followup.discussion), (_("outcome"), followup.outcome)):
        if part is not None and part.effective_visibility < meeting.effective_visibility:
            words = {"part": name, "level": Visibility(part.effective_visibility).label}
            yield _("The %(part)s it comes from is only “%(level)s”.") % words


def _of_series(series: Series) -> Audience:
    return _seen_through(
        Meeting.objects.filter(series=series),
        Q(meeting__series=series, meeting__effective_visibility=Visibility.SHARED),
        _("A series is visible through its meetings: people see it if they can see one of them."),
    )


def _of_topic(topic: Topic) -> Audience:
    shared = Discussion.objects.filter(topic=topic, effective_visibility=Visibility.SHARED)
    return _seen_through(
        Discussion.objects.filter(topic=topic),
        Q(meeting__in=shared.values("meeting")),
        _("A topic is visible through its discussions: people see it if they can see one of them."),
    )


def _seen_through(records: "QuerySet[Model]", at: Q, why: str) -> Audience:
    """The audience of what has no level of its own."""
    levels = Visibility.PUBLIC, Visibility.SHARED, Visibility.INTERNAL
    counts = {f"level_{int(level)}": Count("pk", filter=Q(effective_visibility=level)) for level in levels}
    number = records.order_by().aggregate(**counts)
    told = [f"{Visibility(level).label}: {number[f'level_{int(level)}']}" for level in levels]
    reasons = [why, _("Recorded so far. %(numbers)s.") % {"numbers": "; ".join(told)}]
    if number["level_20"]:
        found = Audience(everybody(), reasons)
    elif number["level_10"]:
        found = Audience(_("The secretariat, and representatives of the organizations below."), reasons)
    else:
        return Audience(secretariat_only(), reasons)
    return found.naming(_parties(at)) if number["level_10"] else found


def _of_theme(theme: Theme) -> Audience:
    reasons = [_("The list of themes is public. People see only the topics and meetings they have access to.")]
    return Audience(everybody(), reasons)


def _of_organization(organization: Organization) -> Audience:
    own = Organization.objects.filter(pk=organization.pk)
    why = _(
        "An organization has no level of its own: people who can see a meeting or promise that names it can see it."
    )
    if organization.is_host:
        return Audience(everybody(), [_("It is the host, which everyone can see.")])
    public = {"meeting__effective_visibility": Visibility.PUBLIC}  # asked first, as most took part in something public
    if Party.objects.filter(organization=organization, **public).exists():
        return Audience(everybody(), [why, _("It is named in something public.")])
    if own.visible_to(AnonymousUser()).exists():
        return Audience(everybody(), [why, _("It is named in something public.")])
    who = _("The secretariat, and representatives of the organizations below.")
    told = _(
        "No public meeting or promise names it. If a shared one does, the organizations at that meeting can see it."
    )
    at = Q(meeting__in=_shared_meetings_naming(organization))
    return Audience(who, [why, told]).naming(own | _parties(at))


def _shared_meetings_naming(organization: Organization) -> "QuerySet[Any]":
    """Meetings whose parties know an organization because it sat there, was spoken of, or something was promised."""
    shared = {"effective_visibility": Visibility.SHARED}
    named = Q(pk__in=Discussion.objects.filter(mentions=organization, **shared).values("meeting"))
    for rows, fields in ((Outcome.objects, ("by", "to")), (FollowUp.objects, ("owner", "waiting_on"))):
        for name in fields:
            found = rows.filter(**{name: organization}, **shared).exclude(meeting=None)
            named |= Q(pk__in=found.values("meeting"))
    sat = Q(**shared) & Q(pk__in=Party.objects.filter(organization=organization).values("meeting"))
    return Meeting.objects.filter(sat | named).values("pk")


def _parties(at: Q) -> Organizations:
    """The counterparts that sat at meetings."""
    seated = Party.objects.filter(at).values("organization")
    return Organization.objects.filter(pk__in=seated, is_host=False)
