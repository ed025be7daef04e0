"""The small world of ``tests/world.py``, with a secret in everything else that keeps words.

What was public once, files, minutes, reports, rules, assessments, changes that wait, imports, returns.
"""

from django.core.files.base import ContentFile
from django.utils import timezone

from engagement.accounts.models import CalendarLink, DefaultView, SavedView
from engagement.followups.models import CarryOver, FollowUp, ReportLink
from engagement.imports.invitations.create import layout_of_invitations
from engagement.imports.models import Import, ImportRow
from engagement.minutes.models import How, Minutes, MinutesLink, MinutesSending, MinutesTexts
from engagement.privacy.models import Erasure
from engagement.reminders.models import PublishingReminder
from engagement.returns.actions import make as make_return
from engagement.returns.models import ReturnForm
from engagement.returns.periods import Period
from engagement.returns.shipped import load as load_return_forms
from meetings.models import AgendaSending, Document, Meeting, ProposedChange, ProposedFile
from organizations.merging.actions import merge_organizations
from organizations.models import Criterion, Identifier, NotSame, Organization, Post
from tests import makers as make
from tests.imports.files import upload
from tests.imports.invitations.files import GOOGLE, file_of, ics
from tests.makers import INTERNAL, PUBLIC, SHARED
from tests.minutes.making import day, send
from tests.people import People
from tests.world import ALL_MARKS, INSIDE_MARK, OURS_MARK, PUBLIC_MARK, THEIRS_MARK, World, make_world

PDF = b"%PDF-1.7\n1 0 obj\n"


def make_secrets(people: People) -> World:
    world = make_world(people)
    public, ours = (_meeting_of(mark) for mark in (PUBLIC_MARK, OURS_MARK))
    _rules(people)
    _files(public, PUBLIC)
    _files(ours, SHARED)
    _once_public(public)
    _narrowed(public, people)
    _withdrawn(people)
    _exempt(people)
    for mark in (PUBLIC_MARK, OURS_MARK, THEIRS_MARK):
        _minutes(_meeting_of(mark), mark, people)
    for promise in FollowUp.objects.order_by("pk"):
        make.make_report(promise, comment=f"{_reporter(promise)} comment")
    _organizations(public, people)
    _waiting(public, people)
    _own(people)
    _notes(public, people)
    return world


def mark_of(text: object) -> str:
    """Who may read it, as it says itself; where it says nothing, nobody outside."""
    return next((mark for mark in ALL_MARKS if mark in str(text).lower()), INSIDE_MARK)


def _meeting_of(mark: str) -> Meeting:
    found: Meeting = Meeting.objects.get(title=f"{mark} meeting, renamed")
    return found


def _reporter(promise: FollowUp) -> str:
    mark = mark_of(promise.title)
    return INSIDE_MARK if mark == PUBLIC_MARK else mark


def _rules(people: People) -> None:
    make.make_regime(f"{PUBLIC_MARK} rule", grounds=(f"{PUBLIC_MARK} ground",))
    make.make_regime(f"{INSIDE_MARK} rule", grounds=(f"{INSIDE_MARK} ground",), is_in_use=False)


def _files(meeting: Meeting, level: int) -> None:
    """A file with an earlier version that as many may read, one with another that fewer may, two of the secretariat."""
    kinds = {
        "copy": (level, level),
        "paper": (INTERNAL, level),
        "draft": (INTERNAL, INTERNAL),
        "hidden": (level, INTERNAL),
    }
    for name, (first, audience) in kinds.items():
        mark = INSIDE_MARK if audience == INTERNAL else mark_of(meeting.title)
        was = mark if first == audience else INSIDE_MARK
        paper = make.make_document(
            meeting, f"{mark} {name}", url="", visibility=first, accessibility="accessible", file=_file(f"{was} before")
        )
        paper = Document.objects.get(pk=paper.pk)
        paper.file, paper.visibility = _file(mark), audience
        paper.save()


def _file(words: str) -> ContentFile[bytes]:
    return ContentFile(PDF + words.encode(), name=f"{words.split()[0]}.pdf")


