"""Plan the next meeting of a series on one page; what is kept, closed and dropped is decided with it."""

from collections.abc import Iterable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from engagement.core.change_signals import batch_changes
from engagement.core.once import once
from engagement.core.types import AuthenticatedRequest, Reader, SignedIn
from engagement.core.views import at_address, moved_to, only_for
from meetings.models import Discussion, Meeting, Participant, Party, Series
from meetings.models.status import Status

from .models import CarryOver
from .next_meeting import Item, NextMeeting
from .plan_forms import FollowUpDecisionForm, ItemForm, PlanForms

Decision = CarryOver.Decision


def may_plan(user: Reader) -> bool:
    return user.has_perm("meetings.add_meeting")


@only_for(may_plan)
@require_http_methods(["GET", "HEAD", "POST"])
def plan_next_meeting(request: AuthenticatedRequest, slug: str) -> HttpResponseBase:
    series = at_address(Series.objects.visible_to(request.user).for_page(request.user), slug)
    if request.method == "POST":
        return _planned(request, series)
    if series.slug != slug:
        return moved_to(request, "followups:plan", series.slug)
    return _page(request, PlanForms(NextMeeting(series, request.user)))


def _planned(request: AuthenticatedRequest, series: Series) -> HttpResponseBase:
    """Everything or nothing; the series is held, so that of two who plan at once the second is told of the first."""
    with once(request) as sent:
        Series.objects.filter(pk=series.pk).hold()
        forms = PlanForms(NextMeeting(series, request.user), request.POST)
        if forms.are_valid():
            try:
                meeting = plan(forms, by=request.user)
            except ValidationError as error:
                forms.meeting.add_error(None, ValidationError(error.messages))
            else:
                messages.success(request, _told(meeting, forms))
                return sent.led_to(redirect(meeting))
    return _page(request, forms)


def _page(request: HttpRequest, forms: PlanForms) -> HttpResponse:
    context = {"plan": forms.plan, "series": forms.plan.series, "forms": forms, "form": forms.meeting}
    return render(request, "followups/plan.html", context)


def _told(meeting: Meeting, forms: PlanForms) -> str:
    said = _("Meeting confirmed.") if meeting.status == Status.CONFIRMED else _("Meeting proposed.")
    carried = sum(form.is_kept for form in forms.followups)
    if not carried:
        return said
    words = ngettext("%(count)d follow-up carried over.", "%(count)d follow-ups carried over.", carried)
    return f"{said} {words % {'count': carried}}"


def plan(forms: PlanForms, *, by: SignedIn) -> Meeting:
    """Make the meeting with its parties and agenda, and record what was decided."""
    with batch_changes():
        meeting: Meeting = forms.meeting.save(commit=False)
        meeting.prepared_at, meeting.prepared_by = timezone.now(), by
        meeting.save()
        for seat in forms.meeting.seats():
            seat.meeting = meeting
            seat.save()
            _invite(seat, forms.plan.people_of(seat))
        agenda = _agenda(meeting, forms)
        for form in forms.items:
            _decide(meeting, form, agenda.get(form.item.key), by)
        for row in forms.followups:
            _decide_followup(meeting, row, by)
        meeting.refresh_from_db()
        if forms.meeting.cleaned_data["status"] == Status.CONFIRMED:
            meeting.confirm(by=by)
        meeting.check_whole()
    return meeting


def _invite(seat: Party, people: Iterable[Participant]) -> None:
    """Those who sit there by the template, in the same part; whether they come is not known yet."""
    for one in people:
        invited = Participant(
            party=seat, meeting=seat.meeting, person=one.person, name=one.name, function=one.function, part=one.part
        )
        invited.visibility, invited.attendance = one.visibility, Participant.Attendance.INVITED
        invited.name_rule, invited.rank = one.name_rule, one.rank
        invited.full_clean()
        invited.save()


def _agenda(meeting: Meeting, forms: PlanForms) -> dict[str, Discussion]:
    """The minutes first, then previous actions if any are carried over, then the other items in their order."""
    kept = [form.item for form in forms.items if form.is_kept]
    if any(form.is_kept for form in forms.followups):
        level = max(form.followup.effective_visibility for form in forms.followups if form.is_kept)
        kind = Discussion.Kind.PREVIOUS_ACTIONS
        previous = Item("previous", _("Previous actions"), [], level, kind)
        kept.insert(1 if kept and kept[0].key == "minutes" else 0, previous)
    return {item.key: _discussion(meeting, item) for item in kept}


def _discussion(meeting: Meeting, item: Item) -> Discussion:
    """No item is seen by more readers than what it goes back to."""
    before = item.taken_from
    title = before.title if before is not None else "" if item.topic else item.heading
    talk = Discussion(meeting=meeting, title=title, topic=item.topic, kind=item.kind, visibility=item.visibility)
    talk.internal_notes = "\n".join(item.notes)
    talk.full_clean()
    talk.save()
    if before is not None:
        talk.themes.set(before.themes.all())
        talk.references.set(before.references.all())
    return talk


def _decide(meeting: Meeting, form: ItemForm, became: Discussion | None, by: SignedIn) -> None:
    """A row for each discussion in which the item was first raised."""
    answers = form.cleaned_data
    for first in sorted(form.item.raised_in):
        row = CarryOver(meeting=meeting, discussion_id=first, became=became, decided_by=by)
        _record(row, answers["decision"], answers["reason"])


def _decide_followup(meeting: Meeting, form: FollowUpDecisionForm, by: SignedIn) -> None:
    answers, followup = form.cleaned_data, form.followup
    decision, why = answers["decision"], answers["reason"]
    if decision == Decision.CLOSED:
        why = answers["result"]
        followup.complete(by=by, result=why)
    elif decision == Decision.DROPPED:
        followup.cancel(by=by, reason=why)
    _record(CarryOver(meeting=meeting, followup=followup, decided_by=by), decision, why)


def _record(row: CarryOver, decision: str, why: str) -> None:
    row.decision, row.reason = decision, "" if decision == Decision.KEPT else why
    row.full_clean()
    row.save()
