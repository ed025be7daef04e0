"""Create a meeting from a confirmed invitation; it stays in the log of imports like any other file."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.core.change_signals import batch_changes
from engagement.core.folding import match_key
from engagement.core.models import Counter, Record, Visibility
from engagement.core.types import Reader, SignedIn
from engagement.imports.invitations.parse import Invitation
from engagement.imports.layouts.spec import LayoutData
from engagement.imports.models import Import, ImportRow, Layout, Origin
from engagement.imports.models.layouts import INVITATIONS, digest_of
from meetings.models import Meeting, Participant, Party
from organizations.merging.locking import hold_merges
from organizations.models import Organization, Person

# Properties of an event in place of columns: a layout says which of them becomes what.
SPEC: LayoutData = {
    "noun": "meetings",
    "columns": [
        {"target": "title", "headers": ["SUMMARY"]},
        {"target": "date", "headers": ["DTSTART"], "is_required": True},
        {"target": "place", "headers": ["LOCATION"]},
        {"target": "purpose", "headers": ["DESCRIPTION"]},
        {"target": "host", "headers": ["ORGANIZER"]},
        {"target": "counterparts", "headers": ["ATTENDEE"], "separators": [";"]},
    ],
}


def layout_of_invitations() -> Layout:
    """The layout that stands for calendar files in the log; made when the first one comes in."""
    found: Layout | None = Layout.objects.filter(slug=INVITATIONS).first()
    if found is None:
        found = Layout(slug=INVITATIONS, name=_free_name(), noun="meetings", spec=SPEC, shipped=digest_of(SPEC))
        try:
            with transaction.atomic():
                found.save()
        except IntegrityError:  # somebody else's first invitation came in at the same moment
            found = Layout.objects.get(slug=INVITATIONS)
    return found


def _free_name() -> str:
    name = "Calendar invitation"
    return f"{name} (.ics)" if Layout.objects.filter(name=name).exists() else name


@dataclass
class ConfirmedAddress:
    """One address, as somebody decided: for whom it stands and by which name the person is noted."""

    organization: Organization | None  # none: a new one of this name
    new_name: str
    side: str
    name: str
    person: Person | None = None


def meeting_of(key: str, user: Reader) -> tuple[Meeting, Origin] | None:
    """The meeting that was made of an invitation before, and the facts of the invitation then."""
    kind = ContentType.objects.get_for_model(Meeting)
    origins = Origin.objects.filter(content_type=kind, key=key, is_created=True).select_related("batch")
    for origin in origins.order_by("-pk"):
        meeting = Meeting.objects.visible_to(user).filter(pk=origin.object_id).first()
        if meeting is not None:
            return meeting, origin
    return None


def propose(
    batch: Import, invitation: Invitation, meeting: Meeting, addresses: Sequence[ConfirmedAddress], by: SignedIn
) -> Meeting:
    """Everything that was confirmed, or nothing; refused where the invitation was taken meanwhile."""
    with transaction.atomic(), batch_changes():
        Counter.take("imports")
        hold_merges()
        batch.refresh_from_db(from_queryset=Import._base_manager.select_for_update())
        if not batch.can_be_previewed or meeting_of(invitation.key, by) is not None:
            raise ValidationError(
                _("This invitation is already imported. Upload it again to see its meeting."), code="not_now"
            )
        _check_chosen(addresses)
        meeting.status, meeting.visibility = Meeting.Status.PROPOSED, Visibility.INTERNAL
        meeting.prepared_at, meeting.prepared_by = timezone.now(), by
        if invitation.place:
            meeting.internal_notes = _("Place as in the invitation: %(place)s") % {"place": invitation.place}
        meeting.full_clean(exclude=["slug", "reference"])
        meeting.save()
        parties, made = _parties(meeting, addresses)
        meeting.refresh_from_db()
        meeting.check_whole()
        _log(batch, invitation, meeting, parties, made, by)
    return meeting


def _check_chosen(addresses: Sequence[ConfirmedAddress]) -> None:
    chosen = {address.organization.pk for address in addresses if address.organization}
    if Organization._base_manager.filter(pk__in=chosen, merged_into__isnull=False).exists():
        message = _("One of these organizations has been merged into another. Check the addresses again.")
        raise ValidationError(message, code="moved_on")


def _parties(meeting: Meeting, addresses: Sequence[ConfirmedAddress]) -> tuple[list[Party], list[Organization]]:
    """One party for each organization, with its people; new organizations are made once."""
    parties: dict[int, Party] = {}
    made: dict[str, Organization] = {}
    for address in addresses:
        organization = address.organization or made.get(match_key(address.new_name))
        if organization is None:
            kind = Organization.Kind.OTHER  # what it is, nobody was asked
            organization = made[match_key(address.new_name)] = Organization(name=address.new_name, kind=kind)
            organization.full_clean(exclude=["slug"])
            organization.save()
        party = parties.get(organization.pk)
        if party is None:
            party = parties[organization.pk] = Party(meeting=meeting, organization=organization, side=address.side)
            party.save()
        if address.name:
            invited = Participant.Attendance.INVITED
            person = Participant(party=party, name=address.name, person=address.person, attendance=invited)
            person.visibility = Visibility.INTERNAL
            person.save()
    return list(parties.values()), list(made.values())


def _log(
    batch: Import,
    invitation: Invitation,
    meeting: Meeting,
    parties: Sequence[Party],
    made: Sequence[Organization],
    by: SignedIn,
) -> None:
    """Log the file's outcome on the page that every import has; it can be undone there."""
    stated = {**invitation.facts, "uid": invitation.uid, "sequence": invitation.sequence}
    records: list[Record] = [meeting, *made]
    for record in records:
        record.refresh_from_db()
        origin = Origin(batch=batch, row=1, object_id=record.pk, record_version=record.version)
        origin.content_type = ContentType.objects.get_for_model(record)
        if record is meeting:
            origin.key, origin.stated = invitation.key, stated
        origin.save()
    cells = {"UID": invitation.uid, "SEQUENCE": str(invitation.sequence)}
    cells |= {"SUMMARY": invitation.title, "DTSTART": invitation.facts["begins"], "DTEND": invitation.facts["ends"]}
    cells |= {"LOCATION": invitation.place, "DESCRIPTION": invitation.description}
    cells |= {"ATTENDEE": invitation.facts["addresses"]}
    plan = {"title": meeting.title, "on": str(meeting.starts_on or ""), "place": invitation.place}
    named = [(f"#{one.organization_id}", one.side, one.organization.name) for one in parties]
    new = {one.pk for one in made}
    plan_parties = [
        {"key": key, "side": str(side), "name": name, "number": "", "how": "new" if int(key[1:]) in new else ""}
        for key, side, name in named
    ]
    reasons = [{"code": "note", "column": "", "sentence": note} for note in invitation.notes]
    ImportRow.objects.filter(batch=batch).delete()
    row = ImportRow(batch=batch, number=1, cells=cells, outcome="new", reasons=reasons)
    row.plan = {**plan, "parties": plan_parties}
    row.save()
    batch.headers, batch.done, batch.total, batch.problem = list(cells), 1, 1, ""
    batch.counts = {"rows": 1, "rows_new": 1, "meetings": 1, "parties": len(parties), "organizations": len(made)}
    batch.state, batch.committed_at, batch.committed_by = Import.State.COMMITTED, timezone.now(), by
    batch.save()