def _once_public(meeting: Meeting) -> None:
    """Words and a name that visitors read in the first version, and that were hidden since."""
    talk = make.make_discussion(meeting, f"{PUBLIC_MARK} talk")
    hidden = [
        make.make_position(talk, statement=f"{INSIDE_MARK} once public"),
        make.make_outcome(meeting, f"{INSIDE_MARK} once public"),
        make.make_discussion(meeting, f"{INSIDE_MARK} once public", topic=make.make_topic(f"{INSIDE_MARK} topic")),
        make.make_participant(meeting.parties.get(side="counterpart"), f"{INSIDE_MARK} once public", visibility=PUBLIC),
    ]
    renamed = make.make_participant(meeting.parties.get(side="counterpart"), f"{INSIDE_MARK} wrong", visibility=PUBLIC)
    list(meeting.published_versions.all())  # here the version is made, which tests make late
    for part in hidden:
        part.visibility = INTERNAL
        part.save()
    renamed.name = f"{PUBLIC_MARK} corrected"
    renamed.save()
    list(meeting.published_versions.all())


def _narrowed(meeting: Meeting, people: People) -> None:
    """Parts that would be public if it went by their own audience alone."""
    party = meeting.parties.get(side="counterpart")
    make.make_participant(party, f"{INSIDE_MARK} never", visibility=PUBLIC, name_rule="never")
    hidden = make.make_discussion(meeting, f"{INSIDE_MARK} talk", visibility=INTERNAL)
    agreed = make.make_outcome(meeting, f"{INSIDE_MARK} agreed", visibility=INTERNAL)
    for place in ({"discussion": hidden}, {"meeting": meeting, "outcome": agreed}):
        make.make_followup(
            f"{INSIDE_MARK} below", owner=party.organization, chaser=people.secretary, visibility=PUBLIC, **place
        )
    alone = make.make_held(f"{INSIDE_MARK} hidden", visibility=INTERNAL)
    make.make_followup(
        f"{INSIDE_MARK} hidden", meeting=alone, owner=party.organization, chaser=people.secretary, visibility=PUBLIC
    )
    make.make_followup(f"{OURS_MARK} alone", owner=people.ours, chaser=people.secretary, visibility=PUBLIC)


def _withdrawn(people: People) -> None:
    """All of it was public; the secretariat alone reads what it was and why it is gone."""
    other = make.make_organization(f"{INSIDE_MARK} withdrawn with")
    meeting = make.make_public(f"{INSIDE_MARK} withdrawn", counterparts=[other], summary=f"{INSIDE_MARK} summary")
    list(meeting.published_versions.all())
    meeting.withdraw(by=people.publisher, reason=f"{INSIDE_MARK} reason", notice=f"{PUBLIC_MARK} notice")
    renamed = make.make_public(f"{INSIDE_MARK} gone")
    renamed.withdraw(by=people.publisher, reason=f"{INSIDE_MARK} reason", notice=f"{PUBLIC_MARK} notice")
    renamed.title = f"{INSIDE_MARK} renamed since"  # an address that the public never had
    renamed.save()


def _exempt(people: People) -> None:
    rule = make.make_regime(f"{PUBLIC_MARK} another rule", grounds=(f"{PUBLIC_MARK} another ground",))
    meeting = make.make_held(f"{INSIDE_MARK} exempt", visibility=INTERNAL)
    meeting.regimes.add(rule)
    meeting.exempt(by=people.publisher, ground=rule.grounds.get(), text=f"{INSIDE_MARK} text")


def _minutes(meeting: Meeting, mark: str, people: People) -> None:
    meeting.refresh_from_db()
    late = make.make_outcome(meeting, f"{INSIDE_MARK} in the minutes") if mark == PUBLIC_MARK else None
    minutes = Minutes.objects.begin(meeting, by=people.secretary)
    minutes.add_version(by=people.secretary, audience=INTERNAL)
    send(minutes, people)
    organization = meeting.parties.get(side="counterpart").organization
    inside = INSIDE_MARK if mark == PUBLIC_MARK else mark
    theirs = {OURS_MARK: people.representative, THEIRS_MARK: people.stranger}.get(mark)
    comment = minutes.comment(1, organization, f"{inside} comment", by=theirs or make.make_user())
    comment.resolve(by=people.secretary, is_accepted=False, word=f"{inside} answer")
    MinutesLink.objects.make(
        minutes, by=people.secretary, organization=organization, name=f"{INSIDE_MARK} holder", expires_on=day(3)
    )
    if mark != THEIRS_MARK:
        minutes.agree(1, organization, how=How.TOLD, by=people.secretary, word=f"{inside} word")
    if mark == PUBLIC_MARK:
        minutes.finalize(by=people.secretary)
        minutes.publish(by=people.publisher)
    if late is not None:
        late.visibility = INTERNAL
        late.save()


def _organizations(meeting: Meeting, people: People) -> None:
    """What we alone know of an organization that everybody knows."""
    known = meeting.parties.get(side="counterpart").organization
    make.make_identifier(known, f"{INSIDE_MARK}-7", scheme=Identifier.Scheme.INTERNAL)
    for mark, is_public in ((PUBLIC_MARK, True), (INSIDE_MARK, False)):
        criterion: Criterion = make.make_criterion(f"{mark} criterion", is_public=is_public)
        make.make_assessment(known, criterion=criterion, note=f"{INSIDE_MARK} note")
    person = make.make_person(f"{INSIDE_MARK} contact")
    Post.objects.create(person=person, organization=known, function=f"{INSIDE_MARK} post")
    hidden: list[Organization] = [make.make_organization(f"{INSIDE_MARK} alike {number}") for number in range(4)]
    merge_organizations(hidden[0], [hidden[1]], by=people.secretary)
    NotSame.remember(hidden[2], hidden[3], by=people.secretary)


def _waiting(meeting: Meeting, people: People) -> None:
    """Changes that wait, what was carried over, links, an import, the form of a return."""
    difference = [[f"{INSIDE_MARK} field", f"{INSIDE_MARK} before", f"{INSIDE_MARK} after"]]
    change = ProposedChange.objects.create(
        meeting=meeting, proposed_by=people.secretary, form={"title": [INSIDE_MARK]}, form_version=1,
        differences=difference,
    )  # fmt: skip
    ProposedFile.objects.create(change=change, sha256=INSIDE_MARK, name=f"{INSIDE_MARK}.pdf", file=_file(INSIDE_MARK))
    promise = FollowUp.objects.filter(meeting=meeting).earliest("pk")
    CarryOver.objects.create(meeting=_meeting_of(OURS_MARK), followup=promise, reason=f"{INSIDE_MARK} reason")
    ours = FollowUp.objects.get(title=f"{OURS_MARK} promise")
    ReportLink.objects.make(
        ours, by=people.secretary, name=f"{INSIDE_MARK} holder", organization=people.ours, expires_on=day(14)
    )
    batch = upload([f"{INSIDE_MARK};2025-05-08"], by=people.manager, name=f"{INSIDE_MARK}.csv")
    ImportRow.objects.create(batch=batch, number=1, cells={"Host": INSIDE_MARK}, outcome="new")
    Import.objects.take_in(
        file_of(ics(GOOGLE), f"{INSIDE_MARK}.ics"), layout=layout_of_invitations(), by=people.manager
    )
    load_return_forms()
    form = ReturnForm.objects.earliest("pk")
    form.name = f"{INSIDE_MARK} form"
    form.save()
    host = meeting.parties.get(side="host").organization
    make_return(form, host, Period.of(form.period, meeting.starts_on), by=people.publisher)


def _own(people: People) -> None:
    SavedView.objects.create(
        owner=people.secretary, list_name="followups:list", name=f"{INSIDE_MARK} view", query="due=overdue"
    )
    CalendarLink.objects.make(people.secretary, name=f"{INSIDE_MARK} link")


def _notes(meeting: Meeting, people: People) -> None:
    """What is written down of who was told, erased or named; no page outside the secretariat shows it."""
    to, moment = f"{INSIDE_MARK}@example.org", timezone.now()
    AgendaSending.objects.create(meeting=meeting, by=people.secretary, recipients=to)
    MinutesSending.objects.update(recipients=to)
    MinutesTexts.objects.create(opening_notes=f"{INSIDE_MARK} notes")
    hidden = Meeting.objects.get(title=f"{INSIDE_MARK} hidden")
    PublishingReminder.objects.create(meeting=hidden, person=people.manager, told_on=moment.date())
    Erasure.objects.create(by=people.secretary, reason=f"{INSIDE_MARK} reason", stand_in="Name erased")
    view = SavedView.objects.get(name=f"{INSIDE_MARK} view")
    DefaultView.objects.create(user=people.secretary, list_name=view.list_name, view=view)
